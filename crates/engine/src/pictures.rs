//! Pictures on their way in: made safe and small, or refused in words.

use base::{Id, Problem, Result, say};
use parking_lot::Mutex;
use picture::{Crop, Frame, Refused};

use crate::files::Upload;
use crate::{Actor, Engine};

/// A decoded picture may need 260 MB for a moment: one at a time does.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

impl Engine {
    /// Keeps a picture, for a record to refer to by its id.
    ///
    /// # Errors
    /// Refuses at the field what is no picture, damaged or too large.
    pub fn keep_picture(
        &self,
        actor: &Actor,
        field: &str,
        name: &str,
        bytes: &[u8],
        crop: Option<Crop>,
        frame: Frame,
    ) -> Result<Id> {
        let prepared = {
            let _alone = ONE_AT_A_TIME.lock();
            picture::prepare(bytes, crop, frame).map_err(|refused| problem(field, refused))?
        };
        let upload = Upload { name, mime: prepared.mime, bytes: &prepared.bytes, thumbnail: Some(&prepared.thumbnail) };
        self.keep_file(actor, &upload)
    }
}

fn problem(field: &str, refused: Refused) -> Problem {
    let text = match refused {
        Refused::TooLarge { limit } => {
            say!("The picture is larger than {most} MB: choose a smaller one", most = limit >> 20)
        }
        Refused::NotAPicture { looks_like: "unknown" } => say!("This is no picture: choose a JPEG, PNG, WebP or GIF"),
        Refused::NotAPicture { looks_like } => say!(
            "This is no picture, it looks like {kind}: choose a JPEG, PNG, WebP or GIF",
            kind = looks_like.to_uppercase()
        ),
        Refused::Damaged => say!("The picture is damaged or cut off: save it anew, then choose it again"),
        Refused::TooManyPixels { limit } => say!(
            "The picture has more than {most} million pixels: make it smaller first",
            most = usize::try_from(limit / 1_000_000).unwrap_or(usize::MAX)
        ),
    };
    Problem::at(field, refused.code(), text)
}
