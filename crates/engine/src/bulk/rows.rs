//! Many rows in little space: stretches of numbers that follow each other.

use base::Rid;
use serde::{Deserialize, Serialize};

/// Rows in their order, each once; the first and the last of every stretch.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Rows(Vec<(i64, i64)>);

impl Rows {
    pub fn of(mut rids: Vec<Rid>) -> Rows {
        rids.sort_unstable();
        let mut stretches: Vec<(i64, i64)> = Vec::new();
        for Rid(rid) in rids {
            match stretches.last_mut() {
                Some((_, last)) if rid <= *last + 1 => *last = rid.max(*last),
                _ => stretches.push((rid, rid)),
            }
        }
        Rows(stretches)
    }

    pub fn len(&self) -> u64 {
        self.0.iter().map(|(first, last)| last.abs_diff(*first) + 1).sum()
    }

    /// The next so many after a row.
    pub fn after(&self, rid: Rid, limit: usize) -> Vec<Rid> {
        let from = self.0.partition_point(|(_, last)| *last <= rid.0);
        let rest = self.0[from..].iter().flat_map(|(first, last)| (*first).max(rid.0 + 1)..=*last);
        rest.take(limit).map(Rid).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_in_their_order_from_any_of_them_on() {
        let rows = Rows::of([9, 1, 2, 3, 3, 7, 8].map(Rid).to_vec());
        assert_eq!((rows.len(), rows.0.len()), (6, 2));
        assert_eq!(rows.after(Rid(0), 4), [1, 2, 3, 7].map(Rid));
        assert_eq!(rows.after(Rid(2), 9), [3, 7, 8, 9].map(Rid));
        assert_eq!(rows.after(Rid(9), 9), []);
    }
}
