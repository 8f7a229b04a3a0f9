//! The promises of the browser.

#![allow(clippy::unwrap_used)]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use testkit::browser::{Browser, JavaScript, Locator, Screen, axe, screenshot};

const PAGE: &str = "<!doctype html><html lang=it><meta name=viewport content='width=device-width'><title>Prova</title>\
    <main><h1>Prova</h1><img src=x><noscript><p id=plain>senza script</p></noscript></main>";

/// Serves one page under a policy that allows no script at all.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Security-Policy: default-src 'none'";
            let _ = write!(stream, "{head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{PAGE}", PAGE.len());
        }
    });
    url
}

#[tokio::test]
async fn a_phone_is_narrow_and_its_picture_is_taken_at_twice_the_resolution() {
    let browser = Browser::start();
    let client = browser.open(Screen::Phone, JavaScript::On).await;
    client.goto(&serve()).await.unwrap();
    assert_eq!(client.execute("return innerWidth", vec![]).await.unwrap(), 390);
    let path = std::env::temp_dir().join(format!("bottega-screenshot-{}.png", std::process::id()));
    screenshot(&client, &path).await.unwrap();
    let picture = std::fs::read(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(picture[16..20], 780_u32.to_be_bytes());
    client.close().await.unwrap();
}

#[tokio::test]
async fn without_javascript_the_page_shows_what_it_has_for_that() {
    let (browser, url) = (Browser::start(), serve());
    let client = browser.open(Screen::Desktop, JavaScript::Off).await;
    client.goto(&url).await.unwrap();
    let plain = client.wait().for_element(Locator::Id("plain")).await.unwrap();
    assert_eq!(plain.text().await.unwrap(), "senza script");
    client.close().await.unwrap();
}

#[tokio::test]
async fn accessibility_is_checked_even_under_a_policy_that_forbids_scripts() {
    let browser = Browser::start();
    let client = browser.open(Screen::Desktop, JavaScript::On).await;
    client.goto(&serve()).await.unwrap();
    let found = axe(&client).await;
    assert_eq!(found.iter().map(|violation| violation.rule.as_str()).collect::<Vec<_>>(), ["image-alt"]);
    client.close().await.unwrap();
}
