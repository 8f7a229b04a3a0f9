//! The real program, started as its users start it, and what the operating system says of it (on Linux).

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base::{Error, Result};

use crate::fill::Filled;

/// A `bottega serve`; ended, in order, when this is dropped.
pub struct Server {
    child: Child,
    pub url: String,
    /// From the start of the process to the line that says that it answers.
    pub ready: Duration,
}

impl Server {
    pub fn start(program: &Path, filled: &Filled) -> Result<Server> {
        let told = |cause| Error::caused(program.display().to_string(), cause);
        let mut command = Command::new(program);
        command.args(filled.place()).args(["serve", "--listen", "127.0.0.1:0"]).env("BOTTEGA_LOG", "warn");
        // What it tells people is not for here.
        command.stderr(Stdio::null());
        let started = Instant::now();
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().map_err(told)?;
        let mut lines = BufReader::new(child.stdout.take().ok_or_else(|| Error::fault("no output"))?).lines();
        let url = lines.find_map(|line| line.ok()?.strip_prefix("Bottega is ready: ").map(str::to_owned));
        let ready = started.elapsed();
        let server = Server { child, url: url.unwrap_or_default(), ready };
        if server.url.is_empty() { Err(Error::fault("the server did not start")) } else { Ok(server) }
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

/// Processor time of a process, in seconds; `with_children` of all below it too, as PostgreSQL needs.
pub fn cpu(pid: u32, with_children: bool) -> f64 {
    let Some((own, ended)) = times(pid) else { return 0.0 };
    if !with_children {
        return own;
    }
    own + ended + children(pid).into_iter().filter_map(times).map(|(own, ended)| own + ended).sum::<f64>()
}

/// Of the process itself, and of its children that have ended.
fn times(pid: u32) -> Option<(f64, f64)> {
    /// `getconf CLK_TCK` says so on every Linux there is.
    const TICKS: f64 = 100.0;
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name, which may hold blanks, stands in parentheses; 14 to 17 of proc(5) follow eleven fields after it.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some(((number(11)? + number(12)?) / TICKS, (number(13)? + number(14)?) / TICKS))
}

fn children(pid: u32) -> Vec<u32> {
    let found = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    found.split_whitespace().filter_map(|child| child.parse().ok()).collect()
}

/// Anonymous memory of a process in bytes: what it holds itself, without the files it has read.
pub fn anonymous(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) * 1024
}

/// The number of PostgreSQL's first process, by its data folder.
pub fn postmaster(data: &Path) -> Option<u32> {
    fs::read_to_string(data.join("postmaster.pid")).ok()?.lines().next()?.trim().parse().ok()
}

/// The program that was built for release, beside this one.
pub fn program() -> Result<PathBuf> {
    let own = std::env::current_exe().map_err(|cause| Error::caused("the path of this program", cause))?;
    let program = own.with_file_name("bottega");
    if program.is_file() { Ok(program) } else { Err(Error::fault("build it first: cargo build --release")) }
}
