//! What time it is: the only place that asks, so that tests and the demo can say another.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;

/// Microseconds that the clock is shifted by; 0 outside of tests and `demo --today`.
static SHIFT: AtomicI64 = AtomicI64::new(0);

/// Now, in whole microseconds: the precision that both databases and the API keep.
pub fn now() -> DateTime<Utc> {
    let micros = Utc::now().timestamp_micros() + SHIFT.load(Ordering::Relaxed);
    instant(micros)
}

/// Microseconds since 1970 as an instant.
pub fn instant(micros: i64) -> DateTime<Utc> {
    Utc.timestamp_micros(micros).single().unwrap_or_default()
}

/// The company's zone, which decides what "today" is.
pub const ZONE: Tz = chrono_tz::Europe::Rome;

/// Today in the given zone.
pub fn today(zone: Tz) -> NaiveDate {
    now().with_timezone(&zone).date_naive()
}

/// The moment at which a day begins in a zone; none where the calendar ends.
pub fn start_of(day: NaiveDate, zone: Tz) -> Option<DateTime<Utc>> {
    let midnight = day.and_hms_opt(0, 0, 0)?;
    // A zone whose clocks jump at midnight begins its day an hour later.
    let later = || zone.from_local_datetime(&(midnight + chrono::Duration::hours(1))).earliest();
    zone.from_local_datetime(&midnight).earliest().or_else(later).map(|start| start.to_utc())
}

/// Moves the clock so that today is `day`, keeping the time of day.
pub fn pretend(day: NaiveDate) {
    let real = Utc::now().with_timezone(&ZONE).date_naive();
    SHIFT.store((day - real).num_microseconds().unwrap_or(0), Ordering::Relaxed);
}
