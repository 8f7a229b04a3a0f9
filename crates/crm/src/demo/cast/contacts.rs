//! Telephone numbers, addresses on the net and bank accounts that nobody has.

use base::codes::{Check, Code, check, vat_with_check_digit};

use super::dice::Dice;
use super::{DemoPhone, Stage, places};

/// A fixed line of the province. Subscribers' numbers never begin with 1, which is for services.
pub(super) fn fixed_line(dice: &mut Dice, province: &str) -> String {
    let (area, _) = places::codes(province);
    let rest = dice.digits(if area.len() > 3 { 4 } else { 5 });
    format!("+39{area}1{}{rest}", dice.between(2, 9))
}

/// A mobile number with a prefix that operators' lists do not name.
pub(super) fn mobile(dice: &mut Dice) -> String {
    format!("+39{}{}", dice.pick(&["398", "399"]), dice.digits(7))
}

/// Another extension of the same switchboard.
pub(super) fn beside(dice: &mut Dice, e164: &str, kind: &'static str) -> DemoPhone {
    let kept = e164.len().saturating_sub(2);
    DemoPhone { kind, e164: format!("{}{}", &e164[..kept], dice.digits(2)) }
}

/// 11 digits of the province's office, beginning with a number that no office has reached.
pub(super) fn vat_number(stage: &mut Stage, province: &str) -> String {
    let (_, office) = places::codes(province);
    loop {
        let number = vat_with_check_digit(&format!("{}{}{office:03}", stage.dice.between(5, 7), stage.dice.digits(6)));
        if stage.take(&number) {
            return number;
        }
    }
}

/// An Italian account with the right check digits at a bank that does not exist.
pub(super) fn iban(dice: &mut Dice) -> Option<String> {
    let letter = dice.pick(&["A", "C", "F", "K", "R", "X"]);
    let account = format!("{letter}09999{}00000{}", dice.digits(5), dice.digits(7));
    (2..=98).map(|digits| format!("IT{digits:02}{account}")).find(|iban| check(Code::Iban, iban) == Check::Valid)
}

/// 7 letters and digits; one company of six has its invoices sent to the PEC.
pub(super) fn sdi_code(dice: &mut Dice) -> String {
    const SIGNS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    if dice.chance(16) {
        return "0000000".to_owned();
    }
    // A few providers serve most companies.
    if dice.chance(60) {
        return (dice.pick(&["X9BOTT1", "X9FATT2", "X9CLOUD", "X9STUD4"])).to_owned();
    }
    (0..7).map(|_| char::from(dice.pick(SIGNS))).collect()
}

/// Letters and digits of a name, for domains and mailboxes.
pub(super) fn slug(name: &str) -> String {
    base::fold(name).chars().filter(char::is_ascii_alphanumeric).collect()
}

/// A domain that nobody has yet, out of the first and last telling words of the name.
pub(super) fn domain(stage: &mut Stage, name: &str, province: &str) -> String {
    let without_partner = name.split_once(" di ").map_or(name, |(name, _)| name);
    let small = ["fratelli", "figli", "del", "dell", "della", "delle", "dei"];
    let telling = |word: &String| word.len() > 2 && !small.contains(&word.as_str());
    let words: Vec<String> = base::fold::words(without_partner).filter(telling).collect();
    let short = match words.as_slice() {
        [first, .., last] if stage.dice.chance(40) => format!("{}{last}", first.chars().take(4).collect::<String>()),
        [first, .., last] => format!("{first}{last}"),
        _ => slug(without_partner),
    };
    let province = province.to_lowercase();
    let mut domain = format!("{short}.example");
    let mut count = 1;
    while !stage.take(&domain) {
        domain = if count == 1 {
            format!("{short}-{province}.example")
        } else {
            format!("{short}{count}-{province}.example")
        };
        count += 1;
    }
    domain
}
