//! The companies: names by trade and town or family, and everything that follows from size and place.

use towns::Town;

use super::contacts::{beside, domain, fixed_line, iban, sdi_code, vat_number};
use super::known::{Known, known};
use super::people_names::LAST_NAMES;
use super::someone::{Someone, founder};
use super::trades::{COINED, LANDS, SECTORS, Sector, TAGS};
use super::{DemoCompany, DemoEmail, DemoPhone, DemoSite, Stage, places, users};

pub(super) const SOLE_TRADER: &str = "Ditta individuale";
const COOPERATIVE: &str = "Soc. Coop.";

const STAGES: &[(u32, &str)] = &[(8, "lead"), (12, "suspect"), (25, "prospect"), (47, "customer"), (8, "former")];
pub(super) const SOURCES: &[(u32, &str)] =
    &[(30, "agent"), (22, "referral"), (16, "fair"), (16, "website"), (10, "campaign"), (6, "phone_book")];
const HOURS: &[&str] =
    &["lun–ven 08:00–12:00, 13:30–17:30", "lun–ven 08:30–12:30, 14:00–18:00", "lun–sab 09:00–12:30, 15:00–19:00"];
const NOTES: &[&str] = &[
    "Scarico merci dal cancello 2.",
    "Citofonare all'ufficio spedizioni.",
    "Niente autoarticolati.",
    "Ritiro solo al mattino.",
];

/// The companies, and beside each the person who gave it its name, where somebody did.
pub(super) fn companies(stage: &mut Stage, count: usize) -> (Vec<DemoCompany>, Vec<Option<Someone>>) {
    let mut companies: Vec<DemoCompany> = Vec::with_capacity(count);
    let mut founders = Vec::with_capacity(count);
    let mut known = known();
    while companies.len() < count {
        let (mut company, founder) = match known.next() {
            Some(known) => (known_company(stage, &known), None),
            None => invented_company(stage),
        };
        company.code = format!("{:06}", 100_001 + companies.len());
        if companies.len() > 40 && stage.dice.chance(3) {
            let parent = stage.dice.index(companies.len());
            company.member_of = Some(companies[parent].member_of.unwrap_or(parent));
        }
        companies.push(company);
        founders.push(founder);
    }
    (companies, founders)
}

fn known_company(stage: &mut Stage, known: &Known) -> DemoCompany {
    let sector = SECTORS.iter().find(|sector| sector.key == known.sector).unwrap_or(&SECTORS[0]);
    let trade = sector.trades.iter().find(|(trade, _)| known.name.starts_with(trade));
    let business = trade.unwrap_or(&sector.trades[0]).1;
    let listed = towns::Towns::get().find(known.town).iter().find(|town| town.province == known.province).copied();
    let town = listed.unwrap_or_else(|| stage.places.town_in(&mut stage.dice, known.province));
    stage.take(known.name);
    let employees = (known.revenue_cents as f64 / 100_000.0 / sector.productivity).round().max(1.0) as u32;
    let mut company = company(stage, Trade { sector, business }, &town, known.name.to_owned(), known.form, employees);
    company.revenue_cents = known.revenue_cents;
    company.trade_name = known.sign.map(str::to_owned);
    company.roles = known.role.into_iter().collect();
    in_stage(stage, &mut company, known.stage);
    company
}

fn invented_company(stage: &mut Stage) -> (DemoCompany, Option<Someone>) {
    let weights: Vec<(u32, usize)> = SECTORS.iter().enumerate().map(|(at, sector)| (sector.weight, at)).collect();
    let sector = &SECTORS[stage.dice.weigh(&weights)];
    let town = stage.places.town(&mut stage.dice);
    let employees = (sector.employees * (stage.dice.normal() * 0.95).exp()).round().clamp(1.0, 900.0) as u32;
    let form = legal_form(stage, employees);
    let (trade, business) = stage.dice.pick(sector.trades);
    let family =
        (form == SOLE_TRADER || (form != COOPERATIVE && stage.dice.chance(52))).then(|| stage.dice.pick(LAST_NAMES));
    let founder = family.map(|last_name| founder(stage, town.province, last_name));
    let (stem, sign) = match &founder {
        Some(founder) => family_name(stage, trade, founder),
        None => (invented_name(stage, sector, trade, &town), None),
    };
    let name = unique_name(stage, &stem, form, founder.as_ref(), &town);
    let mut company = company(stage, Trade { sector, business }, &town, name, form, employees);
    company.trade_name = sign;
    if let (SOLE_TRADER, Some(founder)) = (form, &founder) {
        company.tax_code.clone_from(&founder.tax_code);
    }
    let step = stage.dice.weigh(STAGES);
    in_stage(stage, &mut company, step);
    if stage.dice.chance(14) {
        let role = stage.dice.weigh(&[(60, "supplier"), (25, "partner"), (15, "competitor")]);
        company.roles.push(role);
    }
    (company, founder)
}

fn legal_form(stage: &mut Stage, employees: u32) -> &'static str {
    let forms: &[(u32, &str)] = match employees {
        ..4 => &[(44, SOLE_TRADER), (18, "S.n.c."), (10, "S.a.s."), (14, "S.r.l.s."), (14, "S.r.l.")],
        4..12 => {
            &[(10, SOLE_TRADER), (20, "S.n.c."), (14, "S.a.s."), (6, "S.r.l.s."), (46, "S.r.l."), (4, COOPERATIVE)]
        }
        12..80 => &[(86, "S.r.l."), (8, "S.p.A."), (6, COOPERATIVE)],
        _ => &[(30, "S.r.l."), (64, "S.p.A."), (6, COOPERATIVE)],
    };
    stage.dice.weigh(forms)
}

/// Without legal form, and the sign where the family's name is not on it.
fn family_name(stage: &mut Stage, trade: &str, founder: &Someone) -> (String, Option<String>) {
    let last = &founder.last_name;
    match stage.dice.between(1, 100) {
        ..=12 => (format!("{trade} Fratelli {last}"), None),
        13..=20 => (format!("{trade} {last} & Figli"), None),
        21..=24 => (format!("{trade} {last}"), Some(format!("{last} dal {}", stage.dice.between(1921, 1989)))),
        _ => (format!("{trade} {last}"), None),
    }
}

fn invented_name(stage: &mut Stage, sector: &Sector, trade: &str, town: &Town) -> String {
    let lands = LANDS.iter().find(|(province, _)| *province == town.province).map(|(_, lands)| *lands);
    match (lands, stage.dice.between(1, 100)) {
        (Some(lands), ..=45) => format!("{trade} {}", stage.dice.pick(lands)),
        (_, ..=60) => format!("{trade} {}", town.name),
        _ => {
            let (first, mut last) = (stage.dice.pick(COINED), sector.coined.to_owned());
            if first.ends_with(' ') {
                last = last.chars().take(1).flat_map(char::to_uppercase).chain(last.chars().skip(1)).collect();
            }
            let suffix = if stage.dice.chance(30) {
                stage.dice.pick(&[" Italia", " Service", " Group", " Nord", " Sistemi"])
            } else {
                ""
            };
            format!("{first}{last}{suffix}")
        }
    }
}

/// With its legal form; partnerships and sole traders name a partner (Civil Code, articles 2292, 2314 and 2563).
fn unique_name(stage: &mut Stage, stem: &str, form: &str, founder: Option<&Someone>, town: &Town) -> String {
    let mut count = 0;
    loop {
        let stem = match count {
            0 => stem.to_owned(),
            1 => format!("{stem} {}", town.name),
            _ => format!("{stem} {} {count}", town.name),
        };
        let name = match (form, founder) {
            (SOLE_TRADER, Some(founder)) => format!("{stem} di {} {}", founder.last_name, founder.first_name),
            ("S.n.c." | "S.a.s.", Some(founder)) => {
                format!("{stem} di {} {} & C. {form}", founder.last_name, founder.first_name)
            }
            _ => format!("{stem} {form}"),
        };
        count += 1;
        if stage.take(&name) {
            return name;
        }
    }
}

#[derive(Clone, Copy)]
struct Trade {
    sector: &'static Sector,
    business: &'static str,
}

/// What follows from trade, place and size.
fn company(
    stage: &mut Stage,
    trade: Trade,
    town: &Town,
    name: String,
    form: &'static str,
    employees: u32,
) -> DemoCompany {
    let Trade { sector, business } = trade;
    let vat_number = vat_number(stage, town.province);
    let domain = domain(stage, name.strip_suffix(form).unwrap_or(&name), town.province);
    let dice = &mut stage.dice;
    let spread = (dice.normal() * 0.35).exp();
    let revenue_cents =
        (f64::from(employees) * sector.productivity * 1_000.0 * spread) as i64 * 100 + i64::from(dice.between(0, 99));
    let mut addresses = vec![places::address(dice, town, "registered", !sector.shops)];
    let switchboard = fixed_line(dice, town.province);
    let mut phones = vec![DemoPhone { kind: "switchboard", e164: switchboard.clone() }];
    let mut emails = vec![DemoEmail { kind: "office", address: format!("info@{domain}") }];
    for (kind, smallest) in [("purchasing", 12), ("administration", 18)] {
        if employees >= smallest && dice.chance(55) {
            phones.push(beside(dice, &switchboard, kind));
            let mailbox = if kind == "purchasing" { "acquisti" } else { "amministrazione" };
            emails.push(DemoEmail { kind, address: format!("{mailbox}@{domain}") });
        }
    }
    if dice.chance(18) {
        phones.push(beside(dice, &switchboard, "fax"));
    }
    if employees < 10 && dice.chance(50) {
        phones.push(DemoPhone { kind: "mobile", e164: super::contacts::mobile(dice) });
    }
    phones.dedup_by(|a, b| a.e164 == b.e164);
    if dice.chance(8) {
        addresses.push(places::address(dice, town, "operating", true));
    }
    let web = dice.chance(70).then(|| format!("https://www.{domain}"));
    let tags = (0..dice.weigh(&[(70, 0), (22, 1), (8, 2)]))
        .map(|_| dice.pick(TAGS))
        .collect::<std::collections::BTreeSet<_>>();
    let described = dice.chance(62).then(|| description(dice, business, town, employees));
    let sites = sites(stage, sector, town, &switchboard, employees);
    let dice = &mut stage.dice;
    DemoCompany {
        code: String::new(),
        legal_name: name,
        trade_name: None,
        legal_form: form,
        tax_code: vat_number.clone(),
        vat_number,
        sdi_code: sdi_code(dice),
        pec: format!("{}@pec.example", domain.trim_end_matches(".example")),
        sector: sector.key,
        employees,
        revenue_cents,
        addresses,
        phones,
        emails,
        web,
        iban: if dice.chance(30) { iban(dice) } else { None },
        stage: "lead",
        roles: Vec::new(),
        customer_since: None,
        source: dice.weigh(SOURCES),
        tags: tags.into_iter().collect(),
        description: described,
        member_of: None,
        sites,
        in_charge: users::in_charge(dice, places::is_north(town), revenue_cents),
        open_to_all: dice.chance(35),
    }
}

fn in_stage(stage: &mut Stage, company: &mut DemoCompany, step: &'static str) {
    company.stage = step;
    if matches!(step, "customer" | "former") {
        company.customer_since = Some(stage.dice.day_before(stage.today, 22));
    }
}

fn description(dice: &mut super::dice::Dice, business: &str, town: &Town, employees: u32) -> String {
    let at = if town.name.starts_with('A') { "ad" } else { "a" };
    match dice.between(1, 6) {
        1 if employees > 1 => format!("{business}, {employees} addetti {at} {}.", town.name),
        2 if employees > 8 => format!("{business}; lavora soprattutto con l'estero."),
        3 => format!("{business}; compra ogni mese, vuole conferma d'ordine scritta."),
        4 if employees > 20 => format!("{business}, con ufficio acquisti proprio."),
        _ => format!("{business}."),
    }
}

/// One company in seven has one to three more, mostly nearby.
fn sites(stage: &mut Stage, sector: &Sector, town: &Town, switchboard: &str, employees: u32) -> Vec<DemoSite> {
    if !stage.dice.chance(if employees > 15 { 24 } else { 8 }) {
        return Vec::new();
    }
    let count = stage.dice.weigh(&[(65, 1), (25, 2), (10, 3)]);
    (0..count)
        .map(|_| {
            let near = stage.dice.chance(75);
            let town = if near {
                stage.places.town_in(&mut stage.dice, town.province)
            } else {
                stage.places.town(&mut stage.dice)
            };
            let dice = &mut stage.dice;
            let kinds: &[(u32, (&str, &str))] = match sector.shops {
                true => &[(70, ("shop", "Negozio di")), (30, ("warehouse", "Magazzino di"))],
                false => &[
                    (35, ("branch", "Filiale di")),
                    (40, ("warehouse", "Magazzino di")),
                    (25, ("workshop", "Stabilimento di")),
                ],
            };
            let (kind, label) = dice.weigh(kinds);
            let phone =
                if near { beside(dice, switchboard, "switchboard").e164 } else { fixed_line(dice, town.province) };
            DemoSite {
                name: format!("{label} {}", town.name),
                kind,
                address: places::address(dice, &town, "site", kind != "shop"),
                phone: dice.chance(60).then_some(phone),
                opening_hours: dice.chance(65).then(|| dice.pick(HOURS)),
                note: dice.chance(30).then(|| dice.pick(NOTES)),
            }
        })
        .collect()
}
