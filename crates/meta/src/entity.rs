//! An entity as declared: its words, its fields in their sections, its list, its rules.

use base::Rid;

use crate::action::Action;
use crate::change::Change;
use crate::effect::{Effects, Reaction};
use crate::field::{Condition, Declared, Field, people, tick};

/// The name of an outline icon.
pub type Icon = &'static str;

/// A pure rule, named as a sentence: it may set fields of the change, or refuse it.
pub type Rule = fn(&mut Change) -> std::result::Result<(), base::Refusal>;

#[derive(Clone, Copy)]
pub struct Section {
    pub title: &'static str,
    pub fields: &'static [&'static dyn Declared],
}

pub struct Entity {
    /// Singular, as in `party`: table, Fluent message, `record.entity`.
    pub key: &'static str,
    /// Plural, as in `parties`: URL, API path, folder.
    pub path: &'static str,
    pub label: &'static str,
    pub plural: &'static str,
    pub icon: Icon,
    pub title: Option<&'static dyn Declared>,
    sections: [Option<Section>; 16],
    pub list: &'static [&'static dyn Declared],
    /// Kept by rules so that lists can show, sort and filter by them; they stand in no section of the page.
    pub kept: &'static [&'static dyn Declared],
    /// What the form of quick creation asks for.
    pub quick: &'static [&'static dyn Declared],
    pub faces: &'static [&'static Face],
    pub rules: &'static [Rule],
    /// What else follows from a change of its records.
    pub effects: &'static [Effects],
    /// What follows here from a change of records of entities declared earlier.
    pub reactions: &'static [Reaction],
    /// The picture shown beside the title.
    pub picture: Option<&'static dyn Declared>,
    /// The line under the title in search results and choosers.
    pub subtitle: &'static [&'static dyn Declared],
    /// Fields whose equal values mean that two records may be the same.
    pub keys: &'static [&'static dyn Declared],
    /// Only administrators and the program create and change them (users, teams).
    pub house: bool,
    /// In nobody's charge: who may see any of them sees all (what a company sells).
    pub common: bool,
    /// Its records are the subjects that others involve.
    pub subject: Option<Subject>,
    /// Links whose records rules read.
    pub reads: &'static [&'static dyn Declared],
    /// What is kept of its records on a record that they link to.
    pub sums: &'static [Sum],
    /// The pick whose values are the columns of its board, what a card shows, and the money that a column sums.
    pub board: Option<Board>,
    pub figures: Option<Figures>,
    /// Then it is the form of an action, and kept nowhere.
    pub action: Option<Action>,
    pub summary: Option<Summary>,
    /// Links to what many of them are made for at once, one for each.
    pub gathered: &'static [&'static dyn Declared],
    /// Links that no two live records have all the same: whoever is interested in an initiative is so once.
    pub once: &'static [&'static dyn Declared],
    /// Where the manual speaks of it: `sales#opportunities`.
    pub guide: &'static str,
}

/// What of a subject says who sees the records that involve it: the user behind it, while it holds, and whoever is behind what it is
/// part of.
#[derive(Clone, Copy)]
pub struct Subject {
    /// A link to a user.
    pub user: &'static dyn Declared,
    /// A link to another subject.
    pub part_of: &'static dyn Declared,
    /// The first and the last day on which it holds; without one it always does.
    pub since: &'static dyn Declared,
    pub until: &'static dyn Declared,
}

/// Keeps a field of the record that `through` leads to: how many live records lead there, or what a money field of theirs sums
/// up to. See [`sum`].
#[derive(Clone, Copy)]
pub struct Sum {
    pub through: &'static dyn Declared,
    pub into: &'static dyn Declared,
    /// The money that is summed up; none where they are counted.
    pub of: Option<&'static dyn Declared>,
    /// A tick of that record: whether there are any. Without any, a field that is typed is the person's again.
    pub any: Option<&'static dyn Declared>,
    /// Of those alone for which it holds.
    pub only: Option<Condition>,
}

/// `sum(&OPPORTUNITY, &TOTAL).of(&AMOUNT)`: what those that link to an opportunity sum up to is kept on it.
pub const fn sum(through: &'static dyn Declared, into: &'static dyn Declared) -> Sum {
    Sum { through, into, of: None, any: None, only: None }
}

impl Sum {
    pub const fn of(mut self, money: &'static dyn Declared) -> Sum {
        self.of = Some(money);
        self
    }

    pub const fn any(mut self, tick: &'static dyn Declared) -> Sum {
        self.any = Some(tick);
        self
    }

    pub const fn only(mut self, those: Condition) -> Sum {
        self.only = Some(those);
        self
    }
}

#[derive(Clone, Copy)]
pub struct Board {
    pub by: &'static dyn Declared,
    pub card: &'static [&'static dyn Declared],
    pub sum: Option<&'static dyn Declared>,
}

/// What a list sums up to: a table and a chart of its amounts, by the month of a date, by people, by picked values.
#[derive(Clone, Copy)]
pub struct Figures {
    /// *Forecast*
    pub label: &'static str,
    /// What the lines can be, the usual one first; people are lines of their teams too.
    pub by: &'static [&'static dyn Declared],
    /// A choice: each of its values is a column.
    pub split: &'static dyn Declared,
    pub of: &'static dyn Declared,
    /// What can be expected of the first value of the choice.
    pub weighted: &'static dyn Declared,
}

/// A table and a chart on the page of the record that `through` leads to: what those that lead there sum up to, a line for each
/// record that another link of theirs leads to. Summaries of several entities under one label are one table.
#[derive(Clone, Copy)]
pub struct Summary {
    pub label: &'static str,
    pub through: &'static dyn Declared,
    /// What the lines are.
    pub by: &'static dyn Declared,
    /// All of one choice.
    pub columns: &'static [SummaryColumn],
}

#[derive(Clone, Copy)]
pub struct SummaryColumn {
    pub label: &'static str,
    pub only: Condition,
    /// The money that is summed up; none where they are counted.
    pub of: Option<&'static dyn Declared>,
}

/// A view of an entity with a fixed filter and its own menu entry, list, form, path and rights.
pub struct Face {
    /// Plural: Fluent message, URL, API path, row of the rights matrix.
    pub path: &'static str,
    pub label: &'static str,
    pub plural: &'static str,
    pub icon: Icon,
    pub only: &'static [Condition],
    pub list: &'static [&'static dyn Declared],
    /// Where it has one of its own.
    pub board: Option<Board>,
    /// Its pictures are of people, and so are round.
    pub round: bool,
    /// The letter after `G` that leads there.
    pub go: Option<char>,
    /// Where the manual speaks of it; as of its entity where it says nothing.
    pub guide: &'static str,
}

/// The people in charge of a record: the creator by default, the first first.
pub static IN_CHARGE: Field<Vec<Rid>> = people("in_charge", "In charge").system();
/// Whether everybody may see the record, whatever their rights say of others' records.
pub static OPEN_TO_ALL: Field<bool> = tick("open_to_all", "Visible to everybody").system();

pub const fn entity(key: &'static str, path: &'static str, label: &'static str, plural: &'static str) -> Entity {
    Entity {
        key,
        path,
        label,
        plural,
        icon: "file",
        title: None,
        sections: [None; 16],
        list: &[],
        kept: &[],
        quick: &[],
        faces: &[],
        rules: &[],
        effects: &[],
        reactions: &[],
        picture: None,
        subtitle: &[],
        keys: &[],
        house: false,
        common: false,
        subject: None,
        reads: &[],
        sums: &[],
        board: None,
        figures: None,
        action: None,
        summary: None,
        gathered: &[],
        once: &[],
        guide: "",
    }
}

impl Entity {
    pub const fn icon(mut self, icon: Icon) -> Entity {
        self.icon = icon;
        self
    }

    pub const fn title(mut self, field: &'static dyn Declared) -> Entity {
        self.title = Some(field);
        self
    }

    pub const fn section(mut self, title: &'static str, fields: &'static [&'static dyn Declared]) -> Entity {
        let mut at = 0;
        while self.sections[at].is_some() {
            at += 1;
        }
        self.sections[at] = Some(Section { title, fields });
        self
    }

    pub const fn list(mut self, fields: &'static [&'static dyn Declared]) -> Entity {
        self.list = fields;
        self
    }

    pub const fn kept(mut self, fields: &'static [&'static dyn Declared]) -> Entity {
        self.kept = fields;
        self
    }

    pub const fn quick(mut self, fields: &'static [&'static dyn Declared]) -> Entity {
        self.quick = fields;
        self
    }

    pub const fn faces(mut self, faces: &'static [&'static Face]) -> Entity {
        self.faces = faces;
        self
    }

    pub const fn rules(mut self, rules: &'static [Rule]) -> Entity {
        self.rules = rules;
        self
    }

    pub const fn effects(mut self, effects: &'static [Effects]) -> Entity {
        self.effects = effects;
        self
    }

    pub const fn reactions(mut self, reactions: &'static [Reaction]) -> Entity {
        self.reactions = reactions;
        self
    }

    pub const fn picture(mut self, field: &'static dyn Declared) -> Entity {
        self.picture = Some(field);
        self
    }

    pub const fn subtitle(mut self, fields: &'static [&'static dyn Declared]) -> Entity {
        self.subtitle = fields;
        self
    }

    pub const fn keys(mut self, fields: &'static [&'static dyn Declared]) -> Entity {
        self.keys = fields;
        self
    }

    pub const fn house(mut self) -> Entity {
        self.house = true;
        self
    }

    pub const fn common(mut self) -> Entity {
        self.common = true;
        self
    }

    pub const fn subject(mut self, subject: Subject) -> Entity {
        self.subject = Some(subject);
        self
    }

    pub const fn reads(mut self, links: &'static [&'static dyn Declared]) -> Entity {
        self.reads = links;
        self
    }

    pub const fn sums(mut self, sums: &'static [Sum]) -> Entity {
        self.sums = sums;
        self
    }

    pub const fn board(
        mut self,
        by: &'static dyn Declared,
        card: &'static [&'static dyn Declared],
        sum: Option<&'static dyn Declared>,
    ) -> Entity {
        self.board = Some(Board { by, card, sum });
        self
    }

    pub const fn figures(mut self, figures: Figures) -> Entity {
        self.figures = Some(figures);
        self
    }

    pub const fn action(mut self, action: Action) -> Entity {
        self.action = Some(action);
        self.common = true;
        self
    }

    pub const fn summary(mut self, summary: Summary) -> Entity {
        self.summary = Some(summary);
        self
    }

    pub const fn gathered(mut self, links: &'static [&'static dyn Declared]) -> Entity {
        self.gathered = links;
        self
    }

    pub const fn once(mut self, links: &'static [&'static dyn Declared]) -> Entity {
        self.once = links;
        self
    }

    pub const fn guide(mut self, place: &'static str) -> Entity {
        self.guide = place;
        self
    }

    pub fn sections(&self) -> impl Iterator<Item = &Section> {
        self.sections.iter().flatten()
    }
}

pub const fn face(path: &'static str, label: &'static str, plural: &'static str, icon: Icon) -> Face {
    Face { path, label, plural, icon, only: &[], list: &[], board: None, round: false, go: None, guide: "" }
}

impl Face {
    pub const fn only(mut self, conditions: &'static [Condition]) -> Face {
        self.only = conditions;
        self
    }

    pub const fn list(mut self, fields: &'static [&'static dyn Declared]) -> Face {
        self.list = fields;
        self
    }

    pub const fn board(
        mut self,
        by: &'static dyn Declared,
        card: &'static [&'static dyn Declared],
        sum: Option<&'static dyn Declared>,
    ) -> Face {
        self.board = Some(Board { by, card, sum });
        self
    }

    pub const fn round(mut self) -> Face {
        self.round = true;
        self
    }

    pub const fn go(mut self, letter: char) -> Face {
        self.go = Some(letter);
        self
    }

    pub const fn guide(mut self, place: &'static str) -> Face {
        self.guide = place;
        self
    }
}
