//! What always holds of an opportunity.

use base::Refusal;
use meta::change::refuse;
use meta::entity::Rule;
use meta::{Change, Pick};

use super::*;

type Answer = Result<(), Refusal>;

pub(super) static ALL: &[Rule] = &[
    what_an_interest_says_needs_not_be_said_again,
    stage_and_pipeline_go_together,
    the_outcome_is_what_the_stage_means,
    the_probability_follows_the_stage,
    the_weighted_amount_follows_from_both,
    the_day_of_the_close_is_kept,
    a_reason_is_of_the_outcome_and_a_loss_has_one,
];

fn what_an_interest_says_needs_not_be_said_again(change: &mut Change) -> Answer {
    if !change.changed(&CAME_OF) || change.get(&CAME_OF).is_none() {
        return Ok(());
    }
    for (own, theirs) in [
        (&CUSTOMER, &initiatives::INTERESTED_PARTY),
        (&OF, &initiatives::INTEREST_OF),
        (&MAIN_PRODUCT, &initiatives::PRODUCT_WANTED),
    ] {
        if change.get(own).is_none() {
            let said = change.through(&CAME_OF, theirs);
            change.set(own, said);
        }
    }
    if change.get(&AMOUNT).is_none() {
        let said = change.through(&CAME_OF, &initiatives::INTEREST_AMOUNT);
        change.set(&AMOUNT, said);
    }
    Ok(())
}

/// Whoever chooses another pipeline begins it anew; otherwise the stage says which it is.
fn stage_and_pipeline_go_together(change: &mut Change) -> Answer {
    let (pipeline, stage) = (change.get(&PIPELINE).key, change.get(&STAGE).key);
    let of_stage = change.group_of(&STAGE).unwrap_or_default().to_owned();
    if pipeline == of_stage || of_stage.is_empty() {
        return Ok(());
    }
    let chosen = match change.is_new() {
        true => STAGE.def.default == Some(stage.as_str()),
        false => change.changed(&PIPELINE) && !change.changed(&STAGE),
    };
    if !chosen || pipeline.is_empty() {
        change.set(&PIPELINE, Pick { key: of_stage, class: None });
        return Ok(());
    }
    match change.first_in_group(&STAGE, &pipeline, Outcome::Open) {
        Some(first) => change.set(&STAGE, first),
        None => return refuse(&PIPELINE, "This pipeline has no stage to begin with"),
    }
    Ok(())
}

fn the_outcome_is_what_the_stage_means(change: &mut Change) -> Answer {
    let meant = change.get(&STAGE).class;
    change.set(&OUTCOME, meant);
    Ok(())
}

fn the_probability_follows_the_stage(change: &mut Change) -> Answer {
    let typed = if change.is_new() { change.get(&PROBABILITY).is_some() } else { change.changed(&PROBABILITY) };
    if change.changed(&STAGE) && !typed {
        let usual = change.percent_of(&STAGE);
        change.set(&PROBABILITY, usual);
    }
    match change.get(&PROBABILITY) {
        Some(probability) if !(0..=10_000).contains(&probability) => {
            refuse(&PROBABILITY, "A probability lies between 0 and 100 %")
        }
        _ => Ok(()),
    }
}

fn the_weighted_amount_follows_from_both(change: &mut Change) -> Answer {
    let probability = change.get(&PROBABILITY).unwrap_or(0);
    let weighted = change.get(&AMOUNT).and_then(|amount| amount.times_percent(probability));
    change.set(&WEIGHTED, weighted);
    Ok(())
}

fn the_day_of_the_close_is_kept(change: &mut Change) -> Answer {
    let closed = change.get(&OUTCOME).is_some_and(|outcome| outcome != Outcome::Open);
    if !closed {
        change.set(&CLOSED_ON, None);
    } else if change.get(&CLOSED_ON).is_none() || change.changed(&OUTCOME) && !change.is_new() {
        let today = change.today;
        change.set(&CLOSED_ON, Some(today));
        // What was expected is no more than a guess once it has come, and the forecast counts what was won in this day's month.
        change.set(&CLOSES_ON, Some(today));
    }
    Ok(())
}

fn a_reason_is_of_the_outcome_and_a_loss_has_one(change: &mut Change) -> Answer {
    let outcome = change.get(&OUTCOME);
    let reason = change.get(&REASON);
    if !reason.key.is_empty() && reason.class != outcome {
        if change.changed(&REASON) && outcome != Some(Outcome::Open) {
            return refuse(&REASON, "This is no reason for such an outcome");
        }
        change.set(&REASON, Pick { key: String::new(), class: None });
    }
    if outcome == Some(Outcome::Lost) && change.get(&REASON).key.is_empty() {
        return refuse(&REASON, "Say why the opportunity was lost");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use base::{Currency, Money};

    use super::*;
    use crate::tests::{World, words};

    fn pick(key: &str) -> Pick<Outcome> {
        Pick { key: key.to_owned(), class: None }
    }

    fn ruled(change: &mut Change) -> Answer {
        ALL.iter().try_for_each(|rule| rule(change))
    }

    #[test]
    fn stage_and_amount_say_what_can_be_expected() {
        let world = World::new();
        let mut change = world.new_record(&OPPORTUNITY);
        change.set(&STAGE, pick("proposal"));
        change.set(&AMOUNT, Some(Money { minor: 1_234_567, currency: Currency::EUR }));
        ruled(&mut change).unwrap();
        assert_eq!(change.get(&PROBABILITY), Some(5_000));
        assert_eq!(change.get(&WEIGHTED).unwrap().minor, 617_284);
        assert_eq!((change.get(&OUTCOME), change.get(&CLOSED_ON)), (Some(Outcome::Open), None));
    }

    #[test]
    fn a_probability_that_was_typed_stays_until_the_stage_changes() {
        let world = World::new();
        let mut change = world.new_record(&OPPORTUNITY);
        change.set(&STAGE, pick("proposal"));
        change.set(&PROBABILITY, Some(8_000));
        ruled(&mut change).unwrap();
        assert_eq!(change.get(&PROBABILITY), Some(8_000));
        let saved = World::saved(&change);
        let mut change = world.change(&OPPORTUNITY, &saved);
        change.set(&STAGE, pick("won"));
        ruled(&mut change).unwrap();
        assert_eq!((change.get(&PROBABILITY), change.get(&CLOSED_ON)), (Some(10_000), Some(change.today)));
    }

    #[test]
    fn a_loss_has_a_reason_and_an_opportunity_that_opens_again_has_none() {
        let world = World::new();
        let mut change = world.new_record(&OPPORTUNITY);
        change.set(&STAGE, pick("lost"));
        let refusal = ruled(&mut change).unwrap_err();
        assert_eq!(refusal.field.as_deref(), Some("reason"));
        assert_eq!(words().text(&refusal.text), "Scrivi perché l'opportunità è stata persa");
        change.set(&REASON, pick("quality"));
        assert_eq!(ruled(&mut change).unwrap_err().field.as_deref(), Some("reason"));
        change.set(&REASON, pick("price"));
        ruled(&mut change).unwrap();
        let saved = World::saved(&change);
        let mut change = world.change(&OPPORTUNITY, &saved);
        change.set(&STAGE, pick("negotiation"));
        ruled(&mut change).unwrap();
        assert_eq!((change.get(&REASON).key.as_str(), change.get(&CLOSED_ON)), ("", None));
    }
}
