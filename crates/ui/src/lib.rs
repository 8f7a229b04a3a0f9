//! Looks: the components every page is built from, and the bundled styles, scripts, fonts and icons.
//!
//! Components are pure functions of plain values; every word comes from the caller in the user's language. Start with
//! [`page`] and [`Shell`]; inside stand [`list()`], [`record_page`], [`form()`], [`wizard()`] or [`empty_state`]. Nothing here writes
//! a `style` or an inline script, so pages live under
//! `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'`.
//!
//! # What the server and the scripts agree on
//!
//! Every page works without script. With script, the same addresses are asked with the header `HX-Request: true`:
//!
//! | asked | by | answer |
//! | --- | --- | --- |
//! | `GET` of [`SearchBox::url`]`?q=` | the palette | [`results`]; with an empty `q` what was opened last |
//! | `GET` of [`More::url`] | the end of a list, near | [`rows()`] (more line included) |
//! | `GET` of [`Count::url`] | a list, once loaded | [`count`] |
//! | `GET` of [`Chip::edit_url`]`?part=` | a part of a chip | the inside of a menu: a form that leads to the new address |
//! | `GET` of [`Field::edit_url`] | click, Enter or E on a field | [`field_editing`] |
//! | `POST` of [`Editing::save_url`] | Enter, Tab, leaving the field | 200 [`field()`] (and a [`toast`]), 422 [`field_editing`] with a note, 409 [`conflict`] |
//! | `POST` of [`Form::action`] | the form | 422 the page or form again, 303 or `HX-Redirect` when done, 409 [`conflict`] |
//! | `POST` of [`Act::Post`], [`Bulk::url`], [`Toast::undo_url`] | a button | 204 or 200 with fragments that place themselves (`hx-swap-oob`, such as [`toast`]), `HX-Refresh`, `HX-Redirect`, or 303 |
//! | `GET` of [`Act::Dialog`] | a link | [`dialog()`]; a whole page is gone to instead |
//! | `GET` of a link chooser's `url?q=` | typing | [`widgets::suggestions`] |
//! | `GET` of [`FormField::check_url`] with the whole form | typing, after 400 ms | [`check_result`] |
//!
//! Any answer may be 401 with a [`dialog()`] that asks for the password: it opens over the page, and what was typed stays. When
//! that form succeeds answer `HX-Trigger: {"closeDialog": {"csrf": "…"}}`, with which any other dialog is closed too. Other errors
//! (403, 404, 5xx) leave the page as it is and show a line under the top bar: `X-Message` (percent-encoded) or [`ShellWords::failed`].
//! The token is sent as the header `X-CSRF-Token` and as the field `csrf`. Cookies `theme` (`auto`, `light`, `dark`) and `rail`
//! (`narrow`, `wide`) are written by the scripts for the next page.
//!
//! # Attributes
//!
//! | attribute | on | means |
//! | --- | --- | --- |
//! | `data-key="Canc"` | anything that can be pressed | the key that presses it; Italian and English names (`Ctrl`, `Maiusc`/`Shift`, `Invio`/`Enter`, `Canc`/`Delete`) |
//! | `data-act` | button | `toggle-rail`, `theme-light`, `theme-dark`, `theme-auto`, `palette`, `keys`, `close-dialog`, `close-toast` |
//! | `data-copy` | button | copies the text; one that begins with `/` is made a whole address |
//! | `data-post` | form | sent without leaving the page |
//! | `data-dialog` | link | its page opens in the dialog |
//! | `data-form` | form | guarded while unsaved, conditions obeyed, sent in place |
//! | `data-shown-when="kind=person\|lead,stage=lead&type=x"` | field | shown, and sent, while the inputs have one of the values: all that `&` joins, each in any way that `,` joins |
//! | `data-required-when="stage=lost"` | field | asked for while the inputs have one of the values, written likewise |
//! | `data-only="stage=lost\|left"` | option | on offer while the input has one of the values; where there is no such input, always |
//! | `data-open-dialog` | template | its inside opens in the dialog as the page comes |
//! | `{id}` in `href`, `action`, `data-copy` | row menu | the id of the row it was opened for |
//! | `data-go="a /agenda,z /companies"`, `data-letters` | body | keys after `G`; letters act at all |
//!
//! Forms: multi-values are `emails[0].value`, `emails[0].kind`, `emails[0].primary=1` (see [`widgets::Multi`]); ticks, choices of several and
//! multi-values send an empty value of their name first, which says that the field was there. The bulk form sends `id` once a
//! row, or `all=1` with `filter`. A picture sends its file as `name`, `name.crop`, `name.kept` (the file that was there) and, ticked,
//! `name.remove=1`.

mod act;
mod board;
mod conflict;
mod dialog;
mod empty;
mod figures;
mod form;
mod help;
mod icons;
mod keys;
mod list;
mod marks;
mod notices;
mod palette;
mod record;
mod shell;
mod toast;
pub mod widgets;
mod wizard;

pub use act::{Act, Button, Kind, Menu, MenuItem, button, menu, menu_items, menu_list};
pub use board::{Board, BoardColumn, Card, board};
pub use conflict::{Conflict, ConflictField, Side, conflict};
pub use dialog::{Dialog, dialog, dialog_page};
pub use empty::{Empty, Way, empty_state};
pub use figures::{Chart, Figure, FigureRow, Figures, figures};
pub use form::{Form, FormField, FormSection, OneOf, check_result, form, form_field, form_section};
pub use help::{Help, HelpPlace};
pub use icons::{arch, icon, mark};
pub use keys::{KeyGroup, KeySheet};
pub use list::*;
pub use marks::{Avatar, Fill, Tag, When, avatar, dot, kbd, progress, stage, tag, tint};
pub use notices::{Bell, Notice, Notices, notices};
pub use palette::{Hit, PaletteWords, ResultGroup, pieces, results};
pub use record::*;
pub use shell::*;
pub use toast::{Toast, toast};
pub use wizard::{Mapping, Problem, Step, Sure, Understood, Wizard, mapping_table, preview_card, problems, wizard};

/// Words or a value, borrowed or owned.
pub type Text<'a> = std::borrow::Cow<'a, str>;
