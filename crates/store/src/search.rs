//! The search index: words in any order, beginnings and fragments of words, and near misses.

use std::collections::HashMap;

use base::{Result, Rid};
use meta::filter::{Found, Where};
use meta::{Catalogue, Model};

use crate::Tx;
use crate::dialect::Dialect;
use crate::list::{ListQuery, Trash};
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

/// Texts to be put into the index when a transaction has written everything else, where it is cheapest: before a statement of
/// several rows SQLite sets a mark to come back to, and at every mark the index writes down what it had gathered.
#[derive(Default)]
pub struct Texts {
    /// Of each record the latest, and whether the index has an older one.
    latest: HashMap<Rid, (String, bool)>,
    order: Vec<Rid>,
}

impl Texts {
    /// Of a record that is new to the index.
    pub fn fresh(&mut self, rid: Rid, body: String) {
        self.order.push(rid);
        self.latest.insert(rid, (body, false));
    }

    /// Of a record that the index has, or that came here before.
    pub fn changed(&mut self, rid: Rid, body: String) {
        let text = self.latest.entry(rid).or_insert_with(|| {
            self.order.push(rid);
            (String::new(), true)
        });
        text.0 = body;
    }

    pub fn put(self, tx: &Tx) -> Result<()> {
        let texts = self.order.iter().filter_map(|rid| self.latest.get(rid).map(|(body, known)| (*rid, body, *known)));
        match tx.dialect() {
            Dialect::Sqlite => {
                for (rid, body, known) in texts {
                    put(tx, rid, body, known)?;
                }
                Ok(())
            }
            Dialect::Postgres => {
                let mut rows = Vec::new();
                for (rid, body, known) in texts {
                    match known || body.is_empty() {
                        true => put(tx, rid, body, known)?,
                        false => rows.push(vec![rid.into(), body.as_str().into()]),
                    }
                }
                crate::many::insert(tx, "INSERT INTO search (rid, body) VALUES ", rows, "", "")
            }
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

/// Records of an entity that somebody may find.
pub struct Scope<'a> {
    pub model: &'a Model,
    pub seen: Where,
    pub trash: Trash,
}

/// A way to ask the index for all of the words.
type Way = fn(&Tx, &[String]) -> Result<Option<Found>>;

/// What finds something in these scopes by all of the words: whole words and beginnings, or else fragments, or else near
/// spellings. None when there is nothing.
pub fn asked(tx: &Tx, catalogue: &Catalogue, scopes: &[Scope], words: &str) -> Result<Option<Where>> {
    let words: Vec<String> = base::fold::words(words).take(8).collect();
    let ways: [Way; 3] = [|tx, words| Ok(by_words(tx, words)), |tx, words| Ok(by_parts(tx, words)), by_near_words];
    for way in ways {
        let Some(found) = way(tx, &words)?.map(Where::Found) else { continue };
        for scope in scopes {
            if !in_scope(tx, catalogue, scope, &found, 1)?.is_empty() {
                return Ok(Some(found));
            }
        }
    }
    Ok(None)
}

/// So many rows of the scopes that are found by all words, scope by scope.
pub fn find(tx: &Tx, catalogue: &Catalogue, scopes: &[Scope], words: &str, limit: usize) -> Result<Vec<Rid>> {
    let Some(found) = asked(tx, catalogue, scopes, words)? else { return Ok(Vec::new()) };
    let mut rids = Vec::new();
    for scope in scopes {
        rids.extend(in_scope(tx, catalogue, scope, &found, limit)?);
    }
    Ok(rids)
}

/// The same by whole words and beginnings of words alone: what costs little where nothing is found, too.
pub fn find_begun(tx: &Tx, catalogue: &Catalogue, scope: &Scope, words: &str, limit: usize) -> Result<Vec<Rid>> {
    let words: Vec<String> = base::fold::words(words).take(8).collect();
    let Some(found) = by_words(tx, &words) else { return Ok(Vec::new()) };
    in_scope(tx, catalogue, scope, &Where::Found(found), limit)
}

fn in_scope(tx: &Tx, catalogue: &Catalogue, scope: &Scope, found: &Where, limit: usize) -> Result<Vec<Rid>> {
    let filter = Where::All(vec![scope.seen.clone(), found.clone()]);
    let query = ListQuery { catalogue, model: scope.model, filter, sort: Vec::new(), trash: scope.trash };
    crate::list::some(tx, &query, limit)
}

/// The rows of an entity whose title begins so, in the order of the alphabet.
pub fn by_title(tx: &Tx, entity: &str, begin: &str, limit: usize) -> Result<Vec<Rid>> {
    let key = base::text_key(begin);
    let mut end = key.clone();
    end.push(char::MAX);
    let sql = Sql::new(
        "SELECT rid FROM record WHERE entity = $1 AND title_key >= $2 AND title_key < $3 AND deleted_at IS NULL \
         ORDER BY title_key, rid LIMIT $4",
    );
    let sql = sql.with(entity).with(key).with(end).with(i64::try_from(limit).unwrap_or(i64::MAX));
    Ok(tx.query(&sql)?.iter().map(|row| row.rid(0)).collect())
}

/// The statement of a question, each row a `record`.
pub(crate) fn rows_found(sql: &mut Sql, found: &Found) {
    for (piece, value) in &found.pieces {
        sql.push(piece).bind(value);
    }
    sql.push(found.end);
}

/// Keeps PostgreSQL from joining first and reading the whole table of texts in the hope of a limit that is soon reached.
const FENCE: &str = " OFFSET 0";
const FENCED_END: &str = ") OFFSET 0";

/// By a question in the words of the full text.
fn by_question(tx: &Tx, question: String) -> Found {
    match tx.dialect() {
        Dialect::Sqlite => Found {
            pieces: vec![("SELECT rowid AS record FROM search_words WHERE search_words MATCH ", question)],
            end: "",
        },
        Dialect::Postgres => Found {
            pieces: vec![("SELECT rid AS record FROM search WHERE words @@ to_tsquery('simple', ", question)],
            end: FENCED_END,
        },
    }
}

fn by_words(tx: &Tx, words: &[String]) -> Option<Found> {
    let (quote, begins, and) = match tx.dialect() {
        Dialect::Sqlite => ("\"", "*", " "),
        Dialect::Postgres => ("", ":*", " & "),
    };
    let begun = |word: &String| format!("{quote}{word}{quote}{}", if is_whole(word, words) { "" } else { begins });
    (!words.is_empty()).then(|| by_question(tx, words.iter().map(begun).collect::<Vec<_>>().join(and)))
}

/// One letter beside longer words, as in `S.r.l.`, is no beginning: nearly everything has a word that begins so.
fn is_whole(word: &str, words: &[String]) -> bool {
    let single = |word: &str| word.chars().nth(1).is_none();
    single(word) && !words.iter().all(|word| single(word))
}

fn by_parts(tx: &Tx, words: &[String]) -> Option<Found> {
    // A fragment shorter than three letters is in everything.
    let parts = words.iter().filter(|word| word.chars().count() >= 3);
    let (first, next) = ("SELECT rid AS record FROM search WHERE body LIKE ", " AND body LIKE ");
    let (pieces, end): (Vec<_>, _) = match tx.dialect() {
        Dialect::Sqlite => {
            // Without positions in the index a fragment is the sum of its trigrams: now and then one too many is found.
            let trigrams = parts.flat_map(|part| {
                let letters: Vec<char> = part.chars().collect();
                letters.windows(3).map(|three| format!("\"{}\"", three.iter().collect::<String>())).collect::<Vec<_>>()
            });
            let question = trigrams.collect::<Vec<_>>().join(" AND ");
            // Not the column: an index without details has none to ask for, only the table's hidden column of the same name.
            let piece = "SELECT rowid AS record FROM search_parts WHERE search_parts MATCH ";
            (if question.is_empty() { Vec::new() } else { vec![(piece, question)] }, "")
        }
        Dialect::Postgres => {
            let like = |(at, part)| (if at == 0 { first } else { next }, format!("%{part}%"));
            (parts.enumerate().map(like).collect(), FENCE)
        }
    };
    (!pieces.is_empty()).then_some(Found { pieces, end })
}

fn by_near_words(tx: &Tx, words: &[String]) -> Result<Option<Found>> {
    let near = words.iter().map(|word| near(tx, word)).collect::<Result<Vec<_>>>()?;
    if near.is_empty() || near.iter().any(Vec::is_empty) {
        return Ok(None);
    }
    let (quote, or, and) = match tx.dialect() {
        Dialect::Sqlite => ("\"", " OR ", " AND "),
        Dialect::Postgres => ("", " | ", " & "),
    };
    let group = |words: &Vec<String>| {
        let quoted: Vec<String> = words.iter().map(|word| format!("{quote}{word}{quote}")).collect();
        format!("({})", quoted.join(or))
    };
    Ok(Some(by_question(tx, near.iter().map(group).collect::<Vec<_>>().join(and))))
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
