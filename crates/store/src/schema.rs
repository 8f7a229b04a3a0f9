//! The schema, made from the declarations: what is missing is added at start, in one transaction; nothing is dropped.

use base::{Error, Result};
use meta::{Catalogue, FieldDef, Kind, Model};

use crate::columns::{columns, sort_column};
use crate::dialect::{columns_of, create_sequence, indexes};
use crate::sql::Sql;
use crate::{Dialect, Lane, Store, Tx};

/// Rises when the tables below change shape. A program refuses a database of a higher one.
pub const SCHEMA: i64 = 4;

/// What every database has, whatever is declared.
const HOUSE: &str = include_str!("house.sql");

/// Columns that they got after their first version: table, name, type.
const GROWN: [(&str, &str, &str); 5] = [
    ("pick", "percent", "$int"),
    ("pick", "of_group", "$text"),
    ("session", "address", "$text"),
    ("token", "role", "$text"),
    ("credential", "must_change", "$int"),
];

const SEQUENCES: [&str; 4] = ["record", "operation", "change", "job"];

/// What stood in the way of starting, or what was done.
#[derive(Debug, PartialEq, Eq)]
pub enum Migrated {
    /// All was there.
    Nothing,
    Fresh,
    /// So many tables, columns and indexes were added.
    Added(usize),
}

/// Brings the schema to what this program declares.
pub fn migrate(store: &Store, models: &[Model]) -> Result<Migrated> {
    let found = store.read(version)?;
    if let Some(found) = found.filter(|found| *found > SCHEMA) {
        return Err(Error::fault(format!(
            "this database was written by a newer Bottega (schema {found}, this program knows {SCHEMA}): update the program"
        )));
    }
    let missing = store.read(|tx| missing(tx, models))?;
    if found == Some(SCHEMA) && missing.is_empty() {
        return Ok(Migrated::Nothing);
    }
    if let (Some(_), Some(folder)) = (found, store.folder()) {
        let snapshot = folder.join("before-migration.db");
        let _ = std::fs::remove_file(&snapshot);
        store.snapshot(&snapshot)?;
    }
    store.write(Lane::People, |tx| {
        // Another node may have started at the same moment.
        tx.lock_key("schema")?;
        let found = version(tx)?;
        tx.batch(tx.dialect().prelude())?;
        if found.is_none() {
            house().try_for_each(|statement| tx.batch(&tx.dialect().types(statement)))?;
            SEQUENCES.iter().try_for_each(|sequence| create_sequence(tx, sequence))?;
            crate::search::create(tx)?;
        }
        let statements = self::missing(tx, models)?;
        statements.iter().try_for_each(|statement| tx.batch(statement))?;
        tx.execute(
            &Sql::new("INSERT INTO setting (key, value) VALUES ('schema', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value")
                .with(SCHEMA.to_string()),
        )?;
        Ok(if found.is_none() { Migrated::Fresh } else { Migrated::Added(statements.len()) })
    })
}

/// The schema's version; none in an empty database.
pub fn version(tx: &Tx) -> Result<Option<i64>> {
    if columns_of(tx, "setting")?.is_empty() {
        return Ok(None);
    }
    let row = tx.first(&Sql::new("SELECT value FROM setting WHERE key = 'schema'"))?;
    Ok(row.and_then(|row| row.text(0).parse().ok()))
}

/// The statements that add what the declarations have and the database has not.
pub fn missing(tx: &Tx, models: &[Model]) -> Result<Vec<String>> {
    let known = indexes(tx)?;
    let mut statements = Vec::new();
    for statement in house() {
        let (what, name) = created(statement);
        let there =
            if what == "INDEX" { known.iter().any(|known| known == name) } else { !columns_of(tx, name)?.is_empty() };
        if !there {
            statements.push(statement.to_owned());
        }
    }
    for (table, name, ty) in GROWN {
        let there = columns_of(tx, table)?;
        if !there.is_empty() && !there.iter().any(|known| known == name) {
            statements.push(format!("ALTER TABLE \"{table}\" ADD COLUMN \"{name}\" {ty}"));
        }
    }
    for model in models {
        let table = model.entity.key;
        let there = columns_of(tx, table)?;
        if there.is_empty() {
            statements.push(create_table(model));
        } else {
            let is_new = |name: &String| !there.contains(name);
            for (name, ty) in model.fields.iter().flat_map(columns).filter(|(name, _)| is_new(name)) {
                statements.push(format!("ALTER TABLE \"{table}\" ADD COLUMN \"{name}\" {ty}"));
            }
            // What a new record starts with, those that were there before have too.
            let picked = |def: &&FieldDef| !def.custom && matches!(def.kind, Kind::Pick(_) | Kind::Choice(_));
            for def in model.fields.iter().filter(picked).filter(|def| is_new(&def.key.to_owned())) {
                let filled = |start: &str| format!("UPDATE \"{table}\" SET \"{}\" = '{start}'", def.key);
                statements.extend(def.default.map(filled));
            }
        }
        statements
            .extend(declared_indexes(model).into_iter().filter(|(name, _)| !known.contains(name)).map(|(_, ddl)| ddl));
    }
    Ok(statements.into_iter().map(|statement| tx.dialect().types(&statement)).collect())
}

/// The statements that make the tables of the house.
fn house() -> impl Iterator<Item = &'static str> {
    HOUSE.split(";\n").map(str::trim).filter(|statement| !statement.is_empty())
}

/// `TABLE` or `INDEX`, and its name.
fn created(statement: &str) -> (&str, &str) {
    let made = statement.lines().find_map(|line| line.strip_prefix("CREATE ")).unwrap_or_default();
    let mut words = made.split([' ', '(']);
    (words.next().unwrap_or_default(), words.next().unwrap_or_default())
}

fn create_table(model: &Model) -> String {
    let mut ddl = format!(
        "CREATE TABLE \"{}\" (rid $int PRIMARY KEY REFERENCES record (rid), version $int NOT NULL, \
         created_at $int NOT NULL, updated_at $int NOT NULL, deleted_at $int",
        model.entity.key
    );
    for (name, ty) in model.fields.iter().flat_map(columns) {
        ddl.push_str(&format!(", \"{name}\" {ty}"));
    }
    ddl.push(')');
    ddl
}

/// An index behind every declared sort, every declared filter with every declared sort, every link, and the trash.
fn declared_indexes(model: &Model) -> Vec<(String, String)> {
    let table = model.entity.key;
    let mut indexes = Vec::new();
    let mut add = |names: &[&str]| {
        let name = index_name(&format!("{table}__{}", names.join("__")));
        let columns = names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        let ddl = format!("CREATE INDEX \"{name}\" ON \"{table}\" ({columns}, rid) WHERE deleted_at IS NULL");
        indexes.push((name, ddl));
    };
    // The indexes of custom fields are made one by one, by a job.
    let declared = || model.fields.iter().filter(|def| !def.custom);
    let sorts: Vec<String> = declared().filter(|def| def.sorted).map(sort_column).collect();
    let filters: Vec<String> =
        declared().filter(|def| def.filtered && sort_index(&def.kind)).map(sort_column).collect();
    for sort in &sorts {
        add(&[sort]);
    }
    for filter in &filters {
        if !sorts.contains(filter) {
            add(&[filter]);
        }
        for sort in sorts.iter().filter(|sort| *sort != filter) {
            add(&[filter, sort]);
        }
    }
    for def in declared().filter(|def| matches!(def.kind, Kind::Link(_) | Kind::AnyLink)) {
        if !filters.iter().any(|name| name == def.key) {
            add(&[def.key]);
        }
    }
    // The trash is shown by when its records went there.
    let name = index_name(&format!("{table}__trash"));
    let ddl = format!("CREATE INDEX \"{name}\" ON \"{table}\" (updated_at, rid) WHERE deleted_at IS NOT NULL");
    indexes.push((name, ddl));
    indexes
}

/// Adds the columns of a field that are not there yet. They are empty, so it costs nothing however many rows there are.
pub fn add_columns(tx: &Tx, table: &str, def: &FieldDef) -> Result<()> {
    let there = columns_of(tx, table)?;
    columns(def).into_iter().filter(|(name, _)| !there.contains(name)).try_for_each(|(name, ty)| {
        tx.batch(&tx.dialect().types(&format!("ALTER TABLE \"{table}\" ADD COLUMN \"{name}\" {ty}")))
    })
}

/// Whether the index of a custom field is there.
pub fn is_indexed(tx: &Tx, table: &str, def: &FieldDef) -> Result<bool> {
    Ok(indexes(tx)?.contains(&custom_index(table, def)))
}

/// Makes the index of a custom field. On PostgreSQL others write meanwhile.
pub fn build_index(store: &Store, table: &str, def: &FieldDef) -> Result<()> {
    let (name, column) = (custom_index(table, def), sort_column(def));
    let ddl = |how: &str| {
        format!("CREATE INDEX {how} \"{name}\" ON \"{table}\" (\"{column}\", rid) WHERE deleted_at IS NULL")
    };
    match store.dialect() {
        Dialect::Sqlite => store.write(Lane::Jobs, |tx| tx.batch(&ddl("IF NOT EXISTS"))),
        // What an attempt left that was cut off is of no use, and in the way. Reading is outside of any transaction.
        Dialect::Postgres => store.read(|tx| {
            let built = (tx.batch("SET statement_timeout = 0"))
                .and_then(|()| tx.batch(&format!("DROP INDEX CONCURRENTLY IF EXISTS \"{name}\"")))
                .and_then(|()| tx.batch(&ddl("CONCURRENTLY")));
            tx.batch(&format!("SET statement_timeout = '{}'", crate::postgres::LONGEST))?;
            built
        }),
    }
}

pub fn drop_index(tx: &Tx, table: &str, def: &FieldDef) -> Result<()> {
    tx.batch(&format!("DROP INDEX IF EXISTS \"{}\"", custom_index(table, def)))
}

fn custom_index(table: &str, def: &FieldDef) -> String {
    index_name(&format!("{table}__{}", def.key))
}

/// PostgreSQL cuts names after 63 bytes; what is longer ends in a number made from the whole (FNV-1a, 32 bits).
fn index_name(full: &str) -> String {
    if full.len() <= 60 {
        return full.to_owned();
    }
    let hash = full.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    // Names of tables and columns are ASCII.
    format!("{}_{hash:08x}", &full[..51])
}

/// Several values and people are found through lookup and ties, not by a column.
pub(crate) fn sort_index(kind: &Kind) -> bool {
    !kind.is_several() || matches!(kind, Kind::Addresses)
}

/// Tables of the house that an entity may not be called after.
pub fn reserved_tables() -> Vec<&'static str> {
    HOUSE
        .lines()
        .filter_map(|line| line.strip_prefix("CREATE TABLE "))
        .filter_map(|rest| rest.split(' ').next())
        .collect()
}

/// The addressed messages of entities named after a table of the house.
pub fn check(catalogue: &Catalogue) -> Vec<String> {
    let reserved = reserved_tables();
    let clashes = catalogue.models.iter().filter(|model| reserved.contains(&model.entity.key));
    clashes.map(|model| format!("{}: is the name of a table of the house", model.entity.key)).collect()
}
