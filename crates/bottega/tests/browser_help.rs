//! Help in a real browser: beside the work, at the place that speaks of it, found by words.
#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/company.rs"]
mod company;

use company::{Company, at, entered, says, shown, sound};
use testkit::browser::{Browser, Client, JavaScript, Locator, Screen, key::Key};

async fn press(client: &Client, key: &str) {
    client.active_element().await.unwrap().send_keys(key).await.unwrap();
}

fn f1() -> String {
    char::from(Key::F1).to_string()
}

#[tokio::test]
async fn help_opens_beside_a_form_at_its_place_and_what_was_typed_stays() {
    let (company, _browser, client) = entered().await;
    client.set_window_size(1600, 900).await.unwrap();
    client.goto(&company.url("/companies/new")).await.unwrap();
    let name = client.wait().for_element(Locator::Css("#record-form [name=legal_name]")).await.unwrap();
    name.send_keys("Officine Prova").await.unwrap();
    name.send_keys(&f1()).await.unwrap();
    says(&client, "#help-inside h1", "Le schede").await;
    says(&client, "#help-inside #help-creating", "Creare").await;
    sound(&client, "a form with its help").await;
    assert_eq!(name.prop("value").await.unwrap().as_deref(), Some("Officine Prova"));

    // Links between pages are followed in the panel, and so is a search.
    client.find(Locator::Css("#help-inside a[href='/guide/undo']")).await.unwrap().click().await.unwrap();
    says(&client, "#help-inside h1", "Cestino").await;
    let search = client.find(Locator::Css("#help input[type=search]")).await.unwrap();
    search.send_keys(&format!("filtrare{}", Key::Enter)).await.unwrap();
    says(&client, "#help-inside .guide-found", "Filtri").await;
    client.find(Locator::Css("#help-inside .guide-found a")).await.unwrap().click().await.unwrap();
    says(&client, "#help-inside #help-filters mark", "Filtri").await;
    assert!(client.current_url().await.unwrap().path().ends_with("/companies/new"));
    assert_eq!(name.prop("value").await.unwrap().as_deref(), Some("Officine Prova"));

    let inside = client.find(Locator::Css("#help-inside")).await.unwrap();
    inside.send_keys(&Key::Escape).await.unwrap();
    shown(&client, "#help[hidden]").await;
    client.close().await.unwrap();
}

#[tokio::test]
async fn help_stays_open_from_page_to_page_where_there_is_room() {
    let (company, _browser, client) = entered().await;
    client.set_window_size(1600, 900).await.unwrap();
    client.goto(&company.url("/opportunities?shape=board")).await.unwrap();
    shown(&client, "[data-card]").await;
    client.find(Locator::Css(".top a[data-help]")).await.unwrap().click().await.unwrap();
    says(&client, "#help nav [aria-current]", "Bacheca").await;
    client.goto(&company.url("/companies")).await.unwrap();
    says(&client, "#help-inside h1", "Elenchi").await;
    client.find(Locator::Css("#help button[data-act=close-help]")).await.unwrap().click().await.unwrap();
    client.goto(&company.url("/people")).await.unwrap();
    shown(&client, "tbody .row-link").await;
    shown(&client, "#help[hidden]").await;
    client.close().await.unwrap();
}

#[tokio::test]
async fn the_search_of_the_program_finds_the_manual_too() {
    let (company, _browser, client) = entered().await;
    client.goto(&company.url("/")).await.unwrap();
    client.wait().for_element(Locator::Css("html.js")).await.unwrap();
    press(&client, "/").await;
    let typing = client.wait().for_element(Locator::Css("dialog[open] input[type=search]")).await.unwrap();
    typing.send_keys("codici di recupero").await.unwrap();
    says(&client, "#palette-results", "Accesso in due passi").await;
    sound(&client, "the manual among results").await;
    client.find(Locator::Css("#palette-results a[href*='/guide/account']")).await.unwrap().click().await.unwrap();
    at(&client, "/guide/account").await;
    says(&client, ".guide-page mark", "codici").await;
    sound(&client, "a page of the manual").await;
    client.goto(&company.url("/guide?q=astronave")).await.unwrap();
    says(&client, ".guide-page", "astronave").await;
    sound(&client, "nothing found").await;
    client.close().await.unwrap();
}

#[tokio::test]
async fn on_the_phone_help_covers_the_page_and_without_script_it_is_one() {
    let company = Company::open();
    let browser = Browser::start();
    let client = browser.open(Screen::Phone, JavaScript::On).await;
    company.sign_in(&client).await;
    client.goto(&company.url("/account")).await.unwrap();
    shown(&client, ".phone-help").await;
    // At the foot of the page, and not behind the bar.
    client.execute("window.scrollTo(0, document.body.scrollHeight)", Vec::new()).await.unwrap();
    let link = client.find(Locator::Css(".phone-help")).await.unwrap();
    link.click().await.unwrap();
    says(&client, "#help-inside h1", "Il mio account").await;
    sound(&client, "help on the phone").await;
    client.find(Locator::Css("#help button[data-act=close-help]")).await.unwrap().click().await.unwrap();
    shown(&client, "#help[hidden]").await;
    client.close().await.unwrap();

    let client = browser.open(Screen::Desktop, JavaScript::Off).await;
    company.sign_in(&client).await;
    client.goto(&company.url("/companies")).await.unwrap();
    client.find(Locator::Css(".top a[data-help]")).await.unwrap().click().await.unwrap();
    at(&client, "/guide/registry").await;
    assert_eq!(shown(&client, ".guide-page h1").await, "Anagrafiche");
    client.close().await.unwrap();
}
