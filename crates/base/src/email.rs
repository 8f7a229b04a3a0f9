//! E-mail addresses: one normal form out of what people paste.

use email_address::{EmailAddress, Options};

/// The first address of the text in lower case, without `mailto:`, a name around it, or quotes. `None` when there is none
/// that RFC 5322 allows, with a dot in its domain.
pub fn normalise(text: &str) -> Option<String> {
    normalise_all(text).into_iter().next()
}

/// Every address of a cell that holds several, in their order, each once.
pub fn normalise_all(text: &str) -> Vec<String> {
    let separators =
        |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>' | '"' | '(' | ')' | '|' | '/' | '[' | ']');
    let mut found: Vec<String> = Vec::new();
    for piece in text.split(separators).filter(|piece| piece.contains('@')) {
        if let Some(address) = one(piece).filter(|address| !found.contains(address)) {
            found.push(address);
        }
    }
    found
}

/// What follows the `@`, in lower case; empty when there is none.
pub fn domain(address: &str) -> String {
    address.rsplit_once('@').map(|(_, domain)| domain.trim().to_lowercase()).unwrap_or_default()
}

fn one(piece: &str) -> Option<String> {
    let lower = piece.to_lowercase();
    let bare = lower.trim_matches('\'');
    let bare = bare.strip_prefix("mailto:").unwrap_or(bare);
    let bare = bare.split('?').next()?.trim_start_matches([':', '.']).trim_end_matches(['.', ':', '!']);
    let strict = Options::default().with_required_tld().without_display_text().without_domain_literal();
    EmailAddress::parse_with_options(bare, strict).ok().map(|address| address.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_in_what_people_paste() {
        for text in [
            " Info@Rossi-Srl.IT ",
            "mailto:info@rossi-srl.it?subject=Ciao",
            "Rossi S.r.l. <info@rossi-srl.it>",
            "\"Rossi, Mario\" <INFO@rossi-srl.it>",
            "info@rossi-srl.it.",
            "e-mail: info@rossi-srl.it",
        ] {
            assert_eq!(normalise(text).as_deref(), Some("info@rossi-srl.it"), "{text}");
        }
        assert_eq!(normalise("O'Neill@rossi.it").as_deref(), Some("o'neill@rossi.it"));
        assert_eq!(normalise_all("a@b.it; C@d.it / a@b.it"), ["a@b.it", "c@d.it"]);
    }

    #[test]
    fn what_is_no_address_is_none() {
        for text in ["", "@", "a@", "@b.it", "a@b", "a@@b.it", "a@b..it", "info(at)rossi.it", "a@-b.it", "a@b.it.x@y"] {
            assert_eq!(normalise(text), None, "{text}");
        }
    }

    #[test]
    fn the_domain_follows_the_at_sign() {
        assert_eq!(domain("info@Rossi.it"), "rossi.it");
        assert_eq!(domain("rossi"), "");
    }
}
