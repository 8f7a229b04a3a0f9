//! People among each other in a real browser: rights, sharing, comments, notifications, one's account.
#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/company.rs"]
mod company;

use company::{Company, at, entered, says, shown, sound};
use testkit::browser::{Browser, Client, JavaScript, Locator, Screen, key::Key};

const GIULIA: &str = "giulia.ferrario@bottega.example";

async fn press(client: &Client, css: &str) {
    shown(client, css).await;
    let found = client.find(Locator::Css(css)).await.unwrap();
    found.click().await.unwrap_or_else(|error| panic!("{css}: {error}"));
}

async fn write(client: &Client, css: &str, words: &str) {
    shown(client, css).await;
    client.find(Locator::Css(css)).await.unwrap().send_keys(words).await.unwrap();
}

/// A company of its own making, at its address.
async fn made(company: &Company, client: &Client, name: &str) -> String {
    client.goto(&company.url("/companies/new")).await.unwrap();
    write(client, "#record-form [name=legal_name]", name).await;
    press(client, "#record-form .form-foot .btn-primary").await;
    says(client, "h1", name).await;
    let url = client.current_url().await.unwrap();
    url.path().to_owned()
}

/// The choice of a list whose words begin so.
async fn choose(client: &Client, select: &str, words: &str) {
    let script = "const [select, words] = arguments;\
        const options = [...document.querySelector(select).options];\
        return options.find(option => option.text.startsWith(words))?.value;";
    let value = client.execute(script, vec![select.into(), words.into()]).await.unwrap();
    let value = value.as_str().unwrap_or_else(|| panic!("{select} has no {words}")).to_owned();
    let found = client.find(Locator::Css(select)).await.unwrap();
    found.select_by_value(&value).await.unwrap();
}

/// Nothing sticks out of the window at its side.
async fn fits(client: &Client, page: &str) {
    let script = "return document.documentElement.scrollWidth - window.innerWidth";
    let over = client.execute(script, Vec::new()).await.unwrap().as_i64().unwrap();
    assert!(over <= 0, "{page} is {over} pixels too wide");
}

#[tokio::test]
async fn rights_accounts_and_notifications_are_sound_in_both_languages_dark_and_on_the_phone() {
    let (company, browser, client) = entered().await;
    let record = made(&company, &client, "Zincheria Prova").await;
    let own = [
        format!("{record}/access"),
        record,
        "/settings".to_owned(),
        "/settings/roles/seller".to_owned(),
        "/settings/roles/seller/party".to_owned(),
        "/settings/roles/seller/menu".to_owned(),
        "/settings/roles/seller/names".to_owned(),
        "/settings/roles/new".to_owned(),
        "/account".to_owned(),
        "/account/menu".to_owned(),
        "/account/second-step".to_owned(),
        "/account/tokens/new".to_owned(),
        "/notifications".to_owned(),
        "/notifications/ways".to_owned(),
        "/guide".to_owned(),
    ];
    for path in &own {
        client.goto(&company.url(path)).await.unwrap();
        shown(&client, "h1").await;
        sound(&client, path).await;
    }
    let english = "const done = arguments[0];\
        document.cookie = 'theme=dark; path=/';\
        const csrf = document.querySelector('meta[name=csrf]').content;\
        fetch('/language/en', { method: 'POST', headers: { 'X-CSRF-Token': csrf } }).then(() => done());";
    client.execute_async(english, Vec::new()).await.unwrap();
    for path in &own {
        client.goto(&company.url(path)).await.unwrap();
        shown(&client, "html[lang=en][data-theme=dark] h1").await;
        sound(&client, &format!("{path}, English and dark")).await;
    }
    client.close().await.unwrap();
    let client = browser.open(Screen::Phone, JavaScript::On).await;
    company.sign_in(&client).await;
    for path in &own {
        client.goto(&company.url(path)).await.unwrap();
        shown(&client, "h1").await;
        sound(&client, &format!("{path}, on the phone")).await;
        fits(&client, path).await;
    }
    client.close().await.unwrap();
}

#[tokio::test]
async fn what_the_matrix_takes_from_a_role_is_gone_for_who_has_it() {
    let (company, browser, sara) = entered().await;
    let giulia = browser.open(Screen::Desktop, JavaScript::On).await;
    company.sign_in_as(&giulia, GIULIA).await;
    says(&giulia, "nav.rail", "Lead").await;
    sara.goto(&company.url("/settings/roles/seller")).await.unwrap();
    shown(&sara, "table.rights").await;
    let cell = sara.find(Locator::Css("select[name='r.leads.view']")).await.unwrap();
    cell.select_by_value("none").await.unwrap();
    press(&sara, "#role-form .form-foot .btn-primary").await;
    says(&sara, "#toast", "Venditore").await;
    giulia.goto(&company.url("/companies")).await.unwrap();
    let rail = shown(&giulia, "nav.rail").await;
    assert!(rail.contains("Aziende") && !rail.contains("Lead"), "{rail}");
    giulia.goto(&company.url("/leads")).await.unwrap();
    says(&giulia, "h1", "Non puoi farlo").await;
    giulia.close().await.unwrap();
    sara.close().await.unwrap();
}

#[tokio::test]
async fn a_record_is_shared_and_the_end_of_it_is_the_end() {
    let (company, browser, sara) = entered().await;
    let giulia = browser.open(Screen::Desktop, JavaScript::On).await;
    company.sign_in_as(&giulia, GIULIA).await;
    let record = made(&company, &sara, "Zincheria Prova").await;
    giulia.goto(&company.url(&record)).await.unwrap();
    says(&giulia, "h1", "Questa pagina non c'è").await;

    sara.goto(&company.url(&format!("{record}/access"))).await.unwrap();
    shown(&sara, "#share-form").await;
    choose(&sara, "#share-form select[name=with]", "Giulia").await;
    choose(&sara, "#share-form select[name=may]", "la può cambiare").await;
    press(&sara, "#share-form .btn-primary").await;
    says(&sara, "#toast", "condivisione salvata").await;
    says(&sara, ".settings", "Condivisa con").await;
    giulia.goto(&company.url(&record)).await.unwrap();
    says(&giulia, "h1", "Zincheria Prova").await;
    shown(&giulia, "#f-employees .field-value").await;

    press(&sara, ".settings form[action$='/end'] button").await;
    says(&sara, "#toast", "condivisione finita").await;
    giulia.goto(&company.url(&record)).await.unwrap();
    says(&giulia, "h1", "Questa pagina non c'è").await;
    giulia.close().await.unwrap();
    sara.close().await.unwrap();
}

#[tokio::test]
async fn who_is_named_in_a_comment_hears_the_bell_at_once_and_is_led_there() {
    let (company, browser, sara) = entered().await;
    let giulia = browser.open(Screen::Desktop, JavaScript::On).await;
    company.sign_in_as(&giulia, GIULIA).await;
    giulia.goto(&company.url("/companies?in_charge[has]=me")).await.unwrap();
    let link = giulia.wait().for_element(Locator::Css("tbody .row-link")).await.unwrap();
    let address = link.attr("href").await.unwrap().unwrap();
    let before = giulia.find(Locator::Css(".bell-count")).await.unwrap().prop("textContent").await.unwrap();

    sara.goto(&company.url(address.split('?').next().unwrap())).await.unwrap();
    write(&sara, "#comment-text", "Senti @Giulia").await;
    press(&sara, "#comment-people [role=option]").await;
    write(&sara, "#comment-text", "chiamano domani.").await;
    sound(&sara, "a comment that is written").await;
    sara.find(Locator::Css("#comment-text"))
        .await
        .unwrap()
        .send_keys(&format!("{}{}", char::from(Key::Control), char::from(Key::Enter)))
        .await
        .unwrap();
    says(&sara, "#comments .comment-list", "chiamano domani").await;
    says(&sara, "#comments .mention", "Giulia Ferrario").await;

    let count = before.unwrap_or_default().trim().parse::<u32>().unwrap_or_default() + 1;
    shown(&giulia, ".bell-count:not([hidden])").await;
    says(&giulia, ".bell-count", &count.to_string()).await;
    press(&giulia, ".bell").await;
    says(&giulia, "#bell-panel", "chiamano domani").await;
    sound(&giulia, "the panel of the bell").await;
    press(&giulia, "#bell-panel .told-link").await;
    says(&giulia, "#comments .mention.me", "Giulia Ferrario").await;
    giulia.goto(&company.url("/notifications")).await.unwrap();
    says(&giulia, ".notices", "chiamano domani").await;
    assert!(!shown(&giulia, ".told").await.contains("Nuovo"));
    giulia.close().await.unwrap();
    sara.close().await.unwrap();
}

#[tokio::test]
async fn an_account_shows_its_sessions_ends_the_others_and_makes_a_token() {
    let (company, browser, client) = entered().await;
    let other = browser.open(Screen::Phone, JavaScript::On).await;
    company.sign_in(&other).await;
    client.goto(&company.url("/account")).await.unwrap();
    says(&client, "#sessions", "questa").await;
    press(&client, "#sessions form[action$='/sessions/end'] button").await;
    says(&client, "#toast", "").await;
    other.goto(&company.url("/companies")).await.unwrap();
    shown(&other, "#sign-in").await;

    client.goto(&company.url("/account/tokens/new")).await.unwrap();
    write(&client, "[name=name]", "Contabilità").await;
    press(&client, ".settings .form-foot .btn-primary").await;
    says(&client, "h1", "Contabilità").await;
    sound(&client, "a token that is shown once").await;
    client.goto(&company.url("/account")).await.unwrap();
    says(&client, ".settings", "Contabilità").await;

    // The menu is one's own to choose.
    client.goto(&company.url("/account/menu")).await.unwrap();
    press(&client, "#menu-form label:has([value=products])").await;
    press(&client, "#menu-form .form-foot .btn-primary").await;
    at(&client, "/account").await;
    says(&client, "#menu", "Prodotti").await;
    assert!(!shown(&client, "nav.rail").await.contains("Prodotti"));
    other.close().await.unwrap();
    client.close().await.unwrap();
}

#[tokio::test]
async fn the_first_steps_of_a_new_installation_are_sound_and_go_away() {
    let company = Company::empty();
    let browser = Browser::start();
    for (screen, name) in [(Screen::Phone, "on the phone"), (Screen::Desktop, "on the desktop")] {
        let client = browser.open(screen, JavaScript::On).await;
        company.sign_in_as(&client, company::ANNA).await;
        client.goto(&company.url("/")).await.unwrap();
        says(&client, ".first-steps", "Invita un collega").await;
        sound(&client, name).await;
        fits(&client, name).await;
        if screen == Screen::Desktop {
            press(&client, ".first-steps form[action$='/examples'] button").await;
            says(&client, ".wizard-ended", "esempi.csv").await;
            client.goto(&company.url("/")).await.unwrap();
            says(&client, ".first-step[data-done]", "Fatto").await;
            sound(&client, "a step that is done").await;
            press(&client, ".first-steps form[action$='/away'] button").await;
            shown(&client, "main:not(:has(.first-steps)) .home").await;
        }
        client.close().await.unwrap();
    }
}
