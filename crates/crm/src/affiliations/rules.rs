//! What always holds of an affiliation.

use base::Refusal;
use meta::Change;
use meta::change::refuse;
use meta::entity::Rule;

use super::*;

type Answer = Result<(), Refusal>;

pub(super) static ALL: &[Rule] =
    &[nobody_is_affiliated_to_themselves, an_affiliation_ends_after_it_began, the_name_is_made_of_both_names];

fn nobody_is_affiliated_to_themselves(change: &mut Change) -> Answer {
    if change.get(&PERSON).is_some() && change.get(&PERSON) == change.get(&COMPANY) {
        return refuse(&PERSON, "Choose a person and a company: here both are the same");
    }
    Ok(())
}

fn an_affiliation_ends_after_it_began(change: &mut Change) -> Answer {
    match (change.get(&SINCE), change.get(&UNTIL)) {
        (Some(since), Some(until)) if until < since => refuse(&UNTIL, "The end cannot come before the beginning"),
        _ => Ok(()),
    }
}

fn the_name_is_made_of_both_names(change: &mut Change) -> Answer {
    let title = |link: Option<Rid>| link.map_or("", |link| change.title_of(link));
    let names = [title(change.get(&PERSON)), title(change.get(&COMPANY))];
    let name = names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" – ");
    change.set(&NAME, name);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{World, words};

    #[test]
    fn it_is_called_by_person_and_company() {
        let world = World::new();
        let mut change = world.new_record(&AFFILIATION);
        change.set(&PERSON, Some(World::ELISA));
        change.set(&COMPANY, Some(World::BRAMBATI));
        ALL.iter().for_each(|rule| rule(&mut change).unwrap());
        assert_eq!(change.get(&NAME), "Elisa Pozzi – Carpenteria Brambati S.r.l.");
    }

    #[test]
    fn an_end_before_the_beginning_is_refused_at_its_field() {
        let world = World::new();
        let mut change = world.new_record(&AFFILIATION);
        change.set(&SINCE, Some(change.today));
        change.set(&UNTIL, Some(change.today));
        an_affiliation_ends_after_it_began(&mut change).unwrap();
        change.set(&UNTIL, change.today.pred_opt());
        let refusal = an_affiliation_ends_after_it_began(&mut change).unwrap_err();
        assert_eq!(refusal.field.as_deref(), Some("until"));
        assert_eq!(words().text(&refusal.text), "La fine non può venire prima dell'inizio");
    }

    #[test]
    fn nobody_works_for_themselves() {
        let world = World::new();
        let mut change = world.new_record(&AFFILIATION);
        change.set(&PERSON, Some(World::ELISA));
        change.set(&COMPANY, Some(World::ELISA));
        let refusal = nobody_is_affiliated_to_themselves(&mut change).unwrap_err();
        assert_eq!(words().text(&refusal.text), "Scegli una persona e un'azienda: qui sono la stessa anagrafica");
    }
}
