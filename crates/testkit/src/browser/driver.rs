//! chromedriver as a child that cannot outlive its test.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, io, process};

/// Reading ends when the test does, however it ends; then driver and profiles go too.
const KEEPER: &str = r#"
"$1" --port=0 --log-level=SEVERE & driver=$!
read -r _
kill "$driver"
wait "$driver"
# Chromium notices a moment later that it is alone, and still writes until then.
tries=0
until rm -rf "$2" 2>/dev/null || [ "$tries" -ge 50 ]; do tries=$((tries + 1)); sleep 0.1; done
"#;

#[derive(Debug)]
pub struct Driver {
    keeper: Child,
    folder: PathBuf,
    url: String,
}

impl Driver {
    pub fn start() -> Result<Driver, String> {
        static STARTED: AtomicUsize = AtomicUsize::new(0);
        let program = program("BOTTEGA_CHROMEDRIVER", &["chromedriver"])
            .ok_or("chromedriver is not installed (on Debian: apt-get install chromium chromium-driver)")?;
        if chromium().is_none() {
            return Err("Chromium is not installed (on Debian: apt-get install chromium chromium-driver)".to_owned());
        }
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("bottega-browser-{}-{number}", process::id()));
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let told = |error: io::Error| format!("{}: {error}", program.display());
        let mut keeper = Command::new("sh")
            .args(["-c", KEEPER, "keeper"])
            .args([&program, &folder])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(told)?;
        let port = keeper.stdout.take().and_then(port);
        let port = port.ok_or_else(|| format!("{} ended without naming its port", program.display()))?;
        Ok(Driver { keeper, folder, url: format!("http://127.0.0.1:{port}") })
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Removed in the end; profiles lie here.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

/// The browser itself: `BOTTEGA_CHROMIUM`, or under one of its names in `PATH`.
pub fn chromium() -> Option<PathBuf> {
    program("BOTTEGA_CHROMIUM", &["chromium", "chromium-browser", "google-chrome"])
}

fn program(variable: &str, names: &[&str]) -> Option<PathBuf> {
    if let Some(named) = env::var_os(variable) {
        return Some(named.into());
    }
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|program| program.is_file())
}

/// chromedriver says "… started successfully on port 41235." and then nothing more.
fn port(said: impl io::Read) -> Option<u16> {
    BufReader::new(said)
        .lines()
        .map_while(Result::ok)
        .find_map(|line| line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok())
}
