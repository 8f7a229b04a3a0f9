//! The inputs of forms and of fields edited in place: one for each way a value is given.

mod choice;
mod link;
mod multi;
mod plain;
mod upload;

pub use choice::Choice;
pub use link::{Linked, suggestions};
pub use multi::{Address, AddressWords, Involved, Multi, MultiRow};
pub use upload::{Frame, Upload};

use maud::{Markup, html};

use crate::Text;

/// How a value is given.
#[derive(Debug, Clone, Default)]
pub enum Widget<'a> {
    #[default]
    Nothing,
    /// One line. `kind` is the input's type: `text`, `email`, `tel`, `url`, `password`, `search`.
    Text {
        value: Text<'a>,
        kind: &'a str,
        autocomplete: &'a str,
        max: usize,
        code: bool,
    },
    /// Several lines; it grows with what is written.
    Long {
        value: Text<'a>,
        lines: u8,
    },
    /// A number as people write it, with its unit behind (*persone*, *%*).
    Number {
        value: Text<'a>,
        unit: Text<'a>,
    },
    /// An amount as people write it, and its currency; with several currencies to choose from, `name.currency` is sent too.
    Money {
        value: Text<'a>,
        currency: Text<'a>,
        currencies: Vec<Text<'a>>,
    },
    /// `YYYY-MM-DD`.
    Date {
        value: Text<'a>,
    },
    /// `YYYY-MM-DDTHH:MM`, local time.
    DateTime {
        value: Text<'a>,
    },
    /// `HH:MM`.
    Time {
        value: Text<'a>,
    },
    /// One of a few; an empty first line unless required.
    Select {
        choices: Vec<Choice<'a>>,
        empty: Text<'a>,
    },
    /// One of a few, all in sight.
    Radio {
        choices: Vec<Choice<'a>>,
    },
    /// Any of a few, as tags that are ticked; each sends the same name.
    Several {
        choices: Vec<Choice<'a>>,
    },
    /// Words typed freely as tags; sent as `name` once each, and a last one with what is being typed (commas part it).
    Tags {
        values: Vec<Text<'a>>,
        placeholder: Text<'a>,
        remove_word: Text<'a>,
    },
    /// Sends `1` when ticked, and nothing otherwise (a hidden `name` with empty value says that the field was there).
    Tick {
        on: bool,
    },
    /// One record: suggestions while one types; see [`Linked`].
    Link {
        value: Option<Linked<'a>>,
        url: Text<'a>,
        placeholder: Text<'a>,
        clear_word: Text<'a>,
    },
    /// Several people or records; sends `name` once each.
    Links {
        values: Vec<Linked<'a>>,
        url: Text<'a>,
        placeholder: Text<'a>,
        remove_word: Text<'a>,
    },
    /// Several records, each with a role.
    Involved(Involved<'a>),
    /// E-mails, phones, web links, codes: rows of value, kind and which is the first.
    Multi(Multi<'a>),
    /// Addresses: rows of street, town, postal code, province, country, kind.
    Addresses {
        rows: Vec<Address<'a>>,
        words: AddressWords<'a>,
        kinds: Vec<Choice<'a>>,
        town_url: Text<'a>,
    },
    File(Upload<'a>),
    /// A picture with its frame: chosen, cropped, sent as `name` with `name.crop` (`x,y,width,height` in parts of 1); `name.kept` and
    /// `name.remove=1` say what becomes of the one that is there.
    Picture(Upload<'a>, Frame),
    Custom(Markup),
}

impl Widget<'_> {
    /// Several inputs under one name: the label becomes that of a group.
    pub fn is_group(&self) -> bool {
        matches!(
            self,
            Widget::Radio { .. }
                | Widget::Several { .. }
                | Widget::Tags { .. }
                | Widget::Links { .. }
                | Widget::Multi(_)
                | Widget::Involved(_)
                | Widget::Addresses { .. }
                | Widget::Custom(_)
        )
    }
}

/// What an input must know of its field.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    pub name: &'a str,
    pub label: &'a str,
    pub required: bool,
    /// What it holds was refused.
    pub refused: bool,
    /// Ids of the hint and the note.
    pub described_by: &'a str,
    pub read_only: bool,
    pub check_url: &'a str,
    pub autofocus: bool,
    /// A text or a select without a label of its own beside it says it itself.
    pub unlabelled: bool,
}

/// Draws an input.
pub fn widget(w: &Widget, c: &Context) -> Markup {
    match w {
        Widget::Nothing => html! {},
        Widget::Text { value, kind, autocomplete, max, code } => plain::text(c, value, kind, autocomplete, *max, *code),
        Widget::Long { value, lines } => plain::long(c, value, *lines),
        Widget::Number { value, unit } => plain::number(c, value, unit),
        Widget::Money { value, currency, currencies } => plain::money(c, value, currency, currencies),
        Widget::Date { value } => plain::moment(c, "date", value),
        Widget::DateTime { value } => plain::moment(c, "datetime-local", value),
        Widget::Time { value } => plain::moment(c, "time", value),
        Widget::Select { choices, empty } => choice::select(c, choices, empty),
        Widget::Radio { choices } => choice::radio(c, choices),
        Widget::Several { choices } => choice::several(c, choices),
        Widget::Tags { values, placeholder, remove_word } => choice::tags(c, values, placeholder, remove_word),
        Widget::Tick { on } => choice::tick(c, *on),
        Widget::Link { value, url, placeholder, clear_word } => {
            link::one(c, value.as_ref(), url, placeholder, clear_word)
        }
        Widget::Links { values, url, placeholder, remove_word } => {
            link::several(c, values, url, placeholder, remove_word)
        }
        Widget::Multi(m) => multi::multi(c, m),
        Widget::Involved(i) => multi::involved(c, i),
        Widget::Addresses { rows, words, kinds, town_url } => multi::addresses(c, rows, words, kinds, town_url),
        Widget::File(u) => upload::file(c, u),
        Widget::Picture(u, frame) => upload::picture(c, u, *frame),
        Widget::Custom(inside) => inside.clone(),
    }
}
