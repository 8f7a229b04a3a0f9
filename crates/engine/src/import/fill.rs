//! What a row changes of a record that is there already.

use meta::{FieldDef, Kind, Model, Record, Value};

use super::plan::Policy;

/// The values of a row that the record shall take, by the policy; empty when it stays as it is.
pub(super) fn changes(
    model: &Model,
    record: &Record,
    row: &[(usize, Value)],
    policy: Policy,
    description: Option<usize>,
) -> Vec<(usize, Value)> {
    let mut changes = Vec::new();
    for (at, value) in row {
        let (def, known) = (&model.fields[*at], &record.values[*at]);
        let value = match () {
            () if Some(*at) == description => joined(known.text(), value.text()).map(Value::Text),
            () if known.is_empty() && !value.is_empty() && *value != Value::Tick(false) => Some(value.clone()),
            () if several(def) => united(known, value),
            () if policy == Policy::Overwrite && known != value => Some(value.clone()),
            () => None,
        };
        changes.extend(value.map(|value| (*at, value)));
    }
    changes
}

fn several(def: &FieldDef) -> bool {
    matches!(
        def.kind,
        Kind::Emails | Kind::Phones | Kind::WebLinks | Kind::Codes(_) | Kind::Picks(_) | Kind::Involved(_)
    )
}

/// What is known and what is new; none when nothing is.
fn united(known: &Value, more: &Value) -> Option<Value> {
    match (known, more) {
        (Value::Items(known), Value::Items(more)) => {
            let fresh = more.iter().filter(|item| !known.iter().any(|one| one.value == item.value));
            let fresh: Vec<_> = fresh.map(|item| meta::Item { primary: false, ..item.clone() }).collect();
            (!fresh.is_empty()).then(|| Value::Items(known.iter().cloned().chain(fresh).collect()))
        }
        (Value::Keys(known), Value::Keys(more)) => {
            let fresh: Vec<_> = more.iter().filter(|key| !known.contains(key)).cloned().collect();
            (!fresh.is_empty()).then(|| Value::Keys(known.iter().cloned().chain(fresh).collect()))
        }
        (Value::Involved(known), Value::Involved(more)) => {
            let all = known.and(more);
            (all != *known).then_some(Value::Involved(all))
        }
        _ => None,
    }
}

/// The description with the lines that it does not hold yet.
pub(super) fn joined(known: &str, more: &str) -> Option<String> {
    let fresh: Vec<&str> = more
        .lines()
        .filter(|line| !line.trim().is_empty() && !known.lines().any(|one| one.trim() == line.trim()))
        .collect();
    if fresh.is_empty() {
        return None;
    }
    let parts = [known.trim_end(), &fresh.join("\n")];
    Some(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_known_are_not_written_again() {
        assert_eq!(joined("a\nAgente: B", "Agente: B\nc").as_deref(), Some("a\nAgente: B\nc"));
        assert_eq!(joined("a\nAgente: B", "Agente: B"), None);
        assert_eq!(joined("", "x").as_deref(), Some("x"));
    }
}
