//! "Export what I see": the list as a file, with its filters, its order and its columns.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use base::Error;
use base::words::Language;
use engine::export::ExportFormat;
use maud::html;
use meta::access::Verb;
use sheet::CsvStyle;
use ui::{Act, Button, Dialog};

use super::list::Asked;
use crate::Ask;
use crate::answer::html as answer;
use crate::parts::shell;

/// In which format.
pub async fn ask(Path(path): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let asked = Asked::read(visit, &path)?;
        if !asked.may(Verb::Export) {
            return Err(engine::access::denied(Verb::Export));
        }
        let way = |label: &'static str, place: &str, kind| Button {
            label: label.into(),
            icon: "file-spreadsheet",
            kind,
            act: Act::Link(asked.address.under(place).into()),
            ..Button::default()
        };
        let dialog = Dialog {
            title: visit.say("Export"),
            text: visit.say("All that match, with the columns of the list."),
            body: html! { div.foot-buttons { (ui::button(&way("Excel", "/export/xlsx", ui::Kind::Primary))) (ui::button(&way("CSV", "/export/csv", ui::Kind::Quiet))) } },
            close: visit.say("Close"),
            ..Dialog::default()
        };
        if visit.ask.is_fragment() {
            return answer(ui::dialog(&dialog));
        }
        answer(shell::page(visit, &asked.plural(), Some(&path), ui::dialog_page(&dialog)))
    })
    .await
}

pub async fn file(Path((path, format)): Path<(String, String)>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let asked = Asked::read(visit, &path)?;
        let (format, mime, ending) = match format.as_str() {
            "xlsx" => (ExportFormat::Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
            "csv" => (ExportFormat::Csv(csv_style(visit.actor.language)), "text/csv; charset=utf-8", "csv"),
            _ => return Err(Error::Missing),
        };
        let mut bytes = std::io::Cursor::new(Vec::new());
        visit.engine().export(&visit.actor, &asked.query(), &asked.columns, format, visit.words(), &mut bytes)?;
        let name = format!("attachment; filename=\"{path}-{}.{ending}\"", visit.actor.today());
        let headers = [(header::CONTENT_TYPE, mime.to_owned()), (header::CONTENT_DISPOSITION, name)];
        Ok((headers, bytes.into_inner()).into_response())
    })
    .await
}

/// As the spreadsheet programs of the country open it by a double click.
pub fn csv_style(language: Language) -> CsvStyle {
    match language {
        Language::It => CsvStyle::default(),
        Language::En => CsvStyle { separator: ',', decimal: sheet::Decimal::Point, ..CsvStyle::default() },
    }
}
