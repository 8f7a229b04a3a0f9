//! Writes every screen of the design as a static page, with invented data, to be looked at:
//! `cargo run -p ui --example gallery -- FOLDER`, then serve the folder (`python3 -m http.server -d FOLDER`).

mod form;
mod import;
mod list;
mod other;
mod record;
mod shell;

use std::{env, error::Error, fs, path::PathBuf};

use maud::Markup;
use ui::{Shell, Theme};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args().nth(1).ok_or("name the folder to write to")?);
    fs::create_dir_all(folder.join("assets"))?;
    for (name, asset) in assets::all() {
        fs::write(folder.join("assets").join(name), asset.identity)?;
    }
    let write = |name: &str, page: Markup| fs::write(folder.join(format!("{name}.html")), page.into_string());
    let whole = |name: &str, shell: Shell, content: Markup| {
        write(&format!("{name}-dark"), ui::page(&Shell { theme: Theme::Dark, ..shell.clone() }, content.clone()))?;
        write(name, ui::page(&Shell { theme: Theme::Light, ..shell }, content))
    };
    whole("list", shell::shell("Aziende"), list::companies())?;
    whole("empty", shell::first_day(), other::empty())?;
    whole("empty-filter", shell::shell("Aziende"), list::nothing_found())?;
    whole("company", shell::with_toast(), record::company())?;
    whole("company-diary", shell::with_toast(), record::company_diary())?;
    whole("form", shell::shell("Modifica"), form::company())?;
    whole("import", shell::shell("Importa"), import::columns())?;
    whole("conflict", shell::shell("Carpenteria Brambati"), other::conflict())?;
    whole("parts", shell::shell("Parti"), other::parts())?;
    write("sign-in", other::sign_in())?;
    write("results", other::results())?;
    write("more", list::more())?;
    write("edit", record::editing())?;
    Ok(())
}
