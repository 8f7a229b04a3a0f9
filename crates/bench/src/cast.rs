//! The made-up registry: the same party for the same number, however many there are.

use base::codes::{self, Check, Code};
use base::{Currency, Money, Rid};
use meta::{Address, Item, Model, Value};
use towns::Towns;

/// Who is in charge of what.
pub struct Staff {
    /// Sees everything, and is in charge of one record in a hundred.
    pub admin: Rid,
    /// Sees some five hundred records.
    pub few: Rid,
    /// Sees every second record.
    pub half: Rid,
    /// Those in charge of the rest.
    pub others: Vec<Rid>,
}

/// How many records the user of few sees.
pub const FEW: usize = 500;
/// The town that one party in twenty is in, and a stage, a role and a tag that are common, less common and rare.
pub const STAGE: &str = "prospect";
pub const ROLE: &str = "supplier";
pub const TAG: &str = "fiera-2026";

/// Fields that the house has added: a number with an index, and a text with one. Twenty-eight more stay empty.
pub const SEATS: &str = "x_coperti";
pub const ZONE: &str = "x_zona";
pub const ADDED: usize = 30;

/// Towns that parties are in.
const TOWNS: usize = 400;

/// Positions of a model and the values for them.
pub type Values = Vec<(usize, Value)>;

/// The town at a place of the list; the first is the most frequent.
pub fn town(at: usize) -> &'static towns::Town {
    let all = Towns::get().all();
    &all[(at * 19) % all.len()]
}

pub fn is_company(index: usize) -> bool {
    index % 5 < 3
}

/// What the party of a number is called; of a person, first and last name parted by a space.
pub fn name(index: usize) -> String {
    let mut dice = Dice::of(index, 1);
    if is_company(index) {
        let (kind, form) = (dice.pick(&TRADES), dice.pick(&FORMS));
        format!("{kind} {} {form}", surname(&mut dice))
    } else {
        format!("{} {}", dice.pick(&FIRST_NAMES), surname(&mut dice))
    }
}

/// A party as it is saved.
pub fn party(model: &Model, index: usize, of: usize, staff: &Staff) -> Values {
    let mut dice = Dice::of(index, 2);
    let name = name(index);
    let mut row = Row { model, values: Vec::with_capacity(16) };
    row.text("code", format!("{index:07}"));
    row.text("stage", dice.pick(&STAGES));
    if is_company(index) {
        row.text("kind", "company");
        row.text("vat_number", vat_number(index));
        row.text("sector", dice.pick(&SECTORS));
        row.set("employees", Value::Int(i64::from(dice.below(250))));
        if dice.below(10) < 7 {
            let minor = i64::from(dice.below(20_000_000)) * 100;
            row.set("revenue", Value::Money(Money { minor, currency: Currency::EUR }));
        }
        row.text("legal_name", name);
    } else {
        let (first, last) = name.split_once(' ').unwrap_or((&name, ""));
        row.text("kind", "person");
        row.text("first_name", first);
        row.text("last_name", last);
        row.text("job", dice.pick(&JOBS));
    }
    if dice.below(100) < 8 {
        row.set("roles", Value::Keys(vec![ROLE.to_owned()]));
    }
    if dice.below(100) == 0 {
        row.set("tags", Value::Keys(vec![TAG.to_owned()]));
    }
    let phone = format!("+39347{:07}", index % 10_000_000);
    row.set("phones", Value::Items(vec![Item { value: phone, kind: None, primary: true }]));
    let email = format!("posta{index}@esempio{}.it", index % 977);
    row.set("emails", Value::Items(vec![Item { value: email, kind: None, primary: true }]));
    row.set("addresses", Value::Addresses(vec![address(&mut dice)]));
    row.set("in_charge", Value::Links(in_charge(index, of, staff)));
    row.set(SEATS, Value::Int(i64::from(dice.below(400))));
    row.text(ZONE, format!("zona {}", dice.below(60)));
    row.values
}

/// One opportunity in twenty is open, in one of four stages.
pub fn opportunity(model: &Model, customer: Rid, index: usize, staff: &Staff) -> Values {
    let mut dice = Dice::of(index, 4);
    let mut row = Row { model, values: Vec::new() };
    let stage = match index % 20 {
        0 => ["new", "qualified", "proposal", "negotiation"][index / 20 % 4],
        some if some < 12 => "lost",
        _ => "won",
    };
    row.text("name", format!("Fornitura {index:06}"));
    row.set("customer", Value::Link(customer));
    row.text("stage", stage);
    if stage == "lost" {
        row.text("reason", "price");
    }
    let minor = i64::from(dice.below(9_000_000)) + 10_000;
    row.set("amount", Value::Money(Money { minor, currency: Currency::EUR }));
    let day =
        chrono::NaiveDate::from_ymd_opt(2025, 1, 1).map(|first| first + chrono::Days::new(dice.below(900).into()));
    row.set("closes_on", day.map_or(Value::Null, Value::Date));
    row.set("in_charge", Value::Links(vec![staff.others[index % staff.others.len()]]));
    row.values
}

pub fn affiliation(model: &Model, company: Rid, person: Rid, index: usize) -> Values {
    let mut row = Row { model, values: Vec::new() };
    row.set("company", Value::Link(company));
    row.set("person", Value::Link(person));
    row.text("role", ["owner", "purchasing", "technician", "other"][index % 4]);
    row.text("department", "Acquisti");
    row.values
}

pub fn site(model: &Model, party: Rid, index: usize) -> Values {
    let mut row = Row { model, values: Vec::new() };
    row.set("party", Value::Link(party));
    row.text("kind", ["branch", "warehouse", "shop"][index % 3]);
    row.set("address", Value::Addresses(vec![address(&mut Dice::of(index, 3))]));
    row.values
}

fn in_charge(index: usize, of: usize, staff: &Staff) -> Vec<Rid> {
    let mut people = Vec::new();
    if index.is_multiple_of(2) {
        people.push(staff.half);
    } else {
        people.push(staff.others[(index / 2) % staff.others.len()]);
    }
    if index.is_multiple_of((of / FEW).max(1)) {
        people.push(staff.few);
    }
    if index % 100 == 7 {
        people.push(staff.admin);
    }
    people
}

fn address(dice: &mut Dice) -> Address {
    let share = f64::from(dice.below(10_000)) / 10_000.0;
    // A few towns have many, many have few.
    let town = town((share * share * TOWNS as f64) as usize);
    Address {
        street: format!("Via {}, {}", surname(dice), dice.below(150) + 1),
        zip: town.zips().next().unwrap_or_default().to_owned(),
        town: town.name.to_owned(),
        province: town.province.to_owned(),
        primary: true,
        ..Address::default()
    }
}

/// A number whose check digit is right.
pub fn vat_number(index: usize) -> String {
    let ten = format!("{:07}{:03}", index % 10_000_000, 15);
    (0..10)
        .map(|digit| format!("{ten}{digit}"))
        .find(|whole| codes::check(Code::VatNumber, whole) == Check::Valid)
        .unwrap_or(ten)
}

fn surname(dice: &mut Dice) -> String {
    format!("{}{}{}", dice.pick(&HEADS), dice.pick(&MIDDLES), dice.pick(&TAILS))
}

struct Row<'a> {
    model: &'a Model,
    values: Values,
}

impl Row<'_> {
    fn set(&mut self, key: &str, value: Value) {
        if let Some(at) = self.model.position(key) {
            self.values.push((at, value));
        }
    }

    fn text(&mut self, key: &str, text: impl Into<String>) {
        self.set(key, Value::Text(text.into()));
    }
}

/// Numbers by chance, the same for the same party and purpose (SplitMix64).
struct Dice(u64);

impl Dice {
    fn of(index: usize, purpose: u64) -> Dice {
        Dice((index as u64).wrapping_mul(4).wrapping_add(purpose))
    }

    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % u64::from(end)) as u32
    }

    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        from[self.below(from.len() as u32) as usize]
    }
}

const STAGES: [&str; 10] =
    ["customer", "customer", "customer", "customer", "prospect", "prospect", "suspect", "lead", "lead", "former"];
const SECTORS: [&str; 4] = ["construction", "retail", "logistics", "professional"];
const JOBS: [&str; 4] = ["Responsabile acquisti", "Titolare", "Tecnico", "Amministrazione"];
const FORMS: [&str; 5] = ["S.r.l.", "S.p.A.", "S.n.c.", "S.a.s.", "S.r.l.s."];
const TRADES: [&str; 24] = [
    "Officine",
    "Trasporti",
    "Falegnameria",
    "Edilizia",
    "Impianti",
    "Tessitura",
    "Cartiera",
    "Vetreria",
    "Ceramiche",
    "Autoricambi",
    "Macelleria",
    "Panificio",
    "Cantina",
    "Tipografia",
    "Carpenteria",
    "Studio",
    "Immobiliare",
    "Hotel",
    "Ristorante",
    "Farmacia",
    "Ferramenta",
    "Vivaio",
    "Logistica",
    "Elettronica",
];
const FIRST_NAMES: [&str; 24] = [
    "Anna", "Bruno", "Carla", "Dario", "Elena", "Fabio", "Giulia", "Luca", "Marta", "Niccolò", "Olga", "Paolo", "Rita",
    "Sergio", "Teresa", "Ugo", "Vera", "Andrea", "Chiara", "Davide", "Federica", "Giorgio", "Ilaria", "Lorenzo",
];
const HEADS: [&str; 40] = [
    "Bar", "Bel", "Ber", "Bian", "Bo", "Ca", "Cal", "Can", "Car", "Ce", "Col", "Con", "Cor", "Da", "De", "Do", "Fa",
    "Fer", "Fon", "Ga", "Gal", "Ghi", "Gra", "Gua", "La", "Lom", "Lu", "Ma", "Mar", "Mo", "Mon", "Pa", "Pel", "Pie",
    "Ro", "San", "Sar", "Ta", "Tor", "Vi",
];
const MIDDLES: [&str; 30] = [
    "bo", "ca", "cche", "da", "de", "fe", "fi", "ga", "ghe", "la", "le", "li", "lla", "ma", "me", "na", "ne", "ni",
    "po", "ra", "re", "ri", "sa", "se", "ssa", "ta", "te", "tta", "va", "ve",
];
const TAILS: [&str; 24] = [
    "ccio", "chi", "dini", "doni", "fini", "gari", "ghi", "lini", "lotti", "mani", "netti", "ni", "nini", "relli",
    "ri", "roni", "rotti", "sani", "selli", "tini", "toni", "tti", "vani", "zzi",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_makes_the_same_party_and_its_vat_number_is_right() {
        assert_eq!(name(4711), name(4711));
        assert!(name(0).split(' ').count() >= 3 && is_company(0));
        assert_eq!(codes::check(Code::VatNumber, &vat_number(123_456)), Check::Valid);
    }
}
