//! A page of the manual as markup.

use std::collections::VecDeque;

use base::words::Language;
use maud::{Markup, PreEscaped};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html::push_html};

use super::{Page, marked};

/// A page, without what HTML it may hold. Headings have `prefix` before their names, and the words of `asked` are marked.
pub fn markup(page: &Page, prefix: &str, asked: &str, language: Language) -> Markup {
    let mut anchors: VecDeque<&str> = page.sections.iter().map(|section| section.anchor.as_str()).collect();
    let mut events = Vec::new();
    let mut within_code = false;
    for event in Parser::new_ext(page.text, Options::ENABLE_TABLES) {
        match event {
            Event::Html(_) | Event::InlineHtml(_) => {}
            Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                let anchor = anchors.pop_front().filter(|anchor| !anchor.is_empty());
                let id = anchor.map(|anchor| format!("{prefix}{anchor}").into());
                events.push(Event::Start(Tag::Heading { level, id, classes, attrs }));
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let dest_url = place(&dest_url).map_or(dest_url, |place| super::address(&place).into());
                events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let dest_url = match dest_url.strip_prefix("../pictures/") {
                    Some(picture) => format!("/guide/pictures/{picture}").into(),
                    None => dest_url,
                };
                events.push(Event::Start(Tag::Image { link_type, dest_url, title, id }));
            }
            Event::Start(tag @ Tag::CodeBlock(_)) => {
                within_code = true;
                // Reached by the keyboard, since it may be scrolled.
                events.push(Event::Html("<div class=\"guide-code\" tabindex=\"0\">".into()));
                events.push(Event::Start(tag));
            }
            Event::End(TagEnd::CodeBlock) => {
                within_code = false;
                events.push(Event::End(TagEnd::CodeBlock));
                events.push(Event::Html("</div>".into()));
            }
            Event::Text(text) if !asked.is_empty() && !within_code => {
                for (piece, found) in marked(&text, asked, language) {
                    if found {
                        events.push(Event::InlineHtml("<mark>".into()));
                    }
                    events.push(Event::Text(piece.to_owned().into()));
                    if found {
                        events.push(Event::InlineHtml("</mark>".into()));
                    }
                }
            }
            other => events.push(other),
        }
    }
    let mut html = String::with_capacity(page.text.len() * 2);
    push_html(&mut html, events.into_iter());
    PreEscaped(html)
}

/// The place that a link between pages, `lists.md#filters`, names; none for a link to elsewhere.
pub fn place(link: &str) -> Option<String> {
    let (page, anchor) = link.split_once('#').unwrap_or((link, ""));
    let page = page.strip_suffix(".md").filter(|page| !page.contains('/'))?;
    Some(if anchor.is_empty() { page.to_owned() } else { format!("{page}#{anchor}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_have_one_name_in_both_languages_and_links_lead_into_the_program() {
        let page = super::super::page(Language::It, "lists").unwrap();
        let html = markup(page, "help-", "filtri", Language::It).into_string();
        assert!(html.contains("<h2 id=\"help-filters\"><mark>Filtri</mark></h2>"), "{html}");
        let page = super::super::page(Language::It, "records").unwrap();
        assert!(markup(page, "", "", Language::It).into_string().contains("href=\"/guide/undo\""));
    }
}
