//! The main job in a real browser, as a new user does it on the demo company: sign in, find, open, edit, undo, delete.
#![allow(clippy::unwrap_used)]

mod common;

use std::time::Duration;

use common::Running;
use testkit::browser::{Browser, Client, JavaScript, Locator, Screen, axe, key::Key};

/// A small demo company, served for one test.
struct Company {
    server: Running,
    _folder: tempfile::TempDir,
}

impl Company {
    fn open() -> Company {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().to_str().unwrap().to_owned();
        let server = Running::start(&["--data", &data], &["demo", "--size", "120", "--listen", "127.0.0.1:0"]);
        Company { server, _folder: folder }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server.url)
    }

    async fn sign_in(&self, client: &Client) {
        client.goto(&self.url("/sign-in")).await.unwrap();
        client
            .find(Locator::Css("[name=name]"))
            .await
            .unwrap()
            .send_keys("sara.galbiati@bottega.example")
            .await
            .unwrap();
        client.find(Locator::Css("[name=password]")).await.unwrap().send_keys("bottega-demo").await.unwrap();
        client.find(Locator::Css("#sign-in button[type=submit]")).await.unwrap().click().await.unwrap();
        shown(client, "nav.rail, nav.phone-nav").await;
    }
}

/// Waits until something is there, and answers its text.
async fn shown(client: &Client, css: &str) -> String {
    let found = client.wait().at_most(Duration::from_secs(20)).for_element(Locator::Css(css)).await;
    found.unwrap_or_else(|error| panic!("{css}: {error}")).text().await.unwrap()
}

/// Waits until the text of something holds a word.
async fn says(client: &Client, css: &str, word: &str) {
    for _ in 0..200 {
        if let Ok(found) = client.find(Locator::Css(css)).await
            && found.text().await.is_ok_and(|text| text.contains(word))
        {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{css} never says {word}");
}

#[tokio::test]
async fn a_company_is_found_opened_edited_and_set_back() {
    let company = Company::open();
    let browser = Browser::start();
    let client = browser.open(Screen::Desktop, JavaScript::On).await;
    company.sign_in(&client).await;

    client.goto(&company.url("/companies")).await.unwrap();
    shown(&client, "tbody .row-link").await;
    let faults: Vec<_> = axe(&client)
        .await
        .into_iter()
        .filter(|fault| matches!(fault.impact.as_str(), "serious" | "critical"))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");

    // Carpenteria Brambati is in every demo company.
    client.find(Locator::Css("body")).await.unwrap().send_keys("/").await.unwrap();
    let box_of_palette = client.wait().for_element(Locator::Css("dialog[open] input[type=search]")).await.unwrap();
    box_of_palette.send_keys("bramb").await.unwrap();
    says(&client, "dialog[open]", "Carpenteria Brambati").await;
    client.goto(&company.url("/companies?q=carpenteria%20brambati")).await.unwrap();
    client.find(Locator::Css("tbody .row-link")).await.unwrap().click().await.unwrap();
    shown(&client, "#f-employees .field-value").await;

    let before = shown(&client, "#f-employees .field-value").await;
    client.find(Locator::Css("#f-employees .field-value")).await.unwrap().click().await.unwrap();
    let input = client.wait().for_element(Locator::Css("#f-employees input[name=employees]")).await.unwrap();
    input.clear().await.unwrap();
    input.send_keys(&format!("4711{}", Key::Enter)).await.unwrap();
    says(&client, "div#f-employees .field-value", "4.711").await;
    let undo = client.wait().for_element(Locator::Css("#toast form[data-undo] button")).await.unwrap();
    undo.click().await.unwrap();
    says(&client, "div#f-employees .field-value", before.trim()).await;
    client.close().await.unwrap();
}

#[tokio::test]
async fn of_two_who_change_one_field_the_second_chooses_which_value_stays() {
    let company = Company::open();
    let browser = Browser::start();
    let client = browser.open(Screen::Desktop, JavaScript::On).await;
    company.sign_in(&client).await;
    client.goto(&company.url("/companies?q=carpenteria%20brambati")).await.unwrap();
    let link = client.wait().for_element(Locator::Css("tbody .row-link")).await.unwrap();
    let address = link.attr("href").await.unwrap().unwrap();
    let form = format!("{}/edit", address.split('?').next().unwrap());

    let first = client.window().await.unwrap();
    client.goto(&company.url(&form)).await.unwrap();
    let second = client.new_window(true).await.unwrap().handle;
    client.switch_to_window(second).await.unwrap();
    client.goto(&company.url(&form)).await.unwrap();
    write(&client, "Mia").await;
    shown(&client, "#f-trade_name .field-value").await;

    client.switch_to_window(first).await.unwrap();
    write(&client, "Nostra").await;
    says(&client, "dialog[open] .conflict", "Mia").await;
    says(&client, "dialog[open] .conflict", "Nostra").await;
    client.find(Locator::Css("dialog[open] input[value=yours]")).await.unwrap().click().await.unwrap();
    client.find(Locator::Css("dialog[open] .dialog-foot .btn-primary")).await.unwrap().click().await.unwrap();
    says(&client, "#f-trade_name .field-value", "Nostra").await;
    client.close().await.unwrap();
}

/// Gives the company on its form another trade name, and saves.
async fn write(client: &Client, name: &str) {
    let input = client.wait().for_element(Locator::Css("#record-form [name=trade_name]")).await.unwrap();
    input.clear().await.unwrap();
    input.send_keys(name).await.unwrap();
    client.find(Locator::Css("#record-form .form-foot .btn-primary")).await.unwrap().click().await.unwrap();
}
