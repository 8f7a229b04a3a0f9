//! Amounts of money: whole minor units (cents) and the currency they are in.

use std::fmt;
use std::str::FromStr;

use crate::numbers::{divide_rounded, format_scaled_full, parse_scaled};
use crate::{Text, say};

/// A currency by its code of ISO 4217, three capital letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

/// An exact amount. Amounts of different currencies do not add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// Minor units: cents of the euro, yen of the yen.
    pub minor: i64,
    pub currency: Currency,
}

impl Currency {
    pub const EUR: Currency = Currency(*b"EUR");

    /// `EUR`.
    pub fn code(&self) -> &str {
        // Only ASCII letters are ever kept, so the empty text never comes back.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Digits after the point: 2 for most, 0 for the yen, 3 for the Kuwaiti dinar (ISO 4217).
    pub fn minor_digits(self) -> u8 {
        if self == Currency::EUR {
            return 2;
        }
        let digits = iso_currency::Currency::from_code(self.code()).and_then(|known| known.exponent());
        digits.and_then(|digits| u8::try_from(digits).ok()).unwrap_or(2)
    }

    /// What stands beside an amount: `€`, `£`, or else the code, because half the world calls its money `$`.
    pub fn sign(&self) -> &str {
        match &self.0 {
            b"EUR" => "€",
            b"GBP" => "£",
            _ => self.code(),
        }
    }
}

impl FromStr for Currency {
    type Err = Text;

    /// Three letters of either case that ISO 4217 lists.
    fn from_str(text: &str) -> Result<Currency, Text> {
        let unknown = || say!("“{text}” is not a currency: write its three letters, for example EUR.", text = text);
        let code: [u8; 3] = text.trim().to_ascii_uppercase().into_bytes().try_into().map_err(|_| unknown())?;
        let currency = Currency(code);
        match currency == Currency::EUR || iso_currency::Currency::from_code(currency.code()).is_some() {
            true => Ok(currency),
            false => Err(unknown()),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Money {
    pub fn zero(currency: Currency) -> Money {
        Money { minor: 0, currency }
    }

    /// `None` when the currencies differ or the sum does not fit.
    pub fn checked_add(self, other: Money) -> Option<Money> {
        let minor = self.minor.checked_add(other.minor)?;
        (self.currency == other.currency).then_some(Money { minor, ..self })
    }

    /// `None` when the currencies differ or the difference does not fit.
    pub fn checked_sub(self, other: Money) -> Option<Money> {
        let minor = self.minor.checked_sub(other.minor)?;
        (self.currency == other.currency).then_some(Money { minor, ..self })
    }

    pub fn checked_neg(self) -> Option<Money> {
        Some(Money { minor: self.minor.checked_neg()?, ..self })
    }

    /// A percentage of the amount, the percentage in hundredths (22 % is 2200), rounded half away from zero to the minor
    /// unit. `None` when it does not fit.
    pub fn times_percent(self, hundredths: i64) -> Option<Money> {
        self.times(hundredths, 10_000)
    }

    /// So many parts of a whole, rounded half away from zero to the minor unit: a quantity of 2.5 in thousandths is 2500 of
    /// 1000. `None` when it does not fit.
    pub fn times(self, parts: i64, whole: i64) -> Option<Money> {
        let minor = divide_rounded(i128::from(self.minor) * i128::from(parts), i128::from(whole))?;
        Some(Money { minor: i64::try_from(minor).ok()?, ..self })
    }

    /// The API's form with all decimals of the currency: `1234.50`.
    pub fn to_decimal_string(self) -> String {
        format_scaled_full(self.minor, self.currency.minor_digits())
    }

    /// Reads the API's form, `-1234.5`. Refused: anything else, more decimals than the currency has, what does not fit.
    pub fn from_decimal_str(text: &str, currency: Currency) -> Result<Money, Text> {
        match parse_scaled(text, currency.minor_digits()) {
            Some(minor) => Ok(Money { minor, currency }),
            None => Err(say!(
                "“{text}” is not an amount in {currency}: write digits with a point and at most {count} decimals.",
                text = text,
                currency = currency.code(),
                count = i64::from(currency.minor_digits())
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euro(minor: i64) -> Money {
        Money { minor, currency: Currency::EUR }
    }

    #[test]
    fn a_currency_has_the_digits_of_iso_4217() {
        let digits = |code: &str| code.parse::<Currency>().unwrap().minor_digits();
        assert_eq!(["EUR", "usd", "JPY", "KRW", "BHD", "KWD"].map(digits), [2, 2, 0, 0, 3, 3]);
        for code in ["", "EU", "EURO", "QQQ", "€", "é1"] {
            assert!(code.parse::<Currency>().is_err(), "{code}");
        }
    }

    #[test]
    fn an_amount_is_written_and_read_exactly() {
        assert_eq!(euro(123_456).to_decimal_string(), "1234.56");
        assert_eq!(euro(-5).to_decimal_string(), "-0.05");
        assert_eq!(Money::from_decimal_str("1234.5", Currency::EUR), Ok(euro(123_450)));
        assert!(Money::from_decimal_str("0.005", Currency::EUR).is_err());
        assert!(Money::from_decimal_str("1.0", "JPY".parse().unwrap()).is_err());
    }

    #[test]
    fn different_currencies_do_not_add_up() {
        assert_eq!(euro(1).checked_add(euro(2)), Some(euro(3)));
        assert_eq!(euro(1).checked_sub(Money::zero("USD".parse().unwrap())), None);
        assert_eq!(euro(i64::MIN).checked_neg(), None);
    }

    #[test]
    fn a_percentage_is_rounded_half_away_from_zero() {
        assert_eq!(euro(1000).times_percent(2200), Some(euro(220)));
        assert_eq!(euro(50).times_percent(100), Some(euro(1)));
        assert_eq!(euro(-50).times_percent(100), Some(euro(-1)));
        assert_eq!(euro(i64::MAX).times_percent(20_000), None);
    }
}
