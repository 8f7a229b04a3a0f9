//! What people say of a record: the earliest first, and below them the place to say something.

use maud::{Markup, html};

use crate::{
    Button, Note, Text,
    act::button,
    icon,
    marks::{Avatar, avatar},
    note,
};

/// The section of comments. Its place in the page is `#comments`.
#[derive(Debug, Clone, Default)]
pub struct Comments<'a> {
    /// *Commenti*
    pub title: Text<'a>,
    pub count: Text<'a>,
    /// *Commenti precedenti* and their address.
    pub earlier: Option<(Text<'a>, Text<'a>)>,
    pub items: Vec<Comment<'a>>,
    /// None where nothing can be said.
    pub new: Option<NewComment<'a>>,
    /// A sentence when nothing was said and nothing can be.
    pub empty: Text<'a>,
}

#[derive(Debug, Clone, Default)]
pub struct Comment<'a> {
    /// Its place in the page is `#comment-ID`.
    pub id: Text<'a>,
    pub avatar: Avatar<'a>,
    pub who: Text<'a>,
    pub moment: Text<'a>,
    pub moment_full: Text<'a>,
    pub moment_iso: Text<'a>,
    /// *modificato*
    pub changed: Text<'a>,
    pub text: Vec<Piece<'a>>,
    /// Name, address and size.
    pub files: Vec<(Text<'a>, Text<'a>, Text<'a>)>,
    pub acts: Vec<Button<'a>>,
}

/// A part of what was said.
#[derive(Debug, Clone)]
pub enum Piece<'a> {
    Words(Text<'a>),
    /// Somebody who is named; an accent when it is the reader.
    Person(Text<'a>, bool),
}

/// The form at the end. It sends `text` and any number of `files`.
#[derive(Debug, Clone, Default)]
pub struct NewComment<'a> {
    pub action: Text<'a>,
    pub csrf: Text<'a>,
    /// *Scrivi un commento*
    pub label: Text<'a>,
    /// *Con @ avvisi una persona*
    pub hint: Text<'a>,
    pub value: Text<'a>,
    pub note: Option<Note<'a>>,
    /// Answers [`crate::widgets::suggestions`] for `?q=`: the people whose name begins so.
    pub people_url: Text<'a>,
    /// *Persone*
    pub people: Text<'a>,
    /// *Allega file*
    pub files: Text<'a>,
    /// *Commenta*
    pub send: Text<'a>,
}

/// Draws the section.
pub fn comments(c: &Comments) -> Markup {
    html! {
        section.section.comments id="comments" {
            header { h2 { (c.title) @if !c.count.is_empty() { " " small { (c.count) } } } }
            @if let Some((word, url)) = &c.earlier { p { a href=(url) { (word) } } }
            @if !c.items.is_empty() { ol.comment-list { @for one in &c.items { (comment(one)) } } }
            @if c.items.is_empty() && c.new.is_none() { p.muted { (c.empty) } }
            @if let Some(new) = &c.new { (new_comment(new)) }
        }
    }
}

fn comment(c: &Comment) -> Markup {
    html! {
        li.comment id={ "comment-" (c.id) } {
            span aria-hidden="true" { (avatar(&c.avatar, "")) }
            div {
                p.comment-head {
                    b { (c.who) } " "
                    time datetime=(c.moment_iso) title=(c.moment_full) { (c.moment) }
                    @if !c.changed.is_empty() { " " span { (c.changed) } }
                }
                @if !c.text.is_empty() { p.comment-text { @for piece in &c.text { (said(piece)) } } }
                @if !c.files.is_empty() { ul.comment-files { @for (name, url, size) in &c.files {
                    li { a href=(url) download { (icon("paperclip")) span { (name) } } " " small { (size) } }
                } } }
                @if !c.acts.is_empty() { div.comment-acts { @for act in &c.acts { (button(act)) } } }
            }
        }
    }
}

fn said(piece: &Piece) -> Markup {
    match piece {
        Piece::Words(words) => html! { (words) },
        Piece::Person(name, me) => html! { b.mention.me[*me] { (name) } },
    }
}

fn new_comment(new: &NewComment) -> Markup {
    html! {
        form.comment-form method="post" action=(new.action) enctype="multipart/form-data" {
            input type="hidden" name="csrf" value=(new.csrf);
            div.mentions data-mentions=(new.people_url) {
                textarea.form-control id="comment-text" name="text" rows="2" maxlength="10000" aria-label=(new.label) placeholder=(new.label)
                    aria-describedby=(if new.note.is_some() { "comment-note comment-hint" } else { "comment-hint" }) aria-invalid=[new.note.as_ref().map(|_| "true")] autofocus[new.note.is_some()] { (new.value) }
                div.suggestions.menu id="comment-people" role="listbox" aria-label=(new.people) hidden {}
            }
            @if let Some(problem) = &new.note { (note(problem, "comment-note")) }
            div.comment-foot {
                label.comment-attach { (icon("paperclip")) span { (new.files) } input type="file" name="files" multiple; }
                span.muted id="comment-hint" { (new.hint) }
                button.btn.btn-quiet type="submit" { (new.send) }
            }
        }
    }
}
