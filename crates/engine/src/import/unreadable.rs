//! Why a file cannot be read at all, in the user's words.

use base::{Error, Text, say};
use sheet::{LooksLike, Measure, SheetError};

/// The sentence for what stopped the reading of a file; a fault where the machine failed.
pub fn unreadable(error: SheetError) -> Error {
    let text: Text = match error {
        SheetError::Io(cause) => return Error::caused("the file cannot be read", cause),
        SheetError::Empty => "The file is empty".into(),
        SheetError::Binary { looks_like } => taken_for(looks_like).into(),
        SheetError::TooLarge { what, limit } => too_large(what, limit),
        SheetError::Truncated => "The file ends in the middle: send it again".into(),
        SheetError::Protected => "The workbook wants a password: save it without one and send it again".into(),
        SheetError::NoSuchSheet { sheet } => say!("The workbook has no sheet called {sheet}", sheet = sheet),
        SheetError::BadShape { field } => say!("This setting does not suit the file: {setting}", setting = field),
        other => say!("The file cannot be read: {reason}", reason = other.to_string()),
    };
    Error::Unreadable(text)
}

fn taken_for(looks_like: LooksLike) -> &'static str {
    match looks_like {
        LooksLike::Pdf => "The file is neither a CSV nor an Excel file: it looks like a PDF",
        LooksLike::Picture => "The file is neither a CSV nor an Excel file: it looks like a picture",
        LooksLike::Zip | LooksLike::Archive => {
            "The file is neither a CSV nor an Excel file: it looks like an archive, take the file out of it first"
        }
        LooksLike::Document => "The file is neither a CSV nor an Excel file: it looks like a text document",
        LooksLike::Html => {
            "The file is a web page, whatever its name says: open it in Excel and save it as a workbook or CSV"
        }
        LooksLike::Xml => "The file is XML, whatever its name says: open it in Excel and save it as a workbook or CSV",
        LooksLike::Sound | LooksLike::Film | LooksLike::Program | LooksLike::Unknown => {
            "The file is neither a CSV nor an Excel file"
        }
    }
}

fn too_large(what: Measure, limit: u64) -> Text {
    let count = i64::try_from(limit).unwrap_or(i64::MAX);
    match what {
        Measure::Bytes | Measure::Unpacked => {
            say!("The file is too large: at most {count} MB can be brought in at once", count = count >> 20)
        }
        Measure::Line => "The file has no line ends where rows should end: it is no table".into(),
        Measure::Rows => say!("The file has too many rows: at most {count} can be brought in at once", count = count),
        Measure::Columns => say!("The file has too many columns: at most {count} can be read", count = count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_none_of_ours_is_called_what_it_is() {
        let Error::Unreadable(text) = unreadable(SheetError::Binary { looks_like: LooksLike::Pdf }) else {
            panic!("not for the user")
        };
        assert!(text.to_string().ends_with("looks like a PDF"));
    }
}
