//! Who is involved in a record, and as what.

use base::{Id, Rid};

/// Subjects with what each has to do with a record: a key of the field's list, or none. `W` is how they are known.
#[derive(Clone, Debug, PartialEq)]
pub struct Involved<W = Rid> {
    who: Vec<W>,
    /// As many as there are subjects.
    roles: Vec<Option<String>>,
}

impl<W> Default for Involved<W> {
    fn default() -> Self {
        Involved { who: Vec::new(), roles: Vec::new() }
    }
}

impl<W> FromIterator<(W, Option<String>)> for Involved<W> {
    fn from_iter<I: IntoIterator<Item = (W, Option<String>)>>(pairs: I) -> Self {
        let (who, roles) = pairs.into_iter().unzip();
        Involved { who, roles }
    }
}

impl<W: Copy + PartialEq> Involved<W> {
    pub fn who(&self) -> &[W] {
        &self.who
    }

    pub fn is_empty(&self) -> bool {
        self.who.is_empty()
    }

    pub fn pairs(&self) -> impl Iterator<Item = (W, Option<&str>)> {
        self.who.iter().copied().zip(self.roles.iter().map(Option::as_deref))
    }

    pub fn roles(&self) -> impl Iterator<Item = &String> {
        self.roles.iter().flatten()
    }

    /// Those that others are known by: rows for ids.
    pub fn known_by<V, E>(&self, other: impl Fn(W) -> Result<V, E>) -> Result<Involved<V>, E> {
        self.pairs().map(|(who, role)| Ok((other(who)?, role.map(str::to_owned)))).collect()
    }

    /// Nobody twice in the same role; without a role only who has none.
    pub fn once(&self) -> Involved<W> {
        let mut once: Vec<(W, Option<&str>)> = Vec::with_capacity(self.who.len());
        for (who, role) in self.pairs().map(|(who, role)| (who, role.filter(|role| !role.is_empty()))) {
            let has_one = |role: Option<&str>| role.is_some_and(|role| !role.is_empty());
            let said = role.is_none() && self.pairs().any(|(other, role)| other == who && has_one(role));
            if !said && !once.contains(&(who, role)) {
                once.push((who, role));
            }
        }
        once.into_iter().map(|(who, role)| (who, role.map(str::to_owned))).collect()
    }

    /// These and others, nobody twice in the same role.
    pub fn and(&self, others: &Involved<W>) -> Involved<W> {
        let all = self.pairs().chain(others.pairs()).map(|(who, role)| (who, role.map(str::to_owned)));
        all.collect::<Involved<W>>().once()
    }

    /// These without others: in the role that is said, or in any.
    pub fn without(&self, others: &Involved<W>) -> Involved<W> {
        let goes = |who: W, role: Option<&str>| {
            others.pairs().any(|(other, as_what)| other == who && (as_what.is_none() || as_what == role))
        };
        let left = self.pairs().filter(|(who, role)| !goes(*who, *role));
        left.map(|(who, role)| (who, role.map(str::to_owned))).collect()
    }
}

/// As they come from outside, before their rows are known.
pub type Involving = Involved<Id>;

#[cfg(test)]
mod tests {
    use super::*;

    fn involved(pairs: &[(i64, &str)]) -> Involved {
        pairs.iter().map(|(who, role)| (Rid(*who), Some((*role).to_owned()).filter(|role| !role.is_empty()))).collect()
    }

    #[test]
    fn nobody_is_involved_twice_in_one_role_and_no_role_says_nothing_beside_one() {
        let twice = involved(&[(1, "sells"), (2, ""), (1, ""), (1, "sells"), (1, "follows"), (2, "")]);
        assert_eq!(twice.once(), involved(&[(1, "sells"), (2, ""), (1, "follows")]));
        let empty: Involved = [(Rid(1), Some(String::new()))].into_iter().collect();
        assert_eq!(empty.once(), involved(&[(1, "")]));
    }

    #[test]
    fn who_goes_goes_in_the_role_that_is_said_or_in_all() {
        let all = involved(&[(1, "sells"), (1, "follows"), (2, "sells")]);
        assert_eq!(all.without(&involved(&[(1, "sells")])), involved(&[(1, "follows"), (2, "sells")]));
        assert_eq!(all.without(&involved(&[(1, "")])), involved(&[(2, "sells")]));
        assert_eq!(
            all.and(&involved(&[(2, ""), (3, "")])),
            involved(&[(1, "sells"), (1, "follows"), (2, "sells"), (3, "")])
        );
    }
}
