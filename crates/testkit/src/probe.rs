//! Two entities with a field of every kind, for tests of what every entity can do.

use base::codes::Code;
use base::{Money, Rid};
use chrono::{DateTime, NaiveDate, Utc};
use engine::users::USER;
use meta::change::refuse;
use meta::effect::{Reaction, THIS, create};
use meta::entity::Subject;
use meta::field::{
    addresses, any_link, choice, code, codes, date, duration, emails, file, instant, involved, is, link, long_text,
    money, number, percent, phones, pick, picks, picture, place, rich_text, text, tick, web_links,
};
use meta::{
    Address, Change, Effect, Entity, Face, Involved, Item, Pick, PickList, Place, choices, entity, face, fields, item,
    list,
};

choices! {
    pub enum Mood {
        Good = "good" "Good",
        Bad = "bad" "Bad",
        Odd = "odd" "Odd",
    }
}

choices! {
    /// What a stage means to rules.
    pub enum Progress {
        Open = "open" "Open",
        Closed = "closed" "Closed",
    }
}

/// In an order that is not that of the alphabet.
pub static STAGES: PickList = list("probe_stage", "Stages").classes::<Progress>().items(&[
    item("fresh", "Fresh").class("open"),
    item("begun", "Begun").class("open"),
    item("over", "Over").class("closed"),
]);

/// May be added to while typing.
pub static LABELS: PickList = list("probe_label", "Labels").items(&[item("red", "Red"), item("green", "Green")]).open();

/// What an agent has to do with a probe.
pub static PARTS: PickList = list("probe_part", "Parts")
    .items(&[item("brings", "Brings it").aliases(&["Bringer"]), item("follows", "Follows it")]);

fields! {
    NAME: String = text("name", "Name").required().search().sorted();
    SERIAL: Option<String> = text("serial", "Serial number").unique().search();
    SIZE: Option<i64> = number("size", "Size").unique();
    NOTES: Option<String> = long_text("notes", "Notes").search();
    STORY: Option<String> = rich_text("story", "Story");
    QUANTITY: Option<i64> = number("quantity", "Quantity").sorted().filtered();
    WEIGHT: Option<i64> = number("weight", "Weight").decimals(3).unit("kg");
    PRICE: Option<Money> = money("price", "Price").sorted();
    SHARE: Option<i64> = percent("share", "Share");
    DAY: Option<NaiveDate> = date("day", "Day").sorted();
    MOMENT: Option<DateTime<Utc>> = instant("moment", "Moment").sorted();
    LENGTH: Option<i64> = duration("length", "Length");
    MOOD: Option<Mood> = choice::<Mood, _>("mood", "Mood").sorted().filtered().starts_as("good");
    /// Asked for in a bad mood only.
    REASON: Option<String> = text("reason", "Reason").shown(is(&MOOD, &["bad"])).required_when(is(&MOOD, &["bad"]));
    STAGE: Pick<Progress> = pick("stage", "Stage", &STAGES).sorted().filtered();
    LABEL: Pick = pick("label", "Label", &LABELS);
    TAGS: Vec<String> = picks("tags", "Tags", &LABELS).search();
    URGENT: bool = tick("urgent", "Urgent").filtered();
    PARENT: Option<Rid> = link("parent", "Part of", &PROBE).acyclic().panel("Parts").filtered();
    ABOUT: Option<Rid> = any_link("about", "About");
    INVOLVED: Involved = involved("involved", "Involved", &PARTS).panel("Probes").aliases(&["Bringer"]);
    EMAILS: Vec<Item> = emails("emails", "E-mails").search();
    PHONES: Vec<Item> = phones("phones", "Phones").search();
    SITES: Vec<Item> = web_links("sites", "Sites");
    PLACES: Vec<Address> = addresses("places", "Addresses").search();
    VAT_NUMBER: Option<String> = code("vat_number", "VAT number", Code::VatNumber).search().filtered();
    IBANS: Vec<Item> = codes("ibans", "IBANs", Code::Iban);
    PAPER: Option<String> = file("paper", "Paper");
    PHOTO: Option<String> = picture("photo", "Photo");
    SPOT: Option<Place> = place("spot", "Spot");
    /// How many tags there are.
    TAG_COUNT: Option<i64> = number("tag_count", "Number of tags").read_only();
}

pub static URGENT_PROBES: Face =
    face("urgent_probes", "Urgent probe", "Urgent probes", "flag").only(&[is(&URGENT, &["true"])]);
pub static SAD_PROBES: Face = face("sad_probes", "Sad probe", "Sad probes", "mood").only(&[is(&MOOD, &["bad", "odd"])]);

pub static PROBE: Entity = entity("probe", "probes", "Probe", "Probes")
    .title(&NAME)
    .picture(&PHOTO)
    .section("Texts", &[&NAME, &SERIAL, &NOTES, &STORY])
    .section("Numbers", &[&SIZE, &QUANTITY, &WEIGHT, &PRICE, &SHARE, &DAY, &MOMENT, &LENGTH])
    .section("Choices", &[&MOOD, &REASON, &STAGE, &LABEL, &TAGS, &URGENT])
    .section("Links", &[&PARENT, &ABOUT, &INVOLVED])
    .section("Several", &[&EMAILS, &PHONES, &SITES, &PLACES, &VAT_NUMBER, &IBANS])
    .section("Files", &[&PAPER, &PHOTO, &SPOT])
    .kept(&[&TAG_COUNT])
    .list(&[&NAME, &STAGE, &QUANTITY, &PRICE])
    .faces(&[&URGENT_PROBES, &SAD_PROBES])
    .rules(&[the_tags_are_counted, what_is_over_has_a_day]);

fn the_tags_are_counted(change: &mut Change) -> Result<(), base::Problem> {
    let count = change.get(&TAGS).len();
    change.set(&TAG_COUNT, i64::try_from(count).ok().filter(|count| *count > 0));
    Ok(())
}

fn what_is_over_has_a_day(change: &mut Change) -> Result<(), base::Problem> {
    if change.get(&STAGE).class == Some(Progress::Closed) && change.get(&DAY).is_none() {
        let today = change.today;
        change.set(&DAY, Some(today));
    }
    Ok(())
}

/// Who is involved in probes.
pub mod agent {
    use super::*;
    fields! {
        NAME: String = text("name", "Name").required().search().sorted();
        BEHIND: Option<Rid> = link("user", "User", &USER).unique();
        PART_OF: Option<Rid> = link("part_of", "Part of", &PROBE_AGENT).acyclic();
        SINCE: Option<NaiveDate> = date("since", "Since");
        UNTIL: Option<NaiveDate> = date("until", "Until");
    }
}

pub static PROBE_AGENT: Entity = entity("probe_agent", "probe_agents", "Agent", "Agents")
    .title(&agent::NAME)
    .section("Agent", &[&agent::NAME, &agent::BEHIND, &agent::PART_OF, &agent::SINCE, &agent::UNTIL])
    .list(&[&agent::NAME, &agent::BEHIND])
    .common()
    .subject(Subject { user: &agent::BEHIND, part_of: &agent::PART_OF, since: &agent::SINCE, until: &agent::UNTIL });

/// What belongs to a probe, and is seen by whoever sees that.
pub mod child {
    use super::*;
    fields! {
        NAME: String = text("name", "Name").required().search().sorted();
        PROBE_OF: Option<Rid> = link("probe", "Probe", &PROBE).required().belongs().panel("Children");
        AMOUNT: Option<i64> = number("amount", "Amount").sorted();
    }
}

pub static PROBE_CHILD: Entity = entity("probe_child", "probe_children", "Child", "Children")
    .title(&child::NAME)
    .section("Child", &[&child::NAME, &child::PROBE_OF, &child::AMOUNT])
    .list(&[&child::NAME, &child::PROBE_OF, &child::AMOUNT])
    .rules(&[a_child_is_called_otherwise])
    .reactions(&[Reaction { to: &PROBE, effects: &[a_child_that_is_noted_is_there] }]);

fn a_child_is_called_otherwise(change: &mut Change) -> Result<(), base::Problem> {
    match change.get(&child::PROBE_OF).map(|probe| change.title_of(probe)) {
        Some(title) if title == change.get(&child::NAME) => refuse(&child::NAME, "It is called as what it belongs to"),
        _ => Ok(()),
    }
}

/// *child: Anna* in the notes.
fn a_child_that_is_noted_is_there(change: &Change) -> Vec<Effect> {
    let notes = change.get(&NOTES).unwrap_or_default();
    let name = notes.strip_prefix("child: ").map(str::to_owned);
    let child = name.map(|name| create(&PROBE_CHILD).with(&child::NAME, name).with(&child::PROBE_OF, Some(THIS)));
    child.into_iter().collect()
}
