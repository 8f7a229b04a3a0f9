//! A browser without scripts: opens pages, follows links, fills in forms and sends them as HTML says. Whatever page comes, it looks
//! that nothing stands in it that a browser would have to run or to style from the page itself, and that the policy forbids it.
#![allow(dead_code, reason = "each target uses a part")]

use std::collections::BTreeMap;

use scraper::{ElementRef, Html, Selector};

pub struct Plain {
    base: String,
    agent: ureq::Agent,
    cookies: BTreeMap<String, String>,
}

/// A page as it came.
pub struct Page {
    pub status: u16,
    /// Path and query.
    pub address: String,
    pub kind: String,
    /// The content security policy that came with it.
    pub policy: String,
    pub body: Vec<u8>,
}

/// A form with what it would send as it stands.
pub struct Form {
    method: String,
    pub action: String,
    multipart: bool,
    fields: Vec<(String, String)>,
    file: Option<(String, String, Vec<u8>)>,
}

impl Plain {
    pub fn new(base: &str) -> Plain {
        // Each on a connection of its own, which before several nodes may lead to any of them.
        let config = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).max_idle_connections(0);
        Plain { base: base.to_owned(), agent: config.build().into(), cookies: BTreeMap::new() }
    }

    /// The same, of somebody whom the page lets in.
    pub fn signed_in(base: &str, name: &str, password: &str) -> Plain {
        let mut browser = Plain::new(base);
        let form = browser.open("/sign-in").form("#sign-in", "").set("name", name).set("password", password);
        let home = browser.send(form);
        assert_eq!(home.status, 200, "{}", home.text("body"));
        browser
    }

    pub fn open(&mut self, address: &str) -> Page {
        let address = address.strip_prefix(&self.base).unwrap_or(address).to_owned();
        let answer = self.agent.get(format!("{}{address}", self.base)).header("Cookie", self.cookie()).call().unwrap();
        self.arrived(address, answer)
    }

    /// A line that stays open.
    pub fn hears(&self, address: &str) -> impl std::io::Read + use<> {
        let answer = self.agent.get(format!("{}{address}", self.base)).header("Cookie", self.cookie()).call().unwrap();
        assert_eq!(answer.status(), 200, "{address}");
        answer.into_body().into_reader()
    }

    pub fn send(&mut self, form: Form) -> Page {
        let encoded: String = form::encode(&form.fields);
        if form.method == "get" {
            return self.open(&format!("{}?{encoded}", form.action.split('?').next().unwrap_or_default()));
        }
        let (kind, body) = match form.multipart {
            true => form::multipart(&form.fields, form.file.as_ref()),
            false => ("application/x-www-form-urlencoded".to_owned(), encoded.into_bytes()),
        };
        let request = self.agent.post(format!("{}{}", self.base, form.action)).header("Cookie", self.cookie());
        let answer = request.header("Content-Type", kind).send(&body[..]).unwrap();
        self.arrived(form.action, answer)
    }

    fn cookie(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn arrived(&mut self, address: String, mut answer: ureq::http::Response<ureq::Body>) -> Page {
        for cookie in answer.headers().get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
            let (name, value) = pair.split_once('=').unwrap();
            match value {
                "" => self.cookies.remove(name),
                value => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        if let Some(to) = answer.headers().get("location") {
            let to = to.to_str().unwrap().to_owned();
            return self.open(&to);
        }
        let header = |name: &str| {
            let value = answer.headers().get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let (status, kind, policy) =
            (answer.status().as_u16(), header("content-type"), header("content-security-policy"));
        let body = answer.body_mut().with_config().limit(64 << 20).read_to_vec().unwrap();
        let page = Page { status, address, kind, policy, body };
        page.is_plain();
        page
    }
}

impl Page {
    pub fn html(&self) -> Html {
        // The parser takes itself for one with scripts, to which this is text.
        let text = String::from_utf8_lossy(&self.body).replace("<noscript>", "").replace("</noscript>", "");
        Html::parse_document(&text)
    }

    fn is_plain(&self) {
        let address = &self.address;
        assert!(self.policy.contains("script-src 'self'; style-src 'self'"), "{address}: {}", self.policy);
        assert!(!self.policy.contains("unsafe"), "{address}: {}", self.policy);
        if !self.kind.starts_with("text/html") {
            return;
        }
        for element in self.html().tree.values().filter_map(|node| node.as_element()) {
            let name = element.name();
            assert_ne!(name, "style", "{address}");
            let ours = element.attr("src").is_some_and(|src| src.starts_with("/assets/"));
            assert!(name != "script" || ours, "{address}: a script in the page");
            for (attribute, value) in element.attrs() {
                let runs = attribute.starts_with("on") || attribute.starts_with("hx-on") || attribute == "style";
                assert!(!runs, "{address}: <{name} {attribute}={value:?}>");
                assert!(!value.trim_start().to_lowercase().starts_with("javascript:"), "{address}: {value}");
            }
        }
    }

    pub fn text(&self, css: &str) -> String {
        let html = self.html();
        let found = html.select(&selector(css)).next().unwrap_or_else(|| panic!("no {css} at {}", self.address));
        spaced(found)
    }

    pub fn says(&self, words: &str) -> bool {
        spaced(self.html().root_element()).contains(words)
    }

    pub fn has(&self, css: &str) -> bool {
        self.html().select(&selector(css)).next().is_some()
    }

    /// The address of the first link that says these words.
    #[track_caller]
    pub fn link(&self, words: &str) -> String {
        let html = self.html();
        let found = html.select(&selector("a[href]")).find(|link| spaced(*link).contains(words));
        let found = found.unwrap_or_else(|| panic!("no link {words:?} at {}", self.address));
        found.attr("href").unwrap().to_owned()
    }

    /// The form that holds, or is, this element; pressed by the button that says these words.
    #[track_caller]
    pub fn form(&self, css: &str, button: &str) -> Form {
        let html = self.html();
        let form = html.select(&selector(css)).next().unwrap_or_else(|| panic!("no {css} at {}", self.address));
        let id = form.attr("id").unwrap_or_default().to_owned();
        let mut parts: Vec<ElementRef> = form.select(&selector("input, select, textarea, button")).collect();
        if !id.is_empty() {
            parts.extend(html.select(&selector(&format!("[form='{id}']"))));
        }
        let pressed = parts.iter().find(|part| part.value().name() == "button" && spaced(**part).contains(button));
        let pressed = pressed.unwrap_or_else(|| panic!("no button {button:?} in {css} at {}", self.address));
        let own = form.attr("action").unwrap_or(&self.address);
        let mut fields: Vec<(String, String)> = parts.iter().flat_map(|part| sent(*part)).collect();
        if let Some(name) = pressed.attr("name").filter(|name| !name.is_empty()) {
            fields.push((name.to_owned(), pressed.attr("value").unwrap_or_default().to_owned()));
        }
        Form {
            method: form.attr("method").unwrap_or("get").to_lowercase(),
            action: pressed.attr("formaction").unwrap_or(own).to_owned(),
            multipart: form.attr("enctype") == Some("multipart/form-data"),
            fields,
            file: None,
        }
    }
}

impl Form {
    /// Writes into a field in place of what stands there. It must be there.
    #[track_caller]
    pub fn set(mut self, name: &str, value: &str) -> Form {
        let found = self.fields.iter().any(|(known, _)| known == name);
        assert!(found, "no field {name}: {:?}", self.fields.iter().map(|(name, _)| name).collect::<Vec<_>>());
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Ticks one of several boxes.
    pub fn tick(mut self, name: &str, value: &str) -> Form {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn attach(mut self, name: &str, file: &str, bytes: &[u8]) -> Form {
        self.file = Some((name.to_owned(), file.to_owned(), bytes.to_vec()));
        self
    }
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap()
}

fn spaced(element: ElementRef) -> String {
    element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// What a part of a form sends as it stands.
fn sent(part: ElementRef) -> Vec<(String, String)> {
    let Some(name) = part.attr("name").filter(|name| !name.is_empty() && part.attr("disabled").is_none()) else {
        return Vec::new();
    };
    let pair = |value: String| vec![(name.to_owned(), value)];
    match (part.value().name(), part.attr("type").unwrap_or("text")) {
        ("button", _) | ("input", "submit" | "button" | "file" | "image") => Vec::new(),
        ("input", "checkbox" | "radio") if part.attr("checked").is_none() => Vec::new(),
        ("textarea", _) => pair(part.text().collect()),
        ("select", _) => {
            let options: Vec<ElementRef> = part.select(&selector("option")).collect();
            let chosen = options.iter().find(|option| option.attr("selected").is_some()).or(options.first());
            chosen.map_or_else(Vec::new, |option| pair(option.attr("value").unwrap_or_default().to_owned()))
        }
        _ => pair(part.attr("value").unwrap_or_default().to_owned()),
    }
}

mod form {
    /// As a browser encodes a form.
    pub fn encode(fields: &[(String, String)]) -> String {
        let safe = |text: &str| -> String {
            let byte = |byte: u8| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
                byte => format!("%{byte:02X}"),
            };
            text.bytes().map(byte).collect()
        };
        fields.iter().map(|(name, value)| format!("{}={}", safe(name), safe(value))).collect::<Vec<_>>().join("&")
    }

    /// The content type and the body of a form with a file (RFC 7578).
    pub fn multipart(fields: &[(String, String)], file: Option<&(String, String, Vec<u8>)>) -> (String, Vec<u8>) {
        let mark = "----a-mark-that-no-file-holds";
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!("--{mark}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        if let Some((name, file, bytes)) = file {
            let head = format!(
                "--{mark}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{mark}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={mark}"), body)
    }
}
