//! Rights: what a role may do with which records, and with which of their fields.

use std::collections::{BTreeMap, BTreeSet};

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

    pub fn key(self) -> &'static str {
        match self {
            Verb::View => "view",
            Verb::Create => "create",
            Verb::Change => "change",
            Verb::Delete => "delete",
            Verb::Export => "export",
            Verb::Import => "import",
            Verb::Bulk => "bulk",
        }
    }

    /// The scopes that make a difference: one creates or does not, whoever will be in charge.
    pub fn scopes(self) -> &'static [Scope] {
        match self {
            Verb::Create | Verb::Import => &[Scope::None, Scope::All],
            _ => &Scope::ALL,
        }
    }
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

impl Scope {
    pub const ALL: [Scope; 4] = [Scope::None, Scope::Own, Scope::Team, Scope::All];

    pub fn key(self) -> &'static str {
        match self {
            Scope::None => "none",
            Scope::Own => "own",
            Scope::Team => "team",
            Scope::All => "all",
        }
    }

    pub fn from_key(key: &str) -> Option<Scope> {
        Scope::ALL.into_iter().find(|scope| scope.key() == key)
    }
}

/// A row of the rights matrix: a scope for each [`Verb`], in their order.
pub type Scopes = [Scope; 7];

/// What one may do with a field of the records that one sees. The order is that of reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// It is not there, nowhere.
    Hidden,
    Seen,
    Changed,
}

impl Sight {
    pub const ALL: [Sight; 3] = [Sight::Changed, Sight::Seen, Sight::Hidden];

    pub fn key(self) -> &'static str {
        match self {
            Sight::Hidden => "hidden",
            Sight::Seen => "seen",
            Sight::Changed => "changed",
        }
    }

    pub fn from_key(key: &str) -> Option<Sight> {
        Sight::ALL.into_iter().find(|sight| sight.key() == key)
    }
}

/// The rights of one person: the widest of their roles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    /// May do everything, settings and users included.
    pub admin: bool,
    /// Works for the company and not in it: of the subjects, sees only those that they are themselves, and is not meant where a
    /// record is opened to everybody.
    pub outside: bool,
    /// For entities and faces without a row of their own.
    pub usual: Scopes,
    /// By the key of an entity or the path of a face.
    pub rows: BTreeMap<String, Scopes>,
    /// The entity of each face that has a row.
    pub faces: BTreeMap<String, String>,
    /// Fields that may not be changed, or not seen, by entity and key.
    pub fields: BTreeMap<String, BTreeMap<String, Sight>>,
    /// What may not be done although the record may be changed: actions as `party/conversion`, steps to a class of a list's
    /// values as `opportunity.stage=won`.
    pub barred: BTreeSet<String>,
    /// The entities whose fields, sections and lists they set.
    pub keeps: BTreeSet<String>,
}

/// Who asks: their rights, and the principals that they are.
#[derive(Clone, Debug)]
pub struct Person {
    pub user: Rid,
    pub rights: Rights,
    /// For the scope own: the user, the subjects whose user they are, and the teams that a record may be shared with.
    pub own: Vec<Rid>,
    /// For the scope team: own, the teams, and everybody in them and below.
    pub team: Vec<Rid>,
}

impl Rights {
    pub fn everything() -> Rights {
        Rights { admin: true, usual: [Scope::All; 7], ..Rights::default() }
    }

    /// The scope for an entity; a face has its own when it has a row.
    pub fn scope(&self, entity: &str, face: Option<&str>, verb: Verb) -> Scope {
        if self.admin {
            return Scope::All;
        }
        let row = face.and_then(|face| self.rows.get(face)).or_else(|| self.rows.get(entity)).unwrap_or(&self.usual);
        row[verb as usize]
    }

    /// What may be done with a field; nothing where its records are not seen at all.
    pub fn sight(&self, entity: &str, field: &str) -> Sight {
        match self.fields.get(entity).and_then(|fields| fields.get(field)) {
            Some(sight) if !self.admin => *sight,
            _ => Sight::Changed,
        }
    }

    /// Whether an action or a step, as [`Rights::barred`] names it, is kept from them.
    pub fn bars(&self, act: &str) -> bool {
        !self.admin && self.barred.contains(act)
    }

    /// Whether they set the fields, sections and lists of an entity.
    pub fn keeps(&self, entity: &str) -> bool {
        self.admin || self.keeps.contains(entity)
    }

    /// Both together, as one who has both roles has them. What one role keeps back another gives only where it lets do something
    /// with the records at all.
    pub fn join(mut self, other: Rights) -> Rights {
        self.fields = self.joined_fields(&other);
        self.barred = self.joined_bars(&other);
        self.keeps.extend(other.keeps.iter().cloned());
        self.rows = self.rows_with(&other, Scope::max);
        self.faces.extend(other.faces);
        self.admin |= other.admin;
        self.outside &= other.outside;
        self.usual = std::array::from_fn(|at| self.usual[at].max(other.usual[at]));
        self
    }

    /// No more than both allow.
    pub fn meet(mut self, other: &Rights) -> Rights {
        if other.admin {
            return self;
        }
        if self.admin {
            return other.clone();
        }
        self.rows = self.rows_with(other, Scope::min);
        self.faces.extend(other.faces.clone());
        self.usual = std::array::from_fn(|at| self.usual[at].min(other.usual[at]));
        self.outside |= other.outside;
        for (entity, fields) in &other.fields {
            for (field, sight) in fields {
                let least = self.sight(entity, field).min(*sight);
                self.fields.entry(entity.clone()).or_default().insert(field.clone(), least);
            }
        }
        self.barred.extend(other.barred.iter().cloned());
        self.keeps.retain(|entity| other.keeps.contains(entity));
        self
    }

    /// The rows that either has, each put together of what holds for both.
    fn rows_with(&self, other: &Rights, of: fn(Scope, Scope) -> Scope) -> BTreeMap<String, Scopes> {
        let both = |key: &String| {
            let entity = self.faces.get(key).or_else(|| other.faces.get(key));
            let row = |rights: &Rights| {
                let above = || entity.and_then(|entity| rights.rows.get(entity));
                *rights.rows.get(key).or_else(above).unwrap_or(&rights.usual)
            };
            let (mine, theirs) = (row(self), row(other));
            (key.clone(), std::array::from_fn(|at| of(mine[at], theirs[at])))
        };
        self.rows.keys().chain(other.rows.keys()).map(both).collect()
    }

    fn joined_fields(&self, other: &Rights) -> BTreeMap<String, BTreeMap<String, Sight>> {
        let mut joined: BTreeMap<String, BTreeMap<String, Sight>> = BTreeMap::new();
        for (entity, fields) in self.fields.iter().chain(&other.fields) {
            for field in fields.keys() {
                let widest = self.sight_where_seen(entity, field).max(other.sight_where_seen(entity, field));
                if widest < Sight::Changed {
                    joined.entry(entity.clone()).or_default().insert(field.clone(), widest);
                }
            }
        }
        joined
    }

    fn sight_where_seen(&self, entity: &str, field: &str) -> Sight {
        if self.does(entity, Verb::View) { self.sight(entity, field) } else { Sight::Hidden }
    }

    fn joined_bars(&self, other: &Rights) -> BTreeSet<String> {
        let entity = |act: &str| act.split(['/', '.']).next().unwrap_or_default().to_owned();
        let keeps_back = |rights: &Rights, act: &str| rights.bars(act) || !rights.does(&entity(act), Verb::Change);
        let all = self.barred.iter().chain(&other.barred);
        all.filter(|act| keeps_back(self, act) && keeps_back(other, act)).cloned().collect()
    }

    /// Whether something may be done with records of an entity. One that has its faces alone does nothing here, which errs on
    /// the side of keeping back.
    fn does(&self, entity: &str, verb: Verb) -> bool {
        self.scope(entity, None, verb) != Scope::None
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

#[cfg(test)]
mod tests {
    use super::*;

    fn role(view: Scope, revenue: Option<Sight>) -> Rights {
        let mut rights = Rights { usual: [view; 7], ..Rights::default() };
        if let Some(sight) = revenue {
            rights.fields.entry("party".into()).or_default().insert("revenue".into(), sight);
        }
        rights
    }

    #[test]
    fn one_role_gives_what_another_keeps_back() {
        let both = role(Scope::All, Some(Sight::Hidden)).join(role(Scope::Own, None));
        assert_eq!(both.sight("party", "revenue"), Sight::Changed);
        let both = role(Scope::All, Some(Sight::Hidden)).join(role(Scope::Own, Some(Sight::Seen)));
        assert_eq!(both.sight("party", "revenue"), Sight::Seen);
    }

    #[test]
    fn a_role_that_sees_no_record_gives_no_field() {
        let both = role(Scope::All, Some(Sight::Hidden)).join(role(Scope::None, None));
        assert_eq!(both.sight("party", "revenue"), Sight::Hidden);
    }

    #[test]
    fn a_face_without_a_row_in_one_role_is_there_as_its_entity_is() {
        let mut faces = role(Scope::None, None);
        faces.rows.insert("leads".into(), [Scope::Own; 7]);
        faces.faces.insert("leads".into(), "party".into());
        let mut entity = role(Scope::None, None);
        entity.rows.insert("party".into(), [Scope::All; 7]);
        for both in [faces.clone().join(entity.clone()), entity.join(faces)] {
            assert_eq!(both.scope("party", Some("leads"), Verb::View), Scope::All);
        }
    }

    #[test]
    fn what_both_bar_is_barred() {
        let barring = |scope, act: &str| {
            let mut rights = role(scope, None);
            rights.barred.insert(act.into());
            rights
        };
        assert!(barring(Scope::All, "party/sale").join(barring(Scope::Own, "party/sale")).bars("party/sale"));
        assert!(!barring(Scope::All, "party/sale").join(role(Scope::Own, None)).bars("party/sale"));
        assert!(barring(Scope::All, "party/sale").join(role(Scope::None, None)).bars("party/sale"));
    }

    #[test]
    fn a_token_never_has_more_than_its_user() {
        let user = role(Scope::Own, Some(Sight::Seen));
        let token = Rights::everything().meet(&user);
        assert_eq!(token, user);
        let token = role(Scope::All, Some(Sight::Hidden)).meet(&user);
        assert_eq!((token.usual, token.sight("party", "revenue")), ([Scope::Own; 7], Sight::Hidden));
    }
}
