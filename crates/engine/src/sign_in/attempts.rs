//! How often one may try to sign in, so that nobody guesses a password and nobody locks another out.
//!
//! Attempts are counted where they come from: by a device that has signed in before, else by address and name, and by address
//! alone. Whoever tries Anna's name from elsewhere, or from behind the same router, stops themselves: Anna's own browser is known
//! and counted apart. The counters lie in the database, so that there are no more attempts where there are more nodes.

use std::net::IpAddr;

use base::{Error, Result, Rid};
use chrono::Duration as Span;
use parking_lot::{Condvar, Mutex};
use sha2::{Digest, Sha256};
use store::{Lane, Sql, Store, Tx};

/// How long an attempt counts.
const WINDOW: Span = Span::minutes(5);
/// For one name from one address.
const PER_NAME: i64 = 8;
/// For one name on a device that has signed in with it before.
const PER_DEVICE: i64 = 8;
/// For all names from one address.
const PER_ADDRESS: i64 = 60;

/// Passwords that are compared at a time: each takes 19 MiB and a moment of a processor.
const AT_ONCE: usize = 4;

#[derive(Default)]
pub struct Attempts {
    comparing: Mutex<usize>,
    fewer: Condvar,
}

/// What attempts are counted by, hashed: what people type may be long, and may be a password in the wrong place.
type Key = Vec<u8>;

/// One attempt, which counts as failed until it is said to be right.
#[must_use]
pub(super) struct Attempt<'a> {
    store: &'a Store,
    keys: Vec<Key>,
}

/// None where it was tried too often. It is counted before the password is looked at, or many at the same moment would be as one.
pub(super) fn begin<'a>(
    store: &'a Store,
    name: &[u8],
    address: &str,
    device: Option<&[u8]>,
) -> Result<Option<Attempt<'a>>> {
    let place = place(address);
    let place = place.as_bytes();
    count(
        store,
        match device {
            Some(device) => vec![(key("device", name, device), PER_DEVICE)],
            None => vec![(key("name", name, place), PER_NAME), (key("address", place, &[]), PER_ADDRESS)],
        },
    )
}

/// The same of the code that is asked for after a password, by user wherever it comes from: six digits are soon guessed from many
/// places. Whoever tries knows the password.
pub(super) fn begin_code<'a>(store: &'a Store, user: Rid, device: Option<&[u8]>) -> Result<Option<Attempt<'a>>> {
    let user = user.0.to_be_bytes();
    count(
        store,
        match device {
            Some(device) => vec![(key("code on device", &user, device), PER_DEVICE)],
            None => vec![(key("code", &user, &[]), PER_NAME)],
        },
    )
}

/// Forgets what counts no more.
pub(super) fn sweep(tx: &Tx) -> Result<()> {
    let sql = Sql::new("DELETE FROM attempt WHERE since <= $1").with(base::clock::now() - WINDOW);
    tx.execute(&sql).map(|_| ())
}

fn key(what: &str, one: &[u8], other: &[u8]) -> Key {
    // What is hashed begins with a length, so that no two pairs are the same.
    let length = u64::try_from(one.len()).unwrap_or(u64::MAX).to_be_bytes();
    Sha256::new().chain_update(what).chain_update(length).chain_update(one).chain_update(other).finalize().to_vec()
}

const OVER: &str = "tried too often";

fn count(store: &Store, mut keys: Vec<(Key, i64)>) -> Result<Option<Attempt<'_>>> {
    let now = base::clock::now();
    // Whoever goes on all the same is held off without writing.
    let mut sql = Sql::new("SELECT key, times FROM attempt WHERE since > ");
    sql.bind(now - WINDOW).push(" AND key IN ").bind_list(keys.iter().map(|(key, _)| key.clone()));
    let known = store.read(|tx| tx.query(&sql))?;
    let is_over = |row: &store::Row| keys.iter().any(|(key, most)| key == row.blob(0) && row.int(1) >= *most);
    if known.iter().any(is_over) {
        return Ok(None);
    }
    // In one order everywhere, so that no two wait for each other.
    keys.sort();
    let counted = store.write(Lane::People, |tx| {
        for (key, most) in &keys {
            let sql = Sql::new(
                "INSERT INTO attempt (key, times, since) VALUES ($1, 1, $2) ON CONFLICT (key) DO UPDATE SET \
                 times = CASE WHEN attempt.since > $3 THEN attempt.times + 1 ELSE 1 END, \
                 since = CASE WHEN attempt.since > $3 THEN attempt.since ELSE excluded.since END RETURNING times",
            );
            let row = tx.first(&sql.with(key.clone()).with(now).with(now - WINDOW))?;
            if row.is_none_or(|row| row.int(0) > *most) {
                // Nothing of it counts.
                return Err(Error::refused("", OVER, OVER));
            }
        }
        Ok(())
    });
    match counted {
        Ok(()) => Ok(Some(Attempt { store, keys: keys.into_iter().map(|(key, _)| key).collect() })),
        Err(Error::Refused(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

impl Attempt<'_> {
    /// It was no failure: it does not count.
    pub(super) fn was_right(self) -> Result<()> {
        self.store.write(Lane::People, |tx| {
            for key in &self.keys {
                let sql = Sql::new("UPDATE attempt SET times = times - 1 WHERE key = $1 AND times > 0");
                tx.execute(&sql.with(key.clone()))?;
            }
            Ok(())
        })
    }
}

impl Attempts {
    /// Compares a password when few others are being compared.
    pub(super) fn compare<T>(&self, compare: impl FnOnce() -> T) -> T {
        let mut comparing = self.comparing.lock();
        while *comparing >= AT_ONCE {
            self.fewer.wait(&mut comparing);
        }
        *comparing += 1;
        drop(comparing);
        let done = compare();
        *self.comparing.lock() -= 1;
        self.fewer.notify_one();
        done
    }
}

/// Whoever has one address of IPv6 has the 2⁶⁴ beside it too.
fn place(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(ip)) if ip.to_ipv4_mapped().is_none() => {
            let [one, two, three, four, ..] = ip.segments();
            format!("{one:x}:{two:x}:{three:x}:{four:x}::/64")
        }
        Ok(IpAddr::V6(ip)) => ip.to_ipv4_mapped().map_or_else(String::new, |ip| ip.to_string()),
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_neighbours_of_an_address_of_ipv6_are_one_place() {
        assert_eq!(place("2001:db8:1:2::1"), place("2001:db8:1:2:ffff::1"));
        assert_ne!(place("2001:db8:1:2::1"), place("2001:db8:1:3::1"));
        assert_eq!(place("::ffff:10.0.0.1"), "10.0.0.1");
    }

    #[test]
    fn few_passwords_are_compared_at_a_time() {
        let attempts = Attempts::default();
        let (now, most) = (Mutex::new(0), Mutex::new(0));
        std::thread::scope(|scope| {
            for _ in 0..32 {
                scope.spawn(|| {
                    attempts.compare(|| {
                        let together = {
                            let mut now = now.lock();
                            *now += 1;
                            *now
                        };
                        let mut most = most.lock();
                        *most = together.max(*most);
                        drop(most);
                        std::thread::sleep(std::time::Duration::from_millis(2));
                        *now.lock() -= 1;
                    });
                });
            }
        });
        assert!((1..=AT_ONCE).contains(&*most.lock()));
    }
}
