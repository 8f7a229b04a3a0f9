//! The leads of the demo company: each with its contact in the same row, and as far as somebody has come with it.

use crate::demo::drafts::{self, Values};
use crate::demo::fill::Filling;
use crate::parties::{self, Consent};

/// Of twenty leads, so many in each state.
const STATES: [(usize, &str); 6] =
    [(6, "new"), (4, "assigned"), (5, "contacted"), (3, "qualified"), (1, "recycled"), (1, "dead")];

const INTERESTS: [&str; 8] = [
    "Aspirazione fumi per due postazioni",
    "Noleggio compressore",
    "Scaffalature per il nuovo capannone",
    "Prova dischi abrasivi",
    "Contratto di manutenzione",
    "Corso sulla sicurezza",
    "Isola di taglio usata",
    "Fornitura guanti e scarpe",
];

const JOBS: [&str; 4] = ["Responsabile acquisti", "Titolare", "Capo officina", "Responsabile sicurezza"];

impl Filling<'_> {
    /// What is known of a company that is a lead, and nothing else of the others.
    pub(super) fn as_a_lead<'v>(&self, values: Values<'v>, at: usize) -> Values<'v> {
        if self.cast.companies[at].stage != "lead" {
            return values;
        }
        let place = at * 7;
        let values = values
            .set(&parties::LEAD_STATE, drafts::pick(state(place % 20)))
            .set(&parties::RATING, drafts::pick(["hot", "warm", "cold", "warm", ""][place % 5]))
            .set(&parties::INTEREST, Some(INTERESTS[place % INTERESTS.len()].to_owned()));
        let values = match place % 3 {
            0 => values,
            _ => values
                .set(&parties::CONSENT, Some(if place % 8 == 1 { Consent::Denied } else { Consent::Given }))
                .set(&parties::CONSENT_HOW, drafts::pick(["website", "fair", "telephone"][place % 3])),
        };
        let people = &self.cast.people;
        if people.is_empty() || people.iter().any(|person| person.works_for.iter().any(|work| work.company == at)) {
            return values;
        }
        // Somebody whom nobody has met yet.
        let first_name = people[place % people.len()].first_name.clone();
        let last_name = people[(place * 5 + 3) % people.len()].last_name.clone();
        values
            .set(&parties::FIRST_NAME, Some(first_name))
            .set(&parties::LAST_NAME, Some(last_name))
            .set(&parties::JOB, Some(JOBS[place % JOBS.len()].to_owned()))
    }
}

fn state(mut place: usize) -> &'static str {
    for (many, state) in STATES {
        match place.checked_sub(many) {
            None => return state,
            Some(rest) => place = rest,
        }
    }
    "new"
}

#[cfg(test)]
mod tests {
    use super::state;

    #[test]
    fn of_twenty_leads_most_are_fresh_and_few_are_lost() {
        let states: Vec<&str> = (0..20).map(state).collect();
        let many = |wanted: &str| states.iter().filter(|state| **state == wanted).count();
        assert_eq!((many("new"), many("contacted"), many("dead")), (6, 5, 1));
    }
}
