//! What a list must answer, by the plainest means: every record looked at, one after the other. Slow, and easy to believe.

use std::cmp::Ordering;
use std::collections::HashMap;

use base::{Id, Rid, fold, text_key};
use meta::filter::{Column, Reach, Test, Where};
use meta::normal::{lookup_keys, sort_key};
use meta::{Catalogue, Kind, Model, Op, Record, Value};
use store::list::Sort;
use store::records::EVERYBODY;

/// All records there are, deleted ones too.
pub struct Plain<'a> {
    pub catalogue: &'a Catalogue,
    pub records: HashMap<Rid, (&'a Model, Record)>,
    pub by_id: HashMap<Id, Rid>,
    /// With whom each record is shared, and whether to be changed.
    pub shares: HashMap<Rid, Vec<(Rid, bool)>>,
}

/// What a value is compared by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(i64),
    Text(String),
}

impl<'a> Plain<'a> {
    pub fn read(store: &store::Store, catalogue: &'a Catalogue) -> Plain<'a> {
        let mut plain = Plain { catalogue, records: HashMap::new(), by_id: HashMap::new(), shares: HashMap::new() };
        let shares = store::Sql::new("SELECT record, principal, changes FROM share");
        for row in store.read(|tx| tx.query(&shares)).expect("shares can be read") {
            plain.shares.entry(row.rid(0)).or_default().push((row.rid(1), row.int(2) != 0));
        }
        for model in &catalogue.models {
            let sql = store::Sql::new(format!("SELECT rid FROM \"{}\"", model.entity.key));
            let read = store.read(|tx| {
                let rids: Vec<Rid> = tx.query(&sql)?.iter().map(|row| row.rid(0)).collect();
                store::records::load(tx, model, &rids, false)
            });
            for record in read.expect("records can be read") {
                plain.by_id.insert(record.id, record.rid);
                plain.records.insert(record.rid, (model, record));
            }
        }
        plain
    }

    /// The live records of an entity that match, in order.
    pub fn list(&self, model: &Model, filter: &Where, sort: &[Sort]) -> Vec<Rid> {
        let mut found: Vec<&Record> = self
            .records
            .values()
            .filter(|(of, record)| of.entity.key == model.entity.key && record.deleted_at.is_none())
            .map(|(_, record)| record)
            .filter(|record| self.holds(filter, model, record))
            .collect();
        found.sort_by(|one, other| self.order(model, sort, one, other));
        found.into_iter().map(|record| record.rid).collect()
    }

    pub fn holds(&self, filter: &Where, model: &Model, record: &Record) -> bool {
        match filter {
            Where::All(parts) => parts.iter().all(|part| self.holds(part, model, record)),
            Where::Any(parts) => parts.iter().any(|part| self.holds(part, model, record)),
            Where::Not(part) => !self.holds(part, model, record),
            Where::Rids(rids) => rids.contains(&record.rid),
            Where::Found(_) => unreachable!("what is found by words has tests of its own"),
            Where::Reach(Reach { principals, to_look }) => {
                let anchor = match model.belongs {
                    Some(at) => record.values[at].links().first().and_then(|rid| self.records.get(rid)),
                    None => self.records.get(&record.rid),
                };
                anchor.is_some_and(|(model, record)| {
                    let charge = model.in_charge.map_or(&[][..], |at| record.values[at].links());
                    let open = model.open_to_all.is_some_and(|at| record.values[at] == Value::Tick(true));
                    let involved = model.involved.map_or(&[][..], |at| record.values[at].links());
                    let tied = |one| charge.contains(one) || involved.contains(one);
                    let shared = |one: &Rid| {
                        let shares = self.shares.get(&record.rid).into_iter().flatten();
                        shares.into_iter().any(|(with, changes)| with == one && (*changes || *to_look))
                    };
                    principals.iter().any(|one| tied(one) || shared(one) || (*one == EVERYBODY && open))
                })
            }
            Where::Test(test) => match test.hop {
                None => self.test(test, model, record),
                Some(link) => {
                    let there = record.values[link].links().first().and_then(|rid| self.records.get(rid));
                    there.is_some_and(|(model, record)| {
                        record.deleted_at.is_none()
                            && self.test(test, model, record)
                            && test.guard.as_ref().is_none_or(|guard| self.holds(guard, model, record))
                    })
                }
            },
        }
    }

    fn test(&self, test: &Test, model: &Model, record: &Record) -> bool {
        let at = match test.column {
            Column::Field(at) => at,
            Column::Id => return self.linked(test, &Value::Link(record.rid)),
            Column::CreatedAt => {
                return compared(test, Some(Key::Number(record.created_at.timestamp_micros())), number);
            }
            Column::UpdatedAt => {
                return compared(test, Some(Key::Number(record.updated_at.timestamp_micros())), number);
            }
        };
        let (def, value) = (&model.fields[at], &record.values[at]);
        let needle = test.values.first().map_or("", Value::text);
        if test.op == Op::Empty {
            return (*value == Value::Null) == (test.values[0] == Value::Tick(true));
        }
        match def.kind {
            Kind::LongText | Kind::RichText => fold(value.text()).contains(&fold(needle)) && *value != Value::Null,
            Kind::Text { .. } | Kind::Code(_) if test.op == Op::Contains => {
                fold(value.text()).contains(&fold(needle)) && *value != Value::Null
            }
            Kind::Text { .. } => match test.op {
                Op::Starts => text_key(value.text()).starts_with(&text_key(needle)) && *value != Value::Null,
                _ => compared(test, sort_key(value).map(Key::Text), |value| Key::Text(text_key(value.text()))),
            },
            Kind::Code(code) => {
                let key = |text: &str| text_key(&base::codes::normalise(code, text));
                match test.op {
                    Op::Starts => sort_key(value).is_some_and(|value| value.starts_with(&key(needle))),
                    _ => compared(test, sort_key(value).map(Key::Text), |value| Key::Text(key(value.text()))),
                }
            }
            Kind::Picks(_) | Kind::Emails | Kind::Phones | Kind::WebLinks | Kind::Codes(_) | Kind::Addresses => {
                let keys = lookup_keys(value, &def.kind);
                let wanted: Vec<String> = test.values.iter().map(|value| lookup_key(value.text(), &def.kind)).collect();
                match test.op {
                    Op::Contains if matches!(def.kind, Kind::Addresses) => value.addresses().iter().any(|address| {
                        let lines = [&address.street, &address.zip, &address.town, &address.province];
                        lines.iter().any(|line| fold(line).contains(&fold(needle)))
                    }),
                    Op::Starts if matches!(def.kind, Kind::Phones) => {
                        let at_home = format!("39{}", wanted[0]);
                        keys.iter().any(|key| key.starts_with(&wanted[0]) || key.starts_with(&at_home))
                    }
                    Op::Contains => keys.iter().any(|key| key.contains(&fold(&wanted[0]))),
                    Op::Starts => keys.iter().any(|key| key.starts_with(&wanted[0])),
                    Op::Ne => !keys.iter().any(|key| wanted.contains(key)),
                    _ => keys.iter().any(|key| wanted.contains(key)),
                }
            }
            Kind::People | Kind::Link(_) | Kind::AnyLink => self.linked(test, value),
            Kind::Involved(_) => self.involved(test, value),
            _ => compared(test, key(value), number),
        }
    }

    fn linked(&self, test: &Test, value: &Value) -> bool {
        let row = |value: &Value| match value {
            Value::Id(id) => self.by_id.get(id).copied(),
            other => other.links().first().copied(),
        };
        match test.op {
            Op::Empty => test.values[0] == Value::Tick(false),
            op => {
                let any = test.values.iter().filter_map(row).any(|rid| value.links().contains(&rid));
                any != (op == Op::Ne)
            }
        }
    }

    fn involved(&self, test: &Test, value: &Value) -> bool {
        let Value::Involved(involved) = value else { return test.op == Op::Ne };
        let is = |wanted: &Value, rid: Rid, role: Option<&str>| match wanted {
            Value::Id(id) => self.by_id.get(id) == Some(&rid),
            Value::Involving(wanted) => {
                wanted.pairs().any(|(id, wanted)| self.by_id.get(&id) == Some(&rid) && role == wanted)
            }
            Value::Involved(wanted) => wanted.pairs().any(|wanted| wanted == (rid, role)),
            Value::Text(wanted) => role == Some(wanted),
            other => other.links().contains(&rid),
        };
        let any = involved.pairs().any(|(rid, role)| test.values.iter().any(|wanted| is(wanted, rid, role)));
        any != (test.op == Op::Ne)
    }

    /// Empty values last whichever way it goes, the row at the end the way of the first.
    fn order(&self, model: &Model, sort: &[Sort], one: &Record, other: &Record) -> Ordering {
        for (index, sort) in sort.iter().enumerate() {
            let keys = [one, other].map(|record| self.sort_key(model, sort.by, index == 0, record));
            let ordering = match keys {
                [Some(one), Some(other)] if sort.descending => other.cmp(&one),
                [Some(one), Some(other)] => one.cmp(&other),
                [one, other] => one.is_none().cmp(&other.is_none()),
            };
            if ordering != Ordering::Equal {
                return ordering;
            }
        }
        let descending = sort.first().is_none_or(|sort| sort.descending);
        if descending { other.rid.cmp(&one.rid) } else { one.rid.cmp(&other.rid) }
    }

    fn sort_key(&self, model: &Model, by: Column, first: bool, record: &Record) -> Option<Key> {
        let at = match by {
            Column::Id => return Some(Key::Number(record.rid.0)),
            Column::CreatedAt => return Some(Key::Number(record.created_at.timestamp_micros())),
            Column::UpdatedAt => return Some(Key::Number(record.updated_at.timestamp_micros())),
            Column::Field(at) => at,
        };
        let (kind, value) = (model.fields[at].kind, &record.values[at]);
        // The first order of a list is the administrator's; what stands in no list comes after it.
        let position = |keys: Vec<&str>| match keys.iter().position(|key| *key == value.text()) {
            Some(position) => format!("{position:04}"),
            None => format!("9999 {}", value.text()),
        };
        match kind {
            _ if *value == Value::Null => None,
            Kind::People | Kind::Involved(_) => {
                value.links().iter().map(|rid| text_key(&self.records[rid].1.title)).min().map(Key::Text)
            }
            Kind::Link(_) => value.links().first().map(|rid| Key::Text(text_key(&self.records[rid].1.title))),
            Kind::Choice(choices) if first => {
                Some(Key::Text(position(choices.iter().map(|choice| choice.key).collect())))
            }
            Kind::Pick(list) if first => {
                let items = self.catalogue.list(list.key).map_or(Vec::new(), |list| list.items.iter().collect());
                Some(Key::Text(position(items.iter().map(|item| item.key.as_str()).collect())))
            }
            kind if kind.has_key() => sort_key(value).map(Key::Text),
            _ => key(value),
        }
    }
}

fn lookup_key(written: &str, kind: &Kind) -> String {
    match kind {
        Kind::Phones => base::phones::lookup_key(written),
        Kind::Codes(code) => text_key(&base::codes::normalise(*code, written)),
        _ => text_key(written),
    }
}

fn key(value: &Value) -> Option<Key> {
    Some(match value {
        Value::Text(text) => Key::Text(text.clone()),
        Value::Int(number) => Key::Number(*number),
        Value::Tick(on) => Key::Number((*on).into()),
        Value::Money(money) => Key::Number(money.minor),
        Value::Date(day) => Key::Text(day.to_string()),
        Value::Instant(at) => Key::Number(at.timestamp_micros()),
        _ => return None,
    })
}

fn number(value: &Value) -> Key {
    key(value).unwrap_or(Key::Number(0))
}

fn compared(test: &Test, value: Option<Key>, operand: impl Fn(&Value) -> Key) -> bool {
    let wanted: Vec<Key> = test.values.iter().map(operand).collect();
    let Some(value) = value else { return test.op == Op::Ne };
    match test.op {
        Op::In => wanted.contains(&value),
        Op::Between => wanted[0] <= value && value <= wanted[1],
        Op::Ne => value != wanted[0],
        Op::Lt => value < wanted[0],
        Op::Le => value <= wanted[0],
        Op::Gt => value > wanted[0],
        Op::Ge => value >= wanted[0],
        _ => value == wanted[0],
    }
}
