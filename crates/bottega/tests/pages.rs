//! Every page that links lead to, of a living company; the browser of these tests looks at each for scripts and styles of its own.
#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/plain.rs"]
mod plain;

use std::collections::{BTreeMap, HashSet, VecDeque};

use common::Running;
use plain::{Page, Plain};
use scraper::Selector;

/// Pages of one shape that are looked at.
const ALIKE: usize = 2;

#[test]
fn every_page_answers_and_none_has_a_script_or_a_style_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let place = ["--data", folder.path().to_str().unwrap()];
    let demo = ["demo", "--listen", "127.0.0.1:0", "--size", "60", "--seed", "3"];
    let server = Running::start(&place, &demo);
    let mut browser = Plain::new(&server.url);
    let sign_in = browser.open("/sign-in");
    let form = sign_in.form("#sign-in", "Accedi").set("name", "sara.galbiati@bottega.example");
    let home = browser.send(form.set("password", "bottega-demo"));
    assert_eq!(home.status, 200, "{}", home.text("body"));

    let mut shapes: BTreeMap<String, usize> = BTreeMap::new();
    let mut known = HashSet::new();
    let strangers = ["/nothing/at/all/here", "/parties/no-id", "/nothing", "/guide/nothing", "/api", "/sign-in"];
    let mut open: VecDeque<String> = ["/", "/companies/new"].into_iter().chain(strangers).map(str::to_owned).collect();
    while let Some(address) = open.pop_front() {
        let page = browser.open(&address);
        assert!(page.status < 500, "{address}: {}", page.status);
        if page.kind.starts_with("text/html") {
            has_its_help(&address, &page);
            let led = leads_to(&page).into_iter().filter(|address| known.insert(address.clone()));
            let fresh: Vec<String> = led.collect();
            for address in fresh {
                let seen = shapes.entry(shape(&address)).or_default();
                *seen += 1;
                if *seen <= ALIKE {
                    open.push_back(address);
                }
            }
        }
    }
    for wanted in ["/companies", "/companies/quick", "/companies/*", "/companies/*/edit", "/trash", "/parties/import"] {
        assert!(shapes.contains_key(wanted), "nothing led to {wanted}: {:?}", shapes.keys().collect::<Vec<_>>());
    }
}

/// A page within the frame leads to the place of the manual that speaks of it.
fn has_its_help(address: &str, page: &Page) {
    let html = page.html();
    let within_frame = html.select(&Selector::parse("nav.rail").unwrap()).next().is_some();
    if !within_frame || page.status != 200 || address.starts_with("/guide") {
        return;
    }
    let help = html.select(&Selector::parse("a[data-help]").unwrap()).next().and_then(|link| link.attr("href"));
    let place = help.unwrap_or_else(|| panic!("{address} has no help")).trim_start_matches("/guide/");
    assert!(web::guide::has(place), "{address}: the manual has no {place}");
}

#[test]
fn the_manual_speaks_of_every_kind_of_record() {
    for entity in crm::ENTITIES.iter().copied().chain([&engine::users::USER, &engine::users::TEAM]) {
        let places = entity.faces.iter().map(|face| face.guide).filter(|place| !place.is_empty());
        // The form of an action is help of the record that it is taken on.
        let own = entity.action.is_none().then_some(entity.guide);
        for place in own.into_iter().chain(places) {
            assert!(web::guide::has(place), "{}: the manual has no “{place}”", entity.key);
        }
    }
}

/// Addresses of this program that a page leads to, with those that its parts are loaded from.
fn leads_to(page: &Page) -> Vec<String> {
    let html = page.html();
    let mut found = Vec::new();
    for attribute in ["href", "hx-get", "src"] {
        let selector = Selector::parse(&format!("[{attribute}]")).unwrap();
        found.extend(html.select(&selector).filter_map(|element| element.attr(attribute)).map(str::to_owned));
    }
    found.retain(|address| address.starts_with('/') && !address.starts_with("/assets/") && !address.starts_with("//"));
    found.iter_mut().for_each(|address| *address = address.split('#').next().unwrap_or_default().to_owned());
    found
}

/// An address without its ids and its values.
fn shape(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let is_id = |part: &str| part.len() == 36 && part.matches('-').count() == 4;
    let path: Vec<&str> = path.split('/').map(|part| if is_id(part) { "*" } else { part }).collect();
    let mut names: Vec<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
    names.retain(|name| !name.is_empty());
    names.sort_unstable();
    names.dedup();
    match names.is_empty() {
        true => path.join("/"),
        false => format!("{}?{}", path.join("/"), names.join("&")),
    }
}
