//! The kinds of field: a closed set. To add one is to add a variant; the compiler then walks through column, check,
//! widget, filter operators, import and API.

use base::codes::Code;

use crate::choice::ChoiceDef;
use crate::entity::Entity;
use crate::filter::Op;
use crate::list::PickList;

#[derive(Clone, Copy)]
pub enum Kind {
    /// One line, of at most so many characters.
    Text {
        max: usize,
    },
    /// Several lines.
    LongText,
    /// Several lines in Markdown.
    RichText,
    /// An exact number with a fixed number of decimals, and its unit or an empty text.
    Number {
        decimals: u8,
        unit: &'static str,
    },
    Money,
    /// In hundredths of a percent.
    Percent,
    Date,
    Instant,
    /// In seconds.
    Duration,
    /// A value of a closed set.
    Choice(&'static [ChoiceDef]),
    /// A value of a list.
    Pick(&'static PickList),
    /// Several values of a list.
    Picks(&'static PickList),
    Tick,
    Link(&'static Entity),
    AnyLink,
    /// The people in charge: users, the first first. Makes ties.
    People,
    /// The subjects involved, each with a role of the list or none. Makes ties.
    Involved(&'static PickList),
    Emails,
    Phones,
    WebLinks,
    Addresses,
    /// A national code.
    Code(Code),
    /// Several codes of one kind.
    Codes(Code),
    File,
    Picture,
    Place,
}

/// The longest text of any kind, in characters.
pub const LONGEST: usize = 100_000;

impl Kind {
    /// The name in OpenAPI descriptions, custom fields and messages.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Text { .. } => "text",
            Kind::LongText => "long_text",
            Kind::RichText => "rich_text",
            Kind::Number { .. } => "number",
            Kind::Money => "money",
            Kind::Percent => "percent",
            Kind::Date => "date",
            Kind::Instant => "instant",
            Kind::Duration => "duration",
            Kind::Choice(_) => "choice",
            Kind::Pick(_) => "pick",
            Kind::Picks(_) => "picks",
            Kind::Tick => "tick",
            Kind::Link(_) => "link",
            Kind::AnyLink => "any_link",
            Kind::People => "people",
            Kind::Involved(_) => "involved",
            Kind::Emails => "emails",
            Kind::Phones => "phones",
            Kind::WebLinks => "web_links",
            Kind::Addresses => "addresses",
            Kind::Code(_) => "code",
            Kind::Codes(_) => "codes",
            Kind::File => "file",
            Kind::Picture => "picture",
            Kind::Place => "place",
        }
    }

    /// Whether rows can be put in the order of it.
    pub fn sorts(&self) -> bool {
        !matches!(self, Kind::LongText | Kind::RichText | Kind::File | Kind::Picture | Kind::Place | Kind::AnyLink)
    }

    /// Whether it is one of several values, which are added to and removed from.
    pub fn is_several(&self) -> bool {
        matches!(
            self,
            Kind::Picks(_)
                | Kind::People
                | Kind::Involved(_)
                | Kind::Emails
                | Kind::Phones
                | Kind::WebLinks
                | Kind::Addresses
                | Kind::Codes(_)
        )
    }

    /// Whether a number that stands under the number above it.
    pub fn is_number(&self) -> bool {
        matches!(self, Kind::Number { .. } | Kind::Money | Kind::Percent | Kind::Duration)
    }

    /// Whether a sortable text key stands beside the value.
    pub fn has_key(&self) -> bool {
        matches!(
            self,
            Kind::Text { .. }
                | Kind::Code(_)
                | Kind::Emails
                | Kind::Phones
                | Kind::WebLinks
                | Kind::Codes(_)
                | Kind::Addresses
                | Kind::Picks(_)
        )
    }

    /// Whether rows of the lookup table are derived from it, and under which kind of key.
    pub fn lookup(&self) -> Option<&'static str> {
        match self {
            Kind::Emails => Some("email"),
            Kind::Phones => Some("phone"),
            Kind::WebLinks => Some("web"),
            Kind::Code(code) | Kind::Codes(code) => Some(code_name(*code)),
            Kind::Addresses => Some("town"),
            Kind::File | Kind::Picture => Some("file"),
            _ => None,
        }
    }

    /// The filter operators that fit, the usual one first.
    pub fn operators(&self) -> &'static [Op] {
        use Op::*;
        match self {
            Kind::Text { .. } => &[Contains, Starts, Eq, Ne, In, Empty, Lt, Le, Gt, Ge, Between],
            Kind::Code(_) => &[Eq, Starts, Contains, Ne, In, Empty],
            Kind::LongText | Kind::RichText => &[Contains, Empty],
            Kind::Number { .. } | Kind::Money | Kind::Percent | Kind::Duration => {
                &[Ge, Le, Between, Eq, Ne, Lt, Gt, In, Empty]
            }
            Kind::Date | Kind::Instant => &[Within, Ge, Le, Between, Eq, Ne, Lt, Gt, Empty],
            Kind::Choice(_) | Kind::Pick(_) => &[In, Eq, Ne, Empty],
            Kind::Picks(_) => &[Has, In, Eq, Ne, Empty],
            Kind::Tick => &[Eq, Ne],
            Kind::Link(_) | Kind::AnyLink => &[Eq, Ne, In, Empty],
            Kind::People | Kind::Involved(_) => &[Has, Eq, In, Ne, Empty],
            Kind::Emails | Kind::Phones | Kind::WebLinks | Kind::Codes(_) => &[Contains, Has, Eq, Starts, Empty],
            Kind::Addresses => &[Contains, Has, Empty],
            Kind::File | Kind::Picture | Kind::Place => &[Empty],
        }
    }

    /// The kinds that one of several values can have, key and English label, the usual one first.
    pub fn item_kinds(&self) -> &'static [ChoiceDef] {
        const fn kind(key: &'static str, label: &'static str) -> ChoiceDef {
            ChoiceDef { key, label }
        }
        match self {
            Kind::Emails => {
                &const { [kind("work", "Work"), kind("home", "Home"), kind("billing", "Billing"), kind("other", "Other")] }
            }
            Kind::Phones => {
                &const {
                    [
                        kind("work", "Work"),
                        kind("mobile", "Mobile"),
                        kind("switchboard", "Switchboard"),
                        kind("fax", "Fax"),
                        kind("home", "Home"),
                        kind("other", "Other"),
                    ]
                }
            }
            Kind::WebLinks => {
                &const {
                    [
                        kind("site", "Web site"),
                        kind("linkedin", "LinkedIn"),
                        kind("facebook", "Facebook"),
                        kind("instagram", "Instagram"),
                        kind("other", "Other"),
                    ]
                }
            }
            Kind::Addresses => {
                &const {
                    [
                        kind("registered", "Registered office"),
                        kind("operating", "Operating address"),
                        kind("billing", "Billing"),
                        kind("delivery", "Delivery"),
                        kind("home", "Home"),
                        kind("other", "Other"),
                    ]
                }
            }
            _ => &[],
        }
    }
}

/// The kind of lookup key that a national code makes.
pub fn code_name(code: Code) -> &'static str {
    match code {
        Code::VatNumber => "vat_number",
        Code::TaxCode => "tax_code",
        Code::SdiCode => "sdi_code",
        Code::Iban => "iban",
    }
}
