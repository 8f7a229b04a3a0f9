//! What a list may cost where no index finds its rows: it looks through the order in windows, and stops when its time is over.

use std::time::Duration;

use meta::Op;
use meta::filter::{Column, Test, Where};

use crate::driver::{is_driven, parts};
use crate::list::ListQuery;
use crate::schema::sort_index;

/// How long somebody who waits for a list is kept waiting.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the rows of one page, or their count, that no index finds: what was found by then is shown.
    pub looking: Duration,
    /// For an order that no index has: all that match must be read before the first can be shown.
    pub sorting: Duration,
    /// Rows that are looked through before the time is looked at, the first time.
    pub window: usize,
}

/// Windows grow while time is left, up to so many rows.
pub(crate) const WIDEST: usize = 16_000;

impl Default for Patience {
    fn default() -> Patience {
        Patience { looking: Duration::from_millis(250), sorting: Duration::from_secs(3), window: 2_000 }
    }
}

/// Whether the walk along the order may pass by many rows for each that matches: a condition has no index, or several that
/// have one are rarely true together. How many satisfy a single one was counted when the walk was chosen.
pub(crate) fn walks_far(query: &ListQuery) -> bool {
    let (mut by_order, mut counted) = (0, 0);
    // The index of a custom field stands alone.
    let by_custom = query.sort.iter().any(|sort| matches!(sort.by, Column::Field(at) if query.model.fields[at].custom));
    for part in parts(&query.filter) {
        match part {
            // The index of this filter and the sort.
            Where::Test(Test { hop: None, column: Column::Field(at), op: Op::Eq, .. })
                if query.model.fields[*at].filtered && sort_index(&query.model.fields[*at].kind) && !by_custom =>
            {
                by_order += 1;
            }
            Where::Any(parts) if parts.is_empty() => {}
            _ if is_driven(query, part) => counted += 1,
            _ => return true,
        }
    }
    // A face's own condition is one of those by order.
    by_order > 2 || counted > 1
}
