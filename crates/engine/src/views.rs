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

    pub fn save_view(&self, actor: &Actor, path: &str, name: &str, shared: bool, query: &str) -> Result<Id> {
        let name = name.trim();
        if name.is_empty() {
            return Err(Error::refused("name", "required", "Fill this in"));
        }
        let id = Id::new();
        let count = i64::try_from(self.views(actor, path)?.len()).unwrap_or(0);
        let mut sql =
            Sql::new("INSERT INTO saved_view (id, path, name, owner, shared, query, position, created_at) VALUES (");
        sql.bind(id).push(", ").bind(path).push(", ").bind(name.chars().take(60).collect::<String>()).push(", ");
        sql.bind(actor.person.user).push(", ").bind(shared).push(", ").bind(query).push(", ").bind(count).push(", ");
        sql.bind(base::clock::now()).push(")");
        self.store.write(Lane::People, |tx| tx.execute(&sql).map(|_| ()))?;
        Ok(id)
    }

    /// Takes a view away: the owner's, or for the administrator any shared one.
    pub fn delete_view(&self, actor: &Actor, id: Id) -> Result<()> {
        let mut sql = Sql::new("DELETE FROM saved_view WHERE id = ");
        sql.bind(id).push(" AND (owner = ").bind(actor.person.user).push(" OR (shared = 1 AND 1 = ");
        sql.bind(actor.person.rights.admin).push("))");
        match self.store.write(Lane::People, |tx| tx.execute(&sql))? {
            0 => Err(Error::Refused(vec![Problem::whole("missing", "This view is not yours to delete")])),
            _ => Ok(()),
        }
    }
}
