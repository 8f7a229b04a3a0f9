//! What people are told, by e-mail to those who want it so: one message for all that came together.

use std::collections::BTreeMap;

use base::words::Words;
use base::{Id, Result, Rid, say};
use meta::Catalogue;
use store::{Lane, Row, Sql};

use super::MailSettings;
use crate::notices::{LINE, Notice, seen};
use crate::users::User;
use crate::{Channel, Engine};

/// A line is told a little later: more may come to it, or its reader may be at the bell already.
const SETTLED: chrono::Duration = chrono::Duration::seconds(60);

/// Lines that are looked at together, and told in one message.
const SOME: i64 = 500;
const TOLD: usize = 30;

impl Engine {
    /// Writes to people what they were not told yet. Answers how many messages there are.
    pub fn write_what_is_told(&self, words: &[&Words]) -> Result<usize> {
        let settled = base::clock::now() - SETTLED;
        let mut sql = Sql::new(format!("{LINE} n.mailed_at IS NULL AND n.at <= "));
        sql.bind(settled).push(" ORDER BY n.at, n.id LIMIT ").bind(SOME);
        let rows = self.store.read(|tx| tx.query(&sql))?;
        let mut by_user: BTreeMap<Rid, Vec<&Row>> = BTreeMap::new();
        rows.iter().for_each(|row| by_user.entry(row.rid(12)).or_default().push(row));
        let settings = self.mail_settings()?;
        let catalogue = self.catalogue();
        let mut written = 0;
        for (rid, rows) in by_user {
            let letter = match (&settings, self.user(rid)?) {
                (Some(settings), Some(user)) if user.active => {
                    self.letter(&catalogue, settings, &user, &rows, words)?
                }
                _ => None,
            };
            let ids = rows.iter().map(|row| row.id(0)).collect::<Result<Vec<Id>>>()?;
            written += usize::from(self.store.write(Lane::Jobs, |tx| {
                let mut sql = Sql::new("UPDATE notification SET mailed_at = ");
                sql.bind(base::clock::now()).push(" WHERE mailed_at IS NULL AND id IN ").bind_list(ids.iter().copied());
                // Another node may have written them.
                match (&letter, tx.execute(&sql)? == ids.len() as u64) {
                    (Some((to, subject, body)), true) => self.put_mail(tx, to, Some(rid), subject, body).map(|_| true),
                    _ => Ok(false),
                }
            })?);
        }
        Ok(written)
    }

    /// Address, subject and text; none where nothing is left that somebody wants by e-mail, sees and has not read.
    fn letter(
        &self,
        catalogue: &Catalogue,
        settings: &MailSettings,
        user: &User,
        rows: &[&Row],
        words: &[&Words],
    ) -> Result<Option<(String, String, String)>> {
        let ways = self.notice_ways(user.rid)?;
        let actor = self.actor(user, Channel::Program)?;
        let mut lines = self.store.read(|tx| seen(tx, &actor, catalogue, rows))?;
        lines.retain(|line| line.unread && ways.of(line.what).mail);
        let found = words.iter().find(|words| words.language() == user.language).or(words.first());
        let (Some(words), Some(first)) = (found, lines.first()) else { return Ok(None) };
        let subject = match lines.len() {
            1 => words.text(&first.said()),
            count => words.text(&say!("{count} notifications from Bottega", count = count)),
        };
        let mut body = words.text(&say!("Hello {name},", name = user.name.as_str()));
        body.push_str("\n\n");
        lines.iter().take(TOLD).for_each(|line| body.push_str(&told(line, settings, catalogue, words)));
        if lines.len() > TOLD {
            body.push_str(&words.text(&say!("And {count} more.", count = lines.len() - TOLD)));
            body.push_str("\n\n");
        }
        body.push_str("-- \n");
        body.push_str(&words.say("You choose what you are told by e-mail in Bottega, in the menu with your name."));
        if !settings.address.is_empty() {
            body.push_str(&format!("\n{}/notifications/ways", base_of(settings)));
        }
        body.push('\n');
        Ok(Some((user.email.clone(), subject, body)))
    }
}

fn told(line: &Notice, settings: &MailSettings, catalogue: &Catalogue, words: &Words) -> String {
    let mut text = format!("{}\n", words.text(&line.said()));
    if let Some(note) = line.note.as_ref().filter(|_| line.comment.is_some()) {
        text.push_str(&format!("    {note}\n"));
    }
    if !settings.address.is_empty() {
        text.push_str(&format!("{}{}\n", base_of(settings), line.leads_to(catalogue)));
    }
    text.push('\n');
    text
}

fn base_of(settings: &MailSettings) -> &str {
    settings.address.trim_end_matches('/')
}
