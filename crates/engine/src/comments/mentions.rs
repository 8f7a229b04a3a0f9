//! Who is named in a comment: `@` and the name of a user, their user name or the address they sign in with.

use std::ops::Range;

use base::{Id, Result, Rid};
use store::{Sql, Tx};

use crate::users::USER;

/// Where people are named in a text, in bytes, the sign included. Of names that begin the same, the longest is meant.
pub fn mentioned_in<'n>(text: &str, names: impl Iterator<Item = (Rid, &'n str)> + Clone) -> Vec<(Range<usize>, Rid)> {
    let mut found = Vec::new();
    let mut before = ' ';
    let mut upto = 0;
    for (at, sign) in text.char_indices() {
        let starts = at >= upto && sign == '@' && !before.is_alphanumeric();
        before = sign;
        if !starts {
            continue;
        }
        let rest = &text[at + 1..];
        let fits = names.clone().filter_map(|(rid, name)| Some((length(rest, name)?, rid)));
        if let Some((length, rid)) = fits.max_by_key(|(length, _)| *length) {
            upto = at + 1 + length;
            found.push((at..upto, rid));
        }
    }
    found
}

/// The bytes that a name takes at the beginning of a text; case and accents aside.
fn length(text: &str, name: &str) -> Option<usize> {
    let name = base::fold(name.trim());
    let letters = if text.starts_with(char::is_whitespace) { 0 } else { name.chars().count() };
    // An accent may be a sign of its own in the text and not in the name.
    (letters..=letters + 4).filter(|_| letters > 0).find_map(|count| {
        let end = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
        let ends = !text[end..].starts_with(char::is_alphanumeric);
        (ends && base::fold(&text[..end]) == name && !text[..end].ends_with(' ')).then_some(end)
    })
}

/// Keeps who is named in a comment, in place of whoever was.
pub(super) fn keep(tx: &Tx, comment: Id, text: &str) -> Result<()> {
    tx.execute(&Sql::new("DELETE FROM comment_mention WHERE comment = $1").with(comment))?;
    for user in users(tx, text)? {
        let sql = Sql::new("INSERT INTO comment_mention (comment, user_rid) VALUES ($1, $2)").with(comment).with(user);
        tx.execute(&sql)?;
    }
    Ok(())
}

/// The active users who are named in a text.
pub(super) fn users(tx: &Tx, text: &str) -> Result<Vec<Rid>> {
    if !text.contains('@') {
        return Ok(Vec::new());
    }
    let table = USER.key;
    let sql = Sql::new(format!("SELECT rid, name, user_name, email, active FROM \"{table}\" WHERE deleted_at IS NULL"));
    let rows = tx.query(&sql)?;
    let active = rows.iter().filter(|row| row.int(4) == 1);
    let names = active.flat_map(|row| (1..=3).filter_map(|at| Some((row.rid(0), row.opt_text(at)?))));
    let mut users: Vec<Rid> = mentioned_in(text, names).into_iter().map(|(_, rid)| rid).collect();
    users.sort_unstable();
    users.dedup();
    Ok(users)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<(&str, i64)> {
        let names =
            [(Rid(1), "Anna Rossi"), (Rid(2), "Anna"), (Rid(3), "Niccolò D'Amico"), (Rid(4), "anna@casa.example")];
        mentioned_in(text, names.into_iter()).into_iter().map(|(place, rid)| (&text[place], rid.0)).collect()
    }

    #[test]
    fn the_longest_name_is_meant_whatever_its_case_and_accents() {
        assert_eq!(named("@Anna Rossi, vedi?"), [("@Anna Rossi", 1)]);
        assert_eq!(named("@anna rossi"), [("@anna rossi", 1)]);
        assert_eq!(named("@Anna ROS"), [("@Anna", 2)]);
        assert_eq!(named("(@niccolo d'amico) e @ANNA."), [("@niccolo d'amico", 3), ("@ANNA", 2)]);
        assert_eq!(named("@anna@casa.example"), [("@anna@casa.example", 4)]);
    }

    #[test]
    fn nobody_is_meant_by_an_address_or_another_word() {
        for text in ["", "@", "mail@Anna", "Anna", "@Annabella", "@ Anna", "@@"] {
            assert_eq!(named(text), [], "{text}");
        }
    }
}
