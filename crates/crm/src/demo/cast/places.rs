//! Where they are: real municipalities, invented streets, the area codes of their provinces.

use std::collections::BTreeMap;

use towns::{Town, Towns};

use super::DemoAddress;
use super::dice::Dice;

/// Sigla, telephone area code of the capital, office in VAT numbers (the ISTAT number of the province), weight: the demo
/// company sells from the province of Lecco.
type Province = (&'static str, &'static str, u32, u32);

#[rustfmt::skip]
const PROVINCES: &[Province] = &[
    ("BG", "035", 16, 130), ("BS", "030", 17, 110), ("LC", "0341", 97, 90), ("MI", "02", 15, 90), ("MB", "039", 96, 70), ("CO", "031", 13, 60),
    ("CR", "0372", 19, 30), ("LO", "0371", 98, 20), ("MN", "0376", 20, 30), ("PV", "0382", 18, 25), ("VA", "0332", 12, 35), ("SO", "0342", 14, 20),
    ("TO", "011", 1, 25), ("VC", "0161", 2, 3), ("NO", "0321", 3, 12), ("CN", "0171", 4, 8), ("AT", "0141", 5, 4), ("AL", "0131", 6, 8),
    ("BI", "015", 96, 4), ("VB", "0323", 103, 4), ("AO", "0165", 7, 2), ("IM", "0183", 8, 2), ("SV", "019", 9, 3), ("GE", "010", 10, 10),
    ("SP", "0187", 11, 3), ("BZ", "0471", 21, 8), ("TN", "0461", 22, 10), ("VR", "045", 23, 25), ("VI", "0444", 24, 22), ("BL", "0437", 25, 3),
    ("TV", "0422", 26, 16), ("VE", "041", 27, 12), ("PD", "049", 28, 18), ("RO", "0425", 29, 4), ("UD", "0432", 30, 8), ("GO", "0481", 31, 2),
    ("TS", "040", 32, 3), ("PN", "0434", 93, 6), ("PC", "0523", 33, 18), ("PR", "0521", 34, 14), ("RE", "0522", 35, 16), ("MO", "059", 36, 18),
    ("BO", "051", 37, 20), ("FE", "0532", 38, 4), ("RA", "0544", 39, 6), ("FC", "0543", 40, 6), ("RN", "0541", 99, 5), ("PU", "0721", 41, 5),
    ("AN", "071", 42, 6), ("MC", "0733", 43, 5), ("FM", "0734", 44, 3), ("AP", "0736", 44, 3), ("MS", "0585", 45, 3), ("LU", "0583", 46, 5),
    ("PT", "0573", 47, 5), ("FI", "055", 48, 14), ("LI", "0586", 49, 4), ("PI", "050", 50, 6), ("AR", "0575", 51, 5), ("SI", "0577", 52, 4),
    ("GR", "0564", 53, 2), ("PO", "0574", 100, 7), ("PG", "075", 54, 7), ("TR", "0744", 55, 3), ("VT", "0761", 56, 3), ("RI", "0746", 57, 1),
    ("RM", "06", 58, 28), ("LT", "0773", 59, 5), ("FR", "0775", 60, 5), ("CE", "0823", 61, 5), ("BN", "0824", 62, 2), ("NA", "081", 63, 18),
    ("AV", "0825", 64, 3), ("SA", "089", 65, 8), ("AQ", "0862", 66, 2), ("TE", "0861", 67, 3), ("PE", "085", 68, 4), ("CH", "0871", 69, 3),
    ("CB", "0874", 70, 2), ("IS", "0865", 94, 1), ("FG", "0881", 71, 4), ("BA", "080", 72, 12), ("BT", "0883", 72, 3), ("TA", "099", 73, 4),
    ("BR", "0831", 74, 3), ("LE", "0832", 75, 6), ("PZ", "0971", 76, 2), ("MT", "0835", 77, 2), ("CS", "0984", 78, 4), ("CZ", "0961", 79, 2),
    ("RC", "0965", 80, 3), ("KR", "0962", 101, 1), ("VV", "0963", 102, 1), ("TP", "0923", 81, 3), ("PA", "091", 82, 8), ("ME", "090", 83, 4),
    ("AG", "0922", 84, 2), ("CL", "0934", 85, 2), ("EN", "0935", 86, 1), ("CT", "095", 87, 8), ("RG", "0932", 88, 3), ("SR", "0931", 89, 3),
    ("SS", "079", 90, 4), ("NU", "0784", 91, 2), ("CA", "070", 92, 5), ("OR", "0783", 95, 1), ("SU", "0781", 92, 2),
];

const NORTH: &[&str] = &[
    "Lombardia",
    "Piemonte",
    "Liguria",
    "Veneto",
    "Emilia-Romagna",
    "Friuli-Venezia Giulia",
    "Trentino-Alto Adige/Südtirol",
    "Valle d'Aosta/Vallée d'Aoste",
];

#[rustfmt::skip]
const STREETS: &[&str] = &[
    "Via Roma", "Via Garibaldi", "Via Giuseppe Mazzini", "Via Dante Alighieri", "Via Alessandro Manzoni", "Via Giuseppe Verdi", "Corso Italia",
    "Via Cavour", "Via Matteotti", "Piazza della Libertà", "Via Guglielmo Marconi", "Via della Repubblica", "Viale della Vittoria", "Via IV Novembre",
    "Via XXV Aprile", "Via Trento", "Via Trieste", "Via Milano", "Via Torino", "Via Venezia", "Via Galileo Galilei", "Via Leonardo da Vinci",
    "Via Alessandro Volta", "Via San Francesco", "Via Sant'Antonio", "Via delle Rose", "Via dei Tigli", "Viale dei Mille", "Via Giacomo Puccini",
    "Via Monte Grappa", "Via Piave", "Via Isonzo", "Via Giovanni Pascoli", "Via Giosuè Carducci", "Via Ugo Foscolo", "Piazza Vittorio Veneto",
    "Via Santa Caterina", "Vicolo del Mulino", "Via della Chiesa", "Via Castello", "Via Aldo Moro", "Via Alcide De Gasperi", "Via Gramsci",
];

#[rustfmt::skip]
const WORK_STREETS: &[&str] = &[
    "Via dell'Industria", "Via dell'Artigianato", "Via del Lavoro", "Via delle Fucine", "Via Enrico Fermi", "Via Statale", "Via Provinciale",
    "Via delle Industrie", "Via Meucci", "Via Pacinotti", "Via Primo Maggio", "Via dei Fornaciai", "Via Ferraris", "Strada Provinciale",
    "Via Edison", "Via del Commercio", "Via Olivetti", "Via della Tecnica", "Via dell'Agricoltura", "Via Enrico Mattei", "Via Natta",
];

/// The towns of each province.
pub(super) struct Places {
    by_province: BTreeMap<&'static str, Vec<Town>>,
}

impl Places {
    pub(super) fn read() -> Places {
        let mut by_province: BTreeMap<&'static str, Vec<Town>> = BTreeMap::new();
        for town in Towns::get().all() {
            // A city weighs as much as its districts.
            let weight = town.zips().count().min(12);
            by_province.entry(town.province).or_default().extend(std::iter::repeat_n(*town, weight * weight.min(4)));
        }
        Places { by_province }
    }

    pub(super) fn town(&self, dice: &mut Dice) -> Town {
        let weights: Vec<(u32, &str)> = PROVINCES.iter().map(|(sigla, _, _, weight)| (*weight, *sigla)).collect();
        let province = dice.weigh(&weights);
        self.town_in(dice, province)
    }

    /// A town of the province; of the list's first province where there is none of that sigla.
    pub(super) fn town_in(&self, dice: &mut Dice, province: &str) -> Town {
        let towns = self.by_province.get(province).or_else(|| self.by_province.values().next());
        dice.pick(towns.map(Vec::as_slice).unwrap_or_default())
    }
}

pub(super) fn is_north(town: &Town) -> bool {
    NORTH.contains(&town.region)
}

/// An address in the town; `work` where lorries stop.
pub(super) fn address(dice: &mut Dice, town: &Town, kind: &'static str, work: bool) -> DemoAddress {
    let zips: Vec<&str> = town.zips().collect();
    let mut number = dice.between(1, 120).to_string();
    if dice.chance(15) {
        number.push_str(dice.pick(&["/A", "/B", "/C", " bis"]));
    }
    DemoAddress {
        kind,
        street: (dice.pick(if work { WORK_STREETS } else { STREETS })).to_owned(),
        number,
        zip: zips.get(dice.index(zips.len())).copied().unwrap_or_default().to_owned(),
        town: town.name.to_owned(),
        province: town.province.to_owned(),
    }
}

/// Telephone area code and VAT office of a province.
pub(super) fn codes(province: &str) -> (&'static str, u32) {
    PROVINCES.iter().find(|(sigla, ..)| *sigla == province).map_or(("0341", 97), |(_, area, office, _)| (area, *office))
}
