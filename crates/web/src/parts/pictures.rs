//! Pictures in forms: the frame that a record gives them, the input, and what was sent.
//!
//! A picture that came is kept at once and stands in the form under its id: it survives a mistake in another field, and a
//! conflict. The sender sees it; nobody else does before a record holds it.

use base::{Error, Result};
use meta::{Kind, Model, Value};
use picture::{Crop, Frame};
use ui::widgets::{Upload, Widget};

use crate::Visit;
use crate::parts::read_form::Read;
use crate::posted::Posted;

/// Whether pictures of such a record are of a person.
pub fn is_round(model: &Model, values: &[Value]) -> bool {
    model.entity.faces.iter().any(|face| face.round && model.is_of(face, values))
}

/// People are framed as portraits, everything else as a logo.
fn frame(model: &Model, values: &[Value]) -> Frame {
    if is_round(model, values) { Frame::PORTRAIT } else { Frame::LOGO }
}

pub fn widget<'a>(visit: &Visit<'a>, model: &Model, values: &[Value], at: usize) -> Widget<'a> {
    let frame = if is_round(model, values) { ui::widgets::Frame::Portrait } else { ui::widgets::Frame::Whole };
    let file = values[at].text().to_owned();
    let upload = Upload {
        accept: "image/jpeg,image/png,image/webp,image/gif".into(),
        choose_word: visit.say("Choose a picture"),
        drop_word: visit.say("or drop it here, up to 10 MB"),
        current: (!file.is_empty()).then(|| (visit.say("Picture"), format!("/files/{file}").into())),
        kept: file.into(),
        remove_word: visit.say("Remove"),
        crop_word: visit.say("Drag it to where it belongs; by keyboard with arrows, + and −"),
        zoom_word: visit.say("Enlarge"),
    };
    Widget::Picture(upload, frame)
}

/// The name of the input that holds the picture that was there.
pub fn kept(key: &str) -> String {
    format!("{key}.kept")
}

/// The picture that was there, unless it was removed.
pub fn standing(posted: &Posted, key: &str) -> Value {
    match posted.first(&kept(key)) {
        "" => Value::Null,
        _ if !posted.first(&format!("{key}.remove")).is_empty() => Value::Null,
        file => Value::Text(file.to_owned()),
    }
}

/// Keeps the pictures that came; what is wrong with them is a problem at their field. `values` are those of the record before.
/// Answers the form as if the pictures had been there before.
pub fn take(visit: &Visit, model: &Model, values: Vec<Value>, posted: &Posted, read: &mut Read) -> Result<Posted> {
    let mut posted = posted.clone();
    let mut values = values;
    read.values.iter().for_each(|(at, value)| values[*at] = value.clone());
    for (at, def) in model.fields.iter().enumerate().filter(|(_, def)| matches!(def.kind, Kind::Picture)) {
        let Some(file) = posted.files.iter().find(|file| file.field == def.key && !def.read_only).cloned() else {
            continue;
        };
        let crop = crop(posted.first(&format!("{}.crop", def.key)));
        let done =
            visit.engine().keep_picture(&visit.actor, def.key, &file.name, &file.bytes, crop, frame(model, &values));
        match done {
            Ok(id) => {
                read.values.retain(|(known, _)| *known != at);
                read.values.push((at, Value::Text(id.to_string())));
                posted =
                    posted.with(&kept(def.key), id.to_string()).with(&format!("{}.remove", def.key), String::new());
            }
            Err(Error::Refused(problems)) => read.problems.extend(problems),
            Err(other) => return Err(other),
        }
    }
    Ok(posted)
}

/// `x,y,width,height` in parts of 1.
pub fn crop(written: &str) -> Option<Crop> {
    let parts: Vec<f64> = written.split(',').map(|part| part.trim().parse()).collect::<Result<_, _>>().ok()?;
    match parts[..] {
        [x, y, width, height] => Some(Crop { x, y, width, height }),
        _ => None,
    }
}
