//! Other names that people write for a town.

/// Provinces of Sardinia from 2005 to 2016; the region has again provinces since 2025, so towns there are not checked.
pub(crate) const SARDINIAN: &[&str] = &["CI", "OG", "OT", "VS"];

/// Names in use that are not in the list: short ones, old ones, the German ones of South Tyrol's larger towns.
const NAMES: &[(&str, &str)] = &[
    ("reggioemilia", "Reggio nell'Emilia"),
    ("reggiocalabria", "Reggio di Calabria"),
    ("iesi", "Jesi"),
    ("massacarrara", "Massa"),
    ("pesarourbino", "Pesaro"),
    ("appiano", "Appiano sulla strada del vino"),
    ("caldaro", "Caldaro sulla strada del vino"),
    ("termeno", "Termeno sulla strada del vino"),
    ("bozen", "Bolzano"),
    ("meran", "Merano"),
    ("brixen", "Bressanone"),
    ("bruneck", "Brunico"),
    ("leifers", "Laives"),
    ("eppan", "Appiano sulla strada del vino"),
    ("kaltern", "Caldaro sulla strada del vino"),
    ("sterzing", "Vipiteno"),
    ("klausen", "Chiusa"),
    ("algund", "Lagundo"),
    ("neumarkt", "Egna"),
    ("tramin", "Termeno sulla strada del vino"),
    ("schlanders", "Silandro"),
    ("toblach", "Dobbiaco"),
    ("innichen", "San Candido"),
    ("stulrich", "Ortisei"),
];

/// What else a name may stand for, most likely first.
pub(crate) fn other_writings(name: &str) -> Vec<String> {
    let known = |name: &str| {
        let key = crate::key(name);
        NAMES.iter().find(|(alias, _)| **alias == *key).map(|(_, proper)| (*proper).to_owned())
    };
    let mut writings: Vec<String> = known(name).into_iter().collect();
    for separator in ["/", " - ", "("] {
        if name.contains(separator) {
            for part in name.split(separator) {
                writings.push(part.to_owned());
                writings.extend(known(part));
            }
        }
    }
    // "S.", "S.Angelo", "S. Donato", "Sta Maria".
    let trimmed = name.trim();
    if let Some((saint, rest)) = trimmed.split_once(['.', ' '])
        && matches!(saint.to_lowercase().as_str(), "s" | "st" | "sta" | "sto" | "ss")
        && !rest.trim().is_empty()
    {
        let rest = rest.trim();
        writings
            .extend(["San ", "Santa ", "Sant'", "Santo ", "Santi ", "Saint-"].map(|title| format!("{title}{rest}")));
    }
    writings
}
