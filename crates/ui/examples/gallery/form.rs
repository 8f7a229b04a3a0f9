//! The form of a company, with every widget.

use maud::{Markup, html};
use ui::{
    widgets::{Address, AddressWords, Choice, Frame, Involved, Linked, Multi, MultiRow, Upload, Widget},
    *,
};

use crate::shell::person;

fn choices(list: &[&'static str], chosen: usize) -> Vec<Choice<'static>> {
    list.iter()
        .enumerate()
        .map(|(place, label)| Choice {
            value: (*label).into(),
            label: (*label).into(),
            chosen: place == chosen,
            ..Choice::default()
        })
        .collect()
}

fn one(name: &'static str, label: &'static str, widget: Widget<'static>) -> FormField<'static> {
    FormField { name: name.into(), label: label.into(), widget, ..FormField::default() }
}

fn involved() -> Widget<'static> {
    let silvia = Linked { id: "s1".into(), title: "Silvia Conti".into(), ..Linked::default() };
    Widget::Involved(Involved {
        rows: vec![(silvia, "Vende".into())],
        roles: choices(&["Ha segnalato", "Vende", "Segue"], 9),
        url: "/people".into(),
        placeholder: "Scrivi per cercare".into(),
        role_word: "In che ruolo".into(),
        no_role: "senza ruolo".into(),
        add_word: "Aggiungi".into(),
        remove_word: "Togli".into(),
    })
}

fn typed(value: &'static str) -> Widget<'static> {
    Widget::Text { value: value.into(), kind: "text", autocomplete: "", max: 200, code: false }
}

fn several() -> Widget<'static> {
    Widget::Several {
        choices: vec![
            Choice { chosen: true, ..choices(&["Cliente"], 0).remove(0) },
            choices(&["Fornitore"], 9).remove(0),
            choices(&["Partner"], 9).remove(0),
        ],
    }
}

fn mails() -> Widget<'static> {
    Widget::Multi(Multi {
        rows: vec![
            MultiRow { value: "info@carpbrambati.example.it".into(), kind: "Lavoro".into(), primary: true, note: None },
            MultiRow {
                value: "acquisti@carpbrambati".into(),
                kind: "Acquisti".into(),
                primary: false,
                note: Some(Note {
                    kind: NoteKind::Error,
                    text: "All’indirizzo manca la parte dopo il punto: com’è scritto sul biglietto?".into(),
                    link: None,
                }),
            },
        ],
        kinds: choices(&["Lavoro", "Acquisti", "Amministrazione"], 9),
        input: "email",
        add_word: "Aggiungi un’e-mail".into(),
        remove_word: "Togli".into(),
        primary_word: "principale".into(),
        kind_word: "Tipo".into(),
    })
}

fn addresses() -> Widget<'static> {
    Widget::Addresses {
        rows: vec![Address {
            street: "Via delle Fucine, 14".into(),
            town: "Zogno".into(),
            zip: "24019".into(),
            province: "BG".into(),
            country: "IT".into(),
            kind: "Sede legale".into(),
            primary: true,
            note: None,
        }],
        words: AddressWords {
            street: "Via e numero".into(),
            town: "Comune".into(),
            zip: "CAP".into(),
            province: "Prov.".into(),
            country: "Paese".into(),
            kind: "Tipo".into(),
            primary: "principale".into(),
            add: "Aggiungi un indirizzo".into(),
            remove: "Togli".into(),
        },
        kinds: choices(&["Sede legale", "Magazzino"], 9),
        town_url: "/towns".into(),
    }
}

pub fn company() -> Markup {
    let linked = Linked { id: "1".into(), title: "Gruppo Brambati Holding S.p.A.".into(), ..Linked::default() };
    let error = Note { kind: NoteKind::Error, text: "La partita IVA ha 11 cifre: qui sono 10.".into(), link: None };
    let warning = Note {
        kind: NoteKind::Warning,
        text: "Questa partita IVA è già di Laminati Valtrompia S.p.A.".into(),
        link: Some(("Apri la scheda".into(), "company.html".into())),
    };
    let submit = |label: &'static str, kind, name: &'static str, key| Button {
        label: label.into(),
        kind,
        key,
        act: Act::Submit { name: name.into(), value: "1".into(), form: "".into() },
        ..Button::default()
    };
    form(&Form {
        id: "company-form".into(),
        title: "Carpenteria Brambati S.r.l.".into(),
        action: "/save".into(),
        csrf: "a1b2c3".into(),
        version: "7".into(),
        multipart: true,
        problem: Some(Note {
            kind: NoteKind::Error,
            text: "Due campi chiedono una correzione prima di salvare.".into(),
            link: None,
        }),
        sections: vec![
            FormSection {
                title: "Dati aziendali".into(),
                fields: vec![
                    FormField {
                        required: true,
                        ..one("name", "Ragione sociale", typed("Carpenteria Brambati S.r.l."))
                    },
                    FormField {
                        hint: "Il nome con cui la conoscono tutti.".into(),
                        ..one("trade_name", "Insegna", typed(""))
                    },
                    FormField {
                        note: Some(error),
                        ..one(
                            "vat_number",
                            "Partita IVA",
                            Widget::Text {
                                value: "0318472016".into(),
                                kind: "text",
                                autocomplete: "",
                                max: 16,
                                code: true,
                            },
                        )
                    },
                    FormField { note: Some(warning), ..one("tax_code", "Codice fiscale", typed("03184720161")) },
                    one("kind", "Tipo", Widget::Radio { choices: choices(&["Azienda", "Persona"], 0) }),
                    one(
                        "form",
                        "Forma giuridica",
                        Widget::Select { choices: choices(&["S.r.l.", "S.p.A.", "S.n.c."], 0), empty: "".into() },
                    ),
                    one("employees", "Addetti", Widget::Number { value: "48".into(), unit: "persone".into() }),
                    one(
                        "revenue",
                        "Fatturato",
                        Widget::Money { value: "8.735.000,00".into(), currency: "€".into(), currencies: vec![] },
                    ),
                    one("since", "Cliente dal", Widget::Date { value: "2014-12-03".into() }),
                    FormField {
                        read_only_why: "La tiene aggiornata il programma".into(),
                        ..one("code", "Codice", typed("000318"))
                    },
                    one(
                        "group",
                        "Fa parte di",
                        Widget::Link {
                            value: Some(linked),
                            url: "/companies/suggestions".into(),
                            placeholder: "Cerca un’azienda".into(),
                            clear_word: "Togli".into(),
                        },
                    ),
                    one("roles", "Ruoli", several()),
                    FormField {
                        shown_when: vec![vec![("kind".into(), vec!["Persona".into()])]],
                        ..one("birth", "Data di nascita", Widget::Date { value: "".into() })
                    },
                ],
                ..FormSection::default()
            },
            FormSection {
                title: "Recapiti".into(),
                fields: vec![
                    FormField { wide: true, ..one("emails", "E-mail", mails()) },
                    FormField { wide: true, ..one("addresses", "Indirizzi", addresses()) },
                ],
                ..FormSection::default()
            },
            FormSection {
                title: "Chi se ne occupa".into(),
                fields: vec![
                    one(
                        "owners",
                        "In carico",
                        Widget::Links {
                            values: vec![Linked {
                                id: "u1".into(),
                                title: "Giulia Ferrario".into(),
                                avatar: Some(person("GF", "Giulia")),
                                ..Linked::default()
                            }],
                            url: "/people".into(),
                            placeholder: "Aggiungi una persona".into(),
                            remove_word: "Togli".into(),
                        },
                    ),
                    FormField { wide: true, ..one("involved", "Soggetti coinvolti", involved()) },
                    one(
                        "tags",
                        "Etichette",
                        Widget::Tags {
                            values: vec!["saldatura".into(), "fiera 2026".into()],
                            placeholder: "Aggiungi".into(),
                            remove_word: "Togli".into(),
                        },
                    ),
                    FormField {
                        wide: true,
                        ..one(
                            "description",
                            "Descrizione",
                            Widget::Long { value: "Carpenteria medio-pesante.".into(), lines: 3 },
                        )
                    },
                    one("no_calls", "Non chiamare", Widget::Tick { on: true }),
                    one(
                        "picture",
                        "Logo",
                        Widget::Picture(
                            Upload {
                                choose_word: "Scegli un’immagine".into(),
                                crop_word: "Trascina per spostare; frecce, + e − da tastiera".into(),
                                zoom_word: "Ingrandisci".into(),
                                accept: "image/*".into(),
                                ..Upload::default()
                            },
                            Frame::Square,
                        ),
                    ),
                ],
                ..FormSection::default()
            },
        ],
        buttons: vec![
            submit("Salva", Kind::Primary, "save", "Ctrl Invio"),
            submit("Salva e crea nuova", Kind::Quiet, "again", ""),
            Button {
                label: "Annulla".into(),
                kind: Kind::Bare,
                act: Act::Link("company.html".into()),
                ..Button::default()
            },
        ],
        before: Some(html! {}),
        ..Form::default()
    })
}
