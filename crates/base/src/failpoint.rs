//! Named places where a test halts the program to kill it there: what a crash leaves at that very place cannot be known otherwise.

/// Comes by the place `name`. Built for release it does nothing; otherwise `BOTTEGA_FAILPOINT=save.written:3` halts whoever
/// comes by `save.written` for the third time, for ever, and says so on standard error: `halted at save.written`.
#[cfg(debug_assertions)]
pub fn pass(name: &str) {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU32, Ordering};

    static HALT: OnceLock<Option<(String, AtomicU32)>> = OnceLock::new();
    let halt = HALT.get_or_init(|| {
        let wanted = std::env::var("BOTTEGA_FAILPOINT").ok()?;
        let (name, times) = wanted.split_once(':').unwrap_or((&wanted, "1"));
        Some((name.to_owned(), AtomicU32::new(times.parse().ok()?)))
    });
    let Some((place, left)) = halt.as_ref().filter(|(place, _)| place == name) else { return };
    if left.fetch_sub(1, Ordering::Relaxed) == 1 {
        eprintln!("halted at {place}");
        loop {
            std::thread::park();
        }
    }
}

#[cfg(not(debug_assertions))]
#[inline(always)]
pub fn pass(_: &str) {}
