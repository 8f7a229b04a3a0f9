//! A real browser for tests: Chromium, driven through WebDriver as a person would use it.
//!
//! ```ignore
//! let browser = Browser::start();
//! let client = browser.open(Screen::Phone, JavaScript::On).await;
//! client.goto("http://127.0.0.1:8080/").await?;
//! client.wait().for_element(Locator::Css("main")).await?;
//! assert_eq!(axe(&client).await, []);
//! ```
//!
//! Wait for what should appear ([`Client::wait`]), never for time to pass.

mod accessibility;
mod driver;
mod pictures;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use fantoccini::ClientBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

pub use accessibility::{Violation, axe};
pub use fantoccini::{Client, Locator, actions, elements, error, key};
pub use pictures::{difference, picture};

use driver::Driver;

/// Quiet, alone, and without a word to the outside network.
const FLAGS: [&str; 13] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=it",
    "--accept-lang=it-IT,it",
    "--hide-scrollbars",
    // Chromium then ends with the driver, even when that is killed.
    "--remote-debugging-pipe",
];

/// What the page is shown on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Screen {
    /// 1280 × 800.
    Desktop,
    /// 390 × 844 with touch, at twice the resolution.
    Phone,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum JavaScript {
    On,
    Off,
}

/// A driver with its Chromium windows; all of them end when this is dropped, or when the test is killed.
#[derive(Debug)]
pub struct Browser {
    driver: Driver,
    opened: AtomicUsize,
}

impl Browser {
    /// Starts chromedriver on a free port.
    ///
    /// # Panics
    /// When Chromium or its driver is not installed, saying what to install.
    pub fn start() -> Browser {
        let driver = Driver::start().unwrap_or_else(|error| panic!("no browser for tests: {error}"));
        Browser { driver, opened: AtomicUsize::new(0) }
    }

    /// A new window with a profile of its own: no cookies, nothing cached.
    pub async fn open(&self, screen: Screen, javascript: JavaScript) -> Client {
        let number = self.opened.fetch_add(1, Ordering::Relaxed);
        let profile = self.driver.folder().join(format!("profile-{number}"));
        let mut builder = ClientBuilder::new(HttpConnector::new());
        if let Value::Object(wanted) = capabilities(&profile, screen, javascript) {
            builder.capabilities(wanted);
        }
        builder.connect(self.driver.url()).await.unwrap_or_else(|error| panic!("Chromium did not start: {error}"))
    }
}

/// Writes what the window shows to a PNG file, its folder included.
pub async fn screenshot(client: &Client, path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let picture = client.screenshot().await?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    Ok(std::fs::write(path, picture)?)
}

fn capabilities(profile: &Path, screen: Screen, javascript: JavaScript) -> Value {
    let mut flags: Vec<String> = FLAGS.iter().map(|&flag| flag.to_owned()).collect();
    flags.push(format!("--user-data-dir={}", profile.display()));
    let mut options = json!({});
    match screen {
        Screen::Desktop => flags.push("--window-size=1280,800".to_owned()),
        Screen::Phone => {
            let metrics = json!({ "width": 390, "height": 844, "pixelRatio": 2.0, "touch": true, "mobile": true });
            options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
        }
    }
    if javascript == JavaScript::Off {
        // 2 is "block" among Chromium's content settings.
        options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
    }
    if let Some(program) = driver::chromium() {
        options["binary"] = json!(program);
    }
    options["args"] = json!(flags);
    json!({ "browserName": "chrome", "goog:chromeOptions": options })
}
