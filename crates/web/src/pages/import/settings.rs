//! What the file was taken for: encoding, separator, quotes, decimals, dates, first row, sheet. Each can be corrected.

use std::path::Path;

use base::{Result, say};
use engine::import::{DraftImport, Plan, propose, unreadable};
use sheet::{Column, DateOrder, Decimal, Format, Looks, Shape};
use ui::Understood;
use ui::widgets::Choice;

use crate::Visit;
use crate::posted::Posted;

/// The encodings that Italian programs write; any other that was found is offered beside them.
const ENCODINGS: [&str; 6] = ["windows-1252", "UTF-8", "ISO-8859-15", "macintosh", "UTF-16LE", "UTF-16BE"];

pub fn understood<'a>(visit: &'a Visit<'a>, draft: &DraftImport) -> Understood<'a> {
    let shape = &draft.plan.shape;
    let choice = |value: &str, label: String, chosen: bool| Choice {
        value: value.to_owned().into(),
        label: label.into(),
        chosen,
        ..Choice::default()
    };
    let said = |english: &'static str| visit.say(english).into_owned();
    let mut settings = Vec::new();
    if shape.format == Format::Csv {
        let found = shape.encoding.name();
        let mut encodings: Vec<Choice> =
            ENCODINGS.iter().map(|name| choice(name, shown(name), name.eq_ignore_ascii_case(found))).collect();
        if !encodings.iter().any(|one| one.chosen) {
            encodings.push(choice(found, found.to_owned(), true));
        }
        settings.push((visit.say("Encoding"), "encoding".into(), encodings));
        let separators = [
            (';', "semicolon", said("semicolon ;")),
            (',', "comma", said("comma ,")),
            ('\t', "tab", said("tabulator")),
            ('|', "bar", said("bar |")),
        ];
        let separators =
            separators.into_iter().map(|(sign, key, label)| choice(key, label, sign == shape.separator)).collect();
        settings.push((visit.say("Separator"), "separator".into(), separators));
        let quotes = [
            (Some('"'), "double", said("double \"")),
            (Some('\''), "single", said("single '")),
            (None, "none", said("none")),
        ];
        let quotes = quotes.into_iter().map(|(sign, key, label)| choice(key, label, sign == shape.quote)).collect();
        settings.push((visit.say("Quotes"), "quote".into(), quotes));
    } else if shape.sheets.len() > 1 {
        let sheets = shape.sheets.iter().map(|name| choice(name, name.clone(), shape.sheet.as_ref() == Some(name)));
        settings.push((visit.say("Sheet"), "sheet".into(), sheets.collect()));
    }
    let decimals = [(Decimal::Comma, "comma", "1.234,56"), (Decimal::Point, "point", "1,234.56")];
    let decimals = decimals.map(|(sign, key, label)| choice(key, label.to_owned(), sign == decimal(shape)));
    settings.push((visit.say("Decimals"), "decimal".into(), decimals.to_vec()));
    let orders = [
        (DateOrder::Dmy, "dmy", said("dd/mm/yyyy")),
        (DateOrder::Mdy, "mdy", said("mm/dd/yyyy")),
        (DateOrder::Ymd, "ymd", said("yyyy-mm-dd")),
    ];
    let orders = orders.map(|(order, key, label)| choice(key, label, order == dates(shape)));
    settings.push((visit.say("Dates"), "dates".into(), orders.to_vec()));
    let heads = [(true, "names", said("names of the columns")), (false, "row", said("a row like the others"))];
    let heads = heads.map(|(has, key, label)| choice(key, label, has == shape.has_header));
    settings.push((visit.say("First row"), "header".into(), heads.to_vec()));
    Understood {
        file: draft.name.clone().into(),
        size: visit
            .text(say!(
                "{rows} rows, {columns} columns",
                rows = shape.rows as i64,
                columns = shape.columns.len() as i64
            ))
            .into(),
        settings,
        note: visit.say("Found by reading the whole file"),
        apply: visit.say("Apply"),
    }
}

fn shown(encoding: &str) -> String {
    match encoding {
        "windows-1252" => "Windows-1252".to_owned(),
        "macintosh" => "Mac Roman".to_owned(),
        other => other.to_owned(),
    }
}

/// How the first column of numbers writes them.
fn decimal(shape: &Shape) -> Decimal {
    first_of(shape, Looks::Number).map_or(Decimal::Comma, |column| column.decimal)
}

fn dates(shape: &Shape) -> DateOrder {
    first_of(shape, Looks::Date).map_or(DateOrder::Dmy, |column| column.dates)
}

/// The first column that looks so, or the first of all.
fn first_of(shape: &Shape, looks: Looks) -> Option<&Column> {
    shape.columns.iter().find(|column| column.looks == looks).or(shape.columns.first())
}

/// The plan with the settings that were posted. Columns keep what they were by their names; those that are new by another
/// reading of the file are proposed.
pub fn applied(visit: &Visit, file: &Path, plan: Plan, posted: &Posted) -> Result<Plan> {
    let before = &plan.shape;
    let mut shape = before.clone();
    if let Some(encoding) = sheet::Encoding::for_label(posted.first("encoding").as_bytes()) {
        shape.encoding = encoding;
    }
    shape.separator = match posted.first("separator") {
        "semicolon" => ';',
        "comma" => ',',
        "tab" => '\t',
        "bar" => '|',
        _ => shape.separator,
    };
    shape.quote = match posted.first("quote") {
        "double" => Some('"'),
        "single" => Some('\''),
        "none" => None,
        _ => shape.quote,
    };
    if shape.sheets.iter().any(|sheet| sheet == posted.first("sheet")) {
        shape.sheet = Some(posted.first("sheet").to_owned());
    }
    let read_otherwise = (shape.encoding, shape.separator, shape.quote, &shape.sheet)
        != (before.encoding, before.separator, before.quote, &before.sheet);
    if read_otherwise {
        shape = sheet::resniff(file, &shape).map_err(unreadable)?;
    } else if posted.has("header") {
        shape = sheet::with_header(file, &shape, posted.first("header") == "names").map_err(unreadable)?;
    }
    let renamed = shape.columns.len() != before.columns.len()
        || shape.columns.iter().zip(&before.columns).any(|(now, then)| now.header != then.header);
    let mut plan = match renamed {
        true => {
            let model = visit.catalogue.model(&plan.entity).ok_or(base::Error::Missing)?;
            let app = &visit.ask.app;
            let words = [app.words.of(base::words::Language::It), app.words.of(base::words::Language::En)];
            plan.applied_to(propose(&visit.catalogue, model, &shape, &words))
        }
        false => Plan { shape, ..plan },
    };
    let decimal = match posted.first("decimal") {
        "comma" => Some(Decimal::Comma),
        "point" => Some(Decimal::Point),
        _ => None,
    };
    let order = match posted.first("dates") {
        "dmy" => Some(DateOrder::Dmy),
        "mdy" => Some(DateOrder::Mdy),
        "ymd" => Some(DateOrder::Ymd),
        _ => None,
    };
    // A setting that was left as it is shown changes no column that differs from the rest.
    let decimal = decimal.filter(|sign| *sign != self::decimal(&plan.shape));
    let order = order.filter(|order| *order != dates(&plan.shape));
    for column in &mut plan.shape.columns {
        column.decimal = decimal.unwrap_or(column.decimal);
        column.dates = order.unwrap_or(column.dates);
    }
    Ok(plan)
}
