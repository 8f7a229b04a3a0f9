//! Filters from and to JSON, and from the pairs of a query string.

use base::{Problem, say};
use serde_json::{Map, Value as Json, json};

use super::{DEEPEST, Filter, MOST_TESTS, Op};

/// The JSON of saved views and of `filter=`: `{"all": […]}`, `{"any": […]}`, `{"not": …}` or
/// `{"field": "town", "op": "eq", "value": "Milano"}`; an array is `all`.
pub fn from_json(json: &Json) -> Result<Filter, Problem> {
    let mut tests = 0;
    group(json, DEEPEST, &mut tests)
}

fn group(json: &Json, deeper: usize, tests: &mut usize) -> Result<Filter, Problem> {
    if deeper == 0 {
        return Err(unreadable("The filter has groups within groups within groups: that is too deep"));
    }
    let list = |parts: &Json, tests: &mut usize| match parts {
        Json::Array(parts) => parts.iter().map(|part| group(part, deeper - 1, tests)).collect::<Result<Vec<_>, _>>(),
        _ => Err(unreadable("A group of a filter is a list")),
    };
    let object = match json {
        Json::Array(_) => return list(json, tests).map(Filter::All),
        Json::Object(object) => object,
        _ => return Err(unreadable("A filter is an object with a field, or a group")),
    };
    let sole = |name: &str| if object.len() == 1 { object.get(name) } else { None };
    if let Some(parts) = sole("all") {
        return list(parts, tests).map(Filter::All);
    }
    if let Some(parts) = sole("any") {
        return list(parts, tests).map(Filter::Any);
    }
    if let Some(part) = sole("not") {
        return group(part, deeper - 1, tests).map(|part| Filter::Not(Box::new(part)));
    }
    *tests += 1;
    if *tests > MOST_TESTS {
        return Err(unreadable("The filter has too many conditions"));
    }
    test(object)
}

fn test(object: &Map<String, Json>) -> Result<Filter, Problem> {
    if let Some(stranger) = object.keys().find(|key| !["field", "op", "value"].contains(&key.as_str())) {
        return Err(Problem::at("filter", "unknown", say!("{name} is not part of a filter", name = stranger.clone())));
    }
    let Some(Json::String(field)) = object.get("field") else {
        return Err(unreadable("A condition of a filter names its field"));
    };
    let op = match object.get("op") {
        None => Op::Eq,
        Some(Json::String(key)) => Op::from_key(key).ok_or_else(|| unknown_op(key))?,
        Some(_) => return Err(unreadable("The operator of a filter is a word")),
    };
    Ok(Filter::Test { field: field.clone(), op, value: object.get("value").cloned().unwrap_or(Json::Null) })
}

pub fn to_json(filter: &Filter) -> Json {
    match filter {
        Filter::All(parts) => json!({ "all": parts.iter().map(to_json).collect::<Vec<_>>() }),
        Filter::Any(parts) => json!({ "any": parts.iter().map(to_json).collect::<Vec<_>>() }),
        Filter::Not(part) => json!({ "not": to_json(part) }),
        Filter::Test { field, op, value } => json!({ "field": field, "op": op.key(), "value": value }),
    }
}

/// One pair of a query string: `town=Milano`, `revenue[ge]=1000`, `stage[in]=lead,prospect`. The value is split at
/// commas where the operator takes several.
pub fn from_query(name: &str, value: &str) -> Result<Filter, Problem> {
    let (field, op) = match name.split_once('[') {
        None => (name, Op::Eq),
        Some((field, rest)) => {
            let key = rest.strip_suffix(']').ok_or_else(|| unknown_op(rest))?;
            (field, Op::from_key(key).ok_or_else(|| unknown_op(key))?)
        }
    };
    let value = match op {
        Op::In | Op::Between => Json::Array(value.split(',').map(|part| Json::String(part.to_owned())).collect()),
        _ => Json::String(value.to_owned()),
    };
    Ok(Filter::Test { field: field.to_owned(), op, value })
}

fn unreadable(why: &'static str) -> Problem {
    Problem::at("filter", "unreadable", why)
}

fn unknown_op(key: &str) -> Problem {
    Problem::at("filter", "unknown", say!("{op} is not an operator of filters", op = key.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_survives_the_way_to_json_and_back() {
        let filter = Filter::All(vec![
            Filter::test("stage", Op::In, json!(["lead", "prospect"])),
            Filter::Any(vec![
                Filter::test("town", Op::Eq, "Milano"),
                Filter::Not(Box::new(Filter::test("revenue", Op::Empty, true))),
            ]),
        ]);
        assert_eq!(from_json(&to_json(&filter)), Ok(filter));
    }

    #[test]
    fn what_is_not_a_filter_is_refused_by_name() {
        let problem = from_json(&json!({"field": "town", "like": "x"})).unwrap_err();
        assert_eq!(problem.text.to_string(), "like is not part of a filter");
        assert!(from_json(&json!({"field": "town", "op": "like"})).is_err());
        assert!(from_json(&json!(3)).is_err());
        let deep = (0..20).fold(json!({"field": "town"}), |inner, _| json!({ "not": inner }));
        assert!(from_json(&deep).is_err());
    }

    #[test]
    fn a_query_pair_names_field_and_operator() {
        assert_eq!(from_query("revenue[ge]", "10"), Ok(Filter::test("revenue", Op::Ge, "10")));
        assert_eq!(from_query("stage[in]", "a,b"), Ok(Filter::test("stage", Op::In, json!(["a", "b"]))));
        assert!(from_query("revenue[around]", "10").is_err());
    }
}
