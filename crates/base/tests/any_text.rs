//! Whatever people write: numbers, dates, phones, names and codes are read or refused, and what is written reads the same.

#![allow(clippy::unwrap_used)]

use base::codes::Code;
use base::dates::{self, DateOrder};
use base::names::NameKind;
use base::numbers::{self, NumberStyle};
use base::{Currency, Money, email, fold, names, phones, text_key};
use chrono::NaiveDate;
use proptest::prelude::*;

/// Signs that mean something to one reader or another come up often.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[0-9+()/. -]{0,20}",
        2 => "[0-9.,' €-]{0,16}",
        2 => "[0-9]{1,4}[-/. ,]{1,2}([0-9]{1,2}|gen|set|may|agosto)[-/. ,]{1,2}[0-9]{1,5}( [0-9:]{1,8})?",
        1 => "(tel|cell|int|fax)?[. :]{0,2}[0-9]{2,4}[ /.-][0-9]{4,8}( int[. ][0-9]{1,3})?( / [0-9]{6,10})?",
        2 => "[A-Za-zÀ-ÿ0-9 .&'@-]{0,24}",
        1 => any::<String>(),
    ]
}

fn days() -> impl Strategy<Value = NaiveDate> {
    (1u32..=9999 * 365).prop_map(|day| NaiveDate::from_num_days_from_ce_opt(day as i32).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused(text in texts()) {
        let today = NaiveDate::from_ymd_opt(2026, 11, 18).unwrap();
        for order in [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd] {
            let _ = dates::parse_date_human(&text, today, order);
            if let Ok(day) = dates::parse_past_date_human(&text, today, order) {
                prop_assert!(day <= today);
            }
        }
        let _ = dates::parse_date_api(&text);
        let _ = dates::parse_instant_api(&text);
        for decimals in [0, 2, 9] {
            let _ = numbers::parse_scaled(&text, decimals);
            let _ = numbers::parse_human(&text, NumberStyle::Italian, decimals);
            let _ = numbers::parse_human(&text, NumberStyle::English, decimals);
        }
        let _ = numbers::parse_money_human(&text, NumberStyle::Italian, Currency::EUR);
        let _ = Money::from_decimal_str(&text, Currency::EUR);
        let _ = email::normalise(&text);
        email::normalise_all(&text);
        names::initials(&text);
        fold::words(&text).count();
        text_key(&text);
        for kind in [NameKind::Person, NameKind::Company] {
            names::unshout(&text, kind);
        }
        for code in [Code::VatNumber, Code::TaxCode, Code::Iban] {
            let normal = base::codes::normalise(code, &text);
            base::codes::check(code, &normal);
            base::codes::warning(code, &normal);
        }
    }

    #[test]
    fn a_phone_number_that_is_read_is_read_again_as_it_is_shown(text in texts()) {
        phones::lookup_key(&text);
        for phone in phones::parse_all(&text, "IT") {
            let again = phones::parse(&phones::readable(&phone.e164), "IT").map(|phone| phone.e164);
            prop_assert_eq!(again, Some(phone.e164.clone()), "{} of {:?}", phones::readable(&phone.e164), text);
        }
    }

    #[test]
    fn what_is_folded_folds_to_itself(text in any::<String>()) {
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
    }

    #[test]
    fn a_number_reads_as_it_is_written(value in any::<i64>(), decimals in 0u8..9, english in any::<bool>()) {
        let style = if english { NumberStyle::English } else { NumberStyle::Italian };
        prop_assert_eq!(numbers::parse_human(&numbers::format_human(value, decimals, style), style, decimals), Ok(value));
        prop_assert_eq!(numbers::parse_scaled(&numbers::format_scaled(value, decimals), decimals), Some(value));
        let money = Money { minor: value, currency: Currency::EUR };
        let written = numbers::format_money_human(money, style);
        prop_assert_eq!(numbers::parse_money_human(&written, style, Currency::EUR), Ok(money), "{}", written);
    }

    #[test]
    fn a_date_reads_as_it_is_written(day in days()) {
        let today = NaiveDate::from_ymd_opt(2026, 11, 18).unwrap();
        prop_assert_eq!(dates::parse_date_api(&dates::format_date_api(day)), Some(day));
        if day >= NaiveDate::from_ymd_opt(1000, 1, 1).unwrap() {
            prop_assert_eq!(dates::parse_date_human(&dates::format_date(day), today, DateOrder::Dmy), Ok(day));
        }
    }
}
