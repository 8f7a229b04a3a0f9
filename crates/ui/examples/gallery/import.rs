//! The second step of an import.

use maud::{Markup, html};
use ui::{widgets::Choice, *};

const COLUMNS: [(&str, &str, &str, u8, &str); 13] = [
    ("Cod.", "000003 · 000006 · 000007", "Codice esterno", 3, ""),
    ("A/P", "A · P", "Tipo: azienda o persona", 3, "A = azienda, P = persona"),
    ("Ragione Sociale", "S.G.R. Vetreria · Italfarma Italia s.a.s.", "Ragione sociale", 3, "352 maiuscole, le sistemo"),
    ("Insegna", "Emilline Store", "Insegna", 3, ""),
    ("Nome", "Paolo · Maurizio · BARBARA", "Nome", 3, ""),
    ("Nato il", "24/01/1989 · 05/06/63", "Data di nascita", 3, "anni a due cifre: 63 = 1963"),
    ("P.IVA", "70455160799 · IT 26093270309", "Partita IVA", 3, "836 con IT davanti, lo tolgo"),
    ("Cod. Fiscale", "PZZMRZ68D26D768G · cttpla89a24e16…", "Codice fiscale", 3, ""),
    ("Indirizzo", "V. Torino, n° 11 · V.le Battisti, n. 109", "Indirizzo: via e numero", 3, "diviso in 2 campi"),
    ("Telefono", "tel. 0574388942 · (081) 0255105", "Telefono fisso", 3, ""),
    ("Categoria", "Cliente · CLIENTE · Potenziale", "Stadio e ruoli", 2, "5 valori da abbinare"),
    ("Cliente dal", "03/12/2014 · 07/06/00", "", 1, "data"),
    ("Agente", "Galli S. · BIANCHI Ag. Nord", "In carico", 2, "3 nomi, 1 senza utente"),
];

pub fn columns() -> Markup {
    let rows: Vec<Mapping> = COLUMNS
        .into_iter()
        .map(|(column, examples, target, sure, note)| Mapping {
            column: column.into(),
            examples: examples.into(),
            name: format!("columns[{column}]").into(),
            choices: vec![Choice {
                value: "x".into(),
                label: target.into(),
                chosen: !target.is_empty(),
                ..Choice::default()
            }],
            empty: "Scegli un campo".into(),
            sure: [Sure::Choose, Sure::Choose, Sure::Check, Sure::Certain][usize::from(sure)],
            sure_word: ["", "scegli", "controlla", "certo"][usize::from(sure)].into(),
            note: note.into(),
            wanted: false,
        })
        .collect();
    let heads = ["Colonna del file", "Che cosa contiene", "Campo di Bottega", "Abbinamento", "Note"].map(Text::from);
    let setting = |label: &'static str, value: &'static str| {
        (
            label.into(),
            label.to_lowercase().into(),
            vec![Choice { value: value.into(), label: value.into(), chosen: true, ..Choice::default() }],
        )
    };
    let step = |label: &'static str, done, current| Step { label: label.into(), done, current, ..Step::default() };
    let problem = |class, title: &'static str, words: &'static str, link: &'static str| Problem {
        class,
        title: title.into(),
        text: words.into(),
        link: (!link.is_empty()).then(|| (link.into(), "import.html".into())),
    };
    let line = |a: &'static str, b: &'static str, c: &'static str| (a.into(), b.into(), c.into());
    let lb = Avatar { id: "x".into(), initials: "LB".into(), ..Avatar::default() };
    let side = html! {
        div.side-head { h2.side-title { "Anteprima, riga 8" } }
        (preview_card(&lb, "Lavanderia Benedetti S.r.l.", &[
            line("Ruoli", "Fornitore", "da Categoria"), line("Partita IVA", "26093270309", "IT tolto"),
            line("Indirizzo", "Via Napoli, 34", ""), line("Comune", "20835 Muggiò (MB)", "CAP ok"), line("Telefono", "039 202909", "0039 tolto"),
        ]))
        (problems("Da guardare", &[
            problem("late", "2 righe spezzate", "Righe 1.204 e 3.377: una virgoletta non è chiusa. Le metto tra le rifiutate.", "Vedi le righe"),
            problem("today", "17 partite IVA non valide", "Il carattere di controllo non torna. Entrano con un avviso, oppure senza partita IVA.", "Scegli"),
            problem("today", "1 agente senza utente", "«BIANCHI Ag. Nord» compare in 798 righe.", "Abbina a una persona"),
            problem("", "273 partite IVA ripetute", "617 righe: le vediamo al passo Doppioni.", ""),
        ]))
    };
    wizard(&Wizard {
        title: "Importa anagrafiche".into(),
        steps: vec![
            Step { url: "import.html".into(), ..step("File", true, false) },
            step("Colonne", false, true),
            step("Doppioni", false, false),
            step("Prova", false, false),
            step("Importa", false, false),
        ],
        promise: "Non scrivo nulla fino al passo Importa".into(),
        action: "/imports".into(),
        understood: Some(Understood {
            file: "anagrafica.csv".into(),
            size: "5.003 righe, 23 colonne".into(),
            settings: vec![
                setting("Codifica", "Windows-1252"),
                setting("Separatore", "punto e virgola ;"),
                setting("Virgolette", "doppie \""),
                setting("Decimali", "1.234,56"),
                setting("Date", "gg/mm/aaaa"),
                setting("Prima riga", "nomi delle colonne"),
            ],
            note: "Riconosciuti leggendo tutto il file".into(),
            apply: "Aggiorna".into(),
        }),
        main: html! {
            div.wizard-line { h2 { "Dove va ogni colonna " small { "20 abbinate, 2 da controllare, 1 da scegliere" } } }
            (mapping_table(&heads, &rows))
            div.raw { b { "Il file com’è " } span.muted { "righe 7 e 8" }
                pre { "000007;A;Italfarma Italia s.a.s.;;;;;;88910370142;88910370142;Via Tiziano, n. 132;71122;Foggia;FG;0881 241 538\n000008;A;Lavanderia Benedetti S.r.l.;;;;;;IT 26093270309;26093270309;VIA Napoli, 34;20835;Muggiò;MB;0039039202909;;" } }
        },
        side: Some(side),
        side_label: "Anteprima e problemi".into(),
        back: Some(Button { label: "Indietro".into(), icon: "arrow-left", ..Button::default() }),
        missing: "Manca 1 scelta: Cliente dal".into(),
        buttons: vec![
            Button { label: "Ignora la colonna".into(), ..Button::default() },
            Button {
                label: "Continua".into(),
                kind: Kind::Primary,
                key: "Ctrl Invio",
                act: Act::Submit { name: "next".into(), value: "1".into(), form: "".into() },
                ..Button::default()
            },
        ],
        ..Wizard::default()
    })
}
