//! The shell of an Italian company.

use ui::*;

pub fn entry<'a>(label: &'a str, icon: &'a str, current: bool) -> Entry<'a> {
    Entry { label: label.into(), icon, url: "list.html".into(), current, ..Entry::default() }
}

fn rail(counts: bool) -> Rail<'static> {
    let waiting = |e: Entry<'static>, count, late| if counts { Entry { count: Some(count), late, ..e } } else { e };
    let group = |title: &'static str, entries| Group { title: title.into(), entries };
    Rail {
        brand: Brand { name: "Bottega".into(), company: "Valtorta Forniture S.r.l.".into(), url: "list.html".into() },
        groups: vec![
            group(
                "",
                vec![
                    waiting(entry("Oggi", "clipboard-check", false), 3, true),
                    entry("Agenda", "calendar", false),
                    entry("Da fare", "circle-check", false),
                    waiting(entry("Messaggi", "message-circle", false), 2, false),
                ],
            ),
            group(
                "Anagrafiche",
                vec![
                    entry("Aziende", "building-store", true),
                    entry("Persone", "users", false),
                    waiting(entry("Lead", "inbox", false), 5, false),
                ],
            ),
            group(
                "Vendite",
                vec![
                    entry("Opportunità", "layout-kanban", false),
                    entry("Iniziative", "target-arrow", false),
                    entry("Offerte e ordini", "file-text", false),
                    entry("Prodotti", "package", false),
                ],
            ),
            group(
                "Relazioni",
                vec![
                    entry("Campagne", "speakerphone", false),
                    entry("Segnalazioni", "lifebuoy", false),
                    entry("Documenti", "folder", false),
                    entry("Report", "chart-bar", false),
                ],
            ),
        ],
        foot: vec![
            Entry { key: "?", ..entry("Guida", "help-circle", false) },
            entry("Impostazioni", "settings", false),
        ],
    }
}

pub fn item<'a>(label: &'a str, icon: &'a str, key: &'a str) -> MenuItem<'a> {
    MenuItem { label: label.into(), icon, key, act: Act::Link("form.html".into()), ..MenuItem::default() }
}

pub fn person<'a>(initials: &'a str, name: &'a str) -> Avatar<'a> {
    Avatar { id: name.into(), initials: initials.into(), round: true, ..Avatar::default() }
}

pub fn shell(title: &str) -> Shell<'_> {
    Shell {
        lang: "it".into(),
        title: format!("{title} · Bottega").into(),
        csrf: "a1b2c3".into(),
        letters: true,
        rail: rail(true),
        search: SearchBox {
            url: "/results.html".into(),
            placeholder: "Cerca aziende, persone, telefoni, partite IVA".into(),
            label: "Cerca".into(),
            palette: PaletteWords {
                title: "Cerca".into(),
                close: "Chiudi".into(),
                left: vec![
                    (vec!["↑", "↓"], "scorri".into()),
                    (vec!["Invio"], "apri".into()),
                    (vec!["Tab"], "azioni sul risultato".into()),
                ],
                right: vec![(vec![">"], "solo comandi".into()), (vec!["#"], "etichette".into())],
            },
            ..SearchBox::default()
        },
        create_word: "Crea".into(),
        create: vec![
            item("Azienda", "building-store", "Maiusc A"),
            item("Persona", "user", "Maiusc P"),
            item("Lead", "inbox", ""),
        ],
        help: Some(Help {
            url: "#".into(),
            places: ["Opportunità", "Elenchi"].map(|title| HelpPlace { title: title.into(), url: "#".into() }).to_vec(),
            word: "Aiuto su questa pagina".into(),
            title: "Guida".into(),
            search: "Cerca nella guida".into(),
            search_url: "#".into(),
            whole: "Apri come pagina".into(),
            close: "Chiudi".into(),
        }),
        bell: Some(ui::Bell { url: "list.html".into(), count: 3, word: "Avvisi: 3 nuovi".into(), user: "1".into() }),
        user: UserMenu {
            name: "Giulia Ferrario".into(),
            email: "giulia@valtorta.example".into(),
            avatar: person("GF", "Giulia Ferrario"),
            items: vec![
                item("Il mio profilo", "user", ""),
                item("English", "language", ""),
                MenuItem { act: Act::Script("theme-dark".into()), ..item("Scuro", "moon", "") },
                MenuItem { act: Act::Script("theme-light".into()), chosen: true, ..item("Chiaro", "sun", "") },
                MenuItem { line_above: true, ..item("Esci", "logout", "") },
            ],
        },
        phone: vec![
            entry("Oggi", "clipboard-check", false),
            entry("Agenda", "calendar", false),
            entry("Anagrafiche", "building-store", true),
            entry("Altro", "menu-2", false),
        ],
        keys: KeySheet {
            title: "I tasti di questa pagina".into(),
            close: "Chiudi".into(),
            groups: vec![KeyGroup {
                title: "Elenco".into(),
                keys: vec![
                    (vec!["J", "K"], "Su e giù".into()),
                    (vec!["Invio"], "Apri".into()),
                    (vec!["Spazio"], "Seleziona".into()),
                    (vec!["F"], "Filtra".into()),
                ],
            }],
        },
        go: vec![("a", "list.html"), ("z", "company.html")],
        words: ShellWords {
            skip: "Vai al contenuto".into(),
            navigation: "Navigazione".into(),
            more_to_create: "Altre voci da creare".into(),
            offline: "Senza rete: quello che scrivi resta qui".into(),
            failed: "Il server non risponde. Quello che hai scritto resta qui.".into(),
            copied: "Copiato".into(),
            unsaved: "Hai scritto qualcosa che non è salvato.".into(),
            close: "Chiudi".into(),
            collapse: "Stringi la barra".into(),
        },
        ..Shell::default()
    }
}

pub fn first_day() -> Shell<'static> {
    Shell { rail: rail(false), ..shell("Aziende") }
}

pub fn with_toast() -> Shell<'static> {
    Shell {
        toast: Some(Toast {
            text: "Telefono dell’ufficio acquisti aggiornato".into(),
            undo_url: "/undo".into(),
            undo_word: "Annulla".into(),
            close_word: "Chiudi".into(),
            ..Toast::default()
        }),
        ..shell("Carpenteria Brambati S.r.l.")
    }
}
