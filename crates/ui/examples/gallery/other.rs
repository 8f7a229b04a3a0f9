//! Empty, conflict, sign-in, results of a search, and the small parts.

use maud::{Markup, html};
use ui::{
    widgets::{Context, Widget, widget},
    *,
};

use crate::{record, shell::person};

fn link(label: &'static str, icon: &'static str) -> (&'static str, Text<'static>, Text<'static>) {
    (icon, label.into(), "list.html".into())
}

pub fn empty() -> Markup {
    let name = Widget::Text { value: "IT 02719430".into(), kind: "text", autocomplete: "", max: 200, code: false };
    let instead = empty_state(&Empty {
        title: "Qui ci saranno le tue aziende".into(),
        text: "Porta dentro l’elenco che hai già, anche se è disordinato, oppure comincia da una.".into(),
        ways: vec![
            Way { icon: "file-import", title: "Importa da un file".into(), text: "CSV, TSV o Excel, anche dal vecchio gestionale. Fai una prova prima di scrivere, e puoi annullare dopo.".into(), body: html! {
                form data-form { (widget(&Widget::File(widgets::Upload { choose_word: "Scegli il file".into(), drop_word: "o trascinalo qui, fino a 500 MB".into(), ..widgets::Upload::default() }), &Context { name: "file", ..Context::default() })) }
            } },
            Way { icon: "building-store", title: "Inserisci la prima azienda".into(), text: "Con la partita IVA riempiamo noi ragione sociale e sede dalla banca dati VIES.".into(), body: html! {
                label.form-label for="i-name" { "Partita IVA o nome" }
                (widget(&name, &Context { name: "name", label: "Partita IVA o nome", ..Context::default() }))
                p.record-meta { (button(&Button { label: "Cerca e compila".into(), ..Button::default() })) (button(&Button { label: "Scrivi a mano".into(), kind: Kind::Bare, ..Button::default() })) }
            } },
        ],
        links: vec![link("Scarica un file di esempio", "table-import"), link("Leggi come importare", "book"), link("Invita chi ha i dati", "user-plus")],
    });
    list(&List {
        id: "companies".into(),
        title: "Aziende".into(),
        views: vec![Tab { label: "Tutte".into(), url: "empty.html".into(), current: true, ..Tab::default() }],
        instead: Some(instead),
        ..List::default()
    })
}

fn piece(words: &'static str) -> Vec<(Text<'static>, bool)> {
    words
        .split('|')
        .enumerate()
        .map(|(place, part)| (part.into(), place % 2 == 1))
        .filter(|(part, _): &(Text, bool)| !part.is_empty())
        .collect()
}

pub fn conflict() -> Markup {
    let field = |key: &'static str, theirs, yours, chosen, both| ConflictField {
        key: key.into(),
        label: key.into(),
        theirs: piece(theirs),
        yours: piece(yours),
        both,
        chosen,
    };
    let inside = ui::conflict(&Conflict {
        title: "Due persone hanno cambiato questa scheda".into(),
        text: "Marta Colombo ha salvato alle 10:38, mentre la stavi modificando. Su 3 campi avete scritto valori diversi: scegli quale tenere. Finché non salvi non si perde nulla.".into(),
        action: "/resolve".into(),
        theirs: Side { avatar: person("MC", "Marta Colombo"), name: "Marta".into(), when: ", salvato alle 10:38".into() },
        yours: Side { avatar: person("GF", "Giulia Ferrario"), name: "Tu".into(), when: ", non ancora salvato".into() },
        fields: vec![
            field("Stadio", "Cliente", "Prospect", "theirs", false),
            field("Ufficio acquisti", "0345 592 19|1", "0345 592 19|0", "yours", false),
            field("Descrizione", "Carpenteria medio-pesante. |Preventivi solo via PEC, alla cortese attenzione di E. Pozzi.", "Carpenteria medio-pesante. |Preferisce essere chiamata al mattino.", "", true),
        ],
        merged: Some(("3 campi senza contrasto restano come sono stati scritti".into(), "Addetti e Sito (tu), Codice SDI (Marta)".into())),
        keep_all: "Tieni tutti".into(),
        keep_both: "Tieni entrambi i testi".into(),
        missing: "Manca 1 scelta: {names}".into(),
        buttons: vec![
            Button { label: "Scarta le mie modifiche".into(), kind: Kind::Bare, ..Button::default() },
            Button { label: "Torna alla scheda".into(), ..Button::default() },
            Button { label: "Salva le scelte".into(), kind: Kind::Primary, key: "Ctrl Invio", act: Act::Submit { name: "".into(), value: "".into(), form: "".into() }, ..Button::default() },
        ],
        close: "Chiudi".into(),
        ..Conflict::default()
    });
    html! { (record::company()) template data-open-dialog { (inside) } }
}

pub fn results() -> Markup {
    let company = |initials: &'static str, name: &'static str, detail: &'static str| Hit {
        url: "company.html".into(),
        avatar: Avatar { id: name.into(), initials: initials.into(), ..Avatar::default() },
        title: piece(name),
        detail: piece(detail),
        ..Hit::default()
    };
    let human = |initials: &'static str, name: &'static str, detail: &'static str| Hit {
        avatar: person(initials, name),
        ..company(initials, name, detail)
    };
    let command = |icon, name: &'static str, keys| Hit {
        avatar: Avatar { id: "grey".into(), icon, ..Avatar::default() },
        keys,
        ..company("", name, "")
    };
    let group = |title: &'static str, hits| ResultGroup { title: title.into(), hits };
    ui::results(
        &[
            group(
                "Persone",
                vec![
                    human("NF", "|Niccolò| Ferrabue", "Acquisti, Stampi e Plastica Orobica S.r.l. · 347 812 0093"),
                    human("NT", "|Niccolò| Tassoni", "Titolare, Torneria Fratelli Mazzoleni · 035 791 246"),
                    human("MN", "Maria |Nicolò|", "Privato, Bergamo (BG) · scrittura simile"),
                ],
            ),
            group(
                "Aziende",
                vec![
                    company("NA", "|Niccoli|ni Arredi S.r.l.", "Cliente · Cantù (CO) · P. IVA 02719430130"),
                    company("SS", "Studio Associato San |Niccolò|", "Prospect · Lecco (LC)"),
                ],
            ),
            group(
                "Comandi",
                vec![
                    command("user-plus", "Crea la persona «niccolo»", vec!["Maiusc", "P"]),
                    command("list-search", "Mostra tutti i risultati in Persone", vec!["Ctrl", "Invio"]),
                ],
            ),
        ],
        "14 risultati",
        "",
    )
}

pub fn sign_in() -> Markup {
    let field = |name: &'static str, label: &'static str, kind, autocomplete| FormField {
        name: name.into(),
        label: label.into(),
        required: true,
        autofocus: name == "user",
        widget: Widget::Text { value: "".into(), kind, autocomplete, max: 200, code: true },
        ..FormField::default()
    };
    bare_page(
        &Bare {
            lang: "it".into(),
            title: "Entra".into(),
            brand: "Bottega".into(),
            theme: Theme::Light,
            foot: vec![("English".into(), "?lang=en".into()), ("Guida".into(), "/manual".into())],
            ..Bare::default()
        },
        html! {
            div.card { (form(&Form {
                id: "sign-in".into(), title: "Entra in Valtorta Forniture".into(), action: "/session".into(),
                sections: vec![FormSection { fields: vec![field("user", "E-mail o nome utente", "text", "username"), field("password", "Password", "password", "current-password")], ..FormSection::default() }],
                buttons: vec![Button { label: "Entra".into(), kind: Kind::Primary, act: Act::Submit { name: "".into(), value: "".into(), form: "".into() }, ..Button::default() }],
                ..Form::default()
            })) }
        },
    )
}

pub fn parts() -> Markup {
    let kinds = [Kind::Primary, Kind::Quiet, Kind::Bare, Kind::Link, Kind::Danger];
    let colors = ["ottanio", "ochre", "plum", "moss", "brick", "slate", "rose", "sky", "olive", "sand", "mint", "grey"];
    html! { div.prose {
        h1 { "Parti" }
        h2 { "Pulsanti" }
        p { @for kind in kinds { (button(&Button { label: "Salva".into(), kind, icon: "check", ..Button::default() })) " " } (button(&Button { label: "Elimina".into(), disabled_why: "Non hai il permesso".into(), ..Button::default() })) }
        h2 { "Etichette e stadi" }
        p { @for color in colors { (tag(&Tag { label: color.into(), color })) } }
        p { @for (fill, word) in [(Fill::Hollow, "Sospetto"), (Fill::Half, "Prospect"), (Fill::Full, "Cliente"), (Fill::Grey, "Ex cliente")] { (stage(fill, word)) " " } }
        p { @for (when, word) in [(When::Late, "Offerta, 12/11/2026"), (When::Today, "Visita, oggi 14:00"), (When::Planned, "Chiamata, 27/11/2026"), (When::None, "Nessuna")] { (dot(when, word)) " " } }
        h2 { "Figure" }
        p { @for n in ["AB", "CD", "EF", "GH", "IL", "MN", "OP", "QR"] { (avatar(&person(n, n), "")) (avatar(&person(n, n), "avatar-m")) } }
        h2 { "Avanzamento" }
        (progress(1_820, 5_003, "1.820 di 5.003 righe"))
        h2 { "Attesa" }
        table.grid { tbody { (skeleton(3, &[4, 2, 3, 3, 1])) } }
        (dialog_page(&Dialog { title: "Questo contatto è in un’altra scheda".into(), text: "Una frase che dice perché.".into(), body: html! { p { "Il corpo." } }, missing: "Manca 1 scelta".into(), buttons: vec![Button { label: "Tieni".into(), kind: Kind::Primary, ..Button::default() }], close: "Chiudi".into(), ..Dialog::default() }))
    } }
}
