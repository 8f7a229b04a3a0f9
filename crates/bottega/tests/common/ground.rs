//! A place for data on each database, looked into from beside the program.
#![allow(dead_code, reason = "each target uses a part")]

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use store::{Lane, Location, Sql, Store};

use crate::common::{Running, bottega, done, run};

pub struct Ground {
    place: Vec<String>,
    location: Location,
    folder: tempfile::TempDir,
    _database: Option<testkit::postgres::TestDatabase>,
}

/// On SQLite, then on PostgreSQL.
pub fn on_both(test: impl Fn(&Ground)) {
    test(&Ground::sqlite());
    test(&Ground::postgres());
}

impl Ground {
    pub fn sqlite() -> Ground {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let place = vec!["--data".to_owned(), data.to_str().unwrap().to_owned()];
        Ground { place, location: Location::Folder(data), folder, _database: None }
    }

    pub fn postgres() -> Ground {
        let database = testkit::postgres::fresh_database();
        let place = vec!["--database-url".to_owned(), database.url.clone()];
        let location = Location::Postgres(database.url.clone());
        Ground { place, location, folder: tempfile::tempdir().unwrap(), _database: Some(database) }
    }

    pub fn place(&self) -> Vec<&str> {
        self.place.iter().map(String::as_str).collect()
    }

    /// A file beside the data.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// An administrator with [`PASSWORD`], and her token.
    pub fn anna(&self) -> String {
        let words = ["user", "create", "anna@example.it", "--role", "admin", "--name", "Anna", "--password", PASSWORD];
        done(&self.place(), &words);
        done(&self.place(), &["token", "create", "--user", "anna@example.it"]).trim().to_owned()
    }

    pub fn serve(&self) -> Running {
        Running::start(&self.place(), &SERVE)
    }

    /// A server that halts at a failpoint.
    pub fn serve_until(&self, failpoint: &str) -> Running {
        Running::of(self.command(&SERVE, failpoint))
    }

    /// Runs up to a failpoint, and is killed there.
    pub fn killed_at(&self, failpoint: &str, words: &[&str]) {
        let mut child = self.command(words, failpoint).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let messages = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let halted = messages.into_iter().any(|line| line.starts_with("halted at"));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(halted, "{words:?} never came to {failpoint}");
    }

    fn command(&self, words: &[&str], failpoint: &str) -> Command {
        let mut command = bottega(&self.place());
        command.args(words).env("BOTTEGA_FAILPOINT", failpoint);
        command
    }

    #[track_caller]
    pub fn is_well(&self) {
        let told = run(&self.place(), &["doctor"]);
        assert_eq!(told.status.code(), Some(0), "{}", String::from_utf8_lossy(&told.stdout));
    }

    /// The first column of a query.
    pub fn asks(&self, sql: &str) -> Vec<String> {
        let store = Store::open(&self.location).unwrap();
        let rows = store.read(|tx| tx.query(&Sql::new(sql))).unwrap();
        let shown = |cell: &store::Cell| match cell {
            store::Cell::Int(number) => number.to_string(),
            store::Cell::Text(text) => text.clone(),
            other => format!("{other:?}"),
        };
        rows.iter().map(|row| shown(&row.0[0])).collect()
    }

    pub fn counts(&self, sql: &str) -> usize {
        self.asks(sql)[0].parse().unwrap()
    }

    pub fn does(&self, sql: &str) {
        let store = Store::open(&self.location).unwrap();
        store.write(Lane::Jobs, |tx| tx.execute(&Sql::new(sql))).unwrap();
    }

    /// Who was killed is silent from now on, and not in a minute.
    pub fn leases_end(&self) {
        self.does("UPDATE job SET locked_until = 0, run_at = 0");
    }

    /// Waits until every job has ended, and says how.
    pub fn jobs_end(&self) -> Vec<String> {
        for _ in 0..3000 {
            if self.counts("SELECT count(*) FROM job WHERE state IN ('waiting', 'running')") == 0 {
                return self.asks("SELECT state FROM job ORDER BY job");
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("jobs never end: {:?}", self.asks("SELECT error FROM job"));
    }
}

pub const PASSWORD: &str = "una-lunga-password";

const SERVE: [&str; 3] = ["serve", "--listen", "127.0.0.1:0"];

impl Running {
    /// Ends it as the power does.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits until it halts at its failpoint, and ends it there.
    pub fn killed_where_it_halts(mut self) {
        assert!(!self.told("halted at").is_empty(), "it never halted");
        self.kill();
    }
}
