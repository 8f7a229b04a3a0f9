//! The demo company in a real browser, and waiting for what it shows.
#![allow(clippy::unwrap_used, dead_code, reason = "tests; each target uses a part")]

use std::time::Duration;

use testkit::browser::{Browser, Client, JavaScript, Locator, Screen, axe};

use crate::common::{Running, done};

/// The administrator of a new installation.
pub const ANNA: &str = "anna@bottega.example";
/// What everybody signs in with.
const PASSWORD: &str = "bottega-demo";

/// A small demo company, served for one test.
pub struct Company {
    pub server: Running,
    folder: Option<tempfile::TempDir>,
}

impl Company {
    pub fn open() -> Company {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().to_str().unwrap().to_owned();
        let server = Running::start(&["--data", &data], &["demo", "--size", "120", "--listen", "127.0.0.1:0"]);
        Company { server, folder: Some(folder) }
    }

    /// One that is served already.
    pub fn of(server: Running) -> Company {
        Company { server, folder: None }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server.url)
    }

    /// A new installation, with nothing but its administrator, [`ANNA`].
    pub fn empty() -> Company {
        let folder = tempfile::tempdir().unwrap();
        let data = ["--data", folder.path().to_str().unwrap()];
        let anna = ["user", "create", ANNA, "--role", "admin", "--name", "Anna Rossi", "--password", PASSWORD];
        done(&data, &anna);
        let server = Running::start(&data, &["serve", "--listen", "127.0.0.1:0"]);
        Company { server, folder: Some(folder) }
    }

    /// As the administrator of the demo.
    pub async fn sign_in(&self, client: &Client) {
        self.sign_in_as(client, "sara.galbiati@bottega.example").await;
    }

    pub async fn sign_in_as(&self, client: &Client, email: &str) {
        client.goto(&self.url("/sign-in")).await.unwrap();
        client.find(Locator::Css("[name=name]")).await.unwrap().send_keys(email).await.unwrap();
        client.find(Locator::Css("[name=password]")).await.unwrap().send_keys(PASSWORD).await.unwrap();
        client.find(Locator::Css("#sign-in button[type=submit]")).await.unwrap().click().await.unwrap();
        shown(client, "nav.rail, nav.phone-nav").await;
    }
}

/// A company, and its administrator in it.
pub async fn entered() -> (Company, Browser, Client) {
    let (company, browser) = (Company::open(), Browser::start());
    let client = browser.open(Screen::Desktop, JavaScript::On).await;
    company.sign_in(&client).await;
    (company, browser, client)
}

/// Waits until something is there, and answers its text.
pub async fn shown(client: &Client, css: &str) -> String {
    let found = client.wait().at_most(Duration::from_secs(20)).for_element(Locator::Css(css)).await;
    found.unwrap_or_else(|error| panic!("{css}: {error}")).text().await.unwrap()
}

/// Waits until the text of something holds a word.
pub async fn says(client: &Client, css: &str, word: &str) {
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

/// Waits until the window shows an address that holds this.
pub async fn at(client: &Client, path: &str) {
    let mut url = String::new();
    for _ in 0..200 {
        url = client.current_url().await.unwrap().to_string();
        if url.contains(path) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{path} is never shown, but {url}");
}

/// Nothing on the page stands in the way of those who hear it or use no mouse.
pub async fn sound(client: &Client, page: &str) {
    let faults = axe(client).await.into_iter();
    let faults: Vec<_> = faults.filter(|fault| matches!(fault.impact.as_str(), "serious" | "critical")).collect();
    assert!(faults.is_empty(), "{page}: {faults:#?}");
}
