//! The main job without a single script, from the first visit on: the administrator is made, the sample comes in, somebody is
//! found, opened, edited, set back, binned and brought back, and the list exported.
#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/plain.rs"]
mod plain;

use common::Running;
use plain::{Page, Plain};

const SAMPLE: &[u8] = include_bytes!("../../../testdata/anagrafica.csv");
const PASSWORD: &str = "una frase lunga da ricordare";

fn first_visit(place: &[&str]) -> (Running, Plain) {
    let mut server = Running::start(place, &["serve", "--listen", "127.0.0.1:0"]);
    let line = server.told("/start/");
    let link = line.split_whitespace().find(|word| word.contains("/start/")).unwrap().to_owned();
    let mut browser = Plain::new(&server.url);
    let page = browser.open(&link);
    let form = page
        .form("form", "")
        .set("company", "Officina Rosi")
        .set("name", "Sara Galbiati")
        .set("email", "sara@officina.example");
    let page = browser.send(form.set("password", PASSWORD));
    assert_eq!(page.status, 200, "{}", page.text("body"));
    (server, browser)
}

/// Loads a page again until it shows something.
fn until(browser: &mut Plain, address: &str, css: &str) -> Page {
    for _ in 0..1200 {
        let page = browser.open(address);
        if page.has(css) {
            return page;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("{address} never shows {css}");
}

fn import_the_sample(browser: &mut Plain) -> Page {
    let page = browser.open("/parties");
    assert!(page.says("Qui ci saranno le tue anagrafiche"), "{}", page.text("body"));
    let page = browser.open(&page.link("Importa da un file"));

    let wrong =
        browser.send(page.form("#wizard", "Continua").attach("file", "anagrafica.csv", b"%PDF-1.7 not a table"));
    assert_eq!(wrong.status, 422);
    assert!(wrong.says("sembra un PDF"), "{}", wrong.text("#wizard"));

    let page = browser.send(wrong.form("#wizard", "Continua").attach("file", "anagrafica.csv", SAMPLE));
    assert!(page.says("Windows-1252") && page.says("5.002 righe, 23 colonne"), "{}", page.text("#wizard"));
    let columns = page.address.clone();

    let unread = browser.send(page.form("#wizard", "Applica").set("encoding", "UTF-8"));
    assert!(unread.text("[name=encoding] [selected]") == "UTF-8");
    let page = browser.send(unread.form("#wizard", "Applica").set("encoding", "windows-1252"));

    let open = browser.send(page.form("#wizard", "Continua"));
    assert_eq!(open.status, 422, "what is missing is asked for");
    assert!(open.says("Da scegliere: Agente"));
    let page = browser.send(open.form("#wizard", "Tienile come righe"));
    let page = browser.send(page.form("#wizard", "Continua"));
    let page = browser.send(page.form("#wizard", "Fai la prova"));
    let page = until(browser, &page.address.clone(), ".wizard-report");
    assert!(page.says("Non ho scritto nulla"));
    assert!(!browser.open("/parties").has("tbody .row-link"), "a rehearsal writes nothing");

    let page = browser.send(page.form("#wizard", "Importa"));
    let page = until(browser, &page.address.clone(), ".wizard-ended");
    assert!(page.says("anagrafica.csv è importato"), "{}", page.text("#wizard"));
    assert!(browser.open(&columns).has(".wizard-ended"), "what has run is no draft any more");
    page
}

#[test]
fn the_main_job_needs_no_script() {
    let folder = tempfile::tempdir().unwrap();
    let (_server, mut browser) = first_visit(&["--data", folder.path().to_str().unwrap()]);
    let report = import_the_sample(&mut browser);

    let refused = browser.open(&report.link("Le rifiutate in un file"));
    assert!(refused.kind.starts_with("text/csv"));
    assert_eq!(refused.body.iter().filter(|byte| **byte == b'\n').count(), 3, "a head and two rows");

    let found = browser.open("/search?q=niccolo");
    assert!(found.says("Niccolò"), "{}", found.text("main"));
    let page = browser.open("/people?q=niccolo+rosi");
    let person = browser.open(&page.link("Niccolò"));
    let address = person.address.clone();

    let form = browser.open(&person.link("Modifica"));
    let wrong = browser.send(form.form("#record-form", "Salva").set("last_name", ""));
    assert_eq!(wrong.status, 422);
    assert!(wrong.has("#n-last_name"), "the message stands at its field");
    let saved = browser.send(wrong.form("#record-form", "Salva").set("last_name", "Rosini").set("job", "Titolare"));
    assert!(saved.says("Rosini") && saved.says("Titolare"));
    let undone = browser.send(saved.form("#toast form", "Annulla"));
    assert!(!undone.says("Rosini"), "{}", undone.text("main"));

    let page = browser.open(&address);
    let binned = browser.send(page.form("form[action$=deletion]", "Sposta nel cestino"));
    assert!(binned.has("#toast form"));
    assert!(!browser.open("/people?q=niccolo+rosi").says("Luigi Niccolò Rosi"));
    let trash = browser.open("/trash");
    assert!(trash.says("Niccolò"));
    browser.send(trash.form("form[action$=restoration]", "Ripristina"));
    assert!(browser.open("/people?q=niccolo+rosi").says("Luigi Niccolò Rosi"));

    let file = browser.open("/people/export/csv?q=niccolo");
    assert!(file.kind.starts_with("text/csv") && String::from_utf8_lossy(&file.body).contains("Niccolò"));

    let report = browser.open(&report.address);
    let gone = browser.send(report.form("#wizard", "Annulla tutta l'importazione"));
    assert!(gone.says("annullat"), "{}", gone.text("main"));
    assert!(!browser.open("/parties?stage=lead").has("tbody .row-link"));
}

#[test]
fn an_administrator_makes_a_user_who_signs_in_and_changes_the_password() {
    let folder = tempfile::tempdir().unwrap();
    let (server, mut sara) = first_visit(&["--data", folder.path().to_str().unwrap()]);
    let users = sara.open("/users");
    let form = sara.open(&users.link("Nuovo utente"));
    let form = form.form("#record-form", "Salva").set("name", "Anna Bianchi").set("email", "anna@officina.example");
    let user = sara.send(form.tick("roles", "seller"));
    assert_eq!(user.status, 200, "{}", user.text("main"));
    let page = sara.open(&user.link("Imposta una password"));
    let short = sara.send(page.form("#password-form", "Salva").set("password", "corta"));
    assert_eq!(short.status, 422);
    let saved = sara.send(short.form("#password-form", "Salva").set("password", "prima parola di Anna"));
    assert!(saved.says("Password di Anna Bianchi salvata"), "{}", saved.text("main"));

    let mut anna = Plain::new(&server.url);
    let sign_in = |browser: &mut Plain, password: &str| {
        let page = browser.open("/sign-in");
        browser.send(page.form("#sign-in", "Accedi").set("name", "anna@officina.example").set("password", password))
    };
    let inside = sign_in(&mut anna, "prima parola di Anna");
    assert!(inside.says("l'ha scelta un altro"), "{}", inside.text("body"));
    let own = anna.open("/people");
    assert_eq!(own.address, page.address, "that comes first");
    let wrong = own.form("#password-form", "Salva").set("current", "indovinata").set("password", "seconda parola");
    assert_eq!(anna.send(wrong).status, 422);
    let right = own.form("#password-form", "Salva").set("current", "prima parola di Anna");
    anna.send(right.set("password", "seconda parola"));
    let more = anna.open("/more");
    assert!(more.says("Anna Bianchi"), "she stays signed in here");
    let account = anna.open(&more.link("Il mio account"));
    assert!(anna.open(&account.link("Cambia la password")).says("che hai ora"));
    assert_eq!(anna.open(&page.address).status, 200, "her own");
    assert!(sara.open(&page.address).says("Anna Bianchi"), "the administrator's way");
    assert_ne!(sign_in(&mut Plain::new(&server.url), "prima parola di Anna").status, 200);
    assert_eq!(sign_in(&mut Plain::new(&server.url), "seconda parola").status, 200);
}
