//! A company's page.

use maud::{Markup, html};
use ui::{
    widgets::{Context, Widget, widget},
    *,
};

use crate::shell::{item, person};

fn text(key: &'static str, label: &'static str, value: &'static str) -> Field<'static> {
    Field {
        key: key.into(),
        label: label.into(),
        value: if value.is_empty() { Value::Empty } else { Value::Text(value.into()) },
        empty_word: "Aggiungi".into(),
        edit_url: "/edit.html".into(),
        copy_word: "Copia".into(),
        ..Field::default()
    }
}

fn link(key: &'static str, label: &'static str, value: &'static str) -> Field<'static> {
    Field { value: Value::Link(value.into(), "mailto:x".into()), ..text(key, label, "") }
}

fn add(label: &'static str, icon: &'static str) -> Button<'static> {
    Button { label: label.into(), icon, kind: Kind::Link, act: Act::Dialog("form.html".into()), ..Button::default() }
}

pub fn editing() -> Markup {
    let context = Context { name: "employees", label: "Addetti", autofocus: false, ..Context::default() };
    field_editing(&Editing {
        in_a_cell: false,
        key: "employees".into(),
        label: "Addetti".into(),
        save_url: "/save".into(),
        csrf: "".into(),
        version: "7".into(),
        input: widget(&Widget::Number { value: "48".into(), unit: "persone".into() }, &context),
        note: None,
        key_words: ["salva".into(), "annulla".into(), "avanti".into()],
        key_caps: ["Invio", "Esc", "Tab"],
        wide: false,
    })
}

fn main_part() -> Markup {
    let tags = html! { (tag(&Tag { label: "ISO 9001".into(), color: "" })) (tag(&Tag { label: "EN 1090".into(), color: "" })) };
    let mail =
        |v: &'static str| html! { a href="tel:0" { (v) } " " (tag(&Tag { label: "principale".into(), color: "" })) };
    html! {
        section.section {
            header { h2 { "Dati aziendali" } (button(&Button { key: "E", ..add("Modifica", "pencil") })) }
            div.fields {
                (field(&text("name", "Ragione sociale", "Carpenteria Brambati S.r.l.")))
                (field(&text("trade_name", "Insegna", "")))
                (field(&Field { checked: "Cifra di controllo giusta".into(), copy: "03184720161".into(), ..text("vat", "Partita IVA", "03184720161") }))
                (field(&Field { note: Some(Note { kind: NoteKind::Warning, text: "Il carattere di controllo non torna.".into(), link: None }), ..text("tax", "Codice fiscale", "03184720162") }))
                (field(&text("sdi", "Codice SDI", "M5UXCR1")))
                (field(&link("pec", "PEC", "carpbrambati@pec.example.it")))
                (field(&text("sector", "Settore", "25.11 Strutture metalliche")))
                (field(&Field { edit_url: "".into(), read_only_why: "La tiene aggiornata il programma".into(), ..text("kind", "Tipo", "Industria") }))
                (editing())
                (field(&Field { value: Value::Noted("8.735.000,00 €".into(), "2025".into()), ..text("revenue", "Fatturato", "") }))
            }
        }
        (section(&Section { title: "Recapiti".into(), action: Some(add("Recapito", "plus")), fields: vec![
            Field { value: Value::Markup(mail("0345 592 187")), ..text("phone", "Centralino", "") },
            link("email", "E-mail", "info@carpbrambati.example.it"),
            link("phone2", "Ufficio acquisti", "0345 592 190"),
            link("web", "Sito", "carpbrambati.example.it"),
        ], ..Section::default() }))
        (section(&Section { title: "Sede principale".into(), action: Some(add("Tutte le sedi 2", "")), body: Some(html! {
            div.address-block {
                p { "Via delle Fucine, 14" br; "24019 Zogno (BG)" br; span.muted { "lun–ven 08:00–12:00, 13:30–17:30. Scarico merci dal cancello 2." } }
                (button(&Button { label: "Portami qui".into(), icon: "navigation", small: true, ..Button::default() }))
            }
        }), ..Section::default() }))
        (panel(&Panel { id: "people".into(), title: "Persone".into(), action: Some(add("Persona", "plus")), rows: [
            ("RB", "Renato Brambati", "Amministratore", "335 610 2284", false),
            ("EP", "Elisa Pozzi", "Responsabile acquisti", "0345 592 190", true),
            ("KH", "Karim Haddad", "Capo officina", "348 927 5510", false),
        ].into_iter().map(|(initials, name, job, phone, referee)| PanelRow {
            avatar: Some(person(initials, name)), title: name.into(), url: "company.html".into(),
            cells: vec![Cell::Text(job.into()), Cell::Phone(phone.into(), "0".into())],
            end: referee.then(|| tag(&Tag { label: "referente".into(), color: "" })),
        }).collect(), ..Panel::default() }))
        (section(&Section { title: "Caratteristiche".into(), note: "Officine e carpenterie".into(), fields: vec![
            Field { value: Value::Markup(tags), ..text("cert", "Certificazioni", "") }, text("shifts", "Turni", "2"),
            text("machines", "Macchine", "2 laser, 1 piegatrice"), text("prices", "Listino", "B, sconto 10%"),
        ], ..Section::default() }))
    }
}

fn event(
    icon: &'static str,
    kind: &'static str,
    who: &'static str,
    outcome: &'static str,
    words: &'static str,
    moment: &'static str,
) -> Event<'static> {
    Event {
        icon,
        kind: kind.into(),
        who: who.into(),
        outcome: outcome.into(),
        text: words.into(),
        moment: moment.into(),
        ..Event::default()
    }
}

fn side() -> Markup {
    let task = |title: &'static str, when, when_text: &'static str, who: &'static str| Task {
        title: title.into(),
        url: "company.html".into(),
        when,
        when_text: when_text.into(),
        who: Some(person(who, who)),
        done_url: "/done".into(),
        done_word: "Fatta".into(),
        csrf: "".into(),
    };
    let before = changes(&[
        Change { field: "Addetti".into(), before: "42".into(), after: "48".into() },
        Change { field: "Sito".into(), before: "".into(), after: "carpbrambati.example.it".into() },
    ]);
    timeline(&Timeline {
        tasks_title: "Da fare".into(),
        tasks: vec![
            task("Visita: misure per la passerella", When::Today, "oggi 14:00", "GF"),
            task("Inviare il listino 2027", When::Planned, "24/11/2026", "LB"),
        ],
        events_title: "Storico".into(),
        events: vec![
            event(
                "phone",
                "Chiamata",
                "con Elisa Pozzi",
                "Parlato, 12 min",
                "Chiede consegna entro metà gennaio e prezzo per 120 barre. Vuole vedere il campione prima della visita.",
                "oggi 09:20",
            ),
            Event {
                details: Some(("Mostra".into(), before)),
                ..event("git-commit", "", "Marta Colombo ha cambiato 4 campi", "", "", "ieri 16:48")
            },
            event(
                "mail",
                "E-mail",
                "a Renato Brambati",
                "con 1 allegato",
                "Offerta OF-2026/318, attrezzaggio linea 4: 42.300,00 €.",
                "16/11/2026",
            ),
            event(
                "map-pin",
                "Visita",
                "in sede",
                "Positiva, 1 h 20 min",
                "Sopralluogo in officina con Karim Haddad. Due linee da riattrezzare, budget approvato per il 2027.",
                "03/11/2026",
            ),
            event(
                "message",
                "Davide Serra",
                "per Giulia Ferrario",
                "",
                "Conosco il capo officina: se serve, vengo anch’io alla prossima visita.",
                "28/10/2026",
            ),
            event("git-commit", "", "Importazione, 11 campi", "", "", "14/10/2026"),
        ],
        ..Timeline::default()
    })
}

pub fn page() -> RecordPage<'static> {
    let tab = |label: &'static str, count: &'static str| Tab {
        label: label.into(),
        url: "company.html".into(),
        count: count.into(),
        ..Tab::default()
    };
    let quiet = |label: &'static str, icon| Button {
        label: label.into(),
        icon,
        act: Act::Link("company.html".into()),
        ..Button::default()
    };
    let stage_menu = Menu {
        id: "stage-menu".into(),
        button: Button {
            label: "Prospect".into(),
            stage: Some(Fill::Half),
            caret: true,
            small: true,
            ..Button::default()
        },
        items: vec![item("Cliente", "", ""), MenuItem { chosen: true, ..item("Prospect", "", "") }],
    };
    RecordPage {
        header: Header {
            trail: vec![("Aziende".into(), "list.html".into()), ("Clienti e prospect".into(), "".into())],
            place: Some(Place {
                text: "6 di circa 2.140".into(),
                previous_url: "company.html".into(),
                previous_word: "Precedente".into(),
                next_url: "company.html".into(),
                next_word: "Successiva".into(),
            }),
            avatar: Avatar { id: "Panificio".into(), initials: "CB".into(), ..Avatar::default() },
            picture_url: "form.html".into(),
            picture_word: "Cambia il logo".into(),
            title: "Carpenteria Brambati S.r.l.".into(),
            meta: vec![
                menu(&stage_menu),
                tag(&Tag { label: "Partner".into(), color: "" }),
                html! { span { (avatar(&person("GF", "Giulia Ferrario"), "")) "Giulia Ferrario, Luca Bonetti" } },
                html! { span { (icon("eye")) "Visibile a tutti" } },
            ],
            actions: vec![quiet("Chiama", "phone"), quiet("Scrivi", "mail"), quiet("Visita", "map-pin")],
            menu: Some(Menu {
                id: "more".into(),
                button: Button {
                    label: "Altro".into(),
                    icon: "dots",
                    icon_only: true,
                    kind: Kind::Bare,
                    ..Button::default()
                },
                items: vec![item("Modifica", "pencil", "E"), item("Unisci con…", "git-merge", "")],
            }),
            ..Header::default()
        },
        tabs: vec![
            Tab { narrow_only: true, url: "company-diary.html".into(), ..tab("Diario", "") },
            Tab { current: true, ..tab("Scheda", "") },
            tab("Persone", "4"),
            tab("Sedi", "2"),
            tab("Attività", "18"),
            tab("Opportunità", "2"),
            tab("Offerte", "3"),
            tab("Documenti", "6"),
            tab("Storico", ""),
        ],
        main: main_part(),
        side: Some(side()),
        side_label: "Diario".into(),
        side_current: false,
    }
}

pub fn company() -> Markup {
    record_page(&page())
}

pub fn company_diary() -> Markup {
    let mut page = page();
    page.side_current = true;
    page.tabs[0].current = true;
    page.tabs[1].current = false;
    record_page(&page)
}
