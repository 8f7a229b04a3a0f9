//! How often one may try to sign in, so that nobody guesses a password and nobody locks another out.
//!
//! Attempts are counted where they come from: by a device that has signed in before, else by address and name, and by address
//! alone. Whoever tries Anna's name from elsewhere, or from behind the same router, stops themselves: Anna's own browser is known
//! and counted apart.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use base::Rid;
use parking_lot::{Condvar, Mutex};

const WINDOW: Duration = Duration::from_secs(300);
/// For one name from one address.
const PER_NAME: u32 = 8;
/// For one name on a device that has signed in with it before.
const PER_DEVICE: u32 = 8;
/// For all names from one address.
const PER_ADDRESS: u32 = 60;

/// Counters that are kept at most before those of the past are forgotten.
const KEPT: usize = 100_000;

/// Passwords that are compared at a time: each takes 19 MiB and a moment of a processor.
const AT_ONCE: usize = 4;

#[derive(Default)]
pub struct Attempts {
    counted: Mutex<HashMap<Key, Counted>>,
    comparing: Mutex<usize>,
    fewer: Condvar,
}

/// What attempts are counted by. Names and devices are hashed: what people type may be long.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Name(String, Vec<u8>),
    Address(String),
    Device(Vec<u8>, Vec<u8>),
    Code(Rid),
    CodeOnDevice(Rid, Vec<u8>),
}

struct Counted {
    times: u32,
    since: Instant,
}

/// One attempt, which counts as failed until it is said to be right.
#[must_use]
pub(super) struct Attempt<'a> {
    attempts: &'a Attempts,
    keys: Vec<Key>,
}

impl Attempts {
    /// None where it was tried too often. It is counted before the password is looked at, or many at the same moment would
    /// be as one.
    pub(super) fn begin(&self, name: &[u8], address: &str, device: Option<&[u8]>) -> Option<Attempt<'_>> {
        let place = place(address);
        self.count(match device {
            Some(device) => vec![(Key::Device(name.to_vec(), device.to_vec()), PER_DEVICE)],
            None => vec![(Key::Name(place.clone(), name.to_vec()), PER_NAME), (Key::Address(place), PER_ADDRESS)],
        })
    }

    /// The same of the code that is asked for after a password, by user wherever it comes from: six digits are soon guessed from
    /// many places. Whoever tries knows the password.
    pub(super) fn begin_code(&self, user: Rid, device: Option<&[u8]>) -> Option<Attempt<'_>> {
        self.count(match device {
            Some(device) => vec![(Key::CodeOnDevice(user, device.to_vec()), PER_DEVICE)],
            None => vec![(Key::Code(user), PER_NAME)],
        })
    }

    fn count(&self, keys: Vec<(Key, u32)>) -> Option<Attempt<'_>> {
        let mut counted = self.counted.lock();
        let is_over = |counted: &Counted| counted.since.elapsed() > WINDOW;
        if counted.len() > KEPT {
            counted.retain(|_, counted| !is_over(counted));
        }
        for (key, _) in &keys {
            if counted.get(key).is_some_and(is_over) {
                counted.remove(key);
            }
        }
        if keys.iter().any(|(key, most)| counted.get(key).is_some_and(|counted| counted.times >= *most)) {
            return None;
        }
        for (key, _) in &keys {
            counted.entry(key.clone()).or_insert(Counted { times: 0, since: Instant::now() }).times += 1;
        }
        Some(Attempt { attempts: self, keys: keys.into_iter().map(|(key, _)| key).collect() })
    }

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

impl Attempt<'_> {
    /// It was no failure: it does not count.
    pub(super) fn was_right(self) {
        let mut counted = self.attempts.counted.lock();
        for key in &self.keys {
            if let Some(counted) = counted.get_mut(key) {
                counted.times = counted.times.saturating_sub(1);
            }
        }
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
    fn an_attempt_counts_from_its_beginning_and_a_right_one_does_not() {
        let attempts = Attempts::default();
        let under_way: Vec<_> = (0..8).map(|_| attempts.begin(b"anna", "10.0.0.1", None)).collect();
        assert!(under_way.iter().all(Option::is_some));
        assert!(attempts.begin(b"anna", "10.0.0.1", None).is_none(), "none of them has failed yet");
        under_way.into_iter().flatten().next().unwrap().was_right();
        assert!(attempts.begin(b"anna", "10.0.0.1", None).is_some());
    }

    #[test]
    fn the_neighbours_of_an_address_of_ipv6_are_one_place() {
        let attempts = Attempts::default();
        for host in 0..8 {
            assert!(attempts.begin(b"anna", &format!("2001:db8:1:2::{host}"), None).is_some());
        }
        assert!(attempts.begin(b"anna", "2001:db8:1:2:ffff::1", None).is_none());
        assert!(attempts.begin(b"anna", "2001:db8:1:3::1", None).is_some());
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
                        std::thread::sleep(Duration::from_millis(2));
                        *now.lock() -= 1;
                    });
                });
            }
        });
        assert!((1..=AT_ONCE).contains(&*most.lock()));
    }
}
