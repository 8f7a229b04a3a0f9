//! The search index: words in any order, beginnings and fragments of words, and near misses.

use base::{Result, Rid};

use crate::Tx;
use crate::dialect::Dialect;
use crate::sql::Sql;

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
                    tx.execute(
                        &Sql::new(format!("INSERT INTO {table} (rowid, body) VALUES ($1, $2)")).with(rid).with(body),
                    )?;
                }
            }
        }
        Dialect::Postgres if body.is_empty() => {
            tx.execute(&Sql::new("DELETE FROM search WHERE rid = $1").with(rid))?;
        }
        Dialect::Postgres => {
            let sql = Sql::new(
                "INSERT INTO search (rid, body) VALUES ($1, $2) ON CONFLICT (rid) DO UPDATE SET body = excluded.body",
            );
            tx.execute(&sql.with(rid).with(body))?;
        }
    }
    Ok(())
}

/// Puts the texts of records that are new to the index; last in a transaction, where it is cheapest.
pub fn put_all(tx: &Tx, bodies: &[(Rid, String)]) -> Result<()> {
    let filled = bodies.iter().filter(|(_, body)| !body.is_empty());
    match tx.dialect() {
        // One by one: before a statement of several rows SQLite sets a mark to come back to, and at every mark the index writes
        // down what it had gathered.
        Dialect::Sqlite => {
            for (rid, body) in filled {
                put(tx, *rid, body, false)?;
            }
            Ok(())
        }
        Dialect::Postgres => {
            let rows = filled.map(|(rid, body)| vec![(*rid).into(), body.into()]).collect();
            crate::many::insert(tx, "INSERT INTO search (rid, body) VALUES ", rows, "", "")
        }
    }
}

/// Of these records, those that are not found under their text.
pub fn stale(tx: &Tx, bodies: &[(Rid, String)]) -> Result<Vec<Rid>> {
    let mut stale = Vec::new();
    for (rid, body) in bodies {
        let sql = match tx.dialect() {
            // The index keeps no text: it can only be asked whether it finds the record.
            Dialect::Sqlite => {
                let query = base::fold::words(body).map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" ");
                if query.is_empty() {
                    continue;
                }
                let found = "SELECT 1 FROM search_words WHERE rowid = $1 AND body MATCH $2";
                Sql::new(found).with(*rid).with(query)
            }
            Dialect::Postgres if body.is_empty() => continue,
            Dialect::Postgres => Sql::new("SELECT 1 FROM search WHERE rid = $1 AND body = $2").with(*rid).with(body),
        };
        if tx.first(&sql)?.is_none() {
            stale.push(*rid);
        }
    }
    Ok(stale)
}

/// How many near spellings of a word are tried when nothing else was found.
const NEAR: usize = 12;

/// The rows of some entities under which all words are found, the best first: whole words and beginnings; then fragments;
/// then near spellings.
pub fn find(tx: &Tx, entities: &[&str], words: &str, limit: usize) -> Result<Vec<Rid>> {
    let words: Vec<String> = base::fold::words(words).take(8).collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let found = by_words(tx, entities, &words, limit)?;
    if !found.is_empty() {
        return Ok(found);
    }
    let found = by_parts(tx, entities, &words, limit)?;
    if !found.is_empty() {
        return Ok(found);
    }
    let near = words.iter().map(|word| near(tx, word)).collect::<Result<Vec<_>>>()?;
    if near.iter().any(Vec::is_empty) {
        return Ok(Vec::new());
    }
    by_alternatives(tx, entities, &near, limit)
}

fn by_words(tx: &Tx, entities: &[&str], words: &[String], limit: usize) -> Result<Vec<Rid>> {
    match tx.dialect() {
        Dialect::Sqlite => {
            let begins = |word: &String| format!("\"{word}\"{}", if is_whole(word, words) { "" } else { "*" });
            let query = words.iter().map(begins).collect::<Vec<_>>().join(" ");
            full_text(tx, "search_words", entities, &query, limit)
        }
        Dialect::Postgres => {
            let begins = |word: &String| format!("{word}{}", if is_whole(word, words) { "" } else { ":*" });
            let query = words.iter().map(begins).collect::<Vec<_>>().join(" & ");
            by_tsquery(tx, entities, &query, limit)
        }
    }
}

/// One letter beside longer words, as in `S.r.l.`, is no beginning: nearly everything has a word that begins so.
fn is_whole(word: &str, words: &[String]) -> bool {
    let single = |word: &str| word.chars().nth(1).is_none();
    single(word) && !words.iter().all(|word| single(word))
}

fn by_parts(tx: &Tx, entities: &[&str], words: &[String], limit: usize) -> Result<Vec<Rid>> {
    // A fragment shorter than three letters is in everything.
    let parts: Vec<&String> = words.iter().filter(|word| word.chars().count() >= 3).collect();
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    match tx.dialect() {
        Dialect::Sqlite => {
            // Without positions in the index a fragment is the sum of its trigrams: now and then one too many is found.
            let trigrams = parts.iter().flat_map(|part| {
                let letters: Vec<char> = part.chars().collect();
                letters.windows(3).map(|three| format!("\"{}\"", three.iter().collect::<String>())).collect::<Vec<_>>()
            });
            let query = trigrams.collect::<Vec<_>>().join(" AND ");
            full_text(tx, "search_parts", entities, &query, limit)
        }
        Dialect::Postgres => {
            let mut sql = Sql::new(
                "SELECT s.rid FROM search s JOIN record r ON r.rid = s.rid WHERE r.deleted_at IS NULL AND r.entity IN ",
            );
            sql.bind_list(entities.iter().copied());
            for part in parts {
                sql.push(" AND s.body LIKE ").bind(format!("%{part}%"));
            }
            sql.push(" ORDER BY r.title_key, s.rid LIMIT ").bind(i64::try_from(limit).unwrap_or(i64::MAX));
            Ok(tx.query(&sql)?.iter().map(|row| row.rid(0)).collect())
        }
    }
}

fn by_alternatives(tx: &Tx, entities: &[&str], near: &[Vec<String>], limit: usize) -> Result<Vec<Rid>> {
    match tx.dialect() {
        Dialect::Sqlite => {
            let group = |words: &Vec<String>| {
                format!("({})", words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" OR "))
            };
            full_text(tx, "search_words", entities, &near.iter().map(group).collect::<Vec<_>>().join(" AND "), limit)
        }
        Dialect::Postgres => {
            let group = |words: &Vec<String>| format!("({})", words.join(" | "));
            by_tsquery(tx, entities, &near.iter().map(group).collect::<Vec<_>>().join(" & "), limit)
        }
    }
}

fn full_text(tx: &Tx, table: &str, entities: &[&str], query: &str, limit: usize) -> Result<Vec<Rid>> {
    // Not the column: an index without details has none to ask for, only the table's hidden column of the same name.
    let mut sql =
        Sql::new(format!("SELECT r.rid FROM {table} s CROSS JOIN record r WHERE r.rid = s.rowid AND s.{table} MATCH "));
    sql.bind(query).push(" AND r.deleted_at IS NULL AND r.entity IN ").bind_list(entities.iter().copied());
    sql.push(" LIMIT ").bind(i64::try_from(limit).unwrap_or(i64::MAX));
    Ok(tx.query(&sql)?.iter().map(|row| row.rid(0)).collect())
}

fn by_tsquery(tx: &Tx, entities: &[&str], query: &str, limit: usize) -> Result<Vec<Rid>> {
    let mut sql =
        Sql::new("SELECT s.rid FROM search s JOIN record r ON r.rid = s.rid WHERE s.words @@ to_tsquery('simple', ");
    sql.bind(query).push(") AND r.deleted_at IS NULL AND r.entity IN ").bind_list(entities.iter().copied());
    sql.push(" LIMIT ").bind(i64::try_from(limit).unwrap_or(i64::MAX));
    Ok(tx.query(&sql)?.iter().map(|row| row.rid(0)).collect())
}

/// Words of the index that are one or two letters away.
fn near(tx: &Tx, word: &str) -> Result<Vec<String>> {
    let length = word.chars().count();
    if length < 4 {
        return Ok(vec![word.to_owned()]);
    }
    let most = if length < 7 { 1 } else { 2 };
    let mut near: Vec<(usize, String)> = Vec::new();
    let mut look = |rows: Vec<crate::Row>| {
        near.extend(rows.iter().map(|row| row.text(0)).filter_map(|candidate| {
            let fits = candidate.chars().count().abs_diff(length) <= most;
            let distance = if fits { strsim::osa_distance(word, candidate) } else { usize::MAX };
            (distance <= most).then(|| (distance, candidate.to_owned()))
        }));
        Ok(())
    };
    match tx.dialect() {
        // The first letter is rarely the wrong one, and keeps this a walk along a piece of the vocabulary.
        Dialect::Sqlite => {
            let first: String = word.chars().take(1).collect();
            let mut end = first.clone();
            end.push(char::MAX);
            let sql =
                Sql::new("SELECT term FROM search_vocabulary WHERE term >= $1 AND term < $2").with(first).with(end);
            tx.each(&sql, 500, look)?;
        }
        Dialect::Postgres => {
            let sql = Sql::new(
                "SELECT DISTINCT w FROM (SELECT body FROM search WHERE $1 <% body LIMIT 200) s, regexp_split_to_table(s.body, '[^[:alnum:]]+') w",
            );
            look(tx.query(&sql.with(word))?)?;
        }
    }
    near.sort();
    Ok(near.into_iter().take(NEAR).map(|(_, word)| word).collect())
}
