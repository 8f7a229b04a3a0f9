//! The frame around every page.

use base::words::Language;
use maud::{Markup, html};
use meta::access::Verb;
use ui::{
    Act, Avatar, Bare, Brand, Entry, Group, MenuItem, PaletteWords, Rail, SearchBox, Shell, ShellWords, Theme, Toast,
    UserMenu,
};

use crate::parts::keys::{self, Place};
use crate::{Ask, Visit};

/// A page inside the frame. `current` is the path of the menu entry that it belongs to.
pub fn page(visit: &Visit, title: &str, current: Option<&str>, content: Markup) -> Markup {
    page_with(visit, title, current, crate::pages::carried(visit), content)
}

/// The same, with a toast.
pub fn page_with(visit: &Visit, title: &str, current: Option<&str>, toast: Option<Toast>, content: Markup) -> Markup {
    let words = visit.words();
    let (groups, foot, go) = places_of(visit, current);
    let company = visit.engine().setting("company").ok().flatten().unwrap_or_default();
    let bell = crate::pages::notices::bell(visit);
    let phone = phone_entries(words.say("More"), current, &groups, bell.count);
    let letters: Vec<(String, &str)> =
        go.iter().map(|place| (place.letter.to_ascii_lowercase(), place.url.as_str())).collect();
    let shell = Shell {
        lang: words.language().tag().into(),
        title: format!("{title} · Bottega").into(),
        theme: theme(visit.ask),
        csrf: visit.csrf.as_str().into(),
        collapsed: visit.ask.cookie("rail") == Some("narrow"),
        rail: Rail { brand: Brand { name: "Bottega".into(), company: company.into(), url: "/".into() }, groups, foot },
        search: SearchBox {
            url: "/search".into(),
            placeholder: words.say("Search companies, people, phone and VAT numbers"),
            label: words.say("Search everything"),
            palette: PaletteWords {
                title: words.say("Search"),
                close: words.say("Close"),
                left: vec![(vec!["↑", "↓"], words.say("move")), (vec![enter(words.language())], words.say("open"))],
                right: Vec::new(),
            },
            ..SearchBox::default()
        },
        create: create_items(visit, current),
        create_word: words.say("Create"),
        bell: Some(bell),
        help: crate::pages::help(visit),
        user: user_menu(visit),
        phone,
        toast,
        keys: keys::sheet(visit, &go),
        letters: true,
        go: letters.iter().map(|(letter, url)| (letter.as_str(), *url)).collect(),
        words: ShellWords {
            skip: words.say("Skip to the content"),
            navigation: words.say("Navigation"),
            more_to_create: words.say("More to create"),
            offline: words.say("No network: what you write stays here"),
            failed: words.say("This did not work: the server does not answer. What you wrote stays here."),
            copied: words.say("Copied"),
            unsaved: words.say("You wrote something that is not saved."),
            close: words.say("Close"),
            collapse: words.say("Narrow the bar"),
        },
        ..Shell::default()
    };
    ui::page(&shell, content)
}

/// The left bar: groups and foot, and the letters after `G` that lead to some of them.
fn places_of<'a>(visit: &Visit<'a>, current: Option<&str>) -> (Vec<Group<'a>>, Vec<Entry<'a>>, Vec<Place<'a>>) {
    let words = visit.words();
    let app = &visit.ask.app;
    let mut go = vec![Place { letter: "O", url: "/".to_owned(), label: words.say("Today") }];
    let mut groups: Vec<Group> = vec![Group {
        title: "".into(),
        entries: vec![Entry {
            label: words.say("Today"),
            icon: "home",
            url: "/".into(),
            current: current == Some("/"),
            ..Entry::default()
        }],
    }];
    for group in &app.menu.groups {
        let entries: Vec<Entry> = group.paths.iter().filter_map(|path| entry(visit, path, current, &mut go)).collect();
        if !entries.is_empty() {
            groups.push(Group { title: words.say(group.title), entries });
        }
    }
    let mut foot = vec![Entry {
        label: words.say("Trash"),
        icon: "trash",
        url: "/trash".into(),
        current: current == Some("/trash"),
        ..Entry::default()
    }];
    if visit.actor.person.rights.admin {
        foot.push(Entry {
            label: words.say("Users"),
            icon: "users-group",
            url: "/users".into(),
            current: current == Some("users"),
            ..Entry::default()
        });
    }
    if crate::pages::may_set(visit) {
        foot.push(Entry {
            label: words.say("Settings"),
            icon: "settings",
            url: crate::pages::SETTINGS.into(),
            current: current == Some(crate::pages::SETTINGS),
            ..Entry::default()
        });
    }
    foot.push(Entry {
        label: words.say("Guide"),
        icon: "help-circle",
        url: "/guide".into(),
        current: current == Some("/guide"),
        ..Entry::default()
    });
    (groups, foot, go)
}

fn entry<'a>(
    visit: &Visit<'a>,
    path: &'static str,
    current: Option<&str>,
    go: &mut Vec<Place<'a>>,
) -> Option<Entry<'a>> {
    let (model, face) = visit.catalogue.at_path(path)?;
    if !visit.shows(path) || !engine::access::may(&visit.actor, model, face, Verb::View) {
        return None;
    }
    let words = visit.words();
    let label = model.called(face, words).plural;
    let icon = face.map_or(model.entity.icon, |face| face.icon);
    if let Some(letter) = face.and_then(|face| face.go).and_then(keys::cap) {
        go.push(Place { letter, url: format!("/{path}"), label: label.clone().into() });
    }
    Some(Entry {
        label: label.into(),
        icon,
        url: format!("/{path}").into(),
        current: current == Some(path),
        ..Entry::default()
    })
}

/// What *Create* offers: the entity of the page first.
fn create_items<'a>(visit: &Visit<'a>, current: Option<&str>) -> Vec<MenuItem<'a>> {
    let mut items = Vec::new();
    let paths = visit.ask.app.menu.groups.iter().flat_map(|group| group.paths.iter().copied());
    for path in paths {
        let Some((model, face)) = visit.catalogue.at_path(path) else { continue };
        // The whole of an entity that has faces is made through one of them.
        if (face.is_none() && !model.entity.faces.is_empty())
            || !engine::access::may(&visit.actor, model, face, Verb::Create)
            // On a list that is left out, what one makes there is still what one means.
            || (current != Some(path) && !visit.shows(path))
        {
            continue;
        }
        let words = visit.words();
        let label = model.called(face, words).singular;
        let icon = face.map_or(model.entity.icon, |face| face.icon);
        let item = MenuItem {
            label: label.into(),
            icon,
            act: crate::pages::way_to_make(model, path, &[], false),
            ..MenuItem::default()
        };
        if current == Some(path) { items.insert(0, item) } else { items.push(item) }
    }
    items
}

fn user_menu<'a>(visit: &Visit<'a>) -> UserMenu<'a> {
    let words = visit.words();
    let other = match visit.actor.language {
        Language::It => ("English", "en"),
        Language::En => ("Italiano", "it"),
    };
    let script =
        |label, icon, act: &'static str| MenuItem { label, icon, act: Act::Script(act.into()), ..MenuItem::default() };
    UserMenu {
        name: visit.user.name.clone().into(),
        email: visit.user.email.clone().into(),
        avatar: person(&visit.user.id.to_string(), &visit.user.name),
        items: vec![
            script(words.say("Light"), "sun", "theme-light"),
            script(words.say("Dark"), "moon", "theme-dark"),
            script(words.say("As the system"), "device-desktop", "theme-auto"),
            MenuItem { key: "?", line_above: true, ..script(words.say("Keys"), "keyboard", "keys") },
            MenuItem {
                label: other.0.into(),
                icon: "language",
                act: Act::Post { url: format!("/language/{}", other.1).into(), csrf: visit.csrf.clone().into() },
                ..MenuItem::default()
            },
            MenuItem {
                label: words.say("How I am told"),
                icon: "bell",
                act: Act::Link("/notifications/ways".into()),
                ..MenuItem::default()
            },
            MenuItem {
                label: words.say("My account"),
                icon: "user",
                act: Act::Link(crate::pages::ACCOUNT.into()),
                ..MenuItem::default()
            },
            MenuItem {
                label: words.say("Sign out"),
                icon: "logout",
                act: Act::Post { url: "/sign-out".into(), csrf: visit.csrf.clone().into() },
                line_above: true,
                ..MenuItem::default()
            },
        ],
    }
}

/// The disc of a user.
pub fn person<'a>(id: &str, name: &str) -> Avatar<'a> {
    Avatar {
        id: id.to_owned().into(),
        initials: base::names::initials(name).into(),
        name: name.to_owned().into(),
        round: true,
        ..Avatar::default()
    }
}

/// Three places and the way to all the others.
fn phone_entries<'a>(
    more: ui::Text<'a>,
    current: Option<&str>,
    groups: &[Group<'a>],
    waiting: usize,
) -> Vec<Entry<'a>> {
    let all = groups.iter().flat_map(|group| group.entries.iter());
    let mut entries: Vec<Entry> = all.take(3).cloned().collect();
    let elsewhere = current.is_some() && !entries.iter().any(|entry| entry.current);
    let count = u64::try_from(waiting).ok().filter(|count| *count > 0);
    entries.push(Entry {
        label: more,
        icon: "menu-2",
        url: MORE.into(),
        current: elsewhere,
        count,
        ..Entry::default()
    });
    entries
}

/// The page of all places, for the phone.
pub const MORE: &str = "/more";

/// All places of the left bar and what the user's menu offers, as a page.
pub fn places(visit: &Visit) -> Markup {
    let (groups, foot, _) = places_of(visit, Some(MORE));
    let mine = user_menu(visit);
    let link = |entry: &Entry| {
        html! { li { a href=(entry.url) { (ui::icon(entry.icon)) span { (entry.label) } (ui::icon("chevron-right")) } } }
    };
    let bell = crate::pages::notices::bell(visit);
    let told = Entry { label: bell.word, icon: "bell", url: bell.url, ..Entry::default() };
    html! {
        div.list {
            header.title-bar { h1 { (visit.say("More")) } }
            div.places {
                ul { (link(&told)) }
                @for group in groups.iter().chain([&Group { title: "".into(), entries: foot }]) {
                    @if !group.title.is_empty() { h2 { (group.title) } }
                    ul { @for entry in &group.entries { (link(entry)) } }
                }
                h2 { (mine.name) }
                div.places-user { (ui::menu_items(&mine.items)) }
            }
        }
    }
}

pub fn enter(language: Language) -> &'static str {
    match language {
        Language::It => "Invio",
        Language::En => "Enter",
    }
}

fn theme(ask: &Ask) -> Theme {
    match ask.cookie("theme") {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::Auto,
    }
}

/// A page for someone who has not signed in.
pub fn bare(ask: &Ask, title: &str, content: Markup) -> Markup {
    let other = match ask.language() {
        Language::It => ("English", "/language?to=en"),
        Language::En => ("Italiano", "/language?to=it"),
    };
    let guide = ask.app.words.of(ask.language()).say("Guide");
    let foot = vec![(other.0.into(), other.1.into()), (guide, crate::guide::address("index#signing-in").into())];
    bare_in(ask, ask.language(), title, foot, content)
}

/// A page by itself, in a language that is known, with links at its foot.
pub fn bare_in<'a>(
    ask: &Ask,
    language: Language,
    title: &str,
    foot: Vec<(ui::Text<'a>, ui::Text<'a>)>,
    content: Markup,
) -> Markup {
    ui::bare_page(
        &Bare {
            lang: language.tag().into(),
            title: format!("{title} · Bottega").into(),
            theme: theme(ask),
            brand: "Bottega".into(),
            foot,
            ..Bare::default()
        },
        content,
    )
}
