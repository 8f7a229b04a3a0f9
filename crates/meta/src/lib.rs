//! The language of declarations: entity, field, kind, choice, record, change, filter, access. Does no input or output.
//!
//! A declaration is a table of typed constants ([`entity::Entity`], [`field::Field`]). At run time it becomes a
//! [`catalogue::Model`]: the declared fields and those the administrator added, as equals, by position.

pub mod access;
pub mod action;
pub mod catalogue;
pub mod change;
pub mod check;
pub mod choice;
pub mod custom;
pub mod effect;
pub mod entity;
pub mod field;
pub mod filter;
pub mod human;
pub mod intern;
pub mod involved;
pub mod json;
pub mod kind;
pub mod layout;
pub mod list;
pub mod normal;
pub mod record;
pub mod typed;
pub mod value;

pub use access::{Rights, Scope, Verb};
pub use action::Action;
pub use catalogue::{Called, Catalogue, Model};
pub use change::Change;
pub use choice::{Choice, ChoiceDef};
pub use effect::Effect;
pub use entity::{Entity, Face, Icon, entity, face};
pub use field::{Condition, Declared, Field, FieldDef, Pick, is, meaning};
pub use filter::{Filter, Op};
pub use involved::{Involved, Involving};
pub use kind::Kind;
pub use list::{PickItem, PickList, item, list};
pub use record::Record;
pub use value::{Address, Item, Place, Value};
