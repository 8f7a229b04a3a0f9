//! What ran, how long, what could not be run; the last line is the count of tests.

use std::fmt;
use std::time::Duration;

use super::Step;
use crate::process::Outcome;

#[derive(Debug, Default)]
pub struct Summary {
    lines: Vec<Line>,
}

#[derive(Debug)]
pub struct Line {
    pub step: Step,
    pub time: Duration,
    pub verdict: Verdict,
}

#[derive(Debug)]
pub enum Verdict {
    Ran(Outcome),
    /// The repository has nothing of this kind.
    Nothing,
    /// Could not be run, and why.
    NotRun(String),
}

impl Line {
    pub fn ran(step: Step, time: Duration, outcome: Outcome) -> Line {
        Line { step, time, verdict: Verdict::Ran(outcome) }
    }

    pub fn not_run(step: Step, why: String) -> Line {
        Line { step, time: Duration::ZERO, verdict: Verdict::NotRun(why) }
    }
}

impl Summary {
    pub fn push(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// What could not be run has not passed.
    pub fn passed(&self) -> bool {
        self.lines.iter().all(|line| match &line.verdict {
            Verdict::Ran(outcome) => outcome.passed,
            Verdict::Nothing => true,
            Verdict::NotRun(_) => false,
        })
    }

    /// A step that failed without a failed test, or did not run, counts as one: the last line never looks better than
    /// the run was.
    fn counts(&self) -> (u64, u64) {
        self.lines.iter().fold((0, 0), |(passed, failed), line| match &line.verdict {
            Verdict::Ran(outcome) if outcome.passed => (passed + outcome.tests_passed, failed),
            Verdict::Ran(outcome) => (passed + outcome.tests_passed, failed + outcome.tests_failed.max(1)),
            Verdict::Nothing => (passed, failed),
            Verdict::NotRun(_) => (passed, failed + 1),
        })
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n== Summary ==")?;
        for Line { step, time, verdict } in &self.lines {
            let said = match verdict {
                Verdict::Ran(outcome) if outcome.passed => "passed".to_owned(),
                Verdict::Ran(_) => "FAILED".to_owned(),
                Verdict::Nothing => "nothing to run yet".to_owned(),
                Verdict::NotRun(why) => format!("NOT RUN: {why}"),
            };
            let tests = match verdict {
                Verdict::Ran(Outcome { tests_passed, tests_failed, .. }) if tests_passed + tests_failed > 0 => {
                    format!(" ({tests_passed} tests passed, {tests_failed} failed)")
                }
                _ => String::new(),
            };
            writeln!(f, "{:<8} {:>6.1} s  {said}{tests}", format!("{step:?}").to_lowercase(), time.as_secs_f32())?;
        }
        let total: Duration = self.lines.iter().map(|line| line.time).sum();
        writeln!(f, "{:<8} {:>6.1} s", "total", total.as_secs_f32())?;
        let (passed, failed) = self.counts();
        writeln!(f, "{passed} passed, {failed} failed")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_could_not_run_is_a_failure_and_the_last_line_says_so() {
        let mut summary = Summary::default();
        let outcome = Outcome { passed: true, tests_passed: 7, tests_failed: 0 };
        summary.push(Line::ran(Step::Unit, Duration::from_secs(3), outcome));
        assert!(summary.passed() && summary.to_string().ends_with("\n7 passed, 0 failed\n"));
        summary.push(Line::not_run(Step::Browser, "needs chromium".to_owned()));
        assert!(!summary.passed() && summary.to_string().ends_with("\n7 passed, 1 failed\n"));
    }
}
