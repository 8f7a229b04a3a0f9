//! What the markup promises to browsers, scripts and screen readers.

use maud::html;
use ui::{
    widgets::{Choice, Multi, MultiRow, Widget},
    *,
};

fn shell() -> Shell<'static> {
    Shell {
        lang: "it".into(),
        csrf: "abc\"'><script>".into(),
        create: vec![MenuItem {
            label: "Azienda".into(),
            act: Act::Link("/companies/new".into()),
            ..MenuItem::default()
        }],
        toast: Some(Toast { text: "<b>Salvata</b>".into(), undo_url: "/undo".into(), ..Toast::default() }),
        ..Shell::default()
    }
}

fn companies() -> List<'static> {
    let sorted = Column {
        label: "Fatturato".into(),
        sort_url: "?sort=-revenue".into(),
        sorted: Some(Sorted::Down),
        right: true,
        ..Column::default()
    };
    List {
        id: "companies".into(),
        columns: vec![Column { label: "Azienda".into(), ..Column::default() }, sorted],
        rows: vec![Row {
            id: "0193".into(),
            url: "/companies/0193".into(),
            title: "Rossi & Figli <S.n.c.>".into(),
            cells: vec![Cell::Strong("1.234,56 €".into())],
            ..Row::default()
        }],
        more: Some(More { url: "/companies?cursor=x".into(), label: "Mostra altre 50".into(), ..More::default() }),
        ..List::default()
    }
}

#[test]
fn a_page_needs_no_inline_style_or_script() {
    let page =
        page(&shell(), html! { (list(&companies())) (record_page(&RecordPage::default())) (form(&Form::default())) })
            .into_string();
    assert!(!page.contains(" style="));
    assert_eq!(page.matches("<script").count(), 1, "only the bundle");
    assert!(page.contains(r#"<script type="module" src="/assets/app-"#));
    assert!(!page.contains(" onclick"));
}

#[test]
fn what_people_typed_is_never_markup() {
    let page = page(&shell(), list(&companies())).into_string();
    assert!(page.contains("Rossi &amp; Figli &lt;S.n.c.&gt;"));
    assert!(page.contains("&lt;b&gt;Salvata&lt;/b&gt;"));
    assert!(page.contains("X-CSRF-Token&quot;:&quot;abcscript&quot;"), "the token is cut down to harmless letters");
}

#[test]
fn a_sorted_column_says_so() {
    let list = list(&companies()).into_string();
    assert!(list.contains(r#"aria-sort="descending""#), "{list}");
}

#[test]
fn more_rows_are_a_link_too() {
    let list = list(&companies()).into_string();
    assert!(list.contains(r#"href="/companies?cursor=x" hx-get="/companies?cursor=x""#), "{list}");
}

#[test]
fn no_element_has_two_classes_attributes() {
    let markup = [
        list(&companies()).into_string(),
        record_page(&RecordPage::default()).into_string(),
        form(&Form { narrow: true, ..Form::default() }).into_string(),
        dialog(&Dialog { wide: true, ..Dialog::default() }).into_string(),
        wizard(&Wizard::default()).into_string(),
    ];
    for tag in markup.iter().flat_map(|m| m.split('<')) {
        let attributes = tag.split('>').next().unwrap_or("");
        assert!(attributes.matches(" class=").count() < 2, "{attributes}");
    }
}

#[test]
fn several_values_are_named_by_their_place_and_one_blank_row_follows() {
    let rows = vec![MultiRow { value: "a@b.it".into(), kind: "work".into(), primary: true, note: None }];
    let kinds = vec![Choice { value: "work".into(), label: "Lavoro".into(), ..Choice::default() }];
    let widget = Widget::Multi(Multi { rows, kinds, input: "email", ..Multi::default() });
    let field = form_field(&FormField { name: "emails".into(), widget, ..FormField::default() }).into_string();
    for name in ["emails[0].value", "emails[0].kind", "emails[0].primary", "emails[1].value"] {
        assert!(field.contains(&format!(r#"name="{name}""#)), "{name}: {field}");
    }
    assert!(field.contains(r#"<option value="work" selected>"#));
    assert!(!field.contains("emails[2]"));
}

#[test]
fn a_refused_field_points_to_its_reason() {
    let note = Note { kind: NoteKind::Error, text: "La partita IVA ha 11 cifre: qui sono 10.".into(), link: None };
    let widget = Widget::Text { value: "0318472016".into(), kind: "text", autocomplete: "", max: 0, code: true };
    let field = FormField { name: "vat_number".into(), widget, note: Some(note), ..FormField::default() };
    let markup = form_field(&field).into_string();
    assert!(markup.contains(r#"aria-invalid="true" aria-describedby="n-vat_number""#), "{markup}");
    assert!(markup.contains(r#"id="n-vat_number""#));
}

#[test]
fn a_button_that_may_not_be_pressed_says_why() {
    let markup =
        button(&Button { label: "Elimina".into(), disabled_why: "Non hai il permesso".into(), ..Button::default() })
            .into_string();
    assert!(markup.contains(r#"aria-disabled="true" title="Non hai il permesso""#), "{markup}");
    assert!(markup.contains(r#"type="button""#), "it submits nothing");
}

#[test]
fn every_icon_of_a_component_is_bundled() {
    for name in
        ["check", "x", "dots", "chevron-down", "filter-plus", "arrow-up", "arrow-merge", "photo", "users", "search"]
    {
        assert!(!assets::icon(name).is_empty(), "{name}");
    }
}
