//! What the people of the demo say to each other about companies: the manager asks, whoever is in charge answers.

use base::{Error, Id, Result};
use chrono::NaiveDate;
use engine::Actor;
use meta::Value;

use crate::demo::fill::{Filling, days_before};
use crate::parties::PARTY;

/// What is asked, with the name of whoever is in charge, and what they answer.
const TALKS: [(&str, &str); 8] = [
    ("@{name} li abbiamo più sentiti dopo la fiera?", "Sì, giovedì: vogliono un preventivo per due postazioni."),
    ("@{name} il listino che hanno in mano è quello vecchio, mandiamo il nuovo.", "Mandato stamattina."),
    ("Mi hanno chiamato per la consegna in ritardo. @{name} ci pensi tu?", "Parlato con il magazzino: arriva venerdì."),
    (
        "@{name} chiedi se rinnovano il contratto di manutenzione, scade a fine mese.",
        "Chiesto, rispondono in settimana.",
    ),
    ("Hanno cambiato responsabile acquisti, @{name} passa a presentarti.", "Fissato per martedì alle 10."),
    ("@{name} attenzione: pagano a 120 giorni, non a 90.", "Corretto con l'amministrazione."),
    ("Ottimo lavoro con la prova dei dischi, @{name}.", "Grazie, ne ordinano altri cinquanta."),
    ("@{name} il concorrente offre il 5% in meno: fin dove possiamo scendere?", "Ci provo con il trasporto compreso."),
];

/// A day and a company, by its place among the latest, for each talk; the last ones are not answered yet.
const DAYS_AGO: [u64; 8] = [24, 19, 15, 11, 8, 5, 1, 1];
const ANSWERED: usize = 6;

/// Until so many days ago people have read what they were told.
const READ: u64 = 2;

/// Something said, or all that was told being read.
#[derive(Clone, Copy)]
pub(super) enum Word {
    Asked(usize),
    Answered(usize),
    AllRead,
}

impl Filling<'_> {
    /// When what is said.
    pub(super) fn plan_comments(&self) -> Vec<(NaiveDate, Word)> {
        let mut plan: Vec<(NaiveDate, Word)> = Vec::new();
        for (talk, days) in DAYS_AGO.into_iter().enumerate() {
            plan.push((days_before(self.today, days), Word::Asked(talk)));
            if talk < ANSWERED {
                plan.push((days_before(self.today, days - 1), Word::Answered(talk)));
            }
        }
        plan.push((days_before(self.today, READ), Word::AllRead));
        plan
    }

    pub(super) fn say(&self, word: Word) -> Result<()> {
        let (talk, asked) = match word {
            Word::Asked(talk) => (talk, true),
            Word::Answered(talk) => (talk, false),
            Word::AllRead => {
                return self.actors.iter().try_for_each(|actor| self.engine.read_notices(actor, None));
            }
        };
        // The same companies as the walk through the demo opens first.
        let Some((company, Some(rid))) = self.cast.companies.iter().zip(&self.companies).nth(talk * 2) else {
            return Ok(());
        };
        let in_charge = self.actor(&company.in_charge);
        let manager = self.cast.users.iter().position(|user| user.role == "manager");
        let asks = manager.map_or_else(|| self.administrator(), |at| self.actors[at].clone());
        let (question, answer) = TALKS[talk % TALKS.len()];
        let record = self.id_of(*rid)?;
        let (who, text) = match asked {
            true => (&asks, question.replace("{name}", &in_charge.name)),
            false => (&in_charge, answer.to_owned()),
        };
        self.engine.comment(who, PARTY.path, record, &text, &[]).map(|_| ())
    }

    fn id_of(&self, rid: base::Rid) -> Result<Id> {
        let titles = self.engine.titles(&Actor::program(), &[Value::Link(rid)])?;
        titles.get(rid).map(|linked| linked.id).ok_or(Error::Missing)
    }
}
