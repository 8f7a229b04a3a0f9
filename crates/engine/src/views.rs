//! Saved views: a list's address under a name, for oneself or for all.

use base::{Error, Id, Problem, Result, Rid};
use store::{Lane, Sql};

use crate::{Actor, Engine};

#[derive(Clone, Debug)]
pub struct View {
    pub id: Id,
    pub name: String,
    pub owner: Rid,
    pub shared: bool,
    /// The query string of the list.
    pub query: String,
}

impl Engine {
    /// The views of a list that someone sees: their own and the shared ones.
    pub fn views(&self, actor: &Actor, path: &str) -> Result<Vec<View>> {
        let sql = Sql::new(
            "SELECT id, name, owner, shared, query FROM saved_view WHERE path = $1 AND (owner = $2 OR shared = 1) ORDER BY position, name",
        );
        let rows = self.store.read(|tx| tx.query(&sql.with(path).with(actor.person.user)))?;
        let view = |row: &store::Row| -> Result<View> {
            Ok(View {
                id: row.id(0)?,
                name: row.text(1).to_owned(),
                owner: row.rid(2),
                shared: row.int(3) != 0,
                query: row.text(4).to_owned(),
            })
        };
        rows.iter().map(view).collect()
    }

    /// A view that someone sees.
    pub fn view(&self, actor: &Actor, path: &str, id: Id) -> Result<View> {
        self.views(actor, path)?.into_iter().find(|view| view.id == id).ok_or(Error::Missing)
    }

    /// The view that someone's list opens with, when it is still there.
    pub fn first_view(&self, actor: &Actor, path: &str) -> Result<Option<View>> {
        let id = self.preference(actor.person.user, &first(path))?.and_then(|id| id.parse().ok());
        match id {
            Some(id) => Ok(self.views(actor, path)?.into_iter().find(|view| view.id == id)),
            None => Ok(None),
        }
    }

    /// Lets someone's list open with a view, or with everything again.
    pub fn open_with(&self, actor: &Actor, path: &str, view: Option<Id>) -> Result<()> {
        self.remember(actor.person.user, &first(path), &view.map_or(String::new(), |id| id.to_string()))
    }

    pub fn save_view(&self, actor: &Actor, path: &str, name: &str, shared: bool, query: &str) -> Result<Id> {
        let name = named(name)?;
        let id = Id::new();
        let count = i64::try_from(self.views(actor, path)?.len()).unwrap_or(0);
        let mut sql =
            Sql::new("INSERT INTO saved_view (id, path, name, owner, shared, query, position, created_at) VALUES (");
        sql.bind(id).push(", ").bind(path).push(", ").bind(name).push(", ");
        sql.bind(actor.person.user).push(", ").bind(shared).push(", ").bind(query).push(", ").bind(count).push(", ");
        sql.bind(base::clock::now()).push(")");
        self.store.write(Lane::People, |tx| tx.execute(&sql).map(|_| ()))?;
        Ok(id)
    }

    /// Gives a view another name, other readers and other filters: the owner's, or for the administrator any shared one.
    pub fn change_view(&self, actor: &Actor, id: Id, name: &str, shared: bool, query: &str) -> Result<()> {
        let mut sql = Sql::new("UPDATE saved_view SET name = ");
        sql.bind(named(name)?).push(", shared = ").bind(shared).push(", query = ").bind(query);
        whose(&mut sql, actor, id);
        match self.store.write(Lane::People, |tx| tx.execute(&sql))? {
            0 => Err(Error::Refused(vec![Problem::whole("missing", "This view is not yours to change")])),
            _ => Ok(()),
        }
    }

    /// Takes a view away: the owner's, or for the administrator any shared one.
    pub fn delete_view(&self, actor: &Actor, id: Id) -> Result<()> {
        let mut sql = Sql::new("DELETE FROM saved_view");
        whose(&mut sql, actor, id);
        match self.store.write(Lane::People, |tx| tx.execute(&sql))? {
            0 => Err(Error::Refused(vec![Problem::whole("missing", "This view is not yours to delete")])),
            _ => Ok(()),
        }
    }
}

/// Only what is one's own, or as an administrator what is everybody's.
fn whose(sql: &mut Sql, actor: &Actor, id: Id) {
    sql.push(" WHERE id = ").bind(id).push(" AND (owner = ").bind(actor.person.user);
    sql.push(" OR (shared = 1 AND 1 = ").bind(actor.person.rights.admin).push("))");
}

fn first(path: &str) -> String {
    format!("view.{path}")
}

const LONGEST_NAME: usize = 60;

fn named(name: &str) -> Result<String> {
    match name.trim() {
        "" => Err(Error::refused("name", "required", "Fill this in")),
        name => Ok(name.chars().take(LONGEST_NAME).collect()),
    }
}
