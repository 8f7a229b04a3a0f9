//! What always holds of a subject.

use base::Refusal;
use meta::Change;
use meta::change::refuse;
use meta::entity::Rule;

use super::*;

type Answer = Result<(), Refusal>;

pub(super) static ALL: &[Rule] = &[
    nobody_signs_in_as_a_referrer,
    only_agencies_have_agents,
    a_mandate_ends_after_it_began,
    a_commission_lies_between_nothing_and_all,
];

fn nobody_signs_in_as_a_referrer(change: &mut Change) -> Answer {
    if change.get(&KIND) == Some(Kind::Referrer) {
        change.set(&USER, None);
        change.set(&AGENCY, None);
    }
    Ok(())
}

fn only_agencies_have_agents(change: &mut Change) -> Answer {
    let agency = change.get(&AGENCY).is_some();
    match change.through(&AGENCY, &KIND) {
        kind if agency && change.changed(&AGENCY) && kind != Some(Kind::Agency) => refuse(&AGENCY, "Choose an agency"),
        _ => Ok(()),
    }
}

fn a_mandate_ends_after_it_began(change: &mut Change) -> Answer {
    match (change.get(&SINCE), change.get(&UNTIL)) {
        (Some(since), Some(until)) if until < since => refuse(&UNTIL, "The end cannot come before the beginning"),
        _ => Ok(()),
    }
}

fn a_commission_lies_between_nothing_and_all(change: &mut Change) -> Answer {
    match change.get(&COMMISSION) {
        Some(percent) if !(0..=10_000).contains(&percent) => {
            refuse(&COMMISSION, "A commission lies between 0 and 100 %")
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{World, words};

    #[test]
    fn a_referrer_is_no_user_and_of_no_agency() {
        let world = World::new();
        let mut change = world.new_record(&SUBJECT);
        change.set(&USER, Some(World::ELISA));
        change.set(&KIND, Some(Kind::Agent));
        nobody_signs_in_as_a_referrer(&mut change).unwrap();
        assert_eq!(change.get(&USER), Some(World::ELISA));
        change.set(&KIND, Some(Kind::Referrer));
        nobody_signs_in_as_a_referrer(&mut change).unwrap();
        assert_eq!(change.get(&USER), None);
    }

    #[test]
    fn a_mandate_that_ends_before_it_began_is_refused_at_its_end() {
        let world = World::new();
        let mut change = world.new_record(&SUBJECT);
        change.set(&SINCE, Some(change.today));
        change.set(&UNTIL, Some(change.today));
        a_mandate_ends_after_it_began(&mut change).unwrap();
        change.set(&UNTIL, change.today.pred_opt());
        let refusal = a_mandate_ends_after_it_began(&mut change).unwrap_err();
        assert_eq!(refusal.field.as_deref(), Some("until"));
    }

    #[test]
    fn a_commission_is_a_part_of_the_whole() {
        let world = World::new();
        let mut change = world.new_record(&SUBJECT);
        for (percent, holds) in
            [(None, true), (Some(0), true), (Some(10_000), true), (Some(-1), false), (Some(10_001), false)]
        {
            change.set(&COMMISSION, percent);
            assert_eq!(a_commission_lies_between_nothing_and_all(&mut change).is_ok(), holds, "{percent:?}");
        }
        let refusal = a_commission_lies_between_nothing_and_all(&mut change).unwrap_err();
        assert_eq!(words().text(&refusal.text), "Una provvigione sta tra 0 e 100 %");
    }
}
