//! A line in words, and where it leads.

use base::{Text, say};
use meta::Catalogue;

use super::{Notice, What};
use crate::import;

impl Notice {
    /// What happened, as a sentence.
    pub fn said(&self) -> Text {
        let who = self.by.as_ref().map_or_else(|| "Bottega".to_owned(), |by| by.title.clone());
        let title = self.record.as_ref().map_or_else(String::new, |record| record.title.clone());
        let (name, import) = (self.note.clone().unwrap_or_default(), self.entity == import::KIND);
        match (self.what, self.records) {
            (What::Assigned, 1) => say!("{who} put you in charge of {title}", who = who, title = title),
            (What::Assigned, count) => say!("{who} put you in charge of {count} records", who = who, count = count),
            (What::Changed, 1) => match self.verb.as_str() {
                "delete" => say!("{who} moved {title} to the trash", who = who, title = title),
                "restore" => say!("{who} took {title} out of the trash", who = who, title = title),
                "merge" => say!("{who} merged {title} with others", who = who, title = title),
                "undo" => say!("{who} took back a change of {title}", who = who, title = title),
                _ => say!("{who} changed {title}", who = who, title = title),
            },
            (What::Changed, count) => say!("{who} changed {count} records in your charge", who = who, count = count),
            (What::Mentioned, _) => say!("{who} named you in a comment on {title}", who = who, title = title),
            (What::Commented, _) => say!("{who} commented on {title}", who = who, title = title),
            (What::Done, _) if import => say!("Your import of {name} has ended", name = name),
            (What::Done, _) => say!("Your change of many records has ended"),
            (What::Failed, _) if import => say!("Your import of {name} stopped before its end", name = name),
            (What::Failed, _) => say!("Your change of many records stopped before its end"),
        }
    }

    /// The address, without that of the server.
    pub fn leads_to(&self, catalogue: &Catalogue) -> String {
        if let Some(job) = self.job {
            let path = if self.entity == import::KIND { "imports" } else { "bulk" };
            return format!("/{path}/{job}");
        }
        let Some(record) = &self.record else { return "/notifications".to_owned() };
        let Some(model) = catalogue.model(&record.entity) else { return "/notifications".to_owned() };
        let path = model.entity.path;
        match (self.comment, self.records) {
            (Some(comment), _) => format!("/{path}/{}#comment-{comment}", record.id),
            (None, 1) => format!("/{path}/{}", record.id),
            // Those that changed last stand on top.
            (None, _) => format!("/{path}?sort=-updated_at"),
        }
    }
}
