//! The companies that manual and pictures tell of: they are in every demo, before the invented ones.

/// One of them: legal name, legal form, trade name, sector, town and province, revenue in euro cents, stage, role.
pub(super) struct Known {
    pub name: &'static str,
    pub form: &'static str,
    pub sign: Option<&'static str>,
    pub sector: &'static str,
    pub town: &'static str,
    pub province: &'static str,
    pub revenue_cents: i64,
    pub stage: &'static str,
    pub role: Option<&'static str>,
}

/// First and last name, whether a woman, company by its place in the rows, role, job, department.
type Colleague = (&'static str, &'static str, bool, usize, &'static str, &'static str, Option<&'static str>);

type Row = (&'static str, &'static str, &'static str, &'static str, &'static str, i64, &'static str, &'static str);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("Laminati Valtrompia S.p.A.", "", "metalworking", "Sarezzo", "BS", 1_842_000_000, "customer", "supplier"),
    ("Cartotecnica del Garda S.r.l.", "Garda Pack", "packaging", "Lonato del Garda", "BS", 1_407_531_000, "customer", ""),
    ("Pastificio Morandini S.p.A.", "", "food", "Codogno", "LO", 1_286_000_000, "prospect", ""),
    ("Officine Meccaniche Spreafico S.r.l.", "", "metalworking", "Lecco", "LC", 1_124_078_050, "customer", ""),
    ("Tessitura Bellavite S.r.l.", "", "textile", "Erba", "CO", 991_240_000, "customer", ""),
    ("Carpenteria Brambati S.r.l.", "", "metalworking", "Zogno", "BG", 873_500_000, "prospect", "partner"),
    ("Vetreria San Donato S.n.c.", "", "construction", "San Donato Milanese", "MI", 760_492_500, "customer", ""),
    ("Stampi e Plastica Orobica S.r.l.", "SPO", "plastics", "Osio Sotto", "BG", 712_000_000, "prospect", ""),
    ("Caseificio Alta Valsassina Soc. Coop.", "", "food", "Introbio", "LC", 648_115_000, "customer", ""),
    ("Molini Chiesa & Figli S.p.A.", "", "food", "Crema", "CR", 603_870_000, "customer", "supplier"),
    ("Fonderia Rovetta S.r.l.", "", "metalworking", "Lumezzane", "BS", 554_400_000, "customer", "supplier"),
    ("Arredi Contract Brianza S.r.l.", "", "wood_furniture", "Cantù", "CO", 498_000_000, "prospect", "competitor"),
    ("Elettroimpianti Zanchi S.r.l.", "", "electrical", "Treviglio", "BG", 461_723_380, "customer", "partner"),
    ("Cantina Colli Morenici Soc. Coop.", "", "food", "Volta Mantovana", "MN", 390_560_000, "customer", ""),
    ("Serramenti Galbusera S.r.l.", "", "wood_furniture", "Merate", "LC", 372_000_000, "prospect", ""),
    ("Torneria Fratelli Mazzoleni S.n.c.", "", "metalworking", "Calusco d'Adda", "BG", 318_694_000, "customer", ""),
    ("Logistica Po S.r.l.", "", "logistics", "Piacenza", "PC", 295_000_000, "prospect", "partner"),
    ("Ceramiche Virgilio S.r.l.", "", "construction", "Curtatone", "MN", 270_441_560, "customer", ""),
    ("Panificio Industriale Ghezzi S.r.l.", "Pan Ghezzi", "food", "Monza", "MB", 231_800_000, "customer", ""),
    ("Utensileria Navigli S.a.s.", "", "wholesale", "Abbiategrasso", "MI", 209_738_125, "customer", "competitor"),
];

/// The people of Brambati.
#[rustfmt::skip]
pub(super) static PEOPLE: &[Colleague] = &[
    ("Renato", "Brambati", false, 5, "administrator", "Amministratore", None),
    ("Elisa", "Pozzi", true, 5, "purchasing", "Responsabile acquisti", Some("Acquisti")),
    ("Karim", "Haddad", false, 5, "technician", "Capo officina", Some("Produzione")),
];

pub(super) fn known() -> impl Iterator<Item = Known> {
    let some = |text: &'static str| Some(text).filter(|text| !text.is_empty());
    ROWS.iter().map(move |&(name, sign, sector, town, province, revenue_cents, stage, role)| {
        let form = ["S.p.A.", "S.r.l.", "S.n.c.", "S.a.s.", "Soc. Coop."].into_iter().find(|form| name.ends_with(form));
        Known {
            name,
            form: form.unwrap_or("S.r.l."),
            sign: some(sign),
            sector,
            town,
            province,
            revenue_cents,
            stage,
            role: some(role),
        }
    })
}
