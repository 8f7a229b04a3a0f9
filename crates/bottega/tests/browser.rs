//! The main job in a real browser, as a new user does it on the demo company: sign in, find, open, edit, undo, delete.
#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/company.rs"]
mod company;

use std::time::Duration;

use company::{Company, at, entered, says, shown, sound};
use testkit::browser::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use testkit::browser::{Browser, Client, JavaScript, Locator, Screen, elements::Element, key::Key};

#[tokio::test]
async fn every_page_can_be_used_without_a_mouse_and_without_seeing_it() {
    let company = Company::open();
    let browser = Browser::start();
    let client = browser.open(Screen::Desktop, JavaScript::On).await;
    client.goto(&company.url("/sign-in")).await.unwrap();
    sound(&client, "/sign-in").await;
    company.sign_in(&client).await;
    let paths = ["/", "/companies/new", "/trash", "/guide", "/guide/import", "/users", "/api", "/search?q=bramb"]
        .into_iter()
        .chain(["/opportunities?shape=board", "/opportunities?shape=figures", "/companies?shape=board"]);
    let paths = paths.chain(["/initiatives", "/interests?shape=board", "/opportunities/columns?shape=board"]);
    for path in paths.chain(["/companies?q=qqqqqq", "/companies/columns", "/companies/export", "/companies/import"]) {
        client.goto(&company.url(path)).await.unwrap();
        shown(&client, "h1").await;
        sound(&client, path).await;
    }
    client.goto(&company.url("/companies")).await.unwrap();
    shown(&client, "tbody .row-link").await;
    for (typed, found) in [("bramb", "Brambati"), ("qqqqqq", "qqqqqq")] {
        client.find(Locator::Css("body")).await.unwrap().send_keys("/").await.unwrap();
        let typing = client.wait().for_element(Locator::Css("dialog[open] input[type=search]")).await.unwrap();
        typing.clear().await.unwrap();
        typing.send_keys(typed).await.unwrap();
        says(&client, "#palette-results", found).await;
        sound(&client, typed).await;
        typing.send_keys(&Key::Escape).await.unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("few.csv");
    std::fs::write(&file, "Ragione sociale;Colore;E-mail\nAlfa;blu;a@example.it\nBeta;;no\n;rosso;c@example.it\n")
        .unwrap();
    client.goto(&company.url("/companies/import")).await.unwrap();
    let chosen = client.find(Locator::Css("input[type=file]")).await.unwrap();
    chosen.send_keys(file.to_str().unwrap()).await.unwrap();
    let on = async || client.find(Locator::Css(".foot-buttons .btn-primary")).await.unwrap().click().await.unwrap();
    on().await;
    shown(&client, "table.mapping").await;
    sound(&client, "where each column goes").await;
    client.find(Locator::Css("button[value=lines]")).await.unwrap().click().await.unwrap();
    shown(&client, "table.mapping tr.certain + tr.certain").await;
    on().await;
    at(&client, "/duplicates").await;
    sound(&client, "what is there already").await;
    on().await;
    shown(&client, ".wizard-report").await;
    sound(&client, "the rehearsal").await;
    on().await;
    shown(&client, ".wizard-ended").await;
    sound(&client, "the report").await;
    client.close().await.unwrap();
}

#[tokio::test]
async fn what_a_command_is_called_and_enter_lead_there_in_both_languages() {
    let (company, _browser, client) = entered().await;
    for (typed, path) in [
        ("utenti", "/users"),
        ("cestino", "/trash"),
        ("guida", "/guide"),
        ("new company", "/companies/new"),
        ("le mie aziende", "/companies?in_charge"),
        ("importa", "/import"),
        ("crea persona", "/people/new"),
        ("nuova azienda Pippo Spa", "/companies/new?legal_name=Pippo"),
    ] {
        client.goto(&company.url("/")).await.unwrap();
        client.wait().for_element(Locator::Css("html.js")).await.unwrap();
        client.find(Locator::Css("body")).await.unwrap().send_keys("/").await.unwrap();
        let typing = client.wait().for_element(Locator::Css("dialog[open] input[type=search]")).await.unwrap();
        typing.send_keys(&format!("{typed}{}", Key::Enter)).await.unwrap();
        at(&client, path).await;
    }
    let name = client.wait().for_element(Locator::Css("[name=legal_name]")).await.unwrap();
    assert_eq!(name.prop("value").await.unwrap().as_deref(), Some("Pippo Spa"));
    client.close().await.unwrap();
}

#[tokio::test]
async fn a_company_is_found_opened_edited_and_set_back() {
    let (company, _browser, client) = entered().await;

    client.goto(&company.url("/companies")).await.unwrap();
    shown(&client, "tbody .row-link").await;
    sound(&client, "the list").await;

    // Carpenteria Brambati is in every demo company.
    client.find(Locator::Css("body")).await.unwrap().send_keys("/").await.unwrap();
    let box_of_palette = client.wait().for_element(Locator::Css("dialog[open] input[type=search]")).await.unwrap();
    box_of_palette.send_keys("bramb").await.unwrap();
    says(&client, "dialog[open]", "Carpenteria Brambati").await;
    client.goto(&company.url("/companies?q=carpenteria%20brambati")).await.unwrap();
    client.find(Locator::Css("tbody .row-link")).await.unwrap().click().await.unwrap();
    shown(&client, "#f-employees .field-value").await;

    sound(&client, "the page of a company").await;
    let before = shown(&client, "#f-employees .field-value").await;
    client.find(Locator::Css("#f-employees .field-value")).await.unwrap().click().await.unwrap();
    let input = client.wait().for_element(Locator::Css("#f-employees input[name=employees]")).await.unwrap();
    sound(&client, "a field that is edited in its place").await;
    input.clear().await.unwrap();
    input.send_keys(&format!("4711{}", Key::Enter)).await.unwrap();
    says(&client, "div#f-employees .field-value", "4.711").await;
    let undo = client.wait().for_element(Locator::Css("#toast form[data-undo] button")).await.unwrap();
    undo.click().await.unwrap();
    says(&client, "div#f-employees .field-value", before.trim()).await;

    for key in
        ["phones", "addresses", "stage", "tags", "member_of", "customer_since", "revenue", "do_not_call", "in_charge"]
    {
        let field = client.wait().for_element(Locator::Css(&format!("div#f-{key} .field-value"))).await.unwrap();
        field.send_keys(&Key::Enter).await.unwrap();
        client.wait().for_element(Locator::Css(&format!("form#f-{key}"))).await.unwrap();
        sound(&client, key).await;
        client.active_element().await.unwrap().send_keys(&Key::Escape).await.unwrap();
        client.wait().for_element(Locator::Css(&format!("div#f-{key}"))).await.unwrap();
    }
    client.close().await.unwrap();
}

#[tokio::test]
async fn what_is_typed_in_place_is_judged_by_the_program_and_what_a_rule_changes_shows_at_once() {
    let (company, _browser, client) = entered().await;
    client.goto(&company.url("/companies?q=carpenteria%20brambati")).await.unwrap();
    client.wait().for_element(Locator::Css("tbody .row-link")).await.unwrap().click().await.unwrap();

    let site = edited(&client, "web", "input[type=url]").await;
    assert!(site.rectangle().await.unwrap().2 > 150.0, "wide enough to read an address");
    site.send_keys(&format!("www.esempio.it{}", Key::Enter)).await.unwrap();
    says(&client, "div#f-web .field-value", "esempio.it").await;

    let address = edited(&client, "emails", "input[type=email]").await;
    address.clear().await.unwrap();
    address.send_keys(&format!("pippo{}", Key::Enter)).await.unwrap();
    says(&client, "form#f-emails.refused .note", "pippo").await;
    let kept = client.find(Locator::Css("form#f-emails input[type=email]")).await.unwrap();
    assert_eq!(kept.prop("value").await.unwrap().as_deref(), Some("pippo"));
    kept.send_keys(&format!("{}", Key::Escape)).await.unwrap();
    shown(&client, "div#f-emails").await;

    edited(&client, "do_not_call", "input[type=checkbox]").await.click().await.unwrap();
    shown(&client, "div#f-do_not_call_since .field-value").await;
    says(&client, ".record-side .event:first-child", "ha modificato Non chiamare").await;

    edited(&client, "tags", ".chosen-input").await.send_keys(&format!("{}", Key::Escape)).await.unwrap();
    shown(&client, "div#f-tags").await;
    client.close().await.unwrap();
}

/// Opens a field in its place, and answers its input.
async fn edited(client: &Client, key: &str, input: &str) -> Element {
    client.find(Locator::Css(&format!("#l-{key} + .field-value"))).await.unwrap().send_keys("e").await.unwrap();
    let css = format!("form#f-{key} {input}");
    client.wait().at_most(Duration::from_secs(20)).for_element(Locator::Css(&css)).await.unwrap()
}

#[tokio::test]
async fn a_name_that_nobody_has_stays_and_leads_to_a_new_record_of_that_name() {
    let (company, _browser, client) = entered().await;
    client.goto(&company.url("/affiliations/new")).await.unwrap();
    let person = client.wait().for_element(Locator::Css("[name='person.text']")).await.unwrap();
    person.send_keys("Nessuno Esistente").await.unwrap();
    client.find(Locator::Css("#record-form .form-foot .btn-primary")).await.unwrap().click().await.unwrap();
    let link = client
        .wait()
        .at_most(Duration::from_secs(20))
        .for_element(Locator::Css("#w-person .note.error a"))
        .await
        .unwrap();
    assert_eq!(link.attr("href").await.unwrap().as_deref(), Some("/people/new?first_name=Nessuno&last_name=Esistente"));
    let person = client.find(Locator::Css("[name='person.text']")).await.unwrap();
    assert_eq!(person.prop("value").await.unwrap().as_deref(), Some("Nessuno Esistente"));
    client.close().await.unwrap();
}

#[tokio::test]
async fn of_two_who_change_one_field_the_second_chooses_which_value_stays() {
    let (company, _browser, client) = entered().await;
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

/// Takes one thing to another with the mouse.
async fn drag(client: &Client, from: &Element, to: &Element) {
    let duration = Some(Duration::from_millis(120));
    let onto = |element: &Element| PointerAction::MoveToElement { element: element.clone(), duration, x: 0.0, y: 0.0 };
    let by = |x: f64| PointerAction::MoveBy { duration, x, y: 4.0 };
    let mouse = MouseActions::new("mouse".to_owned())
        .then(onto(from))
        .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
        .then(by(20.0))
        .then(onto(to))
        .then(by(6.0))
        .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
    client.perform_actions(mouse).await.unwrap();
}

/// Gives the company on its form another trade name, and saves.
async fn write(client: &Client, name: &str) {
    let input = client.wait().for_element(Locator::Css("#record-form [name=trade_name]")).await.unwrap();
    input.clear().await.unwrap();
    input.send_keys(name).await.unwrap();
    client.find(Locator::Css("#record-form .form-foot .btn-primary")).await.unwrap().click().await.unwrap();
}

#[tokio::test]
async fn a_card_is_carried_by_keyboard_and_by_mouse_and_set_back() {
    let (company, _browser, client) = entered().await;
    client.goto(&company.url("/opportunities?shape=board")).await.unwrap();
    let column = |key: &str| format!("[data-column={key}] .board-count");
    let count = async |key: &str| shown(&client, &column(key)).await.parse::<usize>().unwrap();
    let (new, proposal) = (count("new").await, count("proposal").await);
    let card = client.wait().for_element(Locator::Css("[data-column=new] .card-link")).await.unwrap();
    card.send_keys(" ").await.unwrap();
    for key in [Key::Right, Key::Right] {
        client.active_element().await.unwrap().send_keys(&key).await.unwrap();
    }
    client.active_element().await.unwrap().send_keys(" ").await.unwrap();
    says(&client, &column("proposal"), &(proposal + 1).to_string()).await;
    assert_eq!(count("new").await, new - 1);
    client.find(Locator::Css("#toast [data-undo] button")).await.unwrap().click().await.unwrap();
    says(&client, &column("new"), &new.to_string()).await;

    // A loss asks for its reason, and without one the card stays where it was.
    let card = client.wait().for_element(Locator::Css("[data-column=new] .card-link")).await.unwrap();
    card.send_keys(" ").await.unwrap();
    for _ in 0..5 {
        client.active_element().await.unwrap().send_keys(&Key::Right).await.unwrap();
    }
    client.active_element().await.unwrap().send_keys(" ").await.unwrap();
    says(&client, "dialog[open]", "Scrivi perché l'opportunità è stata persa").await;
    assert_eq!(count("new").await, new);
    client.find(Locator::Css("dialog[open] [name=reason] option[value=price]")).await.unwrap().click().await.unwrap();
    client.find(Locator::Css("dialog[open] .foot-buttons .btn-primary")).await.unwrap().click().await.unwrap();
    says(&client, &column("new"), &(new - 1).to_string()).await;

    let from = client.wait().for_element(Locator::Css("[data-column=new] [data-card]")).await.unwrap();
    let to = client.find(Locator::Css("[data-column=qualified] [data-cards]")).await.unwrap();
    let qualified = count("qualified").await;
    drag(&client, &from, &to).await;
    says(&client, &column("qualified"), &(qualified + 1).to_string()).await;
    client.close().await.unwrap();
}

/// A new lead called so, on its page.
async fn write_lead(company: &Company, client: &Client, name: &str) {
    client.goto(&company.url("/leads/new")).await.unwrap();
    for (field, value) in [("legal_name", name), ("first_name", "Silvia"), ("last_name", "Zanchetta")] {
        let input = client.wait().for_element(Locator::Css(&format!("#record-form [name={field}]"))).await.unwrap();
        input.send_keys(value).await.unwrap();
    }
    client.find(Locator::Css("#record-form .form-foot .btn-primary")).await.unwrap().click().await.unwrap();
    says(client, "#toast", name).await;
}

#[tokio::test]
async fn a_lead_is_converted_by_one_click_and_a_dialog_asks_what_must_be_decided() {
    let (company, _browser, client) = entered().await;
    let convert = Locator::Css("form[action*=conversion] button");
    write_lead(&company, &client, "Officine Zanchetta S.r.l.").await;
    client.find(convert).await.unwrap().click().await.unwrap();
    says(&client, "#toast", "convertito. Nuovi: Silvia Zanchetta").await;

    write_lead(&company, &client, "Officine Zanchetta").await;
    client.find(convert).await.unwrap().click().await.unwrap();
    says(&client, "dialog[open]", "Stesso nome").await;
    sound(&client, "conversion").await;
    let subject = client.find(Locator::Css("dialog[open] [name=subject]")).await.unwrap();
    assert!(!subject.is_displayed().await.unwrap());
    client.find(Locator::Css("dialog[open] [type=checkbox][name=opportunity]")).await.unwrap().click().await.unwrap();
    assert!(subject.is_displayed().await.unwrap());
    client.find(Locator::Css("dialog[open] .offer [name=join]:not([value=''])")).await.unwrap().click().await.unwrap();
    client.find(Locator::Css("dialog[open] .foot-buttons .btn-primary")).await.unwrap().click().await.unwrap();
    says(&client, "h1", "Officine Zanchetta S.r.l.").await;
    says(&client, "#toast", "Officine Zanchetta S.r.l.: convertito").await;
    client.find(Locator::Css("#toast [data-undo] button")).await.unwrap().click().await.unwrap();
    says(&client, "#toast", "annullate").await;
    client.close().await.unwrap();
}

#[tokio::test]
async fn each_person_chooses_what_the_cards_show() {
    let (company, _browser, client) = entered().await;
    client.goto(&company.url("/opportunities?shape=board")).await.unwrap();
    let first = "[data-column=new] [data-card]";
    let label = async || client.find(Locator::Css(first)).await.unwrap().html(true).await.unwrap();
    shown(&client, first).await;
    assert!(label().await.contains("Importo") && !label().await.contains("Probabilità"));
    client.find(Locator::Css("a[href*='/opportunities/columns']")).await.unwrap().click().await.unwrap();
    for key in ["amount", "probability"] {
        let tick = format!("dialog[open] label:has([value={key}])");
        client.wait().for_element(Locator::Css(&tick)).await.unwrap().click().await.unwrap();
    }
    client.find(Locator::Css("dialog[open] .foot-buttons .btn-primary")).await.unwrap().click().await.unwrap();
    says(&client, first, "%").await;
    assert!(!label().await.contains("Importo") && label().await.contains("Probabilità"));
    // The list is another choice.
    client.goto(&company.url("/opportunities")).await.unwrap();
    says(&client, "thead", "Importo").await;
    client.close().await.unwrap();
}

#[tokio::test]
async fn companies_are_offered_an_initiative_and_its_page_sums_what_comes_of_it() {
    let (company, _browser, client) = entered().await;
    client.goto(&company.url("/companies?stage=suspect")).await.unwrap();
    let press = async |css: &str| {
        let found = client.wait().at_most(Duration::from_secs(20)).for_element(Locator::Css(css)).await;
        let pressed = found.unwrap_or_else(|error| panic!("{css}: {error}")).click().await;
        pressed.unwrap_or_else(|error| panic!("{css}: {error}"));
    };
    shown(&client, "tbody .row-link").await;
    for row in [1, 2] {
        press(&format!("tbody tr:nth-child({row}) input.tick")).await;
    }
    press("[formaction$='/bulk/gathering']").await;
    press("dialog[open] [name=into] option[value=interests]").await;
    press("dialog[open] .foot-buttons .btn-primary").await;
    let initiative = "dialog[open] [name='initiative.text']";
    client.wait().for_element(Locator::Css(initiative)).await.unwrap().send_keys("Prova gli").await.unwrap();
    press("dialog[open] #w-initiative [role=option]").await;
    sound(&client, "one for each").await;
    press("dialog[open] .foot-buttons .btn-primary").await;
    says(&client, "#toast", "creat").await;

    client.goto(&company.url("/initiatives?state=running")).await.unwrap();
    let link = client.wait().for_element(Locator::Css("tbody .row-link")).await.unwrap();
    let address = link.attr("href").await.unwrap().unwrap();
    client.goto(&company.url(&address)).await.unwrap();
    let figure = ".figures-table tfoot td:nth-of-type(2) a";
    says(&client, ".figures-table thead", "Guadagno realizzato").await;
    let open = shown(&client, &format!("{figure} small")).await;
    sound(&client, "an initiative").await;
    press(figure).await;
    says(&client, "#count", &format!("{open} in tutto")).await;
    client.close().await.unwrap();
}
