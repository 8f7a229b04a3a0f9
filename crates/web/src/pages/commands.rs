//! What the palette can do beside finding records, known by its words in either language.

use base::say;
use base::words::{Language, Words};
use engine::access::may;
use meta::access::Verb;
use meta::{Face, Model};
use ui::{Avatar, Hit};

use crate::Visit;
use crate::pages::create;
use crate::posted::encode;

/// Commands shown whose words match in part.
const SHOWN: usize = 6;
/// In both languages; a noun follows.
const CREATE: [&str; 8] = ["nuova", "nuovo", "crea", "aggiungi", "new", "create", "add", "make"];
const IMPORT: [&str; 3] = ["importa", "import", "importazione"];
const SETTINGS: &str = "impostazioni;preferenze;settings;preferences";

/// The commands for what was typed: those that it names whole, which stand before all records, and those of which it is a part.
pub fn commands<'a>(visit: &Visit<'a>, typed: &str) -> (Vec<Hit<'a>>, Vec<Hit<'a>>) {
    let asked: Vec<String> = typed.split_whitespace().map(base::fold).collect();
    let (mut whole, mut part) = (Vec::new(), Vec::new());
    if asked.is_empty() {
        return (whole, part);
    }
    for command in all(visit) {
        let phrases: Vec<Vec<&str>> = command.phrases.iter().map(|phrase| phrase.split(' ').collect()).collect();
        let begins = |phrase: &&Vec<&str>| phrase.len() < asked.len() && phrase.iter().zip(&asked).all(|(a, b)| a == b);
        if phrases.iter().any(|phrase| *phrase == asked) {
            whole.push(command.hit(None));
        } else if let Some(phrase) = phrases.iter().find(begins).filter(|_| !command.takes.is_empty()) {
            let name = typed.split_whitespace().skip(phrase.len()).collect::<Vec<_>>().join(" ");
            whole.push(command.hit(Some(name)));
        } else if phrases.iter().any(|phrase| within(&asked, phrase)) {
            part.push(command.hit(None));
        }
    }
    part.truncate(SHOWN);
    (whole, part)
}

/// For what nothing is called like: to make it.
pub fn creations<'a>(visit: &Visit<'a>, typed: &str) -> Vec<Hit<'a>> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let creating = all(visit).into_iter().filter(|command| !command.takes.is_empty());
    creating.take(3).map(|command| command.hit(Some(name.clone()))).collect()
}

/// Whether every word begins one of the phrase's.
fn within(asked: &[String], phrase: &[&str]) -> bool {
    asked.iter().all(|word| phrase.iter().any(|known| known.starts_with(word.as_str())))
}

#[derive(Default)]
struct Command {
    label: String,
    icon: &'static str,
    url: String,
    /// Instead of an address, what the page's script or a posted form does.
    script: &'static str,
    post: String,
    /// Folded.
    phrases: Vec<String>,
    /// Where records are made and what of them a name fills in: the path, and fields of the form.
    path: String,
    takes: Vec<&'static str>,
}

impl Command {
    fn hit<'a>(&self, name: Option<String>) -> Hit<'a> {
        let mut title = vec![(self.label.clone().into(), false)];
        let mut url = self.url.clone();
        if let Some(name) = name {
            url = create::address(&self.path, &self.takes, &name);
            title.push((": ".into(), false));
            title.push((name.into(), true));
        }
        Hit {
            avatar: Avatar {
                id: self.label.clone().into(),
                icon: self.icon,
                name: self.label.clone().into(),
                ..Avatar::default()
            },
            url: url.into(),
            script: self.script,
            post: self.post.clone().into(),
            title,
            ..Hit::default()
        }
    }
}

fn all(visit: &Visit) -> Vec<Command> {
    let mut commands = Vec::new();
    for path in visit.ask.app.menu.groups.iter().flat_map(|group| group.paths.iter().copied()) {
        let Some((model, face)) = visit.catalogue.at_path(path) else { continue };
        if visit.shows(path) && may(&visit.actor, model, face, Verb::View) {
            commands.extend(of_list(visit, path, model, face));
        }
    }
    let admin = visit.actor.person.rights.admin;
    let to = |label: &'static str, url: &str, icon, also: &str| Command {
        label: visit.say(label).into_owned(),
        url: url.to_owned(),
        icon,
        phrases: phrases(visit, label, also),
        ..Command::default()
    };
    commands.push(to("Today", "/", "home", "home;inizio"));
    commands.push(to("Trash", "/trash", "trash", "bin"));
    if admin {
        commands.push(to("Users", "/users", "users-group", "utente;user"));
    }
    if crate::pages::may_set(visit) {
        commands.push(to("Settings", crate::pages::SETTINGS, "settings", "configurazione;configuration;lists;liste"));
        let kept = visit.catalogue.models.iter().filter(|model| visit.actor.person.rights.keeps(model.entity.key));
        commands.extend(kept.map(|model| fields_of(visit, model)));
    }
    commands.push(to("Guide", "/guide", "help-circle", "aiuto;help;manuale;manual"));
    let also = format!("password;account;profilo;profile;token;sessioni;sessions;{SETTINGS}");
    commands.push(to("My account", crate::pages::ACCOUNT, "user", &also));
    let script = |label, icon, act, also: &str| Command { script: act, ..to(label, "", icon, also) };
    let also = format!("moduli;modules;menu;{SETTINGS}");
    commands.push(to("What my menu shows", crate::pages::MENU, "menu-2", &also));
    commands.push(script("Light", "sun", "theme-light", &format!("tema chiaro;light theme;tema;theme;{SETTINGS}")));
    commands.push(script("Dark", "moon", "theme-dark", &format!("tema scuro;dark theme;tema;theme;{SETTINGS}")));
    commands.push(script("As the system", "device-desktop", "theme-auto", &format!("tema;theme;{SETTINGS}")));
    for (name, tag, also) in [("English", "en", "inglese"), ("Italiano", "it", "italian")] {
        let phrases = format!("{name};{also};lingua;language;{SETTINGS}");
        commands.push(Command {
            label: name.to_owned(),
            icon: "language",
            post: format!("/language/{tag}"),
            phrases: phrases.split(';').map(base::fold).collect(),
            ..Command::default()
        });
    }
    commands.push(Command { post: "/sign-out".to_owned(), ..to("Sign out", "", "logout", "logout") });
    commands
}

/// The settings of the fields of one kind of record.
fn fields_of(visit: &Visit, model: &Model) -> Command {
    let both = [Language::It, Language::En].map(|language| visit.ask.app.words.of(language));
    let label = |words: &Words| words.text(&say!("Fields: {what}", what = model.plural(words)));
    Command {
        label: label(visit.words()),
        url: crate::pages::fields_of(model),
        icon: "adjustments-horizontal",
        phrases: both.iter().map(|words| base::fold(&label(words).replace(':', ""))).collect(),
        ..Command::default()
    }
}

/// Of one list: making a record, going there, one's own, bringing a file in.
fn of_list(visit: &Visit, path: &str, model: &Model, face: Option<&'static Face>) -> Vec<Command> {
    let icon = face.map_or(model.entity.icon, |face| face.icon);
    let called = |words: &Words| model.called(face, words);
    let here = called(visit.words());
    let new =
        |words: &Words| say!("New {what}", what = called(words).singular.to_lowercase(), gender = called(words).gender);
    let mine = |words: &Words| {
        say!("My {plural}", plural = called(words).plural.to_lowercase(), gender = called(words).gender)
    };
    let both = [Language::It, Language::En].map(|language| visit.ask.app.words.of(language));
    let folded = |text: String| base::fold(&text);
    let mut commands = Vec::new();
    let creatable = face.is_some() || model.entity.faces.is_empty();
    if creatable && may(&visit.actor, model, face, Verb::Create) {
        let singulars = both.iter().map(|words| called(words).singular);
        let verbs = |noun: String| CREATE.iter().map(move |verb| base::fold(&format!("{verb} {noun}")));
        commands.push(Command {
            label: visit.text(new(visit.words())),
            url: format!("/{path}/new"),
            icon: "plus",
            phrases: singulars.flat_map(verbs).collect(),
            path: path.to_owned(),
            takes: create::takes(model, face),
            ..Command::default()
        });
    }
    commands.push(Command {
        label: here.plural.clone(),
        url: format!("/{path}"),
        icon,
        phrases: both.iter().map(|words| folded(called(words).plural)).collect(),
        ..Command::default()
    });
    if model.in_charge.is_some() {
        commands.push(Command {
            label: visit.text(mine(visit.words())),
            url: format!("/{path}?{}", encode(&[("in_charge[has]", "me")])),
            icon,
            phrases: both.iter().map(|words| folded(words.text(&mine(words)))).collect(),
            ..Command::default()
        });
    }
    if may(&visit.actor, model, face, Verb::Import) {
        let plurals = both.iter().map(|words| called(words).plural);
        let verbs = |noun: String| IMPORT.iter().map(move |verb| base::fold(&format!("{verb} {noun}")));
        commands.push(Command {
            label: visit.text(say!("Import: {what}", what = here.plural.to_lowercase())),
            url: format!("/{path}/import"),
            icon: "file-import",
            phrases: IMPORT.iter().map(|verb| (*verb).to_owned()).chain(plurals.flat_map(verbs)).collect(),
            ..Command::default()
        });
    }
    commands
}

/// A label in both languages, and what else it goes by.
fn phrases(visit: &Visit, label: &'static str, also: &str) -> Vec<String> {
    let both = [Language::It, Language::En].map(|language| visit.ask.app.words.of(language).say(label).into_owned());
    both.iter().map(String::as_str).chain(also.split(';')).map(base::fold).collect()
}
