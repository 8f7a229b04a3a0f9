//! A person before they do anything: name, birth, tax code.

use base::codes::tax_code_for;
use chrono::{Datelike, NaiveDate};

use super::Stage;
use super::people_names::{COHORTS, FROM_ABROAD, LAST_NAMES};

#[derive(Clone, Debug)]
pub(super) struct Someone {
    pub first_name: String,
    pub last_name: String,
    pub female: bool,
    pub born_on: NaiveDate,
    pub born_in: String,
    pub tax_code: String,
}

/// Somebody who lives in the province, between `youngest` and `oldest` years old.
pub(super) fn someone(stage: &mut Stage, province: &str, youngest: u32, oldest: u32) -> Someone {
    let born_on = birthday(stage, youngest, oldest);
    if stage.dice.chance(5) {
        let (first, last, female, state, code) = stage.dice.pick(FROM_ABROAD);
        return finish(stage, first, last, female, born_on, state, code);
    }
    let female = stage.dice.chance(44);
    let first = first_name(stage, born_on.year(), female);
    let last = stage.dice.pick(LAST_NAMES);
    born_here(stage, province, first, last, female, born_on)
}

/// The one who gave a company its name; the middle generation of owners.
pub(super) fn founder(stage: &mut Stage, province: &str, last_name: &str) -> Someone {
    let born_on = birthday(stage, 34, 72);
    let female = stage.dice.chance(25);
    let first = first_name(stage, born_on.year(), female);
    born_here(stage, province, first, last_name, female, born_on)
}

/// Somebody of whom the name is known.
pub(super) fn named(stage: &mut Stage, province: &str, first: &str, last: &str, female: bool) -> Someone {
    let born_on = birthday(stage, 32, 60);
    match FROM_ABROAD.iter().find(|(known_first, known_last, ..)| *known_first == first && *known_last == last) {
        Some(&(.., state, code)) => finish(stage, first, last, female, born_on, state, code),
        None => born_here(stage, province, first, last, female, born_on),
    }
}

fn born_here(stage: &mut Stage, province: &str, first: &str, last: &str, female: bool, born_on: NaiveDate) -> Someone {
    let town = if stage.dice.chance(72) {
        stage.places.town_in(&mut stage.dice, province)
    } else {
        stage.places.town(&mut stage.dice)
    };
    finish(stage, first, last, female, born_on, town.name, town.cadastral)
}

/// Where two would have the same code the later one is a day older.
fn finish(
    stage: &mut Stage,
    first: &str,
    last: &str,
    female: bool,
    born_on: NaiveDate,
    place: &str,
    code: &str,
) -> Someone {
    let mut born_on = born_on;
    let tax_code = loop {
        let tax_code = tax_code_for(last, first, born_on, female, code);
        if stage.take(&tax_code) {
            break tax_code;
        }
        born_on = born_on.pred_opt().unwrap_or(born_on);
    };
    Someone {
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        female,
        born_on,
        born_in: place.to_owned(),
        tax_code,
    }
}

fn first_name(stage: &mut Stage, year: i32, female: bool) -> &'static str {
    let cohort = COHORTS.iter().find(|cohort| year <= cohort.until).unwrap_or(&COHORTS[0]);
    stage.dice.pick(if female { cohort.women } else { cohort.men })
}

fn birthday(stage: &mut Stage, youngest: u32, oldest: u32) -> NaiveDate {
    let days = stage.dice.between(youngest * 366, oldest * 365);
    stage.today.checked_sub_days(chrono::Days::new(days.into())).unwrap_or(stage.today)
}
