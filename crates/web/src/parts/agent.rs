//! What a browser calls itself, in words: *Firefox on Windows*.

use base::{Words, say};

/// What the name holds, and what it is called; the first that is found counts, for each pretends to be those after it.
const BROWSERS: [(&str, &str); 9] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Vivaldi", "Vivaldi"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrom", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
];
const SYSTEMS: [(&str, &str); 8] = [
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
    ("X11", "Unix"),
];

/// Browser and system, or what the program calls itself up to its first word.
pub fn called(words: &Words, agent: &str) -> String {
    match (known(&BROWSERS, agent), known(&SYSTEMS, agent)) {
        (Some(browser), Some(system)) => words.text(&say!("{browser} on {system}", browser = browser, system = system)),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => match agent.split([' ', '/']).next().unwrap_or_default() {
            "" => words.say("Unknown program").into_owned(),
            name => name.to_owned(),
        },
    }
}

pub fn icon(agent: &str) -> &'static str {
    match known(&SYSTEMS, agent) {
        Some("Android" | "iPhone") => "device-mobile",
        _ => "device-desktop",
    }
}

fn known(of: &[(&'static str, &'static str)], agent: &str) -> Option<&'static str> {
    of.iter().find(|(part, _)| agent.contains(part)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use base::words::Language;

    use super::*;

    #[test]
    fn browsers_are_known_under_all_that_they_pretend_to_be() {
        let words = Words::new(Language::En, &[]).unwrap();
        for (agent, said) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
                "Safari on Mac",
            ),
            ("curl/8.5.0", "curl"),
            ("", "Unknown program"),
        ] {
            assert_eq!(called(&words, agent), said);
        }
    }
}
