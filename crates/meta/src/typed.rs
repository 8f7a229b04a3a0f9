//! How rules read values: as the type that the field was declared with.

use base::{Money, Rid};
use chrono::{DateTime, NaiveDate, Utc};

use crate::catalogue::Catalogue;
use crate::choice::Choice;
use crate::field::{FieldDef, Pick};
use crate::involved::Involved;
use crate::kind::Kind;
use crate::value::{Address, Item, Place, Value};

/// A type that a field can be read and written as. Reading is total: what is not there is the type's empty value.
pub trait Typed: Sized {
    fn read(value: &Value, def: &FieldDef, catalogue: &Catalogue) -> Self;
    fn write(self) -> Value;
}

macro_rules! typed {
    ($($type:ty, $variant:ident;)+) => {
        $(
            impl Typed for Option<$type> {
                fn read(value: &Value, _: &FieldDef, _: &Catalogue) -> Self {
                    match value { Value::$variant(inner) => Some(inner.clone()), _ => None }
                }

                fn write(self) -> Value {
                    self.map_or(Value::Null, Value::$variant)
                }
            }
        )+
    };
}

typed! {
    i64, Int;
    Money, Money;
    NaiveDate, Date;
    DateTime<Utc>, Instant;
    Rid, Link;
    Place, Place;
}

impl Typed for Option<String> {
    fn read(value: &Value, _: &FieldDef, _: &Catalogue) -> Self {
        match value {
            Value::Text(text) if !text.is_empty() => Some(text.clone()),
            _ => None,
        }
    }

    fn write(self) -> Value {
        self.map_or(Value::Null, Value::Text)
    }
}

impl Typed for String {
    fn read(value: &Value, _: &FieldDef, _: &Catalogue) -> Self {
        value.text().to_owned()
    }

    fn write(self) -> Value {
        if self.is_empty() { Value::Null } else { Value::Text(self) }
    }
}

impl Typed for bool {
    fn read(value: &Value, _: &FieldDef, _: &Catalogue) -> Self {
        matches!(value, Value::Tick(true))
    }

    fn write(self) -> Value {
        Value::Tick(self)
    }
}

macro_rules! typed_lists {
    ($($type:ty, $variant:ident;)+) => {
        $(
            impl Typed for Vec<$type> {
                fn read(value: &Value, _: &FieldDef, _: &Catalogue) -> Self {
                    match value { Value::$variant(list) => list.clone(), _ => Vec::new() }
                }

                fn write(self) -> Value {
                    if self.is_empty() { Value::Null } else { Value::$variant(self) }
                }
            }
        )+
    };
}

typed_lists! {
    Rid, Links;
    String, Keys;
    Item, Items;
    Address, Addresses;
}

impl Typed for Involved {
    fn read(value: &Value, _: &FieldDef, _: &Catalogue) -> Self {
        match value {
            Value::Involved(involved) => involved.clone(),
            _ => Involved::default(),
        }
    }

    fn write(self) -> Value {
        if self.is_empty() { Value::Null } else { Value::Involved(self) }
    }
}

/// A closed choice reads as its enum; nothing chosen is `None`.
impl<C: Choice> Typed for Option<C> {
    fn read(value: &Value, _: &FieldDef, _: &Catalogue) -> Self {
        C::from_key(value.text())
    }

    fn write(self) -> Value {
        self.map_or(Value::Null, |choice| Value::Text(choice.key().to_owned()))
    }
}

impl<C: Choice> Typed for Pick<C> {
    fn read(value: &Value, def: &FieldDef, catalogue: &Catalogue) -> Self {
        let class = match def.kind {
            Kind::Pick(list) => catalogue.class(list.key, value.text()),
            _ => None,
        };
        Pick { key: value.text().to_owned(), class: class.and_then(C::from_key) }
    }

    fn write(self) -> Value {
        self.key.write()
    }
}

/// Several values of a list, with their classes.
impl<C: Choice> Typed for Vec<Pick<C>> {
    fn read(value: &Value, def: &FieldDef, catalogue: &Catalogue) -> Self {
        let Kind::Picks(list) = def.kind else { return Vec::new() };
        let pick =
            |key: &String| Pick { key: key.clone(), class: catalogue.class(list.key, key).and_then(C::from_key) };
        value.keys().iter().map(pick).collect()
    }

    fn write(self) -> Value {
        self.into_iter().map(|pick| pick.key).collect::<Vec<_>>().write()
    }
}

/// So that rules can be written for lists without classes.
impl Choice for () {
    const NAME: &'static str = "";
    const ALL: &'static [crate::ChoiceDef] = &[];

    fn key(self) -> &'static str {
        ""
    }

    fn from_key(_: &str) -> Option<()> {
        None
    }
}
