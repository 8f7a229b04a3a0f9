//! Words that keep their capitals or lose them inside a name.

/// Written small inside a name of a company, street or town.
const PARTICLES: &[&str] = &[
    "di", "de", "de'", "del", "dello", "della", "dei", "degli", "delle", "dell'", "d'", "da", "dal", "dalla", "dallo",
    "dai", "dalle", "dall'", "e", "ed", "a", "al", "allo", "alla", "ai", "agli", "alle", "all'", "in", "nel", "nello",
    "nella", "nei", "nelle", "nell'", "con", "su", "sul", "sullo", "sulla", "sui", "sulle", "sull'", "per", "tra",
    "fra", "il", "lo", "la", "i", "gli", "le", "l'", "&", "von", "zu",
];

/// Short words that are no acronyms.
const SHORT_WORDS: &[&str] = &[
    "bar", "due", "tre", "sei", "sud", "est", "pub", "gas", "oro", "zoo", "spa", "blu", "neo", "bio", "eco", "the",
    "new", "big", "san", "don", "re", "tè", "pet", "art", "ape", "ali", "uno", "one", "two", "via", "già", "più",
    "amo", "mia", "mio", "tuo", "noi", "qui", "ex", "and", "of", "fil", "pio", "leo", "ivo", "ugo", "ada", "ida",
    "eva", "lia", "bel", "gio", "sic", "zia", "zio", "box", "car", "hub", "lab", "web", "red", "sun", "sky", "top",
    "fit", "pan", "sas", "met", "pra", "val", "mar", "bo", "po", "lo", "no", "si",
];

/// What follows a `d'` that is a preposition; in front of anything else it begins a surname: `D'Onofrio`.
const COMMON_NOUNS: &[&str] = &[
    "arte", "italia", "oro", "autore", "epoca", "argento", "europa", "acqua", "aria", "estate", "inverno", "autunno",
    "interni", "impresa", "affari", "alba", "aosta", "asti", "adda", "abruzzo", "elite", "azeglio", "ampezzo",
    "appello", "armi", "arco", "olio", "uva", "erba",
];

const STREET_ABBREVIATIONS: &[(&str, &str)] = &[
    ("v.le", "V.le"),
    ("c.so", "C.so"),
    ("p.zza", "P.zza"),
    ("p.za", "P.za"),
    ("p.le", "P.le"),
    ("l.go", "L.go"),
    ("b.go", "B.go"),
    ("v.", "V."),
    ("n.", "n."),
    ("n°", "n°"),
    ("n", "n"),
    ("nr.", "nr."),
    ("snc", "snc"),
    ("s.n.c.", "s.n.c."),
    ("s.s.", "S.S."),
    ("ss", "SS"),
    ("s.p.", "S.P."),
    ("sp", "SP"),
    ("km", "km"),
    ("km.", "km."),
    ("int.", "int."),
    ("bis", "bis"),
    ("loc.", "Loc."),
    ("fraz.", "Fraz."),
    ("s.n.", "s.n."),
];

pub(super) fn is_particle(lower: &str) -> bool {
    PARTICLES.contains(&lower)
}

pub(super) fn written_small(after_elision: &str) -> bool {
    COMMON_NOUNS.contains(&after_elision.trim_matches(|c: char| !c.is_alphanumeric()))
}

pub(super) fn street_abbreviation(lower: &str) -> Option<&'static str> {
    STREET_ABBREVIATIONS.iter().find(|(written, _)| *written == lower).map(|(_, proper)| *proper)
}

/// Up to XXXIX, two letters at least: streets are called after days, kings and popes.
pub(super) fn is_roman(word: &str) -> bool {
    let bare = word.trim_end_matches([',', '.', ')']);
    let units = bare.trim_start_matches('X');
    bare.len() >= 2
        && bare.len() - units.len() <= 3
        && matches!(units, "" | "I" | "II" | "III" | "IV" | "V" | "VI" | "VII" | "VIII" | "IX")
}

/// `ABC`, `3M`, `S.G.R.`, `E.ON`: capitals that mean something.
pub(super) fn is_acronym(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let letters = bare.chars().filter(|c| c.is_alphanumeric()).count();
    if bare.contains('.') {
        return bare.split('.').all(|part| part.chars().count() <= 2);
    }
    letters <= 3 && bare.chars().all(char::is_alphanumeric) && !SHORT_WORDS.contains(&bare.to_lowercase().as_str())
}
