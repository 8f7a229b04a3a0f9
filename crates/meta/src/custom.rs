//! Fields at run time: what an administrator says of fields of their own and of declared ones, as it is stored.

use std::collections::{BTreeMap, HashMap};

use base::codes::Code;
use serde::{Deserialize, Serialize};

use crate::entity::Entity;
use crate::field::{Condition, FieldDef, plain};
use crate::intern;
use crate::kind::{Kind, code_name};
use crate::layout::SectionLook;
use crate::list::PickList;

/// Every custom field's key begins so, and no declared one's.
pub const PREFIX: &str = "x_";
/// Custom fields of one entity at most.
pub const MOST: usize = 200;
/// Custom fields of one entity with an index at most.
pub const MOST_INDEXED: usize = 12;

/// What a custom field holds: the kinds that an administrator can choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Shape {
    Text { max: usize },
    LongText,
    RichText,
    Number { decimals: u8, unit: String },
    Money,
    Percent,
    Date,
    Instant,
    Duration,
    Pick { list: String },
    Picks { list: String },
    Tick,
    Link { entity: String },
    Emails,
    Phones,
    WebLinks,
    Addresses,
    Code { code: String },
}

/// How a field is called and where it stands; of a declared field, only what was changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// By the tag of a language.
    pub labels: BTreeMap<String, String>,
    pub hint: Option<String>,
    pub hidden: bool,
    pub required: bool,
    pub search: bool,
    pub shown: Option<When>,
    pub required_when: Option<When>,
    pub read_only_when: Option<When>,
    /// Not asked for in the form; shown on the page all the same.
    pub off_form: bool,
    /// Whether it is a column of the list; none where the declaration says.
    pub list: Option<bool>,
    /// Whether quick creation asks for it; none where the declaration says.
    pub quick: Option<bool>,
    pub index: Index,
}

/// A [`Condition`] as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct When {
    pub field: String,
    pub any_of: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Index {
    #[default]
    None,
    /// A job builds it.
    Wanted,
    /// Lists may go by it.
    Ready,
}

/// All that an administrator said of one entity.
#[derive(Clone, Default)]
pub struct Adjusted {
    /// Fields of their own, the oldest first: positions never change.
    pub own: Vec<FieldDef>,
    /// Declared fields that are seen otherwise.
    pub looks: HashMap<String, Look>,
    /// Sections in their order; empty as long as nobody moved anything.
    pub layout: Vec<SectionLook>,
}

impl When {
    pub fn condition(&self) -> Condition {
        Condition { field: intern::word(&self.field), any_of: intern::words(&self.any_of), by_class: false, or: None }
    }
}

impl Shape {
    /// The kind it is, as long as the list or the entity it names is there.
    pub fn kind(&self, lists: &[&'static PickList], entities: &[&'static Entity]) -> Option<Kind> {
        let list = |key: &str| lists.iter().find(|list| list.key == key).copied();
        Some(match self {
            Shape::Text { max } => Kind::Text { max: *max },
            Shape::LongText => Kind::LongText,
            Shape::RichText => Kind::RichText,
            Shape::Number { decimals, unit } => Kind::Number { decimals: *decimals, unit: intern::word(unit) },
            Shape::Money => Kind::Money,
            Shape::Percent => Kind::Percent,
            Shape::Date => Kind::Date,
            Shape::Instant => Kind::Instant,
            Shape::Duration => Kind::Duration,
            Shape::Pick { list: key } => Kind::Pick(list(key)?),
            Shape::Picks { list: key } => Kind::Picks(list(key)?),
            Shape::Tick => Kind::Tick,
            Shape::Link { entity } => Kind::Link(entities.iter().find(|known| known.key == *entity)?),
            Shape::Emails => Kind::Emails,
            Shape::Phones => Kind::Phones,
            Shape::WebLinks => Kind::WebLinks,
            Shape::Addresses => Kind::Addresses,
            Shape::Code { code } => Kind::Code(code_of(code)?),
        })
    }
}

/// The national codes that a field can hold.
pub const CODES: [Code; 4] = [Code::VatNumber, Code::TaxCode, Code::SdiCode, Code::Iban];

fn code_of(name: &str) -> Option<Code> {
    CODES.into_iter().find(|code| code_name(*code) == name)
}

/// Whether an index of its own makes lists fast that filter or sort by such a field. The others are found through ties and
/// lookup already, or never sorted by.
pub fn can_be_indexed(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Text { .. }
            | Kind::Code(_)
            | Kind::Number { .. }
            | Kind::Money
            | Kind::Percent
            | Kind::Date
            | Kind::Instant
            | Kind::Duration
            | Kind::Pick(_)
            | Kind::Tick
            | Kind::Link(_)
    )
}

impl Look {
    /// A custom field as the catalogue has it.
    pub fn field(&self, key: &str, kind: Kind) -> FieldDef {
        let key = intern::word(key);
        let mut def = FieldDef { custom: true, search: self.search, ..plain(key, key, kind) };
        self.put_on(&mut def);
        def.required = self.required;
        def.index = self.index;
        let condition = |when: &Option<When>| when.as_ref().map(When::condition);
        def.shown = condition(&self.shown);
        def.required_when = condition(&self.required_when);
        def.read_only_when = condition(&self.read_only_when);
        // The order of a link is that of titles elsewhere: its index finds, and does not sort.
        def.sorted = self.index == Index::Ready && !matches!(kind, Kind::Link(_));
        def.label = match self.labels.get("en").or_else(|| self.labels.values().next()) {
            Some(label) => intern::word(label),
            None => key,
        };
        def
    }

    /// What may be said of a declared field too.
    pub fn put_on(&self, def: &mut FieldDef) {
        def.labels = intern::labels(&self.labels);
        def.hidden = self.hidden;
        def.off_form = self.off_form;
        def.on_list = self.list;
        def.on_quick = self.quick;
        if let Some(hint) = &self.hint {
            def.hint = Some(intern::word(hint));
        }
    }
}
