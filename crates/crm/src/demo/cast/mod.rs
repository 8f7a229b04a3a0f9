//! Invented companies and people for the demo: believable, and the same for the same seed and day.
//!
//! Knows nothing of records. Domains end in `.example` (RFC 2606); VAT numbers begin with digits that no office has reached,
//! and fixed-line numbers go on with a 1 after the area code, which no subscriber's does.

mod companies;
mod contacts;
mod dice;
mod known;
mod people;
mod people_names;
mod places;
mod someone;
mod trades;
mod users;

use std::collections::HashSet;

use chrono::NaiveDate;

pub(in crate::demo) use dice::Dice;

/// Everybody who plays in the demo.
#[derive(Clone, Debug, PartialEq)]
pub struct Cast {
    pub companies: Vec<DemoCompany>,
    pub people: Vec<DemoPerson>,
    /// Giulia Ferrario first: the demo is told from her desk.
    pub users: Vec<DemoUser>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DemoUser {
    pub first_name: &'static str,
    pub last_name: &'static str,
    pub email: String,
    /// `seller`, `manager`, `technician`, `operator`, `viewer`, `administrator`, `agent`, `agency`.
    pub role: &'static str,
    pub team: Option<&'static str>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DemoCompany {
    /// The number that the old program gave, `000001` and up, shared with people.
    pub code: String,
    pub legal_name: String,
    /// The sign over the door, where it is another name.
    pub trade_name: Option<String>,
    /// As people write it: `S.r.l.`, `Ditta individuale`.
    pub legal_form: &'static str,
    /// 11 digits with the right check digit.
    pub vat_number: String,
    /// The same number, of sole traders the owner's tax code.
    pub tax_code: String,
    /// 7 characters; `0000000` where invoices go to the PEC.
    pub sdi_code: String,
    pub pec: String,
    /// Key of [`SECTORS`].
    pub sector: &'static str,
    pub employees: u32,
    /// Of last year, in euro cents.
    pub revenue_cents: i64,
    /// The first is the registered office.
    pub addresses: Vec<DemoAddress>,
    pub phones: Vec<DemoPhone>,
    pub emails: Vec<DemoEmail>,
    pub web: Option<String>,
    pub iban: Option<String>,
    /// `lead`, `suspect`, `prospect`, `customer`, `former`.
    pub stage: &'static str,
    /// What the stage does not say: `supplier`, `partner`, `competitor`.
    pub roles: Vec<&'static str>,
    /// Of customers and former ones.
    pub customer_since: Option<NaiveDate>,
    /// `fair`, `referral`, `website`, `campaign`, `agent`, `phone_book`.
    pub source: &'static str,
    pub tags: Vec<&'static str>,
    pub description: Option<String>,
    /// The company it belongs to, always one with a smaller index.
    pub member_of: Option<usize>,
    pub sites: Vec<DemoSite>,
    /// Users by index, the first one first.
    pub in_charge: Vec<usize>,
    /// Whether everybody may see it.
    pub open_to_all: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DemoPerson {
    pub code: String,
    pub first_name: String,
    pub last_name: String,
    /// `Dott.`, `Ing.`…
    pub title: Option<&'static str>,
    pub female: bool,
    pub born_on: NaiveDate,
    /// Municipality, or the state of who was born abroad.
    pub born_in: String,
    /// 16 characters with the right check character, made of the rest.
    pub tax_code: String,
    pub job: Option<&'static str>,
    pub addresses: Vec<DemoAddress>,
    pub phones: Vec<DemoPhone>,
    pub emails: Vec<DemoEmail>,
    pub stage: &'static str,
    /// A customer of their own, not for a company.
    pub private: bool,
    pub works_for: Vec<DemoAffiliation>,
    pub customer_since: Option<NaiveDate>,
    pub source: &'static str,
    pub tags: Vec<&'static str>,
    pub in_charge: Vec<usize>,
    pub open_to_all: bool,
    /// The day they asked not to be called.
    pub do_not_call_since: Option<NaiveDate>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DemoAffiliation {
    /// Index into [`Cast::companies`].
    pub company: usize,
    /// `owner`, `administrator`, `sales_director`, `head_of_agents`, `purchasing`, `technician`, `administration`, `other`.
    pub role: &'static str,
    pub department: Option<&'static str>,
    pub since: NaiveDate,
    pub primary: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DemoSite {
    pub name: String,
    /// `branch`, `warehouse`, `shop`, `workshop`.
    pub kind: &'static str,
    pub address: DemoAddress,
    pub phone: Option<String>,
    /// In words: `lun–ven 08:00–12:00, 13:30–17:30`.
    pub opening_hours: Option<&'static str>,
    pub note: Option<&'static str>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DemoAddress {
    /// `registered`, `operating`, `home`, `site`.
    pub kind: &'static str,
    pub street: String,
    pub number: String,
    /// CAP.
    pub zip: String,
    pub town: String,
    /// Sigla.
    pub province: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DemoPhone {
    /// `switchboard`, `purchasing`, `administration`, `direct`, `mobile`, `fax`, `home`.
    pub kind: &'static str,
    pub e164: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DemoEmail {
    /// `office`, `purchasing`, `administration`, `personal`.
    pub kind: &'static str,
    pub address: String,
}

/// The sectors by key, with their name in Italian.
pub fn sectors() -> impl Iterator<Item = (&'static str, &'static str)> {
    trades::SECTORS.iter().map(|sector| (sector.key, sector.italian))
}

/// A cast of `size` parties, 55 in a hundred of them companies. Nobody is born, hired or won as a customer after `today`.
pub fn cast(seed: u64, today: NaiveDate, size: usize) -> Cast {
    let mut stage = Stage { dice: Dice::new(seed), today, places: places::Places::read(), taken: HashSet::new() };
    let count = size * 55 / 100;
    let (companies, founders) = companies::companies(&mut stage, count);
    let people = people::people(&mut stage, &companies, founders, size - count);
    Cast { companies, people, users: users::users() }
}

/// What the making of the cast shares.
struct Stage {
    dice: Dice,
    today: NaiveDate,
    places: places::Places,
    /// Names, domains and codes that are given out.
    taken: HashSet<String>,
}

impl Stage {
    /// Whether nobody has it yet; from now on somebody has.
    fn take(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_owned())
    }
}

#[cfg(test)]
mod tests;
