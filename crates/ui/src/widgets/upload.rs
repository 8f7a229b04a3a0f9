//! Files and pictures: chosen or dropped; a picture is cropped before it is sent.

use maud::{Markup, html};

use super::Context;
use crate::{Text, act::some, icon};

/// A file to send.
#[derive(Debug, Clone, Default)]
pub struct Upload<'a> {
    /// What the file may be, as in the attribute `accept`.
    pub accept: Text<'a>,
    /// *Scegli il file*
    pub choose_word: Text<'a>,
    /// *o trascinalo qui, fino a 500 MB*
    pub drop_word: Text<'a>,
    /// Name and address of the file that is there now.
    pub current: Option<(Text<'a>, Text<'a>)>,
    /// What a picture sends as `name.kept`: the file that is there now. Sent empty too, which says that the field was there.
    pub kept: Text<'a>,
    /// *Togli*: sends `name.remove=1`.
    pub remove_word: Text<'a>,
    /// *Sposta e ingrandisci: frecce, + e −*; read aloud where the picture is cropped.
    pub crop_word: Text<'a>,
    /// Words of the zoom slider.
    pub zoom_word: Text<'a>,
}

/// The frame a picture is cropped to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Frame {
    /// Shown as a square or round.
    #[default]
    Square,
    /// Shown in a square with nothing cut off unless it is enlarged (logos).
    Whole,
    /// 200 × 300.
    Portrait,
}

pub(super) fn file(c: &Context, u: &Upload) -> Markup {
    html! {
        div.drop data-drop {
            @if let Some((name, url)) = &u.current { a href=(url) { (icon("paperclip")) (name) } }
            label.btn.btn-primary { span { (u.choose_word) } (input(c, u)) }
            p.muted data-drop-name { (u.drop_word) }
        }
    }
}

fn input(c: &Context, u: &Upload) -> Markup {
    html! {
        input.file-input type="file" id={ "i-" (c.name) } name=(c.name) accept=[some(&u.accept)] required[c.required] disabled[c.read_only]
            aria-describedby=[some(c.described_by)];
    }
}

pub(super) fn picture(c: &Context, u: &Upload, frame: Frame) -> Markup {
    let (name, fit) = match frame {
        Frame::Square => ("frame-square", "cover"),
        Frame::Whole => ("frame-whole", "contain"),
        Frame::Portrait => ("frame-portrait", "cover"),
    };
    html! {
        div.picture-input data-crop=(fit) data-drop {
            input type="hidden" name={ (c.name) ".kept" } value=(u.kept);
            div class={ "picture-frame " (name) } data-crop-place role="group" aria-label=(u.crop_word) {
                @if let Some((_, url)) = &u.current { img src=(url) alt=""; } @else { (icon("photo")) }
            }
            input type="hidden" name={ (c.name) ".crop" } value="" data-crop-value;
            label.picture-zoom hidden data-crop-zoom { (icon("zoom-in")) span { (u.zoom_word) } input type="range" min="1" max="4" step="0.05" value="1"; }
            p.note.hint hidden data-crop-hint { (u.crop_word) }
            p.note.hint data-drop-name { (u.drop_word) }
            div.picture-buttons {
                label.btn.btn-quiet { (icon("upload")) span { (u.choose_word) } (input(c, u)) }
                @if u.current.is_some() {
                    label.tick-line { input.tick type="checkbox" name={ (c.name) ".remove" } value="1"; span { (u.remove_word) } }
                }
            }
        }
    }
}
