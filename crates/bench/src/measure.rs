//! How long requests take one by one, and how many are answered when sixteen ask.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use base::{Error, Result};

use crate::client::{Ask, Visitor};
use crate::server;

/// Times of one client in milliseconds: medians of the rounds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Times {
    pub p50: f64,
    pub p99: f64,
}

/// Sixteen clients at once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Crowd {
    pub per_second: f64,
    /// Milliseconds of processor time a request: of the program, and of PostgreSQL.
    pub cpu: f64,
    pub database_cpu: f64,
}

const ROUNDS: usize = 3;
const CLIENTS: usize = 16;
const CROWDED: Duration = Duration::from_secs(3);

/// One client, `count` requests in each of three rounds after a warm-up. The numbers go on from call to call, so that a
/// save is never the same twice.
pub fn one(visitor: &Visitor, count: usize, ask: impl Fn(usize) -> Ask) -> Result<Times> {
    for number in 0..(count / 10).clamp(3, 20) {
        visitor.text(&ask(number))?;
    }
    let mut rounds = Vec::with_capacity(ROUNDS);
    for round in 1..=ROUNDS {
        let mut times = Vec::with_capacity(count);
        for number in 0..count {
            let ask = ask(round * count + number);
            let started = Instant::now();
            let answer = visitor.ask(&ask)?;
            times.push(started.elapsed().as_secs_f64() * 1000.0);
            if answer.status >= 300 {
                return Err(Error::fault(format!("{} answers {}", ask.path, answer.status)));
            }
        }
        rounds.push(Times { p50: quantile(&mut times, 0.5), p99: quantile(&mut times, 0.99) });
    }
    Ok(Times { p50: median(rounds.iter().map(|times| times.p50)), p99: median(rounds.iter().map(|times| times.p99)) })
}

/// Sixteen clients for some seconds.
pub fn crowd(visitor: &Visitor, pid: u32, database: Option<u32>, ask: impl Fn(usize) -> Ask + Sync) -> Result<Crowd> {
    let (next, stop) = (AtomicUsize::new(1_000_000), AtomicBool::new(false));
    let cpu = || (server::cpu(pid, false), database.map_or(0.0, |pid| server::cpu(pid, true)));
    let (before, started) = (cpu(), Instant::now());
    let answered: usize = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| {
                let (visitor, next, stop, ask) = (visitor.another(), &next, &stop, &ask);
                scope.spawn(move || {
                    let mut answered = 0;
                    while !stop.load(Ordering::Relaxed) {
                        let ask = ask(next.fetch_add(1, Ordering::Relaxed));
                        answered += usize::from(visitor.ask(&ask).is_ok_and(|answer| answer.status < 300));
                    }
                    answered
                })
            })
            .collect();
        std::thread::sleep(CROWDED);
        stop.store(true, Ordering::Relaxed);
        clients.into_iter().map(|client| client.join().unwrap_or(0)).sum()
    });
    let (took, after) = (started.elapsed().as_secs_f64(), cpu());
    let each = |seconds: f64| seconds * 1000.0 / answered.max(1) as f64;
    Ok(Crowd {
        per_second: answered as f64 / took,
        cpu: each(after.0 - before.0),
        database_cpu: each(after.1 - before.1),
    })
}

pub fn quantile(times: &mut [f64], share: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    let at = (times.len() as f64 * share) as usize;
    times.get(at.min(times.len().saturating_sub(1))).copied().unwrap_or(0.0)
}

pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    quantile(&mut values.collect::<Vec<_>>(), 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_and_the_99th_of_a_hundred_the_last() {
        assert_eq!(median([3.0, 1.0, 2.0].into_iter()), 2.0);
        assert_eq!(quantile(&mut (0..100).map(f64::from).collect::<Vec<_>>(), 0.99), 99.0);
        assert_eq!(quantile(&mut [], 0.5), 0.0);
    }
}
