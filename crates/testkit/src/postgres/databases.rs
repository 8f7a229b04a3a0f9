//! One database for each test, made in an instant and dropped after it.

use std::collections::hash_map::DefaultHasher;
use std::fs::{self, File};
use std::hash::{Hash, Hasher};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, process, thread};

use postgres::{Client, NoTls};

use super::server::shared_folder;
use super::{Server, URL_VARIABLE};

/// A database of one test's own; dropped, with whoever is still connected to it, when this value is.
#[derive(Debug)]
pub struct TestDatabase {
    pub url: String,
    name: String,
}

/// An empty database.
pub fn fresh_database() -> TestDatabase {
    create("template0")
}

/// A copy of the database that `prepare` has filled: the first test that names it pays, the others copy it. A template
/// belongs to the test program that made it, so a program built anew never meets the schema of an older one.
pub fn from_template(name: &str, prepare: impl FnOnce(&str)) -> TestDatabase {
    let template = format!("template_{name}_{:016x}", this_program());
    let lock = template_lock().unwrap_or_else(|error| panic!("{error}"));
    if !exists(&template) {
        let making = format!("{template}_making");
        tell(format!("DROP DATABASE IF EXISTS {making} WITH (FORCE)"));
        tell(format!("CREATE DATABASE {making} TEMPLATE template0"));
        prepare(&url_of(&making));
        tell(format!("ALTER DATABASE {making} RENAME TO {template}"));
    }
    drop(lock);
    create(&template)
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        // A panic while panicking would hide the test's own message.
        let _ = ask(format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

fn create(template: &str) -> TestDatabase {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let name = format!("test_{}_{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    // A server that is not ours may keep what a killed run of the same number left.
    tell(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
    tell(format!("CREATE DATABASE {name} TEMPLATE {template}"));
    TestDatabase { url: url_of(&name), name }
}

/// Between processes and threads alike.
fn template_lock() -> Result<File, String> {
    let (folder, _) = shared_folder()?;
    let path = folder.join("template.lock");
    let told = |error| format!("{}: {error}", path.display());
    let file = File::create(&path).map_err(told)?;
    file.lock().map_err(told)?;
    Ok(file)
}

fn exists(name: &str) -> bool {
    !ask(format!("SELECT 1 FROM pg_database WHERE datname = '{name}'"))
        .unwrap_or_else(|error| panic!("{error}"))
        .is_empty()
}

fn tell(sql: String) {
    if let Err(error) = ask(sql) {
        panic!("{error}");
    }
}

/// On a thread and a connection of its own: the driver refuses to wait inside an asynchronous test.
fn ask(sql: String) -> Result<Vec<postgres::SimpleQueryMessage>, String> {
    let asked = thread::spawn(move || {
        let mut client = Client::connect(server_url(), NoTls).map_err(|error| format!("PostgreSQL: {error:?}"))?;
        let answer = client.simple_query(&sql).map_err(|error| format!("{sql}: {error:?}"))?;
        Ok(answer.into_iter().filter(|part| matches!(part, postgres::SimpleQueryMessage::Row(_))).collect())
    });
    asked.join().unwrap_or_else(|_| Err("the test server cannot be reached".to_owned()))
}

fn url_of(database: &str) -> String {
    let server = server_url();
    let (before, options) = server.split_once('?').map_or((server, None), |(before, options)| (before, Some(options)));
    let server = match before.match_indices('/').nth(2) {
        Some((slash, _)) => &before[..slash],
        None => before,
    };
    let options = options.map(|options| format!("?{options}")).unwrap_or_default();
    format!("{server}/{database}{options}")
}

fn server_url() -> &'static str {
    static SERVER: OnceLock<(String, Option<Server>)> = OnceLock::new();
    let (url, _) = SERVER.get_or_init(|| match env::var(URL_VARIABLE) {
        Ok(url) if !url.is_empty() => (url, None),
        _ => {
            let server = Server::join().unwrap_or_else(|error| panic!("no PostgreSQL for tests: {error}"));
            (server.url().to_owned(), Some(server))
        }
    });
    url
}

fn this_program() -> u64 {
    let mut hasher = DefaultHasher::new();
    let path = env::current_exe().expect("the operating system knows the path of this program");
    if let Ok(found) = fs::metadata(&path) {
        (found.len(), found.modified().ok()).hash(&mut hasher);
    }
    path.hash(&mut hasher);
    hasher.finish()
}
