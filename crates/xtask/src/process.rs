//! Runs a command to its end, counts the tests that it reports, and takes it down when this program is stopped.

use std::io::{BufRead, BufReader, IsTerminal, Write};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use regex_lite::Regex;

/// The process group of the command that runs now, 0 for none.
static RUNNING: AtomicU32 = AtomicU32::new(0);
static STOPPED: AtomicBool = AtomicBool::new(false);

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outcome {
    pub passed: bool,
    pub tests_passed: u64,
    pub tests_failed: u64,
}

/// Ctrl-C and termination end the running command with all its children; then [`run`] returns and the caller cleans up.
pub fn stop_with_this_program() {
    let handled = ctrlc::set_handler(|| {
        STOPPED.store(true, Ordering::SeqCst);
        terminate(RUNNING.load(Ordering::SeqCst));
    });
    if let Err(error) = handled {
        eprintln!("Ctrl-C will leave running what runs: {error}");
    }
}

/// Whether someone asked this program to stop.
pub fn stopped() -> bool {
    STOPPED.load(Ordering::SeqCst)
}

/// Shows what the command says while it says it.
pub fn run(mut command: Command) -> Outcome {
    if stopped() {
        return Outcome::default();
    }
    println!("$ {}", shown(&command));
    // Both streams through one pipe, or a failure and its context would part.
    let spawned = std::io::pipe().and_then(|(reader, writer)| {
        if std::io::stdout().is_terminal() {
            command.env("CARGO_TERM_COLOR", "always");
        }
        command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer).process_group(0);
        Ok((command.spawn()?, reader))
    });
    let (mut child, reader) = match spawned {
        Ok(spawned) => spawned,
        Err(error) => {
            eprintln!("{}: {error}", command.get_program().to_string_lossy());
            return Outcome::default();
        }
    };
    // The command still holds the pipe's other end, and reading would never end.
    drop(command);
    RUNNING.store(child.id(), Ordering::SeqCst);
    if stopped() {
        terminate(child.id());
    }
    let mut outcome = Outcome::default();
    let mut lines = BufReader::new(reader);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        let _ = std::io::stdout().write_all(&line);
        let (passed, failed) = counted(&String::from_utf8_lossy(&line));
        outcome.tests_passed += passed;
        outcome.tests_failed += failed;
        line.clear();
    }
    outcome.passed = child.wait().is_ok_and(|status| status.success()) && !stopped();
    RUNNING.store(0, Ordering::SeqCst);
    outcome
}

/// Whether a program is there and content with these arguments.
pub fn answers(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// The command as one would type it.
pub fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words = words.map(|word| match word.to_string_lossy() {
        word if word.contains([' ', '(', '|', '*']) => format!("'{word}'"),
        word => word.into_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Tests passed and failed, out of the summary line of nextest or of one program of `cargo test`.
fn counted(line: &str) -> (u64, u64) {
    let plain = Regex::new("\u{1b}\\[[0-9;]*m").map(|colour| colour.replace_all(line, "").into_owned());
    let plain = plain.unwrap_or_else(|_| line.to_owned());
    let plain = plain.trim_start();
    if !plain.starts_with("Summary [") && !plain.starts_with("test result: ") {
        return (0, 0);
    }
    let number = |word: &str| {
        let mut words =
            plain.split([' ', ',', ';']).filter(|part| !part.is_empty()).collect::<Vec<_>>().into_iter().rev();
        words.find(|part| *part == word).and_then(|_| words.next()).and_then(|number| number.parse().ok()).unwrap_or(0)
    };
    (number("passed"), number("failed") + number("timed"))
}

fn terminate(group: u32) {
    if group != 0 {
        let _ = Command::new("sh").args(["-c", &format!("kill -s TERM -- -{group}")]).status();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_counted_in_the_summaries_of_both_runners_and_nowhere_else() {
        let nextest = "     Summary [   0.538s] 12 tests run: 9 passed (1 slow), 3 failed, 2 skipped";
        assert_eq!(counted(nextest), (9, 3));
        assert_eq!(counted("\u{1b}[32m     Summary\u{1b}[0m [   0.5s] 4 tests run: 4 passed, 0 skipped"), (4, 0));
        assert_eq!(counted("test result: FAILED. 5 passed; 1 failed; 0 ignored; 0 measured"), (5, 1));
        assert_eq!(counted("Summary: 3 passed"), (0, 0));
    }

    #[test]
    fn a_command_that_fails_or_does_not_exist_has_not_passed() {
        assert!(run(Command::new("true")).passed);
        assert!(!run(Command::new("false")).passed);
        assert!(!run(Command::new("no-such-program")).passed);
    }
}
