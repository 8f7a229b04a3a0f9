//! Chance that repeats itself: the same throws for the same seed, on every machine.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

pub(in crate::demo) struct Dice(ChaCha8Rng);

impl Dice {
    pub(in crate::demo) fn new(seed: u64) -> Dice {
        Dice(ChaCha8Rng::seed_from_u64(seed))
    }

    /// From `low` up to `high`, both included.
    pub(in crate::demo) fn between(&mut self, low: u32, high: u32) -> u32 {
        let span = u64::from(high.saturating_sub(low)) + 1;
        low + u32::try_from((u64::from(self.0.next_u32()) * span) >> 32).unwrap_or(0)
    }

    /// True in so many throws of a hundred.
    pub(in crate::demo) fn chance(&mut self, percent: u32) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of them, each as likely. The list is never empty here.
    pub(in crate::demo) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.index(list.len())]
    }

    pub(in crate::demo) fn index(&mut self, length: usize) -> usize {
        self.between(0, u32::try_from(length.saturating_sub(1)).unwrap_or(u32::MAX)) as usize
    }

    /// One of them by weight.
    pub(in crate::demo) fn weigh<T: Copy>(&mut self, list: &[(u32, T)]) -> T {
        let mut throw = self.between(1, list.iter().map(|(weight, _)| weight).sum());
        for (weight, thing) in list {
            if throw <= *weight {
                return *thing;
            }
            throw -= weight;
        }
        list[0].1
    }

    /// About the middle, seldom far: the sum of twelve throws, near to a normal distribution of variance 1.
    pub(in crate::demo) fn normal(&mut self) -> f64 {
        (0..12).map(|_| f64::from(self.0.next_u32()) / f64::from(u32::MAX)).sum::<f64>() - 6.0
    }

    pub(in crate::demo) fn digits(&mut self, count: usize) -> String {
        (0..count).filter_map(|_| char::from_digit(self.between(0, 9), 10)).collect()
    }

    /// A working day before `today`, at most so many years, more of them lately.
    pub(in crate::demo) fn day_before(&mut self, today: NaiveDate, years: u32) -> NaiveDate {
        let span = years * 365;
        let back = u64::from(self.between(1, span)) * u64::from(self.between(1, span)) / u64::from(span);
        let day = today.checked_sub_days(Days::new(back + 1)).unwrap_or(today);
        let weekend = match day.weekday() {
            Weekday::Sat => 1,
            Weekday::Sun => 2,
            _ => 0,
        };
        day.checked_sub_days(Days::new(weekend)).unwrap_or(day)
    }
}
