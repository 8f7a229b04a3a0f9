//! The program as a user runs it.
#![allow(clippy::unwrap_used, dead_code, reason = "tests; each target uses a part")]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};

/// A command with nothing of the tester's own surroundings.
pub fn bottega(place: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bottega"));
    for variable in
        ["BOTTEGA_DATA", "BOTTEGA_DATABASE_URL", "BOTTEGA_LISTEN", "BOTTEGA_LANGUAGE", "LC_ALL", "LC_MESSAGES"]
    {
        command.env_remove(variable);
    }
    command.env("LANG", "C").env("BOTTEGA_LOG", "warn").args(place);
    command
}

/// Runs to the end; standard output, where it ended well.
pub fn done(place: &[&str], words: &[&str]) -> String {
    let output = run(place, words);
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

pub fn run(place: &[&str], words: &[&str]) -> Output {
    bottega(place).args(words).output().unwrap()
}

/// Waits until something holds.
#[track_caller]
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..1000 {
        if holds() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("never: {what}");
}

/// A server that is ready, and is gone with the test.
pub struct Running {
    pub child: Child,
    pub url: String,
}

impl Running {
    pub fn start(place: &[&str], words: &[&str]) -> Running {
        let mut command = bottega(place);
        command.args(words);
        Running::of(command)
    }

    pub fn of(mut command: Command) -> Running {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim_end().strip_prefix("Bottega is ready: ").map(str::to_owned);
        Running { url: url.unwrap_or_else(|| panic!("no ready line: {line:?}")), child }
    }

    /// The first line of its messages that holds the word.
    pub fn told(&mut self, word: &str) -> String {
        let messages = BufReader::new(self.child.stderr.as_mut().unwrap());
        messages.lines().map_while(Result::ok).find(|line| line.contains(word)).unwrap_or_default()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
