//! What the values of a column look like: figures, dates, in which style.

use std::collections::BTreeMap;

use crate::shape::{Column, DateOrder, Decimal, Example, Looks};

const EXAMPLES: usize = 5;
const EXAMPLE_CHARS: usize = 200;
/// A column of more different values is no choice of a few.
const FEW: usize = 30;
const FEW_CHARS: usize = 60;

/// Counts of one column, kept while its values go by.
pub(crate) struct Profile {
    examples: Vec<Example>,
    /// Rows of each different value; none once there were too many.
    values: Option<BTreeMap<String, u64>>,
    filled: u64,
    numbers: u64,
    dates: u64,
    /// Figures that begin with a zero: codes.
    zeros: u64,
    two_digit: u64,
    pub votes: Votes,
}

/// Values that can be read in one way only.
#[derive(Default, Clone, Copy)]
pub(crate) struct Votes {
    comma: u64,
    point: u64,
    dmy: u64,
    mdy: u64,
    ymd: u64,
}

impl Votes {
    pub(crate) fn add(&mut self, other: &Self) {
        self.comma += other.comma;
        self.point += other.point;
        self.dmy += other.dmy;
        self.mdy += other.mdy;
        self.ymd += other.ymd;
    }

    fn decimal(&self) -> Option<Decimal> {
        match self.comma.cmp(&self.point) {
            std::cmp::Ordering::Greater => Some(Decimal::Comma),
            std::cmp::Ordering::Less => Some(Decimal::Point),
            std::cmp::Ordering::Equal => None,
        }
    }

    fn dates(&self) -> Option<DateOrder> {
        let most = self.dmy.max(self.mdy).max(self.ymd);
        match most {
            0 => None,
            _ if self.dmy == most => Some(DateOrder::Dmy),
            _ if self.ymd == most => Some(DateOrder::Ymd),
            _ => Some(DateOrder::Mdy),
        }
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            examples: Vec::new(),
            values: Some(BTreeMap::new()),
            filled: 0,
            numbers: 0,
            dates: 0,
            zeros: 0,
            two_digit: 0,
            votes: Votes::default(),
        }
    }
}

impl Profile {
    pub(crate) fn see(&mut self, value: &str, row: u64) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        self.filled += 1;
        if self.examples.len() < EXAMPLES {
            let cut: String = value.chars().take(EXAMPLE_CHARS).collect();
            if self.examples.iter().all(|example| example.value != cut) {
                self.examples.push(Example { value: cut, row });
            }
        }
        self.count(value);
        if let Some(date) = date(value) {
            self.dates += 1;
            self.two_digit += u64::from(date.two_digit);
            match date.order {
                Some(DateOrder::Dmy) => self.votes.dmy += 1,
                Some(DateOrder::Mdy) => self.votes.mdy += 1,
                Some(DateOrder::Ymd) => self.votes.ymd += 1,
                None => {}
            }
        } else if let Some(number) = number(value) {
            self.numbers += 1;
            self.zeros += u64::from(number.code);
            match number.decimal {
                Some(Decimal::Comma) => self.votes.comma += 1,
                Some(Decimal::Point) => self.votes.point += 1,
                None => {}
            }
        }
    }

    fn count(&mut self, value: &str) {
        let Some(values) = &mut self.values else { return };
        if let Some(count) = values.get_mut(value) {
            *count += 1;
        } else if values.len() < FEW && value.chars().nth(FEW_CHARS).is_none() {
            values.insert(value.to_owned(), 1);
        } else {
            self.values = None;
        }
    }

    /// Where the column's own values leave it open, the `whole` file's decide, and Italian custom after them.
    pub(crate) fn column(self, header: String, whole: &Votes) -> Column {
        let most = |count: u64| count * 5 >= self.filled * 4;
        let looks = if self.filled == 0 {
            Looks::Empty
        } else if most(self.dates) {
            Looks::Date
        } else if most(self.numbers) && self.zeros == 0 {
            Looks::Number
        } else {
            Looks::Text
        };
        Column {
            header,
            filled: self.filled,
            looks,
            decimal: self.votes.decimal().or(whole.decimal()).unwrap_or(Decimal::Comma),
            dates: self.votes.dates().or(whole.dates()).unwrap_or(DateOrder::Dmy),
            two_digit_years: self.two_digit > 0,
            examples: self.examples,
            values: self.values.unwrap_or_default(),
        }
    }
}

pub(crate) struct Number {
    /// None where both readings are possible (`1.234`) or there is neither sign (`12`).
    decimal: Option<Decimal>,
    code: bool,
}

/// An amount, with or without a currency or per cent sign.
pub(crate) fn number(value: &str) -> Option<Number> {
    let bare = value.trim_matches(|c: char| c.is_whitespace() || "€$£%+-".contains(c));
    let bare = bare.strip_prefix("EUR").or(bare.strip_suffix("EUR")).unwrap_or(bare).trim();
    if bare.is_empty() || bare.len() > 40 || !bare.bytes().all(|byte| byte.is_ascii_digit() || b".,".contains(&byte)) {
        return None;
    }
    let code = bare.len() > 1 && bare.starts_with('0') && bare.as_bytes()[1].is_ascii_digit();
    let (commas, points) = (bare.matches(',').count(), bare.matches('.').count());
    let decimal = match (commas, points) {
        (0, 0) => None,
        (1, 0) => one_sign(bare, ',', Decimal::Comma)?,
        (0, 1) => one_sign(bare, '.', Decimal::Point)?,
        (0, _) => grouped(bare, '.').then_some(Some(Decimal::Comma))?,
        (_, 0) => grouped(bare, ',').then_some(Some(Decimal::Point))?,
        (1, _) if bare.rfind(',') > bare.rfind('.') => {
            grouped(bare.split(',').next()?, '.').then_some(Some(Decimal::Comma))?
        }
        (_, 1) if bare.rfind('.') > bare.rfind(',') => {
            grouped(bare.split('.').next()?, ',').then_some(Some(Decimal::Point))?
        }
        _ => return None,
    };
    Some(Number { decimal, code })
}

fn one_sign(bare: &str, sign: char, decimal: Decimal) -> Option<Option<Decimal>> {
    let (units, rest) = bare.split_once(sign)?;
    if rest.is_empty() {
        return None;
    }
    Some(if rest.len() == 3 && grouped(bare, sign) && units != "0" { None } else { Some(decimal) })
}

fn grouped(units: &str, sign: char) -> bool {
    let mut groups = units.split(sign);
    groups.next().is_some_and(|first| (1..=3).contains(&first.len())) && groups.all(|group| group.len() == 3)
}

pub(crate) struct Date {
    /// None where the day could be the month.
    order: Option<DateOrder>,
    two_digit: bool,
}

/// Three groups of figures between `/`, `-` or `.`, with or without a time of day after them.
pub(crate) fn date(value: &str) -> Option<Date> {
    let day = value.split([' ', 'T']).next()?;
    let time = value[day.len()..].trim_start_matches([' ', 'T']);
    if !(6..=10).contains(&day.len()) || !time.bytes().all(|byte| byte.is_ascii_digit() || b":.Z+-".contains(&byte)) {
        return None;
    }
    let sign = day.chars().find(|c| "/-.".contains(*c))?;
    let mut groups = day.split(sign);
    let (a, b, c) = (groups.next()?, groups.next()?, groups.next()?);
    let figures = |group: &str| group.parse::<u32>().ok().filter(|_| group.bytes().all(|byte| byte.is_ascii_digit()));
    let (first, second, third) = (figures(a)?, figures(b)?, figures(c)?);
    if groups.next().is_some() {
        return None;
    }
    if a.len() == 4 && b.len() <= 2 && c.len() <= 2 {
        let valid = (1..=12).contains(&second) && (1..=31).contains(&third);
        return valid.then_some(Date { order: Some(DateOrder::Ymd), two_digit: false });
    }
    if a.len() > 2 || b.len() > 2 || !matches!(c.len(), 2 | 4) || first == 0 || second == 0 {
        return None;
    }
    let order = match (first, second) {
        (13..=31, 1..=12) => Some(DateOrder::Dmy),
        (1..=12, 13..=31) => Some(DateOrder::Mdy),
        (1..=12, 1..=12) => None,
        _ => return None,
    };
    Some(Date { order, two_digit: c.len() == 2 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_tell_their_decimal_sign_only_when_it_is_certain() {
        let decimal = |value| number(value).and_then(|number| number.decimal);
        assert_eq!(decimal("1.234,56"), Some(Decimal::Comma));
        assert_eq!(decimal("1,234.56"), Some(Decimal::Point));
        assert_eq!(decimal("€ 4.982,72"), Some(Decimal::Comma));
        assert_eq!(decimal("1.234.567"), Some(Decimal::Comma));
        assert_eq!(decimal("12.5"), Some(Decimal::Point));
        assert_eq!(decimal("0.125"), Some(Decimal::Point));
        assert_eq!(decimal("1.234"), None);
        assert!(number("1,2,3").is_none() && number("12.34.56").is_none() && number("v. 12").is_none());
        assert!(number("000123").is_some_and(|number| number.code));
    }

    #[test]
    fn dates_tell_their_order_only_when_it_is_certain() {
        let order = |value| date(value).map(|date| date.order);
        assert_eq!(order("24/01/1989"), Some(Some(DateOrder::Dmy)));
        assert_eq!(order("1/24/89"), Some(Some(DateOrder::Mdy)));
        assert_eq!(order("2024-01-24T10:00:00"), Some(Some(DateOrder::Ymd)));
        assert_eq!(order("08.07.1964"), Some(None));
        assert_eq!(order("32/01/2000"), None);
        assert_eq!(order("081/123/45"), None);
    }
}
