//! A sentence for people, kept free of language until someone reads it.

use std::borrow::Cow;
use std::fmt;

/// An English sentence with named arguments. The English stands in the code; [`crate::Words`] finds its Italian by the
/// [`slug`] of the sentence. Make one with [`crate::say!`].
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    pub english: Cow<'static, str>,
    pub arguments: Vec<(&'static str, Argument)>,
}

/// What fills a `{name}` of a sentence. Numbers select the plural, sentences are translated in turn.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    Number(i64),
    Word(String),
    Text(Text),
}

/// `say!("{count} selected", count = 3)`: a [`Text`] whose English is the literal.
#[macro_export]
macro_rules! say {
    ($english:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::text::Text { english: ::std::borrow::Cow::Borrowed($english), arguments: vec![$((stringify!($name), $value.into())),*] }
    };
}

impl Text {
    /// A word that is the same in every language: a name, a code, what a person typed.
    pub fn verbatim(word: impl Into<String>) -> Text {
        Text { english: Cow::Borrowed("{word}"), arguments: vec![("word", Argument::Word(word.into()))] }
    }
}

impl From<&'static str> for Text {
    fn from(english: &'static str) -> Text {
        Text { english: Cow::Borrowed(english), arguments: Vec::new() }
    }
}

impl From<i64> for Argument {
    fn from(number: i64) -> Argument {
        Argument::Number(number)
    }
}

impl From<usize> for Argument {
    fn from(number: usize) -> Argument {
        Argument::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<i32> for Argument {
    fn from(number: i32) -> Argument {
        Argument::Number(number.into())
    }
}

impl From<String> for Argument {
    fn from(word: String) -> Argument {
        Argument::Word(word)
    }
}

impl From<&str> for Argument {
    fn from(word: &str) -> Argument {
        Argument::Word(word.to_owned())
    }
}

impl From<Text> for Argument {
    fn from(text: Text) -> Argument {
        Argument::Text(text)
    }
}

/// English, for logs and the command line of programs.
impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest: &str = &self.english;
        while let Some(open) = rest.find('{') {
            let Some(close) = rest[open..].find('}') else { break };
            f.write_str(&rest[..open])?;
            let name = &rest[open + 1..open + close];
            match self.arguments.iter().find(|(known, _)| *known == name) {
                Some((_, Argument::Number(number))) => write!(f, "{number}")?,
                Some((_, Argument::Word(word))) => f.write_str(word)?,
                Some((_, Argument::Text(text))) => write!(f, "{text}")?,
                None => write!(f, "{{{name}}}")?,
            }
            rest = &rest[open + close + 1..];
        }
        f.write_str(rest)
    }
}

/// The name of a sentence in the language files: its letters and digits in lower case, the rest as single hyphens.
/// `"{count} records moved to the trash"` is `count-records-moved-to-the-trash`.
pub fn slug(english: &str) -> String {
    let mut slug = String::with_capacity(english.len());
    for c in english.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.starts_with(|c: char| c.is_ascii_digit()) {
        slug.insert(0, 'n');
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_filled_in_english_without_any_language_file() {
        let text = say!("{count} of {name}", count = 3, name = Text::from("Companies"));
        assert_eq!(text.to_string(), "3 of Companies");
        assert_eq!(Text::verbatim("{x}").to_string(), "{x}");
    }

    #[test]
    fn a_slug_is_a_name_that_a_language_file_accepts() {
        assert_eq!(slug("{count} records moved to the trash."), "count-records-moved-to-the-trash");
        assert_eq!(slug("2 people changed this"), "n2-people-changed-this");
    }
}
