//! A person at work. What they do succeeds or the test fails; `tries_to_…` gives the answer instead.

use std::sync::Arc;

use base::{Error, Id, Result, Rid};
use engine::history::History;
use engine::undo::Undone;
use engine::{Actor, Draft, Engine, Query, Target};
use meta::{Filter, Record, Value};
use serde_json::Value as Json;
use store::list::Mark;

#[derive(Clone)]
pub struct Someone {
    pub engine: Arc<Engine>,
    pub actor: Actor,
}

/// A record that somebody made or changed, as it stood then.
#[derive(Clone, Debug)]
pub struct Made {
    pub rid: Rid,
    pub id: Id,
    pub version: i64,
    /// The key of its entity.
    pub entity: &'static str,
    pub path: &'static str,
    /// What made it so; none when nothing had to be changed.
    pub operation: Option<Id>,
    pub warnings: Vec<base::Problem>,
}

impl Someone {
    pub fn new(engine: &Arc<Engine>, actor: Actor) -> Someone {
        Someone { engine: engine.clone(), actor }
    }

    /// The same person at another node.
    pub fn at(&self, engine: &Arc<Engine>) -> Someone {
        Someone::new(engine, self.actor.clone())
    }

    /// The same person at their next request: as what they are by then.
    pub fn anew(&self) -> Someone {
        let user = self.engine.user(self.rid()).expect("users can be read").expect("the user is there");
        let actor = self.engine.actor(&user, self.actor.channel).expect("teams can be read");
        Someone::new(&self.engine, actor)
    }

    pub fn rid(&self) -> Rid {
        self.actor.person.user
    }

    pub fn id(&self) -> Id {
        let users = self.engine.users().expect("users can be read");
        users.iter().find(|user| user.rid == self.rid()).expect("a user").id
    }

    #[track_caller]
    pub fn creates(&self, path: &str, fields: Json) -> Made {
        self.did("create", self.tries_to_create(path, fields))
    }

    pub fn tries_to_create(&self, path: &str, fields: Json) -> Result<Made> {
        self.saves(path, vec![(Target::New(None), fields)]).map(|mut made| made.remove(0))
    }

    #[track_caller]
    pub fn changes(&self, record: &Made, fields: Json) -> Made {
        self.did("change", self.tries_to_change(record, fields))
    }

    /// Without a version: what they say wins.
    pub fn tries_to_change(&self, record: &Made, fields: Json) -> Result<Made> {
        self.saves(record.path, vec![(Target::Existing(record.rid, None), fields)]).map(|mut made| made.remove(0))
    }

    /// From the version that `record` had.
    pub fn tries_to_change_from(&self, record: &Made, fields: Json) -> Result<Made> {
        let target = Target::Existing(record.rid, Some(record.version));
        self.saves(record.path, vec![(target, fields)]).map(|mut made| made.remove(0))
    }

    /// Several at once, as one operation; the fields as the API writes them.
    pub fn saves(&self, path: &str, drafts: Vec<(Target, Json)>) -> Result<Vec<Made>> {
        let catalogue = self.engine.catalogue();
        let (model, _) = catalogue.at_path(path).ok_or(Error::Missing)?;
        let entity = model.entity;
        let draft = |(target, fields): (Target, Json)| -> Result<Draft> {
            let fields = fields.as_object().expect("fields are an object").clone();
            let mut values: Vec<(usize, Value)> = Vec::new();
            for (key, json) in fields {
                let at = model.position(&key).unwrap_or_else(|| panic!("{path} have no {key}"));
                values.push((at, meta::json::from_json(&json, &key, &model.fields[at].kind)?));
            }
            Ok(Draft { entity: entity.key, target, values })
        };
        let drafts = drafts.into_iter().map(draft).collect::<Result<Vec<_>>>()?;
        let saved = self.engine.save(&self.actor, drafts)?;
        let made = saved.records.into_iter().map(|record| Made {
            rid: record.rid,
            id: record.id,
            version: record.version,
            entity: entity.key,
            path: entity.path,
            operation: saved.operation,
            warnings: record.warnings,
        });
        Ok(made.collect())
    }

    /// The id of a picture that no record holds yet.
    #[track_caller]
    pub fn uploads(&self) -> String {
        self.did("upload", self.tries_to_upload(&crate::pictures::jpeg(40, 60))).to_string()
    }

    pub fn tries_to_upload(&self, bytes: &[u8]) -> Result<Id> {
        self.engine.keep_picture(&self.actor, "photo", "photo.jpg", bytes, None, picture::Frame::PORTRAIT)
    }

    /// Whether a file is there for them.
    #[track_caller]
    pub fn sees_file(&self, id: &str) -> bool {
        match self.engine.file(&self.actor, id.parse().expect("an id")) {
            Ok(file) => !self.did("read a file", self.engine.file_bytes(&file)).is_empty(),
            Err(Error::Missing) => false,
            Err(other) => panic!("{} could not look for a file: {other}", self.actor.name),
        }
    }

    #[track_caller]
    pub fn opens(&self, record: &Made) -> Record {
        self.did("open", self.tries_to_open(record))
    }

    pub fn tries_to_open(&self, record: &Made) -> Result<Record> {
        self.engine.record(&self.actor, record.path, record.id).map(|mut listed| listed.records.remove(0))
    }

    /// It is not there for them.
    #[track_caller]
    pub fn cannot_open(&self, record: &Made) {
        match self.tries_to_open(record) {
            Err(Error::Missing) => {}
            other => panic!("{} opens what is not theirs to see: {other:?}", self.actor.name),
        }
    }

    /// A field of a record as they see it, as the API writes it.
    #[track_caller]
    pub fn sees(&self, record: &Made, field: &str) -> Json {
        let listed = self.did("open", self.engine.record(&self.actor, record.path, record.id));
        let model = listed.catalogue.model(record.entity).expect("the entity");
        let at = model.position(field).expect("a field");
        listed.titles.value_json(&listed.records[0].values[at], &model.fields[at].kind)
    }

    /// The titles of all records of a path, in the order in which they were made.
    #[track_caller]
    pub fn lists(&self, path: &str) -> Vec<String> {
        self.lists_where(path, Filter::everything())
    }

    #[track_caller]
    pub fn lists_where(&self, path: &str, filter: Filter) -> Vec<String> {
        self.asks(&Query { filter, sort: vec!["id".to_owned()], ..Query::all(path) })
    }

    /// The titles of what a query finds, page by page.
    #[track_caller]
    pub fn asks(&self, query: &Query) -> Vec<String> {
        self.did("list", self.tries_to_list(query, 3)).into_iter().map(|record| record.title).collect()
    }

    pub fn tries_to_list(&self, query: &Query, page: usize) -> Result<Vec<Record>> {
        let mut found = Vec::new();
        let mut mark: Option<Mark> = None;
        loop {
            let listed = self.engine.list(&self.actor, query, &[], mark.as_ref(), page)?;
            assert!(listed.records.len() <= page, "a page is no longer than asked for");
            found.extend(listed.records);
            mark = listed.next;
            if mark.is_none() {
                return Ok(found);
            }
        }
    }

    #[track_caller]
    pub fn counts(&self, path: &str) -> usize {
        self.did("count", self.engine.count(&self.actor, &Query::all(path))).found
    }

    /// The titles of what some words find, in the order of the alphabet.
    #[track_caller]
    pub fn finds(&self, path: &str, words: &str) -> Vec<String> {
        let query = Query { search: Some(words.to_owned()), sort: vec!["name".to_owned()], ..Query::all(path) };
        self.asks(&query)
    }

    #[track_caller]
    pub fn deletes(&self, record: &Made) -> Id {
        self.did("delete", self.tries_to_delete(record)).expect("it was not in the trash yet")
    }

    pub fn tries_to_delete(&self, record: &Made) -> Result<Option<Id>> {
        self.engine.delete(&self.actor, record.entity, &[record.rid])
    }

    #[track_caller]
    pub fn restores(&self, record: &Made) -> Id {
        let done = self.engine.restore(&self.actor, record.entity, &[record.rid]);
        self.did("restore", done).expect("it was in the trash")
    }

    #[track_caller]
    pub fn undoes(&self, operation: Option<Id>) -> Undone {
        self.did("undo", self.tries_to_undo(operation))
    }

    pub fn tries_to_undo(&self, operation: Option<Id>) -> Result<Undone> {
        self.engine.undo(&self.actor, operation.expect("an operation"))
    }

    #[track_caller]
    pub fn reads_history(&self, record: &Made) -> History {
        self.did("read the history", self.tries_to_read_history(record))
    }

    pub fn tries_to_read_history(&self, record: &Made) -> Result<History> {
        let row = Record {
            rid: record.rid,
            id: record.id,
            version: record.version,
            created_at: base::clock::now(),
            updated_at: base::clock::now(),
            deleted_at: None,
            title: String::new(),
            values: Vec::new(),
        };
        self.engine.history(&self.actor, record.path, &row, None, 50)
    }

    #[track_caller]
    fn did<T>(&self, what: &str, done: Result<T>) -> T {
        done.unwrap_or_else(|error| panic!("{} could not {what}: {error}", self.actor.name))
    }
}
