//! A field as declared: key, label, kind and what is asked of it, with the type that rules read it as.

use std::marker::PhantomData;

use base::codes::Code;

use crate::choice::Choice;
use crate::custom::Index;
use crate::entity::Entity;
use crate::intern::Labels;
use crate::kind::Kind;
use crate::list::PickList;

/// A field whatever its type. Custom fields have one too: to the engine there is no difference.
#[derive(Clone, Copy)]
pub struct FieldDef {
    pub key: &'static str,
    pub label: &'static str,
    pub kind: Kind,
    pub required: bool,
    /// Kept by rules or by the program: shown, never typed.
    pub read_only: bool,
    /// Found by the search box.
    pub search: bool,
    /// An index makes lists sorted by it as fast at a million rows as at a thousand.
    pub sorted: bool,
    /// An index of its own with every declared sort.
    pub filtered: bool,
    /// Seen, and in charge, as the record it links to is: the child has no ties of its own.
    pub belongs: bool,
    /// No two live records have the same.
    pub unique: bool,
    /// What a number, an amount or a percentage may not be below or above, in whole units.
    pub least: Option<i64>,
    pub most: Option<i64>,
    /// Following the link again and again may never lead back.
    pub acyclic: bool,
    /// Another field: values of the class of its value go without saying beside it.
    pub besides: Option<&'static str>,
    /// Only records for which this holds may be linked to; only their pages have the panel.
    pub among: Option<Condition>,
    /// The title of the sub-panel on the page of the record it links to.
    pub panel: Option<&'static str>,
    pub hint: Option<&'static str>,
    /// Shown, and asked for, only then.
    pub shown: Option<Condition>,
    /// Required when it is shown, and this holds.
    pub required_when: Option<Condition>,
    /// Other names that columns of imported files give it, in any language, folded when compared.
    pub aliases: &'static [&'static str],
    /// What a new record starts with, as the API writes it.
    pub default: Option<&'static str>,
    /// The entity-wide fields of the engine: in charge, visible to everybody.
    pub system: bool,
    /// Added by the administrator.
    pub custom: bool,
    /// The administrator's own words for the label, by the tag of a language.
    pub labels: Labels,
    /// Shown and asked for nowhere; what it holds stays.
    pub hidden: bool,
    /// Kept from whoever this is the declaration for; [`crate::Catalogue::seen_with`] says so.
    pub secret: bool,
    /// Cannot be changed while this holds.
    pub read_only_when: Option<Condition>,
    /// There only for records for which this holds: that of its section.
    pub applies: Option<Condition>,
    /// Not asked for in the form; shown on the page all the same.
    pub off_form: bool,
    /// Whether the administrator wants it as a column of the list, or not; none where the declaration says.
    pub on_list: Option<bool>,
    /// The same for quick creation.
    pub on_quick: Option<bool>,
    /// Of a custom field; the declared ones say [`FieldDef::sorted`] and [`FieldDef::filtered`].
    pub index: Index,
}

/// `is(&KIND, &["company"])`: the field holds one of these keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Condition {
    pub field: &'static str,
    pub any_of: &'static [&'static str],
    /// They are classes of the values of its list: a catalogue puts the keys in their place that have them now.
    pub by_class: bool,
    /// It holds as well when this one does.
    pub or: Option<&'static Condition>,
}

pub const fn is<T>(field: &'static Field<T>, any_of: &'static [&'static str]) -> Condition {
    Condition { field: field.def.key, any_of, by_class: false, or: None }
}

/// `meaning(&STAGE, &["won"])`: the field holds a value of one of these classes, whatever an administrator calls it.
pub const fn meaning<T>(field: &'static Field<T>, classes: &'static [&'static str]) -> Condition {
    Condition { field: field.def.key, any_of: classes, by_class: true, or: None }
}

/// A declared field with the type that rules read and write it as.
pub struct Field<T: 'static> {
    pub def: FieldDef,
    typed: PhantomData<fn() -> T>,
}

impl<T> Clone for Field<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Field<T> {}

/// Fields of all types in one list.
pub trait Declared: Sync {
    fn def(&self) -> &FieldDef;
}

impl<T> Declared for Field<T> {
    fn def(&self) -> &FieldDef {
        &self.def
    }
}

/// The key of a picked value, and its class when rules care.
#[derive(Clone, Debug, PartialEq)]
pub struct Pick<C = ()> {
    pub key: String,
    pub class: Option<C>,
}

/// Declares fields: `NAME: String = text("name", "Name").required();`
#[macro_export]
macro_rules! fields {
    ($($(#[$meta:meta])* $name:ident : $type:ty = $declared:expr;)+) => {
        $($(#[$meta])* pub static $name: $crate::Field<$type> = $declared;)+
    };
}

const fn field<T>(key: &'static str, label: &'static str, kind: Kind) -> Field<T> {
    Field { def: plain(key, label, kind), typed: PhantomData }
}

/// A field of which nothing is asked yet.
pub const fn plain(key: &'static str, label: &'static str, kind: Kind) -> FieldDef {
    FieldDef {
        key,
        label,
        kind,
        required: false,
        read_only: false,
        search: false,
        sorted: false,
        filtered: false,
        belongs: false,
        unique: false,
        least: None,
        most: None,
        besides: None,
        acyclic: false,
        among: None,
        panel: None,
        hint: None,
        shown: None,
        required_when: None,
        aliases: &[],
        default: None,
        system: false,
        custom: false,
        labels: &[],
        hidden: false,
        secret: false,
        read_only_when: None,
        applies: None,
        off_form: false,
        on_list: None,
        on_quick: None,
        index: Index::None,
    }
}

macro_rules! builders {
    ($($(#[$meta:meta])* $name:ident => $kind:expr;)+) => {
        $($(#[$meta])* pub const fn $name<T>(key: &'static str, label: &'static str) -> Field<T> { field(key, label, $kind) })+
    };
}

builders! {
    text => Kind::Text { max: 200 };
    long_text => Kind::LongText;
    rich_text => Kind::RichText;
    /// A whole number.
    number => Kind::Number { decimals: 0, unit: "" };
    money => Kind::Money;
    percent => Kind::Percent;
    date => Kind::Date;
    instant => Kind::Instant;
    duration => Kind::Duration;
    tick => Kind::Tick;
    any_link => Kind::AnyLink;
    people => Kind::People;
    emails => Kind::Emails;
    phones => Kind::Phones;
    web_links => Kind::WebLinks;
    addresses => Kind::Addresses;
    file => Kind::File;
    picture => Kind::Picture;
    place => Kind::Place;
}

pub const fn choice<C: Choice, T>(key: &'static str, label: &'static str) -> Field<T> {
    field(key, label, Kind::Choice(C::ALL))
}

pub const fn pick<T>(key: &'static str, label: &'static str, list: &'static PickList) -> Field<T> {
    field(key, label, Kind::Pick(list))
}

pub const fn picks<T>(key: &'static str, label: &'static str, list: &'static PickList) -> Field<T> {
    field(key, label, Kind::Picks(list))
}

pub const fn link<T>(key: &'static str, label: &'static str, to: &'static Entity) -> Field<T> {
    field(key, label, Kind::Link(to))
}

/// Who is involved, each with a role of the list.
pub const fn involved<T>(key: &'static str, label: &'static str, roles: &'static PickList) -> Field<T> {
    field(key, label, Kind::Involved(roles))
}

pub const fn code<T>(key: &'static str, label: &'static str, code: Code) -> Field<T> {
    field(key, label, Kind::Code(code))
}

pub const fn codes<T>(key: &'static str, label: &'static str, code: Code) -> Field<T> {
    field(key, label, Kind::Codes(code))
}

impl<T> Field<T> {
    pub const fn key(&self) -> &'static str {
        self.def.key
    }

    pub const fn required(mut self) -> Self {
        self.def.required = true;
        self
    }

    pub const fn read_only(mut self) -> Self {
        self.def.read_only = true;
        self
    }

    pub const fn search(mut self) -> Self {
        self.def.search = true;
        self
    }

    pub const fn sorted(mut self) -> Self {
        self.def.sorted = true;
        self
    }

    pub const fn filtered(mut self) -> Self {
        self.def.filtered = true;
        self
    }

    pub const fn belongs(mut self) -> Self {
        self.def.belongs = true;
        self
    }

    pub const fn unique(mut self) -> Self {
        self.def.unique = true;
        self
    }

    /// A number, an amount or a percentage of so much or more, in whole units.
    pub const fn at_least(mut self, least: i64) -> Self {
        self.def.least = Some(least);
        self
    }

    pub const fn at_most(mut self, most: i64) -> Self {
        self.def.most = Some(most);
        self
    }

    /// What `field` says already is not said again where both are shown: roles beside a stage.
    pub const fn besides(mut self, field: &'static str) -> Self {
        self.def.besides = Some(field);
        self
    }

    pub const fn acyclic(mut self) -> Self {
        self.def.acyclic = true;
        self
    }

    pub const fn among(mut self, those: Condition) -> Self {
        self.def.among = Some(those);
        self
    }

    pub const fn panel(mut self, title: &'static str) -> Self {
        self.def.panel = Some(title);
        self
    }

    pub const fn hint(mut self, hint: &'static str) -> Self {
        self.def.hint = Some(hint);
        self
    }

    pub const fn shown(mut self, when: Condition) -> Self {
        self.def.shown = Some(when);
        self
    }

    pub const fn required_when(mut self, when: Condition) -> Self {
        self.def.required_when = Some(when);
        self
    }

    /// As long as it holds of the record as it stands only the program changes the field.
    pub const fn read_only_when(mut self, when: Condition) -> Self {
        self.def.read_only_when = Some(when);
        self
    }

    pub const fn aliases(mut self, names: &'static [&'static str]) -> Self {
        self.def.aliases = names;
        self
    }

    pub const fn starts_as(mut self, value: &'static str) -> Self {
        self.def.default = Some(value);
        self
    }

    pub const fn unit(mut self, unit: &'static str) -> Self {
        if let Kind::Number { decimals, .. } = self.def.kind {
            self.def.kind = Kind::Number { decimals, unit };
        }
        self
    }

    pub const fn decimals(mut self, decimals: u8) -> Self {
        if let Kind::Number { unit, .. } = self.def.kind {
            self.def.kind = Kind::Number { decimals, unit };
        }
        self
    }

    pub const fn longest(mut self, max: usize) -> Self {
        if let Kind::Text { .. } = self.def.kind {
            self.def.kind = Kind::Text { max };
        }
        self
    }

    pub(crate) const fn system(mut self) -> Self {
        self.def.system = true;
        self
    }
}

impl Condition {
    pub const fn or(mut self, other: &'static Condition) -> Condition {
        self.or = Some(other);
        self
    }

    /// It and the others, any of which is enough.
    pub fn ways(self) -> impl Iterator<Item = Condition> {
        std::iter::successors(Some(self), |one| one.or.copied())
    }

    /// Whether it holds for a record whose field has this value.
    pub fn holds(&self, value: &crate::Value) -> bool {
        match value {
            crate::Value::Tick(on) => self.any_of.contains(&if *on { "true" } else { "false" }),
            other => other.keys().iter().any(|key| self.any_of.contains(&key.as_str())),
        }
    }
}
