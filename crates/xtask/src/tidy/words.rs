//! Every sentence of the code has its Italian, and every sentence of a language file is still said somewhere.
//!
//! The Italian of a crate stands in the `it.ftl` files of its source tree; those of `web` and of the program itself serve all.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::Entry;
use fluent_syntax::parser;
use regex_lite::{Captures, Regex};

use super::Finding;
use super::source::Sources;

/// Shell and program, whose words all crates may say: what floors below say, one of them shows.
const SHARED: [&str; 2] = ["web", "bottega"];

/// A literal, what stands before it being what makes it a sentence. A code such as `"rule"` may come first.
const SENTENCES: [&str; 3] = [
    r#"(?:\bsay!|\.say)\(\s*"((?:[^"\\]|\\[\s\S])*)""#,
    r#"\b(?:refuse|problem)\([^;{}"]*,\s*"((?:[^"\\]|\\[\s\S])*)""#,
    r#"\b(?:Problem::at|refused)\([^;{}]*?,\s*"[a-z0-9_.-]*",\s*(?:say!\(\s*)?"((?:[^"\\]|\\[\s\S])*)""#,
];
/// A raw string is passed over: its quotes would part the rest wrongly, and no sentence is written as one.
const LITERAL: &str = r##"r#"[\s\S]*?"#|"((?:[^"\\]|\\[\s\S])*)""##;
/// A type that clap makes a command line of, with the comment before it: its comments are the help.
const COMMAND_LINE: &str = r"(?m)^(?:/// .*\n)?#\[derive\([^)]*\b(?:Parser|Args|Subcommand)\b[\s\S]*?\n\}";
const COMMENT: &str = r"(?m)^ *///[ ](.*)$";

pub fn check(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    let italian = messages(sources, "/it.ftl", &mut findings);
    let english = messages(sources, "/en.ftl", &mut findings);
    let found = [missing(sources, &italian), unowned(sources, &italian), unowned(sources, &english)];
    findings.extend(found.into_iter().flatten().map(|(place, words)| Finding::error(place, words)));
    findings
}

/// A message of a language file that is nothing but a sentence; those with attributes name declarations.
struct Message<'a> {
    place: String,
    package: &'a str,
    is_sentence: bool,
}

/// By crate and id.
type Messages<'a> = BTreeMap<(&'a str, &'a str), Message<'a>>;

/// Of the files of one language. A file that is no Fluent is an error.
fn messages<'a>(sources: &'a Sources, files: &'a str, findings: &mut Vec<Finding>) -> Messages<'a> {
    let mut messages = BTreeMap::new();
    for file in sources.ending(files) {
        let Some(package) = file.package() else { continue };
        let resource = match parser::parse(file.text.as_str()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                let told =
                    errors.iter().map(|error| Finding::error(file.place(error.pos.start), error.kind.to_string()));
                findings.extend(told);
                resource
            }
        };
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let id = message.id.name;
            // The id is a part of the file's own text, so where it lies is where it starts.
            let byte = id.as_ptr() as usize - file.text.as_ptr() as usize;
            // Only the key of a declaration has an underscore: no slug does.
            let is_sentence = message.value.is_some() && message.attributes.is_empty() && !id.contains('_');
            messages.insert((package, id), Message { place: file.place(byte), package, is_sentence });
        }
    }
    messages
}

fn missing(sources: &Sources, italian: &Messages) -> Vec<(String, String)> {
    let mut told = BTreeSet::new();
    let mut missing = Vec::new();
    for file in sources.program() {
        let (code, package) = (file.code(), file.package().unwrap_or_default());
        let said = SENTENCES.iter().flat_map(|pattern| literals(pattern, &code));
        for (byte, sentence) in said.chain(help(&file.text)) {
            let id = slug(&sentence);
            let mut places = [package].into_iter().chain(SHARED);
            let known = places.any(|package| italian.contains_key(&(package, id.as_str())));
            if !id.is_empty() && id != "word" && !known && told.insert((package.to_owned(), id.clone())) {
                missing.push((file.place(byte), format!("no Italian for {sentence:?}: {id} = …")));
            }
        }
    }
    missing
}

/// Any literal owns a sentence, so that words handed on in a table or a constant count too.
fn unowned(sources: &Sources, messages: &Messages) -> Vec<(String, String)> {
    let mut said: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for file in sources.program() {
        let literals = literals(LITERAL, &file.code()).into_iter().chain(help(&file.text));
        said.entry(file.package().unwrap_or_default()).or_default().extend(literals.map(|(_, words)| slug(&words)));
    }
    let sentences = messages.iter().filter(|(_, message)| message.is_sentence);
    let unowned = sentences.filter(|((package, id), message)| match message.package {
        shared if SHARED.contains(&shared) => !said.values().any(|ids| ids.contains(*id)),
        _ => !said.get(package).is_some_and(|ids| ids.contains(*id)),
    });
    unowned.map(|((_, id), message)| (message.place.clone(), format!("nothing says {id}"))).collect()
}

fn literals(pattern: &str, code: &str) -> Vec<(usize, String)> {
    let Ok(pattern) = Regex::new(pattern) else { return Vec::new() };
    let found = pattern.captures_iter(code).filter_map(|found| found.get(1));
    found.map(|literal| (literal.start(), unescaped(literal.as_str()))).collect()
}

/// The sentences of the command line's help, where a file has one.
fn help(text: &str) -> Vec<(usize, String)> {
    let (Ok(types), Ok(comment)) = (Regex::new(COMMAND_LINE), Regex::new(COMMENT)) else { return Vec::new() };
    let comments_of = |found: regex_lite::Match| -> Vec<(usize, String)> {
        let comments = comment.captures_iter(found.as_str()).filter_map(|line| line.get(1));
        comments.map(|line| (found.start() + line.start(), line.as_str().to_owned())).collect()
    };
    types.find_iter(text).flat_map(comments_of).collect()
}

/// Enough for a slug: a line that goes on, and any other escape as the character itself.
fn unescaped(literal: &str) -> String {
    let Ok(escape) = Regex::new(r"\\(\n\s*|.)") else { return literal.to_owned() };
    let character = |found: &Captures| match &found[1] {
        "n" | "t" => " ".to_owned(),
        continued if continued.starts_with('\n') => String::new(),
        character => character.to_owned(),
    };
    escape.replace_all(literal, character).into_owned()
}

/// The same as `base::text::slug`, as a test proves: this crate is to be built without the floors.
fn slug(english: &str) -> String {
    let lower = english.to_ascii_lowercase();
    let parts = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let slug = parts.collect::<Vec<_>>().join("-");
    if slug.starts_with(|c: char| c.is_ascii_digit()) { format!("n{slug}") } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::sample;

    #[test]
    fn a_sentence_has_the_same_name_here_and_in_the_program() {
        for english in ["{count} records moved to the trash.", "2 people", "", " -- ", "È già qui: {x}!", "A  B", "1"]
        {
            assert_eq!(slug(english), base::text::slug(english), "{english}");
        }
    }

    #[test]
    fn sentences_without_italian_and_italian_without_a_sentence_are_found() {
        let code = "fn f() { say!(\"Moved to {place}\", place = x); words.say(\"Save\"); say!(\n  \"Not \\\n   here\"); }\n\
            fn g() { refuse(&LOST, \"Say why\")?; Error::refused(\"name\", \"required\", \"Give it a name\") }\n\
            const LABEL: &str = \"In a table\";\n// say!(\"a comment\")\n#[cfg(test)]\nmod tests { say!(\"a test\") }\n";
        let line = "/// Reads.\nfn read() {}\n/// The program\n#[derive(Parser, Debug)]\nstruct Line {\n    /// The folder\n    \
            #[arg(long)]\n    data: PathBuf,\n}\n/// Not said\nfn other() {}\n";
        let own = "moved-to-place = Spostato in { $place }\nin-a-table = In tabella\ngone = Sparito\nparty = Anagrafica\n    .plural = Anagrafiche\n";
        let sources = sample(&[
            ("crates/crm/src/parties/mod.rs", code),
            ("crates/crm/src/parties/it.ftl", own),
            ("crates/web/src/it.ftl", "save = Salva\nparty_tag = Etichetta\n"),
            ("crates/bottega/src/line.rs", line),
            ("crates/bottega/src/it.ftl", "the-program = Il programma\nsay-why-not = Di' perché no\n"),
        ]);
        let mut words: Vec<String> = check(&sources).into_iter().map(|finding| finding.words).collect();
        words.sort();
        let missing = |english: &str| format!("no Italian for {english:?}: {} = …", slug(english));
        assert_eq!(
            words,
            [
                missing("Give it a name"),
                missing("Not here"),
                missing("Say why"),
                missing("The folder"),
                "nothing says gone".to_owned(),
                "nothing says say-why-not".to_owned(),
            ]
        );
    }

    #[test]
    fn a_language_file_that_cannot_be_read_is_an_error() {
        let found = check(&sample(&[("crates/web/src/it.ftl", "save Salva\n")]));
        assert!(found.len() == 1 && !found[0].warning);
    }
}
