//! A new installation: its first steps, and what each person's menu shows. Without a single script.
#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/ground.rs"]
mod ground;
#[path = "common/plain.rs"]
mod plain;

use common::{Running, done};
use ground::{PASSWORD, on_both};
use plain::{Page, Plain};
use scraper::Selector;

fn signed_in(server: &Running, email: &str, password: &str) -> Plain {
    let mut browser = Plain::new(&server.url);
    let form = browser.open("/sign-in").form("#sign-in", "Accedi").set("name", email).set("password", password);
    let home = browser.send(form);
    assert_eq!(home.status, 200, "{}", home.text("body"));
    browser
}

fn count(page: &Page, css: &str) -> usize {
    page.html().select(&Selector::parse(css).unwrap()).count()
}

#[test]
fn an_administrator_is_offered_three_steps_and_takes_the_made_up_records_away_again() {
    on_both(|ground| {
        ground.anna();
        let server = ground.serve();
        let mut anna = signed_in(&server, "anna@example.it", PASSWORD);
        let home = anna.open("/");
        assert_eq!((count(&home, ".first-step"), count(&home, ".first-step[data-done]")), (3, 0));
        assert!(home.link("Importa").ends_with("/import"));
        assert_eq!(anna.open(&home.link("Nuovo utente")).status, 200);

        let coming = anna.send(home.form("form[action='/first-steps/examples']", "Portali qui"));
        assert!(coming.address.starts_with("/imports/"), "{}", coming.address);
        assert_eq!(ground.jobs_end(), ["done"]);
        assert!(anna.open("/companies?tags[has]=esempio").says("Panificio Tresoldi"));
        assert!(anna.open("/people").says("Chiara"));
        let home = anna.open("/");
        assert_eq!(count(&home, ".first-step[data-done]"), 1);

        let import = anna.open(&home.link("Guarda, o toglili"));
        anna.send(import.form("#wizard", "Annulla"));
        assert!(!anna.open("/parties").says("Panificio Tresoldi"));
        let home = anna.open("/");
        assert!(home.says("C'erano, e sono andati via"), "{}", home.text("main"));

        let words =
            ["user", "create", "bruno@example.it", "--role", "technician", "--name", "Bruno", "--password", PASSWORD];
        done(&ground.place(), &words);
        assert_eq!(count(&anna.open("/"), ".first-step[data-done]"), 2);
        let away = anna.open("/").form("form[action='/first-steps/away']", "Metti via");
        assert_eq!(count(&anna.send(away), ".first-steps"), 0);
        assert_eq!(count(&anna.open("/"), ".first-steps"), 0);

        // A colleague finds what he may do, until he did something.
        let mut bruno = signed_in(&server, "bruno@example.it", PASSWORD);
        let home = bruno.open("/");
        assert!(home.text(".first-steps").contains("Scrivi la prima scheda"));
        assert!(!home.text(".first-steps").contains("Invita") && !home.text(".first-steps").contains("Importa"));
        let mut denied = home.form("form[action='/first-steps/away']", "Metti via");
        denied.action = "/first-steps/examples".to_owned();
        assert_eq!(bruno.send(denied).status, 403);
        let new = bruno.open("/companies/new").form("form[data-form]", "Salva").set("legal_name", "Zincheria Prova");
        bruno.send(new);
        assert_eq!(count(&bruno.open("/"), ".first-steps"), 0);
    });
}

#[test]
fn what_a_menu_leaves_out_is_gone_from_it_and_is_no_right() {
    let folder = tempfile::tempdir().unwrap();
    let place = ["--data", folder.path().to_str().unwrap()];
    let server = Running::start(&place, &["demo", "--listen", "127.0.0.1:0", "--size", "60", "--seed", "3"]);
    let enter = |name: &str| signed_in(&server, &format!("{name}@bottega.example"), "bottega-demo");
    let (mut sara, mut giulia) = (enter("sara.galbiati"), enter("giulia.ferrario"));
    let rail = |browser: &mut Plain| browser.open("/").text("nav.rail");
    assert!(rail(&mut giulia).contains("Prodotti") && rail(&mut giulia).contains("Opportunità"));
    assert!(giulia.open("/search?q=opportunita").has("a[href='/opportunities']"));

    // For all who have a role.
    let form = sara.open("/settings/roles/seller/menu").form("#menu-form", "Salva");
    sara.send(form.set("shows", "companies").tick("shows", "people"));
    let home = giulia.open("/");
    let menu = home.text("nav.rail");
    assert!(menu.contains("Aziende") && menu.contains("Persone") && !menu.contains("Prodotti"), "{menu}");
    assert!(!menu.contains("Opportunità"), "{menu}");
    assert!(!home.text("#create-menu").contains("Opportunità"), "{}", home.text("#create-menu"));
    assert!(!giulia.open("/search?q=opportunita").has("a[href='/opportunities']"));
    assert!(giulia.open("/opportunities").has("tbody tr"), "it is no right");
    assert!(rail(&mut sara).contains("Prodotti"));

    // What one chooses oneself goes before, until one goes back.
    let form = giulia.open("/account/menu").form("#menu-form", "Salva");
    giulia.send(form.set("shows", "companies").tick("shows", "products"));
    assert!(rail(&mut giulia).contains("Prodotti") && !rail(&mut giulia).contains("Persone"));
    let form = giulia.open("/account/menu").form("#menu-form", "Come dicono i ruoli");
    giulia.send(form);
    assert!(rail(&mut giulia).contains("Persone") && !rail(&mut giulia).contains("Prodotti"));

    // An administrator chooses for anybody, and nobody else for others.
    let one = |browser: &mut Plain, name: &str| browser.open("/users").link(name).split('?').next().unwrap().to_owned();
    let (hers, saras) = (one(&mut sara, "Giulia Ferrario"), one(&mut sara, "Sara Galbiati"));
    let form = sara.open(&format!("{hers}/account/menu")).form("#menu-form", "Salva");
    sara.send(form.set("shows", "leads"));
    assert!(rail(&mut giulia).contains("Lead") && !rail(&mut giulia).contains("Aziende"));
    assert!(giulia.open("/account").text("#menu").contains("Aziende"));
    assert_eq!(giulia.open(&format!("{saras}/account/menu")).status, 404);
    assert_eq!(giulia.open("/settings/roles/seller/menu").status, 403);
}

#[test]
fn who_cannot_sign_in_finds_the_manual_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let server = Running::start(&["--data", folder.path().to_str().unwrap()], &["serve", "--listen", "127.0.0.1:0"]);
    let mut stranger = Plain::new(&server.url);
    let page = stranger.open("/sign-in");
    let guide = stranger.open(&page.link("Guida"));
    assert_eq!(guide.status, 200);
    assert!(guide.text("#signing-in").contains("Accedere") && !guide.has("nav.rail"));
    assert_eq!(stranger.open("/guide/account").text("h1"), "Il mio account");
    assert_eq!(stranger.open("/guide/nothing").status, 404);
}
