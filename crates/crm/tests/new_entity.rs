//! The entity of ARCHITECTURE.md's walk-through: what stands between the marks is all that is written for it, and what the tests of
//! every entity prove holds for it. The page shows these very lines.

#![allow(clippy::unwrap_used)]

use engine::Query;
use serde_json::json;
use testkit::world::on_both_with;

mod machines {
    // begin
    //! Machines: what stands at a customer's, since when, and in which state.

    use base::Rid;
    use chrono::NaiveDate;
    use crm::{parties::PARTY, products::PRODUCT};
    use meta::field::{date, link, long_text, pick, text};
    use meta::{Entity, Pick, PickList, choices, entity, fields, item, list};

    choices! {
        /// What a state means to rules and reports.
        pub enum Condition {
            Running = "running" "Running",
            Stopped = "stopped" "Stopped",
        }
    }

    pub static STATES: PickList = list("machine_state", "State").classes::<Condition>().items(&[
        item("running", "Running").class("running").colour("full"),
        item("under_repair", "Under repair").class("stopped").colour("half"),
        item("scrapped", "Scrapped").class("stopped").colour("grey"),
    ]);

    fields! {
        NAME: String = text("name", "Name").required().search().sorted();
        SERIAL: Option<String> = text("serial", "Serial number").longest(60).search().unique();
        CUSTOMER: Option<Rid> = link("customer", "Customer", &PARTY).required().panel("Machines");
        PRODUCT_SOLD: Option<Rid> = link("product", "Product", &PRODUCT);
        INSTALLED_ON: Option<NaiveDate> = date("installed_on", "Installed on").sorted();
        STATE: Pick<Condition> = pick("state", "State", &STATES).required().filtered().starts_as("running");
        NOTES: Option<String> = long_text("notes", "Notes");
    }

    pub static MACHINE: Entity = entity("machine", "machines", "Machine", "Machines")
        .icon("tool")
        .title(&NAME)
        .section("Machine", &[&NAME, &SERIAL, &CUSTOMER, &PRODUCT_SOLD, &INSTALLED_ON, &STATE, &NOTES])
        .list(&[&NAME, &SERIAL, &CUSTOMER, &INSTALLED_ON, &STATE])
        .quick(&[&NAME, &CUSTOMER, &SERIAL])
        .keys(&[&SERIAL])
        .board(&STATE, &[&CUSTOMER, &SERIAL], None);
    // end
}

static ENTITIES: &[&meta::Entity] =
    &[&crm::parties::PARTY, &crm::products::PRODUCT, &crm::subjects::SUBJECT, &machines::MACHINE];

#[test]
fn an_entity_of_forty_lines_does_what_every_entity_does() {
    on_both_with("machines", ENTITIES, |world| {
        let (seller, colleague) = (&world.seller, &world.colleague);
        let customer = seller.creates("companies", json!({"kind": "company", "legal_name": "Officine Ferri S.r.l."}));
        let press = json!({"name": "Pressa piegatrice", "serial": "PP-77", "customer": customer.id.to_string()});
        let press = seller.creates("machines", press);
        assert_eq!(seller.sees(&press, "state"), json!("running"));
        colleague.cannot_open(&press);
        let twin = json!({"name": "Altra pressa", "serial": "pp-77", "customer": customer.id.to_string()});
        assert!(seller.tries_to_create("machines", twin).is_err());
        let hits = world.engine.find(&seller.actor, "pressa", 5).unwrap();
        assert!(format!("{hits:?}").contains("Pressa piegatrice"));
        let changed = seller.changes(&press, json!({"state": "under_repair"}));
        world.engine.undo(&seller.actor, changed.operation.unwrap()).unwrap();
        assert_eq!(seller.sees(&press, "state"), json!("running"));
        seller.deletes(&press);
        assert_eq!(seller.lists("machines"), [] as [&str; 0]);
        assert!(world.engine.list(&seller.actor, &Query::all("machines"), &[], None, 5).unwrap().records.is_empty());
    });
}

#[test]
fn the_page_shows_these_very_lines() {
    let page = include_str!("../../../ARCHITECTURE.md").replace("\r\n", "\n");
    let own = include_str!("new_entity.rs").replace("\r\n", "\n");
    let own = own.split_once("    // begin\n").unwrap().1.split_once("    // end\n").unwrap().0;
    for line in own.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let line =
            line.replace("crm::{parties::PARTY, products::PRODUCT}", "crate::{parties::PARTY, products::PRODUCT}");
        assert!(page.contains(&line), "ARCHITECTURE.md does not show: {line}");
    }
    assert!(own.lines().filter(|line| !line.trim().is_empty()).count() <= 45);
}
