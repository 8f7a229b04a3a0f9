//! The pictures of the manual are what the program looks like: taken of the demo company, in both languages. With
//! `BOTTEGA_PICTURES=write`, as `cargo xtask pictures` does, those that are out of date are taken anew; otherwise they are told.
#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/company.rs"]
mod company;

use std::path::PathBuf;

use common::Running;
use company::{Company, shown};
use testkit::browser::{Browser, Client, JavaScript, Locator, Screen, difference, key::Key, picture};

/// A day on which the made-up company is always the same.
const DAY: &str = "2026-11-18";
/// The part of a picture that may differ: what time of day it is, letters drawn a little otherwise.
const TOLERATED: f64 = 0.02;
/// Bytes of a picture: the repository and the program hold all of them.
const LARGEST: usize = 64 * 1024;

#[tokio::test]
async fn the_pictures_of_the_manual_show_the_program_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let demo = ["demo", "--size", "240", "--seed", "7", "--today", DAY, "--listen", "127.0.0.1:0"];
    let company = Company::of(Running::start(&["--data", data], &demo));
    let browser = Browser::start();
    let mut stale = Vec::new();
    for language in ["it", "en"] {
        let client = browser.open(Screen::Desktop, JavaScript::On).await;
        company.sign_in(&client).await;
        speaks(&client, language).await;
        for (name, path, ready) in [
            ("list", "/companies?stage=customer", "tbody .row-link"),
            ("board", "/opportunities?shape=board", "[data-card]"),
            ("forecast", "/opportunities?shape=figures", ".figures-table"),
            ("leads", "/leads?shape=board", "[data-card]"),
            ("rights", "/settings/roles/seller", "table.rights"),
            ("fields", "/settings/fields/party", ".settings"),
        ] {
            client.goto(&company.url(path)).await.unwrap();
            shown(&client, ready).await;
            keep(&client, language, name, &mut stale).await;
        }
        client.goto(&company.url("/companies?q=carpenteria%20brambati")).await.unwrap();
        let link = client.wait().for_element(Locator::Css("tbody .row-link")).await.unwrap();
        let address = link.attr("href").await.unwrap().unwrap();
        client.goto(&company.url(&address)).await.unwrap();
        shown(&client, "#f-employees .field-value").await;
        keep(&client, language, "record", &mut stale).await;
        client.find(Locator::Css("body")).await.unwrap().send_keys(&Key::F1).await.unwrap();
        shown(&client, "#help-inside article").await;
        keep(&client, language, "help", &mut stale).await;
        client.find(Locator::Css("#help-inside")).await.unwrap().send_keys(&Key::Escape).await.unwrap();
        let access = format!("{}/access", address.split('?').next().unwrap());
        client.goto(&company.url(&access)).await.unwrap();
        shown(&client, "main h1").await;
        keep(&client, language, "sharing", &mut stale).await;
        client.goto(&company.url("/people")).await.unwrap();
        shown(&client, "tbody .row-link").await;
        client.find(Locator::Css("body")).await.unwrap().send_keys("/").await.unwrap();
        let typing = client.wait().for_element(Locator::Css("dialog[open] input[type=search]")).await.unwrap();
        typing.send_keys("bramb").await.unwrap();
        shown(&client, "#palette-results mark").await;
        keep(&client, language, "search", &mut stale).await;
        client.goto(&company.url("/")).await.unwrap();
        shown(&client, ".recent").await;
        keep(&client, language, "today", &mut stale).await;
        columns_of_an_import(&company, &client).await;
        keep(&client, language, "import", &mut stale).await;
        client.close().await.unwrap();

        let client = browser.open(Screen::Phone, JavaScript::On).await;
        company.sign_in(&client).await;
        client.goto(&company.url("/companies?stage=customer")).await.unwrap();
        shown(&client, "tbody .row-link").await;
        keep(&client, language, "phone", &mut stale).await;
        client.close().await.unwrap();
    }
    assert!(stale.is_empty(), "out of date (cargo xtask pictures takes them anew): {stale:?}");
}

/// The registry of the old program, where each of its columns goes.
async fn columns_of_an_import(company: &Company, client: &Client) {
    client.goto(&company.url("/parties/import")).await.unwrap();
    let chosen = client.find(Locator::Css("input[type=file]")).await.unwrap();
    chosen.send_keys(root().join("testdata/anagrafica.csv").to_str().unwrap()).await.unwrap();
    client.find(Locator::Css(".foot-buttons .btn-primary")).await.unwrap().click().await.unwrap();
    shown(client, "table.mapping").await;
}

/// The user's language, and light, whatever the system says.
async fn speaks(client: &Client, language: &str) {
    let script = "const [language, done] = arguments;\
        document.cookie = 'theme=light; path=/';\
        const csrf = document.querySelector('meta[name=csrf]').content;\
        fetch('/language/' + language, { method: 'POST', headers: { 'X-CSRF-Token': csrf } }).then(() => done());";
    client.execute_async(script, vec![language.into()]).await.unwrap();
}

/// Compares what the window shows with the picture that is there, or takes its place.
async fn keep(client: &Client, language: &str, name: &str, stale: &mut Vec<String>) {
    // Movement and the line that blinks would make two pictures of one page.
    let still = "document.getAnimations().forEach(one => one.finish()); document.activeElement?.blur();";
    client.execute(still, Vec::new()).await.unwrap();
    let place = root().join(format!("docs/manual/pictures/{language}/{name}.webp"));
    let taken = picture(client).await;
    let differs = match std::fs::read(&place) {
        Ok(known) => difference(client, &known, &taken).await,
        Err(_) => 1.0,
    };
    if differs <= TOLERATED {
        return;
    }
    if std::env::var("BOTTEGA_PICTURES").is_ok_and(|how| how == "write") {
        assert!(taken.len() <= LARGEST, "{name}: {} bytes", taken.len());
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(place, taken).unwrap();
        eprintln!("{language}/{name}: {differs:.3} differed, taken anew");
    } else {
        stale.push(format!("{language}/{name}: {differs:.3} differs"));
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}
