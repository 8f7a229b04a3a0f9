//! The search index: words in any order, beginnings and fragments of words, and near misses.

use base::{Result, Rid};

use crate::dialect::Dialect;
use crate::sql::Sql;
use crate::Tx;

pub(crate) fn create(tx: &Tx) -> Result<()> {
    tx.batch(match tx.dialect() {
        Dialect::Sqlite => {
            "CREATE VIRTUAL TABLE search_words USING fts5(body, content='', contentless_delete=1, tokenize='unicode61', prefix='2 3');
             CREATE VIRTUAL TABLE search_parts USING fts5(body, content='', contentless_delete=1, detail=none, tokenize='trigram');
             CREATE VIRTUAL TABLE search_vocabulary USING fts5vocab(search_words, row);"
        }
        Dialect::Postgres => {
            "CREATE EXTENSION IF NOT EXISTS pg_trgm;
             CREATE TABLE search (rid BIGINT PRIMARY KEY REFERENCES record (rid), body TEXT NOT NULL,
                 words tsvector GENERATED ALWAYS AS (to_tsvector('simple', body)) STORED);
             CREATE INDEX search__words ON search USING gin (words);
             CREATE INDEX search__parts ON search USING gin (body gin_trgm_ops);"
        }
    })
}

/// Puts the folded text under which a record is found; an empty one takes it out.
pub fn put(tx: &Tx, rid: Rid, body: &str, known: bool) -> Result<()> {
    match tx.dialect() {
        Dialect::Sqlite => {
            for table in ["search_words", "search_parts"] {
                if known {
                    tx.execute(&Sql::new(format!("DELETE FROM {table} WHERE rowid = $1")).with(rid))?;
                }
                if !body.is_empty() {
                    tx.execute(&Sql::new(format!("INSERT INTO {table} (rowid, body) VALUES ($1, $2)")).with(rid).with(body))?;
                }
            }
        }
        Dialect::Postgres if body.is_empty() => {
            tx.execute(&Sql::new("DELETE FROM search WHERE rid = $1").with(rid))?;
        }
        Dialect::Postgres => {
            let sql = Sql::new("INSERT INTO search (rid, body) VALUES ($1, $2) ON CONFLICT (rid) DO UPDATE SET body = excluded.body");
            tx.execute(&sql.with(rid).with(body))?;
        }
    }
    Ok(())
}
