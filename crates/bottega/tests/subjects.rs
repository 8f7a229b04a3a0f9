//! Who is involved, written and taken off without a single script, and what their agent sees then.
#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/plain.rs"]
mod plain;

use common::Running;
use plain::{Page, Plain};

fn signed_in(server: &Running, name: &str) -> Plain {
    Plain::signed_in(&server.url, &format!("{name}@bottega.example"), "bottega-demo")
}

/// Saves the company with a name, and a role, written in a row of those involved.
fn write(browser: &mut Plain, address: &str, row: usize, name: &str, role: &str) -> Page {
    let form = browser.open(&format!("{address}/edit")).form("form[data-form]", "Salva");
    let form = form.set(&format!("involved[{row}].id.text"), name).set(&format!("involved[{row}].role"), role);
    browser.send(form)
}

#[test]
fn without_a_script_subjects_are_written_over_and_taken_off() {
    let folder = tempfile::tempdir().unwrap();
    let place = ["--data", folder.path().to_str().unwrap()];
    let server = Running::start(&place, &["demo", "--listen", "127.0.0.1:0", "--size", "60", "--seed", "3"]);
    let mut sara = signed_in(&server, "sara.galbiati");
    let mut silvia = signed_in(&server, "silvia.conti");

    let new = sara.open("/companies/new").form("form[data-form]", "Salva").set("legal_name", "Zincheria Prova");
    let company = sara.send(new).address;
    assert_eq!(silvia.open(&company).status, 404);

    let page = write(&mut sara, &company, 0, "Silvia Conti", "sells");
    assert!(page.text("[data-field=involved]").contains("Silvia Conti Vende"), "{}", page.text("body"));
    assert!(silvia.open("/companies").says("Zincheria Prova"));
    let seen = silvia.open(&company);
    assert!(seen.text("[data-field=involved]").contains("Silvia Conti Vende"));
    assert_eq!(silvia.open("/subjects").html().select(&scraper::Selector::parse("tbody tr").unwrap()).count(), 1);

    let page = write(&mut sara, &company, 1, "Roberto Fumagalli", "collaborates");
    assert!(page.text("[data-field=involved]").contains("Roberto Fumagalli Collabora"));
    assert!(silvia.open(&company).text("[data-field=involved]").contains("Nascosto Collabora"));
    // What she saves leaves the one whom she does not see.
    write(&mut silvia, &company, 0, "Silvia Conti", "follows");
    let page = sara.open(&company);
    let involved = page.text("[data-field=involved]");
    assert!(involved.contains("Silvia Conti Segue") && involved.contains("Roberto Fumagalli Collabora"), "{involved}");

    let wrong = write(&mut sara, &company, 0, "Nessuno Mai", "");
    assert_eq!(wrong.status, 422);
    assert!(wrong.says("Nessuno Mai"), "{}", wrong.text("body"));
    let page = write(&mut sara, &company, 0, "Elena Riva", "");
    assert!(page.text("[data-field=involved]").contains("Elena Riva"), "{}", page.text("[data-field=involved]"));
    assert_eq!(silvia.open(&company).status, 404);
    let page = write(&mut sara, &company, 0, "", "");
    assert!(!page.text("[data-field=involved]").contains("Elena Riva"));
}
