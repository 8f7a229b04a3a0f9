//! Rights: what a role may do with which records.

use std::collections::HashMap;

use base::Rid;

/// What one does with records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    View,
    Create,
    Change,
    Delete,
    Export,
    Import,
    Bulk,
}

impl Verb {
    pub const ALL: [Verb; 7] =
        [Verb::View, Verb::Create, Verb::Change, Verb::Delete, Verb::Export, Verb::Import, Verb::Bulk];
}

/// Whose records. The order is that of reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    #[default]
    None,
    Own,
    Team,
    All,
}

/// A row of the rights matrix: a scope for each [`Verb`], in their order.
pub type Scopes = [Scope; 7];

/// The rights of one person: the widest of their roles.
#[derive(Clone, Debug, Default)]
pub struct Rights {
    /// May do everything, settings and users included.
    pub admin: bool,
    /// Works for the company and not in it: of the subjects, sees only those that they are themselves, and is not meant where a
    /// record is opened to everybody.
    pub outside: bool,
    /// For entities and faces without a row of their own.
    pub usual: Scopes,
    /// By the key of an entity or the path of a face.
    pub rows: HashMap<String, Scopes>,
}

/// Who asks: their rights, and the principals that they are.
#[derive(Clone, Debug)]
pub struct Person {
    pub user: Rid,
    pub rights: Rights,
    /// For the scope own: the user, and the subjects whose user they are.
    pub own: Vec<Rid>,
    /// For the scope team: own, the teams, and everybody in them and below.
    pub team: Vec<Rid>,
}

impl Rights {
    pub fn everything() -> Rights {
        Rights { admin: true, outside: false, usual: [Scope::All; 7], rows: HashMap::new() }
    }

    /// The scope for an entity; a face has its own when it has a row.
    pub fn scope(&self, entity: &str, face: Option<&str>, verb: Verb) -> Scope {
        if self.admin {
            return Scope::All;
        }
        let row = face.and_then(|face| self.rows.get(face)).or_else(|| self.rows.get(entity)).unwrap_or(&self.usual);
        row[verb as usize]
    }

    /// Both together, as one who has both roles has them.
    pub fn join(mut self, other: Rights) -> Rights {
        let keys: Vec<String> = self.rows.keys().chain(other.rows.keys()).cloned().collect();
        for key in keys {
            let mine = *self.rows.get(&key).unwrap_or(&self.usual);
            let theirs = other.rows.get(&key).unwrap_or(&other.usual);
            self.rows.insert(key, std::array::from_fn(|at| mine[at].max(theirs[at])));
        }
        self.admin |= other.admin;
        self.outside &= other.outside;
        self.usual = std::array::from_fn(|at| self.usual[at].max(other.usual[at]));
        self
    }
}

impl Person {
    /// The principals that reach a record under a scope; none for all and for nothing.
    pub fn reach(&self, scope: Scope) -> &[Rid] {
        match scope {
            Scope::Own => &self.own,
            Scope::Team => &self.team,
            Scope::None | Scope::All => &[],
        }
    }
}
