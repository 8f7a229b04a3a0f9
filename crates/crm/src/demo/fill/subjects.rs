//! Who sells and points out business for the demo company from outside, and in which companies each is involved.

use base::{Result, Rid};
use chrono::NaiveDate;
use meta::{Involved, Item};

use super::{Filling, days_before};
use crate::demo::cast::{Cast, Dice};
use crate::demo::drafts::Values;
use crate::subjects::{self, Kind, SUBJECT};

struct Someone {
    name: &'static str,
    kind: Kind,
    /// By e-mail.
    user: &'static str,
    /// By its place in [`SOME`], before this one.
    agency: Option<usize>,
    zones: &'static [&'static str],
    /// In hundredths of a percent.
    commission: i64,
    /// Days ago.
    since: u64,
    until: Option<u64>,
    /// Provinces whose companies they work on.
    provinces: &'static [&'static str],
}

const NOBODY: Someone = Someone {
    name: "",
    kind: Kind::Referrer,
    user: "",
    agency: None,
    zones: &[],
    commission: 0,
    since: 900,
    until: None,
    provinces: &[],
};

const SOME: [Someone; 9] = [
    Someone {
        name: "Motta Rappresentanze S.n.c.",
        kind: Kind::Agency,
        user: "carlo.motta",
        zones: &["Lombardia", "Piemonte"],
        commission: 800,
        since: 2_400,
        ..NOBODY
    },
    Someone {
        name: "Adriatica Agenzie S.r.l.",
        kind: Kind::Agency,
        zones: &["Emilia-Romagna", "Marche"],
        commission: 750,
        since: 1_600,
        ..NOBODY
    },
    Someone {
        name: "Silvia Conti",
        kind: Kind::Agent,
        user: "silvia.conti",
        agency: Some(0),
        zones: &["Bergamo", "Brescia"],
        commission: 600,
        since: 1_500,
        provinces: &["BG", "BS", "CR"],
        ..NOBODY
    },
    Someone {
        name: "Roberto Fumagalli",
        kind: Kind::Agent,
        user: "roberto.fumagalli",
        zones: &["Veneto"],
        commission: 700,
        since: 800,
        provinces: &["VR", "VI", "PD", "TV", "VE"],
        ..NOBODY
    },
    Someone {
        name: "Pietro Lunardi",
        kind: Kind::Agent,
        agency: Some(1),
        zones: &["Bologna", "Modena"],
        commission: 600,
        provinces: &["BO", "MO", "RE", "PR"],
        ..NOBODY
    },
    Someone {
        name: "Giorgio Valsecchi",
        kind: Kind::Agent,
        agency: Some(0),
        zones: &["Lecco", "Como"],
        commission: 650,
        since: 2_100,
        until: Some(150),
        provinces: &["LC", "CO", "SO"],
        ..NOBODY
    },
    Someone { name: "Elena Riva", kind: Kind::Operator, user: "elena.riva", since: 1_100, ..NOBODY },
    Someone { name: "Studio Ratti commercialisti", commission: 200, ..NOBODY },
    Someone { name: "Franco Negri", commission: 300, ..NOBODY },
];

/// The referrers, and who follows customers from the desk, by their places.
const REFERRERS: [usize; 2] = [7, 8];
const DESK: usize = 6;

impl Filling<'_> {
    /// Subjects, by the administrator, and those of each company.
    pub(super) fn subjects(&mut self) -> Result<()> {
        let administrator = self.administrator();
        let catalogue = self.catalogue.clone();
        let mut rows: Vec<Rid> = Vec::new();
        for one in &SOME {
            let user = self.cast.users.iter().position(|user| user.email.split('@').next() == Some(one.user));
            let address: Vec<String> = one.name.split(' ').take(2).map(str::to_lowercase).collect();
            let address = format!("{}@soggetti.example", address.join("."));
            let values = Values::of(&catalogue, &SUBJECT)
                .set(&subjects::NAME, one.name.to_owned())
                .set(&subjects::KIND, Some(one.kind))
                .set(&subjects::USER, user.map(|at| self.users[at]))
                .set(&subjects::AGENCY, one.agency.map(|at| rows[at]))
                .set(&subjects::ZONES_COVERED, one.zones.iter().map(|zone| (*zone).to_owned()).collect())
                .set(&subjects::COMMISSION, Some(one.commission).filter(|percent| *percent > 0))
                .set(&subjects::SINCE, Some(days_before(self.today, one.since)))
                .set(&subjects::UNTIL, one.until.map(|days| days_before(self.today, days)))
                .set(&subjects::EMAILS, vec![Item { value: address, ..Item::default() }]);
            rows.extend(self.save_new(&administrator, vec![values])?);
        }
        self.involved = involved(&self.cast, &rows, self.seed, self.today);
        Ok(())
    }
}

/// An agent where one has the province, and a referrer or the desk now and then.
fn involved(cast: &Cast, rows: &[Rid], seed: u64, today: NaiveDate) -> Vec<Involved> {
    let mut dice = Dice::new(seed ^ 0x0050_b1ec);
    let of_company = |company: &crate::demo::cast::DemoCompany| {
        let province = company.addresses.first().map_or("", |address| address.province.as_str());
        let since = company.customer_since.unwrap_or(today);
        let agents = SOME.iter().enumerate().filter(|(_, one)| {
            // Who is there no more has what they brought.
            one.provinces.contains(&province) && one.until.is_none_or(|days| since < days_before(today, days))
        });
        let mut pairs: Vec<(Rid, Option<String>)> = Vec::new();
        for (at, one) in agents {
            if dice.chance(70) {
                pairs.push((rows[at], Some("sells".to_owned())));
                let agency = one.agency.filter(|_| dice.chance(25));
                pairs.extend(agency.map(|agency| (rows[agency], Some("collaborates".to_owned()))));
            }
        }
        if company.source == "referral" && dice.chance(60) {
            pairs.push((rows[dice.pick(&REFERRERS)], Some("introduced".to_owned())));
        }
        if company.stage == "customer" && dice.chance(15) {
            pairs.push((rows[DESK], Some("follows".to_owned())));
        }
        pairs.into_iter().collect()
    };
    cast.companies.iter().map(of_company).collect()
}
