//! Turns the folder of bundled files into a Rust table, with each file ready in gzip and brotli.

use std::{
    fmt::Write as _,
    fs,
    io::{self, Write as _},
    path::Path,
};

/// Files are worth compressing when they shrink by at least this part.
const WORTH: f64 = 0.9;

/// Writes the tables `FILES`, `NAMES`, `PRELOADS` and `ICONS`, each sorted by its first column so that it can be searched.
pub fn write_table(dist: &Path, table: &Path) -> Result<(), String> {
    let mut code = String::new();
    files(&dist.join("files"), &mut code).map_err(|why| format!("{}: {why}", dist.display()))?;
    pairs(&dist.join("names.tsv"), "NAMES", &mut code)?;
    pairs(&dist.join("preloads.tsv"), "PRELOADS", &mut code)?;
    pairs(&dist.join("icons.tsv"), "ICONS", &mut code)?;
    fs::write(table, code).map_err(|why| format!("{}: {why}", table.display()))
}

fn files(folder: &Path, code: &mut String) -> io::Result<()> {
    let packed = folder.with_file_name("packed");
    fs::create_dir_all(&packed)?;
    let mut names: Vec<String> =
        fs::read_dir(folder)?.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    line(code, "static FILES: &[(&str, Asset)] = &[");
    for name in names {
        let plain = fs::read(folder.join(&name))?;
        let pack = |ending: &str, packed_bytes: Vec<u8>| -> io::Result<String> {
            if packed_bytes.len() as f64 > plain.len() as f64 * WORTH {
                return Ok("None".to_owned());
            }
            let path = packed.join(format!("{name}.{ending}"));
            fs::write(&path, packed_bytes)?;
            Ok(format!("Some(include_bytes!({path:?}))"))
        };
        let (gzip, brotli) = (pack("gz", gzip(&plain)?)?, pack("br", brotli(&plain)?)?);
        let identity = format!("include_bytes!({:?})", folder.join(&name));
        line(
            code,
            &format!(
                "    ({name:?}, Asset {{ mime: {:?}, identity: {identity}, gzip: {gzip}, brotli: {brotli}, immutable: true }}),",
                mime(&name)
            ),
        );
    }
    line(code, "];");
    Ok(())
}

fn pairs(list: &Path, constant: &str, code: &mut String) -> Result<(), String> {
    let text = fs::read_to_string(list).map_err(|why| format!("{}: {why}", list.display()))?;
    let mut rows: Vec<(&str, &str)> = text.lines().filter_map(|row| row.split_once('\t')).collect();
    rows.sort_unstable();
    line(code, &format!("static {constant}: &[(&str, &str)] = &{rows:?};"));
    Ok(())
}

fn line(code: &mut String, text: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(code, "{text}");
}

fn gzip(plain: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(plain)?;
    encoder.finish()
}

fn brotli(plain: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    brotli::BrotliCompress(&mut &plain[..], &mut packed, &settings)?;
    Ok(packed)
}

fn mime(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "json" | "webmanifest" => "application/json",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}
