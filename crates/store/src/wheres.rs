//! Filters to SQL: the one place where a [`Where`] becomes text.

use base::Rid;
use meta::filter::{Column, Reach, Test, Where};
use meta::{Catalogue, Kind, Model, Op, Value};

use crate::columns::sort_column;
use crate::records::{TO_LOOK, involved_as, lookup_kind};
use crate::sql::{Arg, Sql};

/// Where a filter is compiled: the model, and the alias of its table.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub catalogue: &'a Catalogue,
    pub model: &'a Model,
    pub alias: &'static str,
    /// The rows are walked in their order until a page is full. Conditions on other tables are then asked row by row:
    /// PostgreSQL would join them first, since it takes what they leave for less than it is, and sort the whole.
    pub walked: bool,
}

/// What keeps an EXISTS from becoming a join on PostgreSQL; it says nothing else.
const ROW_BY_ROW: &str = " LIMIT 1 OFFSET 0";

/// The ties of `tie` that reach something.
pub(crate) fn reached<'s>(sql: &'s mut Sql, reach: &Reach) -> &'s mut Sql {
    sql.push("tie.principal IN ").bind_list(reach.principals.iter().copied());
    if !reach.to_look {
        sql.push(" AND tie.why <> '").push(TO_LOOK).push("'");
    }
    sql
}

impl Place<'_> {
    fn end(self) -> &'static str {
        if self.walked { ROW_BY_ROW } else { "" }
    }
}

/// Writes the condition; always something that can stand after AND.
pub fn compile(sql: &mut Sql, filter: &Where, place: Place) {
    match filter {
        Where::All(parts) => group(sql, parts, " AND ", "1 = 1", place),
        Where::Any(parts) => group(sql, parts, " OR ", "1 = 0", place),
        Where::Not(part) => {
            // What is unknown does not hold, so its opposite does.
            sql.push("(");
            compile(sql, part, place);
            sql.push(") IS NOT TRUE");
        }
        Where::Reach(reach) => {
            sql.push("EXISTS (SELECT 1 FROM tie WHERE tie.record = ").push(&anchor(place)).push(" AND ");
            reached(sql, reach).push(place.end()).push(")");
        }
        Where::Rids(rids) => {
            sql.push(place.alias).push(".rid IN ").bind_list(rids.iter().copied());
        }
        Where::Found(found) => {
            sql.push(place.alias).push(".rid IN (");
            crate::search::rows_found(sql, found);
            sql.push(")");
        }
        Where::Test(test) => match test.hop {
            None => condition(sql, test, place),
            Some(link) => hop(sql, test, link, place),
        },
    }
}

fn group(sql: &mut Sql, parts: &[Where], between: &str, empty: &str, place: Place) {
    if parts.is_empty() {
        sql.push(empty);
        return;
    }
    sql.push("(");
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            sql.push(between);
        }
        compile(sql, part, place);
    }
    sql.push(")");
}

/// The column that names the record whose ties count.
pub(crate) fn anchor(place: Place) -> String {
    match place.model.belongs {
        Some(at) => format!("{}.\"{}\"", place.alias, place.model.fields[at].key),
        None => format!("{}.rid", place.alias),
    }
}

fn hop(sql: &mut Sql, test: &Test, link: usize, place: Place) {
    let def = &place.model.fields[link];
    let target = match def.kind {
        Kind::Link(to) => place.catalogue.model(to.key),
        _ => None,
    };
    let Some(target) = target else {
        sql.push("1 = 0");
        return;
    };
    sql.push("EXISTS (SELECT 1 FROM ").name(target.entity.key).push(" h WHERE h.rid = ").push(place.alias).push(".");
    sql.name(def.key).push(" AND h.deleted_at IS NULL AND ");
    let there = Place { model: target, alias: "h", ..place };
    condition(sql, test, there);
    if let Some(guard) = &test.guard {
        sql.push(" AND ");
        compile(sql, guard, there);
    }
    sql.push(")");
}

fn condition(sql: &mut Sql, test: &Test, place: Place) {
    let column = match test.column {
        Column::CreatedAt => return compare(sql, &format!("{}.created_at", place.alias), test, arg),
        Column::UpdatedAt => return compare(sql, &format!("{}.updated_at", place.alias), test, arg),
        Column::Id if test.op == Op::Empty => {
            // Every record has one.
            sql.push(if test.values.first() == Some(&Value::Tick(false)) { "1 = 1" } else { "1 = 0" });
            return;
        }
        Column::Id => return linked(sql, &format!("{}.rid", place.alias), test),
        Column::Field(at) => at,
    };
    let def = &place.model.fields[column];
    let plain = format!("{}.\"{}\"", place.alias, def.key);
    let sorted = format!("{}.\"{}\"", place.alias, sort_column(def));
    if test.op == Op::Empty {
        let wanted = test.values.first() != Some(&Value::Tick(false));
        sql.push(&plain).push(if wanted { " IS NULL" } else { " IS NOT NULL" });
        return;
    }
    match def.kind {
        Kind::Text { .. } | Kind::Code(_) if matches!(test.op, Op::Contains) => contains(sql, &plain, test),
        Kind::LongText | Kind::RichText => contains(sql, &plain, test),
        Kind::Text { .. } | Kind::Code(_) if test.op == Op::Starts => {
            let key = test.values.first().map_or(String::new(), |value| compare_key(&def.kind, value));
            like(sql, &sorted, &key, false);
        }
        Kind::Text { .. } | Kind::Code(_) => compare(sql, &sorted, test, |value| compare_key(&def.kind, value).into()),
        Kind::Picks(_) | Kind::Emails | Kind::Phones | Kind::WebLinks | Kind::Codes(_) | Kind::Addresses => {
            keyed(sql, test, def, place);
        }
        Kind::People | Kind::Involved(_) => tied(sql, test, place),
        Kind::Link(_) | Kind::AnyLink => linked(sql, &plain, test),
        _ => compare(sql, &plain, test, arg),
    }
}

/// What the key column of a text is compared with; codes are found however they are written.
pub(crate) fn compare_key(kind: &Kind, value: &Value) -> String {
    match kind {
        Kind::Code(code) | Kind::Codes(code) => base::text_key(&base::codes::normalise(*code, value.text())),
        _ => base::text_key(value.text()),
    }
}

/// The usual operators over a column and values of its type.
fn compare(sql: &mut Sql, column: &str, test: &Test, arg: impl Fn(&Value) -> Arg) {
    let values: Vec<Arg> = test.values.iter().map(arg).collect();
    let first = values.first().cloned().unwrap_or(Arg::Null);
    match test.op {
        Op::In => {
            sql.push(column).push(" IN ").bind_list(values);
        }
        Op::Between => {
            let last = values.last().cloned().unwrap_or(Arg::Null);
            sql.push("(")
                .push(column)
                .push(" >= ")
                .bind(first)
                .push(" AND ")
                .push(column)
                .push(" <= ")
                .bind(last)
                .push(")");
        }
        Op::Ne => {
            sql.push("(").push(column).push(" IS NULL OR ").push(column).push(" <> ").bind(first).push(")");
        }
        op => {
            let sign = match op {
                Op::Lt => " < ",
                Op::Le => " <= ",
                Op::Gt => " > ",
                Op::Ge => " >= ",
                _ => " = ",
            };
            sql.push(column).push(sign).bind(first);
        }
    }
}

fn first_text(test: &Test) -> &str {
    test.values.first().map_or("", Value::text)
}

/// Anywhere in the text, however long, whatever the case and the accents.
fn contains(sql: &mut Sql, column: &str, test: &Test) {
    like(sql, &format!("bottega_fold({column})"), &base::fold(first_text(test)), true);
}

fn like(sql: &mut Sql, column: &str, folded: &str, anywhere: bool) {
    let mut pattern = folded.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    pattern.push('%');
    if anywhere {
        pattern.insert(0, '%');
        sql.push(column).push(" LIKE ").bind(pattern).push(" ESCAPE '\\'");
        return;
    }
    // A range is what an index can walk on both databases.
    let mut end = folded.to_owned();
    end.push(char::MAX);
    sql.push("(").push(column).push(" >= ").bind(folded).push(" AND ").push(column).push(" < ").bind(end).push(")");
}

/// Values that lie in the lookup table.
fn keyed(sql: &mut Sql, test: &Test, def: &meta::FieldDef, place: Place) {
    let Some(kind) = lookup_kind(place.model, def) else {
        sql.push("1 = 0");
        return;
    };
    let keys = lookup_keys(test, def);
    if test.op == Op::Contains && matches!(def.kind, Kind::Addresses) {
        // The lookup knows their towns; any of their lines may be meant.
        let texts = format!("bottega_addresses({}.\"{}\")", place.alias, def.key);
        return contains(sql, &texts, test);
    }
    if test.op == Op::Ne {
        sql.push("NOT ");
    }
    sql.push("EXISTS (SELECT 1 FROM lookup WHERE lookup.record = ").push(place.alias).push(".rid AND lookup.kind = ");
    sql.bind(kind).push(" AND ");
    let first = keys.first().cloned().unwrap_or_default();
    match test.op {
        Op::Contains => like(sql, "lookup.key", &first, true),
        Op::Starts if matches!(def.kind, Kind::Phones) => {
            // Numbers of this country are known with its prefix and begun without.
            sql.push("(");
            like(sql, "lookup.key", &first, false);
            sql.push(" OR ");
            like(sql, "lookup.key", &format!("39{first}"), false);
            sql.push(")");
        }
        Op::Starts => like(sql, "lookup.key", &first, false),
        _ => {
            sql.push("lookup.key IN ").bind_list(keys);
        }
    }
    sql.push(place.end()).push(")");
}

/// What the values of a test are in the lookup table.
pub(crate) fn lookup_keys(test: &Test, def: &meta::FieldDef) -> Vec<String> {
    let key = |value| match def.kind {
        Kind::Phones => base::phones::lookup_key(Value::text(value)),
        kind => compare_key(&kind, value),
    };
    test.values.iter().map(key).collect()
}

/// People in charge, subjects involved.
fn tied(sql: &mut Sql, test: &Test, place: Place) {
    if test.op == Op::Ne {
        sql.push("NOT ");
    }
    sql.push("EXISTS (SELECT 1 FROM tie WHERE tie.record = ").push(place.alias).push(".rid AND ");
    ties(sql, test, place.model);
    sql.push(place.end()).push(")");
}

/// The ties that a test of a field is about.
pub(crate) fn ties(sql: &mut Sql, test: &Test, model: &Model) {
    if !matches!(test.column, Column::Field(at) if matches!(model.fields[at].kind, Kind::Involved(_))) {
        sql.push("tie.why = 'charge' AND tie.principal IN ");
        return rows_of(sql, &test.values);
    }
    let (whole, in_roles): (Vec<&Value>, Vec<&Value>) =
        test.values.iter().partition(|value| matches!(value, Value::Link(_) | Value::Id(_)));
    sql.push("(tie.why LIKE 'involved%' AND tie.principal IN ");
    rows_of(sql, &whole.into_iter().cloned().collect::<Vec<_>>());
    // Of one test, those known by row or by id are in one role.
    for value in in_roles {
        let (role, who) = match value {
            Value::Involving(some) => (some.roles().next(), some.who().iter().map(|id| Value::Id(*id)).collect()),
            Value::Involved(some) => (some.roles().next(), some.who().iter().map(|rid| Value::Link(*rid)).collect()),
            other => {
                sql.push(" OR tie.why = ").bind(involved_as(Some(other.text())).into_owned());
                continue;
            }
        };
        let who: Vec<Value> = who;
        sql.push(" OR tie.why = ").bind(involved_as(role.map(String::as_str)).into_owned());
        sql.push(" AND tie.principal IN ");
        rows_of(sql, &who);
    }
    sql.push(")");
}

fn linked(sql: &mut Sql, column: &str, test: &Test) {
    if test.op == Op::Ne {
        sql.push("(").push(column).push(" IS NULL OR ").push(column).push(" NOT IN ");
        rows_of(sql, &test.values);
        sql.push(")");
        return;
    }
    sql.push(column).push(" IN ");
    rows_of(sql, &test.values);
}

/// Rows that are known, and rows that are known by their id.
pub(crate) fn rows_of(sql: &mut Sql, values: &[Value]) {
    let rids: Vec<Rid> = values.iter().flat_map(|value| value.links().to_vec()).collect();
    let ids: Vec<&base::Id> =
        values.iter().filter_map(|value| if let Value::Id(id) = value { Some(id) } else { None }).collect();
    if ids.is_empty() {
        // An empty list is no SQL; row -1 is nobody's.
        sql.bind_list(if rids.is_empty() { vec![Rid(-1)] } else { rids });
        return;
    }
    sql.push("(SELECT rid FROM record WHERE id IN ").bind_list(ids.into_iter().copied());
    if !rids.is_empty() {
        sql.push(" OR rid IN ").bind_list(rids);
    }
    sql.push(")");
}

fn arg(value: &Value) -> Arg {
    match value {
        Value::Null
        | Value::Links(_)
        | Value::Ids(_)
        | Value::Involved(_)
        | Value::Involving(_)
        | Value::Keys(_)
        | Value::Items(_)
        | Value::Addresses(_) => Arg::Null,
        Value::Text(text) => text.into(),
        Value::Int(number) => (*number).into(),
        Value::Tick(on) => (*on).into(),
        Value::Money(money) => money.minor.into(),
        Value::Date(day) => day.to_string().into(),
        Value::Instant(at) => (*at).into(),
        Value::Link(rid) => (*rid).into(),
        Value::Id(id) => (*id).into(),
        Value::Place(place) => i64::from(place.latitude).into(),
    }
}
