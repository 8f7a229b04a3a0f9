//! Why a file cannot be read or written at all, as a code and its particulars; the caller puts it into words.

use std::fmt;

/// What a file that is no table looks like, judged by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LooksLike {
    Pdf,
    Picture,
    /// A ZIP archive that is no workbook.
    Zip,
    /// Any other archive: RAR, 7z, gzip…
    Archive,
    /// A word processor's or presentation program's document.
    Document,
    /// A web page, often named `.xls` by the program that wrote it.
    Html,
    /// XML, such as "XML Spreadsheet 2003" named `.xls`.
    Xml,
    Sound,
    Film,
    Program,
    Unknown,
}

/// What was larger than a limit of [`crate::Limits`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Bytes of the file.
    Bytes,
    /// Bytes of the file when unpacked (workbooks are ZIP archives).
    Unpacked,
    /// Bytes of one physical line.
    Line,
    Rows,
    Columns,
}

/// Ends the reading or writing of a file. What concerns one row only is a [`crate::RowProblem`].
#[derive(Debug)]
#[non_exhaustive]
pub enum SheetError {
    /// No bytes, or nothing but blank rows.
    Empty,
    Binary {
        looks_like: LooksLike,
    },
    TooLarge {
        what: Measure,
        limit: u64,
    },
    /// The file ends in the middle (a workbook without its directory).
    Truncated,
    /// The workbook wants a password.
    Protected,
    /// The workbook breaks the rules of its format; `reason` is the parser's, in English.
    Damaged {
        reason: String,
    },
    NoSuchSheet {
        sheet: String,
    },
    /// A field of the [`crate::Shape`] has a value that cannot be worked with.
    BadShape {
        field: &'static str,
    },
    Io(std::io::Error),
}

impl SheetError {
    /// A stable name for words and logs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Binary { .. } => "binary",
            Self::TooLarge { .. } => "too_large",
            Self::Truncated => "truncated",
            Self::Protected => "protected",
            Self::Damaged { .. } => "damaged",
            Self::NoSuchSheet { .. } => "no_such_sheet",
            Self::BadShape { .. } => "bad_shape",
            Self::Io(_) => "io",
        }
    }
}

impl fmt::Display for SheetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the file holds no rows"),
            Self::Binary { looks_like } => write!(f, "not a table: the file looks like {looks_like:?}"),
            Self::TooLarge { what, limit } => write!(f, "too large: {what:?} beyond {limit}"),
            Self::Truncated => write!(f, "the file ends in the middle"),
            Self::Protected => write!(f, "the workbook is protected by a password"),
            Self::Damaged { reason } => write!(f, "the workbook is damaged: {reason}"),
            Self::NoSuchSheet { sheet } => write!(f, "no sheet is called {sheet:?}"),
            Self::BadShape { field } => write!(f, "the shape's {field} cannot be used"),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SheetError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            _ => None,
        }
    }
}

impl From<std::io::Error> for SheetError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}
