//! The list of companies.

use maud::{Markup, html};
use ui::*;

use crate::shell::{item, person};

/// A row a line: initials, name, trade name, stage, role, town, phone, revenue, next activity after its moment's letter, in charge.
const ROWS: &str = "\
LV|Laminati Valtrompia S.p.A.||2|Fornitore|Sarezzo (BS)|030 891 4420|18.420.000,00 €|tChiamata, oggi 15:30|GF
CG|Cartotecnica del Garda S.r.l.|Garda Pack|2||Lonato del Garda (BS)|030 913 7718|14.075.310,00 €|pVisita, 24/11/2026|LB
PM|Pastificio Morandini S.p.A.||1||Codogno (LO)|0377 435 219|12.860.000,00 €|lOfferta, 12/11/2026|GF
OM|Officine Meccaniche Spreafico||2||Lecco (LC)|0341 284 073|11.240.780,50 €|pVisita, 02/12/2026|MC
TB|Tessitura Bellavite S.r.l.||2||Erba (CO)|031 641 502|9.912.400,00 €|tRiunione, oggi 11:00|DS
CB|Carpenteria Brambati S.r.l.||1|Partner|Zogno (BG)|0345 592 187|8.735.000,00 €|tVisita, oggi 14:00|GF
VS|Vetreria San Donato S.n.c.||2||San Donato Milanese (MI)|02 5560 3381|7.604.925,00 €|nNessuna|LB
SP|Stampi e Plastica Orobica S.r.l.|SPO|1||Osio Sotto (BG)|035 482 3390|7.120.000,00 €|lChiamata, 16/11/2026|GF
CA|Caseificio Alta Valsassina||2||Introbio (LC)|0341 980 144|6.481.150,00 €|pE-mail, 19/11/2026|MC
MC|Molini Chiesa & Figli S.p.A.||2|Fornitore|Crema (CR)|0373 204 617|6.038.700,00 €|pE-mail, 20/11/2026|LB
FR|Fonderia Rovetta S.r.l.||2|Fornitore|Lumezzane (BS)|030 825 6034|5.544.000,00 €|pVisita, 26/11/2026|LB
AC|Arredi Contract Brianza S.r.l.||1|Concorrente|Cantù (CO)|031 712 965|4.980.000,00 €|nNessuna|DS
EZ|Elettroimpianti Zanchi S.r.l.||2|Partner|Treviglio (BG)|0363 419 208|4.617.233,80 €|pChiamata, 23/11/2026|GF
CC|Cantina Colli Morenici||2||Volta Mantovana (MN)|0376 838 051|3.905.600,00 €|pVisita, 09/12/2026|LB
SG|Serramenti Galbusera S.r.l.||1||Merate (LC)|039 990 4471|3.720.000,00 €|lChiamata, 10/11/2026|GF
TF|Torneria Fratelli Mazzoleni||2||Calusco d’Adda (BG)|035 791 246|3.186.940,00 €|pOfferta, 20/11/2026|LB
LP|Logistica Po S.r.l.||1|Partner|Piacenza (PC)|0523 613 880|2.950.000,00 €|pRiunione, 01/12/2026|MC
CV|Ceramiche Virgilio S.r.l.||2||Curtatone (MN)|0376 290 713|2.704.415,60 €|nNessuna|DS
PI|Panificio Industriale Ghezzi|Pan Ghezzi|2||Monza (MB)|039 236 5107|2.318.000,00 €|tE-mail, oggi|LB
UN|Utensileria Navigli S.a.s.||2|Concorrente|Abbiategrasso (MI)|02 9496 1820|2.097.381,25 €|pChiamata, 27/11/2026|MC";

fn column(label: &'static str, phone: Phone) -> Column<'static> {
    Column { label: label.into(), sort_url: "list.html".into(), phone, ..Column::default() }
}

fn columns() -> Vec<Column<'static>> {
    vec![
        column("Azienda", Phone::Hidden),
        column("Stadio", Phone::Second),
        Column { sort_url: "".into(), ..column("Ruoli", Phone::Hidden) },
        column("Comune", Phone::Second),
        column("Telefono", Phone::Call),
        Column { right: true, sorted: Some(Sorted::Down), ..column("Fatturato", Phone::Hidden) },
        column("Prossima attività", Phone::Third),
        Column { sort_url: "".into(), ..column("In carico", Phone::Hidden) },
    ]
}

fn rows() -> Vec<Row<'static>> {
    ROWS.lines()
        .filter_map(|line| <[&str; 10]>::try_from(line.split('|').collect::<Vec<_>>()).ok())
        .map(|[initials, name, trade, stage, role, town, phone, revenue, next, who]| {
            let (fill, word) = if stage == "2" { (Fill::Full, "Cliente") } else { (Fill::Half, "Prospect") };
            let when = match &next[..1] {
                "t" => When::Today,
                "l" => When::Late,
                "p" => When::Planned,
                _ => When::None,
            };
            let roles =
                if role.is_empty() { Cell::Empty } else { Cell::Tags(vec![Tag { label: role.into(), color: "" }]) };
            Row {
                id: initials.into(),
                url: "company.html".into(),
                avatar: Avatar { id: name.into(), initials: initials.into(), ..Avatar::default() },
                title: name.into(),
                secondary: trade.into(),
                cells: vec![
                    Cell::Stage(fill, word.into()),
                    roles,
                    Cell::Text(town.into()),
                    Cell::Phone(phone.into(), phone.replace(' ', "").into()),
                    Cell::Strong(revenue.into()),
                    Cell::When(when, next[1..].into()),
                    Cell::People(vec![Avatar { name: who.into(), ..person(who, who) }]),
                ],
            }
        })
        .collect()
}

fn tab(label: &'static str) -> Tab<'static> {
    Tab { label: label.into(), url: "list.html".into(), ..Tab::default() }
}

fn chip(field: &'static str, operator: &'static str, value: &'static str) -> Chip<'static> {
    Chip {
        id: format!("chip-{field}").into(),
        field: field.into(),
        operator: operator.into(),
        value: value.into(),
        remove_url: "list.html".into(),
        remove_word: format!("Togli il filtro {field}").into(),
        edit_url: "list.html".into(),
        ..Chip::default()
    }
}

fn verb(label: &'static str, icon: &'static str) -> Button<'static> {
    let act = Act::SubmitTo { url: "/bulk".into(), form: "bulk".into() };
    Button { label: label.into(), icon, act, ..Button::default() }
}

fn bare(label: &'static str, icon: &'static str) -> Button<'static> {
    Button { label: label.into(), icon, kind: Kind::Bare, act: Act::Link("list.html".into()), ..Button::default() }
}

fn list() -> List<'static> {
    List {
        import_url: "".into(),
        edit_url: "".into(),
        id: "companies".into(),
        title: "Aziende".into(),
        views: vec![
            tab("Tutte"),
            Tab { current: true, ..tab("Clienti e prospect") },
            tab("Le mie"),
            Tab { count: "12".into(), ..tab("Da richiamare") },
            tab("Senza contatti da 90 giorni"),
            Tab { shared: true, ..tab("Bergamo e Lecco") },
        ],
        new_view: Some(Button { icon_only: true, ..bare("Nuova vista", "plus") }),
        actions: vec![bare("Colonne", "columns-3"), bare("Esporta", "download")],
        filters: Filters {
            open: false,
            quick: None,
            chips: vec![
                chip("Stadio", "è", "Cliente o Prospect"),
                chip("Regione", "è", "Lombardia, Emilia-Romagna"),
                chip("Fatturato", "almeno", "2.000.000,00 €"),
            ],
            add_word: "Filtro".into(),
            add: Some(menu_items(&[
                item("Stadio", "flag", ""),
                item("Comune", "map-pin", ""),
                item("Fatturato", "report-money", ""),
            ])),
            save: Some(Button { kind: Kind::Link, ..bare("Salva la vista", "") }),
            clear: None,
        },
        count: Count { url: "".into(), text: "20 di circa 2.140".into() },
        columns: columns(),
        rows: rows(),
        more: Some(More { url: "/more.html".into(), label: "Mostra altre 50".into(), ..More::default() }),
        instead: None,
        board: None,
        by: Vec::new(),
        row_menu: vec![
            item("Apri", "arrow-right", "Invio"),
            MenuItem {
                act: Act::NewTab("/companies/{id}".into()),
                ..item("Apri in una nuova scheda", "external-link", "")
            },
            item("Modifica", "pencil", "E"),
            MenuItem { line_above: true, ..item("Registra una chiamata", "phone", "T") },
            item("Pianifica un’attività", "calendar-plus", "A"),
            item("Cambia chi è in carico", "user-share", "I"),
            MenuItem {
                line_above: true,
                act: Act::Copy("/companies/{id}".into()),
                ..item("Copia l’indirizzo della scheda", "copy", "")
            },
            item("Unisci con…", "git-merge", ""),
            MenuItem {
                line_above: true,
                danger: true,
                act: Act::Post { url: "/companies/{id}/trash".into(), csrf: "a1b2c3".into() },
                ..item("Sposta nel cestino", "trash", "Canc")
            },
        ],
        bulk: Some(Bulk {
            url: "/bulk".into(),
            selected: "{n} selezionate".into(),
            selected_one: "1 selezionata".into(),
            select_all: "Seleziona tutte, circa 2.140".into(),
            all_selected: "Tutte selezionate".into(),
            verbs: vec![
                verb("Assegna", "user-share"),
                verb("Modifica", "edit"),
                verb("Etichetta", "tag"),
                verb("Unisci", "git-merge"),
                verb("Esporta", "download"),
                Button { key: "Canc", ..verb("Cestina", "trash") },
            ],
            clear: "Togli la selezione".into(),
            ..Bulk::default()
        }),
        words: ListWords {
            more: "Altro".into(),
            select_all: "Seleziona tutte".into(),
            select: "Seleziona".into(),
            row_menu: "Azioni".into(),
            filters: "Filtri".into(),
            search: "Cerca".into(),
            sorted_by: "Ordinate per fatturato, prima le più grandi".into(),
        },
    }
}

pub fn companies() -> Markup {
    ui::list(&list())
}

pub fn nothing_found() -> Markup {
    let instead = empty_filter("Nessuna azienda con questi filtri.", "Togli i filtri", "list.html");
    html! { (ui::list(&List { instead: Some(instead), count: Count { text: "nessuna".into(), ..Count::default() }, bulk: None, ..list() })) }
}

pub fn more() -> Markup {
    let list = list();
    ui::rows(&list.rows, &list.columns, None, &list.words)
}
