//! One language's sentences and labels, read from Fluent files (<https://projectfluent.org>).
//!
//! The English stands in the code. A sentence's message is found by its [`slug`]; what has none is said in English.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::resolver::ResolverError;
use fluent_bundle::resolver::errors::ReferenceKind;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;
use parking_lot::RwLock;
use unic_langid::LanguageIdentifier;

use crate::Text;
use crate::numbers::{NumberStyle, format_human};
use crate::text::{Argument, slug};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    #[default]
    It,
    En,
}

/// The words of one language, made once and shared by all threads.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    messages: Vec<Message>,
    places: HashMap<String, usize>,
    /// Where a sentence of the code was found, so that its slug is made once.
    found: RwLock<HashMap<&'static str, Option<usize>>>,
}

/// A message and what of it is the same whatever the arguments.
struct Message {
    id: String,
    value: Line,
    attributes: Vec<(String, Line)>,
}

enum Line {
    Missing,
    Fixed(String),
    WithArguments,
}

impl Language {
    /// `it` or `en` (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Language::It => "it",
            Language::En => "en",
        }
    }

    /// The language of a tag such as `en` or `it-IT`, where it is one of ours.
    pub fn from_tag(tag: &str) -> Option<Language> {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        [Language::It, Language::En].into_iter().find(|known| known.tag().eq_ignore_ascii_case(language))
    }

    /// The first of ours that a browser asks for (`Accept-Language`, RFC 9110); Italian where it asks for none of them.
    pub fn preferred(accepted: &str) -> Language {
        let wanted = fluent_langneg::parse_accepted_languages(accepted);
        wanted.iter().find_map(|one| Language::from_tag(one.language.as_str())).unwrap_or_default()
    }

    pub fn number_style(self) -> NumberStyle {
        match self {
            Language::It => NumberStyle::Italian,
            Language::En => NumberStyle::English,
        }
    }
}

impl Words {
    /// Reads Fluent texts. The error names the source (from 1), the line and the reason: a line that is no Fluent, an id
    /// written twice with different words, a reference to a message, term or function that is not there.
    pub fn new(language: Language, sources: &[&str]) -> Result<Words, String> {
        let identifier: LanguageIdentifier = language.tag().parse().map_err(|error| format!("{error}"))?;
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        // The marks would be copied, searched and compared along with the words.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::It => |value, _| grouped(value, NumberStyle::Italian),
            Language::En => |value, _| grouped(value, NumberStyle::English),
        }));
        bundle.add_builtins().map_err(|error| error.to_string())?;
        let mut ids = Vec::new();
        let mut known: HashMap<String, String> = HashMap::new();
        for (source, number) in sources.iter().zip(1..) {
            let mut here: HashSet<String> = HashSet::new();
            let resource = FluentResource::try_new((*source).to_owned()).map_err(|(_, errors)| {
                let line = |at: usize| 1 + source.bytes().take(at).filter(|b| *b == b'\n').count();
                let reasons: Vec<_> =
                    errors.iter().map(|e| format!("line {}: {}", line(e.pos.start), e.kind)).collect();
                format!("source {number}, {}", reasons.join("; "))
            })?;
            for entry in resource.entries() {
                let Entry::Message(message) = entry else { continue };
                let said = format!("{:?}{:?}", message.value, message.attributes);
                match known.get(message.id.name) {
                    None => {
                        known.insert(message.id.name.to_owned(), said);
                        ids.push(message.id.name.to_owned());
                    }
                    Some(before) if *before == said && !here.contains(message.id.name) => {}
                    Some(_) => return Err(format!("source {number}: {} is written twice", message.id.name)),
                }
                here.insert(message.id.name.to_owned());
            }
            // What two modules say alike, both may say; the first stays.
            let twice = |error: &FluentError| matches!(error, FluentError::Overriding { .. });
            if let Err(errors) = bundle.add_resource(resource)
                && !errors.iter().all(twice)
            {
                return Err(format!("source {number}: {}", joined(&errors)));
            }
        }
        let messages = ids.into_iter().map(|id| Message::read(&bundle, id)).collect::<Result<Vec<_>, _>>()?;
        let places = messages.iter().enumerate().map(|(place, message)| (message.id.clone(), place)).collect();
        Ok(Words { language, bundle, messages, places, found: RwLock::default() })
    }

    pub fn language(&self) -> Language {
        self.language
    }

    /// A sentence without arguments. Costs one look-up and no allocation once it was said.
    pub fn say(&self, english: &'static str) -> Cow<'_, str> {
        match self.place(english).map(|place| &self.messages[place].value) {
            Some(Line::Fixed(line)) => Cow::Borrowed(line),
            _ => Cow::Borrowed(english),
        }
    }

    /// A sentence with its arguments: numbers are grouped and select the plural, texts are translated in turn.
    pub fn text(&self, text: &Text) -> String {
        if let ("{word}", [(_, Argument::Word(word))]) = (text.english.as_ref(), text.arguments.as_slice()) {
            return word.clone();
        }
        let place = match &text.english {
            Cow::Borrowed(english) => self.place(english),
            Cow::Owned(english) => self.places.get(&slug(english)).copied(),
        };
        place.and_then(|place| self.line(place, None, &text.arguments)).unwrap_or_else(|| self.english(text))
    }

    /// The fixed words of a message or of one of its attributes, by their ids: how declarations are named. `None` where
    /// there are none, or where they need arguments.
    pub fn label(&self, id: &str, attribute: Option<&str>) -> Option<String> {
        self.attribute_with(id, attribute, &[])
    }

    /// The words of a message or of one of its attributes, filled with arguments. `None` where there are none, or where
    /// they need an argument that is not given.
    pub fn attribute_with(
        &self,
        id: &str,
        attribute: Option<&str>,
        arguments: &[(&'static str, Argument)],
    ) -> Option<String> {
        self.line(*self.places.get(id)?, attribute, arguments)
    }

    /// All messages that have a value as `id`, all attributes as `id.attribute`, in the order of the sources.
    pub fn ids(&self) -> Vec<String> {
        let of = |message: &Message| {
            let value = (!matches!(message.value, Line::Missing)).then(|| message.id.clone());
            let attributes = message.attributes.iter().map(|(name, _)| format!("{}.{name}", message.id));
            value.into_iter().chain(attributes).collect::<Vec<_>>()
        };
        self.messages.iter().flat_map(of).collect()
    }

    fn place(&self, english: &'static str) -> Option<usize> {
        if let Some(place) = self.found.read().get(english) {
            return *place;
        }
        let place = self.places.get(&slug(english)).copied();
        self.found.write().insert(english, place);
        place
    }

    fn line(&self, place: usize, attribute: Option<&str>, arguments: &[(&'static str, Argument)]) -> Option<String> {
        let message = &self.messages[place];
        match message.part(attribute)? {
            Line::Missing => return None,
            Line::Fixed(line) => return Some(line.clone()),
            Line::WithArguments => {}
        }
        let known = self.bundle.get_message(&message.id)?;
        let pattern = match attribute {
            Some(name) => known.get_attribute(name)?.value(),
            None => known.value()?,
        };
        let mut filled = FluentArgs::with_capacity(arguments.len());
        for (name, argument) in arguments {
            filled.set(*name, self.value(argument));
        }
        let mut errors = Vec::new();
        let line = self.bundle.format_pattern(pattern, Some(&filled), &mut errors);
        errors.is_empty().then(|| line.into_owned())
    }

    fn value<'a>(&self, argument: &'a Argument) -> FluentValue<'a> {
        match argument {
            Argument::Number(number) => FluentValue::from(*number),
            Argument::Word(word) => FluentValue::from(word.as_str()),
            Argument::Text(text) => FluentValue::from(self.text(text)),
        }
    }

    /// The English of the code, its arguments in this language.
    fn english(&self, text: &Text) -> String {
        let word = |argument: &Argument| match argument {
            Argument::Number(number) => format_human(*number, 0, self.language.number_style()),
            Argument::Word(word) => word.clone(),
            Argument::Text(text) => self.text(text),
        };
        let arguments = text.arguments.iter().map(|(name, argument)| (*name, Argument::Word(word(argument)))).collect();
        Text { english: text.english.clone(), arguments }.to_string()
    }
}

impl Message {
    fn read(bundle: &FluentBundle<FluentResource>, id: String) -> Result<Message, String> {
        let read = |pattern, name: &str| {
            let mut errors = Vec::new();
            let line = bundle.format_pattern(pattern, None, &mut errors);
            if errors.is_empty() {
                return Ok(Line::Fixed(line.into_owned()));
            }
            errors.retain(|error| !is_variable(error));
            if errors.is_empty() { Ok(Line::WithArguments) } else { Err(format!("{name}: {}", joined(&errors))) }
        };
        let message = bundle.get_message(&id).ok_or_else(|| format!("{id}: not a message"))?;
        let value = message.value().map_or(Ok(Line::Missing), |pattern| read(pattern, &id))?;
        let mut attributes: Vec<(String, Line)> = Vec::new();
        for attribute in message.attributes() {
            let name = format!("{id}.{}", attribute.id());
            if attributes.iter().any(|(known, _)| known == attribute.id()) {
                return Err(format!("{name}: written twice"));
            }
            attributes.push((attribute.id().to_owned(), read(attribute.value(), &name)?));
        }
        Ok(Message { id, value, attributes })
    }

    fn part(&self, attribute: Option<&str>) -> Option<&Line> {
        match attribute {
            Some(name) => self.attributes.iter().find(|(known, _)| known == name).map(|(_, line)| line),
            None => Some(&self.value),
        }
    }
}

fn is_variable(error: &FluentError) -> bool {
    matches!(error, FluentError::ResolverError(ResolverError::Reference(ReferenceKind::Variable { .. })))
}

fn joined(errors: &[FluentError]) -> String {
    errors.iter().map(FluentError::to_string).collect::<Vec<_>>().join("; ")
}

/// Whole numbers with their thousands grouped; `NUMBER($year, useGrouping: "false")` leaves one as it is.
fn grouped(value: &FluentValue, style: NumberStyle) -> Option<String> {
    match value {
        FluentValue::Number(FluentNumber { value, options }) if options.use_grouping && value.fract() == 0.0 => {
            Some(format_human(*value as i64, 0, style))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::say;

    const ITALIAN: &str = "
save = Salva
party = Anagrafica
    .plural = Anagrafiche
    .vat_number = Partita IVA
    .created = { $count ->
        [one] Creata un'anagrafica
       *[other] Create { $count } anagrafiche
    }
count-of-name-selected = { $count ->
    [one] Selezionato { $count } elemento di { $name }
   *[other] Selezionati { $count } elementi di { $name }
}
since-year = Dal { NUMBER($year, useGrouping: \"false\") }
word = Parola
wrong-names = { $nome }
list-stages =
    .won = Vinta
";

    fn words(language: Language) -> Words {
        Words::new(language, if language == Language::It { &[ITALIAN] } else { &[] }).unwrap()
    }

    #[test]
    fn a_browser_gets_the_first_of_our_languages_that_it_asks_for() {
        let first =
            ["", "*", "it-IT,it;q=0.9,en;q=0.8", "en-GB,en;q=0.9,it;q=0.5", "de-DE, en;q=0.4", "de-DE", ";;,q=x"];
        let ours = first.map(|asked| Language::preferred(asked).tag());
        assert_eq!(ours, ["it", "it", "it", "en", "en", "it", "it"]);
    }

    #[test]
    fn a_sentence_is_said_in_italian_or_else_in_english() {
        let italian = words(Language::It);
        assert_eq!(italian.say("Save"), "Salva");
        assert!(matches!(italian.say("Save"), Cow::Borrowed("Salva")));
        assert_eq!(italian.say("Undo"), "Undo");
        assert_eq!(words(Language::En).say("Save"), "Save");
    }

    #[test]
    fn numbers_select_the_plural_and_are_grouped() {
        let selected = |count: i64| say!("{count} of {name} selected", count = count, name = Text::from("Save"));
        let italian = words(Language::It);
        assert_eq!(italian.text(&selected(1)), "Selezionato 1 elemento di Salva");
        assert_eq!(italian.text(&selected(2140)), "Selezionati 2.140 elementi di Salva");
        assert_eq!(words(Language::En).text(&selected(2140)), "2,140 of Save selected");
        assert_eq!(italian.text(&say!("Since {year}", year = 2026)), "Dal 2026");
    }

    #[test]
    fn a_verbatim_word_is_never_translated() {
        assert_eq!(words(Language::It).text(&Text::verbatim("{count} Save")), "{count} Save");
        assert_eq!(words(Language::It).text(&say!("Hello {who}", who = "{x}")), "Hello {x}");
    }

    #[test]
    fn a_line_that_asks_for_an_unknown_argument_gives_way_to_the_english() {
        assert_eq!(words(Language::It).text(&say!("Wrong names", name = "x")), "Wrong names");
    }

    #[test]
    fn declarations_find_their_labels_by_id_and_attribute() {
        let italian = words(Language::It);
        assert_eq!(italian.label("party", None).as_deref(), Some("Anagrafica"));
        assert_eq!(italian.label("party", Some("vat_number")).as_deref(), Some("Partita IVA"));
        assert_eq!(italian.label("list-stages", Some("won")).as_deref(), Some("Vinta"));
        assert_eq!(
            [italian.label("list-stages", None), italian.label("x", None), italian.label("party", Some("x"))],
            [None, None, None]
        );
        let created = |count: i64| italian.attribute_with("party", Some("created"), &[("count", count.into())]);
        assert_eq!(created(3).as_deref(), Some("Create 3 anagrafiche"));
        assert!(italian.ids().ends_with(&["wrong-names".to_owned(), "list-stages.won".to_owned()]));
        assert!(italian.ids().contains(&"party.plural".to_owned()));
    }

    #[test]
    fn a_broken_source_is_refused_with_its_place() {
        let refused = |sources: &[&str]| Words::new(Language::It, sources).err().unwrap_or_default();
        assert!(refused(&["a = b\n", "a = b\n\n!!\n"]).starts_with("source 2, line 3: "));
        assert!(refused(&["a = b\n", "a = c\n"]).starts_with("source 2: a is written twice"));
        assert_eq!(refused(&["a = { b }\n"]), "a: Resolver error: Unknown message: b");
        assert_eq!(refused(&["a = b\n .x = 1\n .x = 2\n"]), "a.x: written twice");
    }

    #[test]
    fn a_language_is_known_by_its_tag() {
        assert_eq!(
            ["it-IT", "EN", "fr", ""].map(Language::from_tag),
            [Some(Language::It), Some(Language::En), None, None]
        );
    }
}
