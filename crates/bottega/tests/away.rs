//! The database is gone for a while: people are told in their language, what they typed is still there, and all goes on by itself.
#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/plain.rs"]
mod plain;

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::thread::spawn;

use common::{Running, bottega, done, until};
use plain::Plain;
use serde_json::json;
use store::{Lane, Location, Sql, Store};
use testkit::postgres::Kept;

const PASSWORD: &str = "una-lunga-password";

/// A server of one's own, which can be stopped.
struct Server {
    folder: PathBuf,
    running: Option<Kept>,
}

impl Server {
    fn start() -> Server {
        // Where the user that PostgreSQL runs as comes to.
        let folder = std::env::temp_dir().join(format!("bottega-away-{}", std::process::id()));
        let running = Some(Kept::start(&folder).unwrap_or_else(|error| panic!("{error}")));
        Server { folder, running }
    }

    fn stop(&mut self) {
        self.running = None;
    }

    fn start_again(&mut self) {
        self.running = Some(Kept::start(&self.folder).unwrap_or_else(|error| panic!("{error}")));
    }

    fn url(&self) -> String {
        self.running.as_ref().unwrap().url().to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.running = None;
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn does(url: &str, sql: &str) {
    let store = Store::open(&Location::Postgres(url.to_owned())).unwrap();
    store.write(Lane::Jobs, |tx| tx.execute(&Sql::new(sql))).unwrap();
}

fn count(url: &str, sql: &str) -> i64 {
    let store = Store::open(&Location::Postgres(url.to_owned())).unwrap();
    store.read(|tx| tx.first(&Sql::new(sql))).unwrap().unwrap().int(0)
}

/// Records of the job that is cut off.
const MANY: i64 = 1200;

#[test]
fn while_the_database_is_away_everybody_is_told_and_afterwards_all_goes_on_by_itself() {
    let mut database = Server::start();
    let place = ["--database-url", &database.url()];
    for (email, name, role) in [("anna@example.it", "Anna", "admin"), ("john@example.it", "John", "seller")] {
        let words = ["user", "create", email, "--role", role, "--name", name, "--password", PASSWORD];
        done(&place, &words);
    }
    let token = done(&place, &["token", "create", "--user", "anna@example.it"]).trim().to_owned();
    let rows = (0..MANY).map(|at| format!("Ditta {at};{}\r\n", 1000 + at)).collect::<String>();
    let file = database.folder.join("ditte.csv");
    std::fs::write(&file, format!("Ragione sociale;Cod.\r\n{rows}")).unwrap();
    done(&place, &["import", "companies", file.to_str().unwrap()]);
    let mut node = Running::start(&place, &["serve", "--listen", "127.0.0.1:0"]);
    // Whoever reads the log has to go on reading, or the program would wait for them.
    let messages = BufReader::new(node.child.stderr.take().unwrap()).lines().map_while(Result::ok);
    let log = spawn(move || messages.collect::<Vec<String>>());
    let (mut anna, mut john) = (
        Plain::signed_in(&node.url, "anna@example.it", PASSWORD),
        Plain::signed_in(&node.url, "john@example.it", PASSWORD),
    );
    let page = john.open("/");
    john.send(page.form("form[action='/language/en']", "English"));
    assert!(john.open("/companies").says("Companies"));
    let form = anna.open("/companies/new").form("#record-form", "Salva").set("legal_name", "Zincheria Prova");
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let api = || {
        let request = agent.get(format!("{}/api/v1/companies", node.url));
        request.header("authorization", format!("Bearer {token}")).call().unwrap()
    };
    let ready = || agent.get(format!("{}/readyz", node.url)).call().unwrap().status().as_u16();
    assert_eq!((api().status().as_u16(), ready()), (200, 200));

    let act = json!({ "act": { "verb": "set", "field": "trade_name", "value": "Insegna" }, "filter": {} });
    let request = agent.post(format!("{}/api/v1/companies/bulk", node.url));
    let begun = request.header("authorization", format!("Bearer {token}")).send(act.to_string()).unwrap();
    assert_eq!(begun.status().as_u16(), 202);

    database.stop();
    assert_eq!(ready(), 503);
    let told = anna.open("/companies");
    assert_eq!(told.status, 503);
    assert!(told.says("I dati non si raggiungono") && told.link("Riprova") == "/companies", "{}", told.text("body"));
    let told = john.open("/companies");
    assert!(told.says("The data cannot be reached"), "in the language of the reader: {}", told.text("body"));
    let refused = anna.send(form);
    assert_eq!(refused.status, 503);
    assert!(refused.says("Quello che hai scritto è ancora qui."), "{}", refused.text("body"));
    let again = refused.form("form", "Manda di nuovo");
    let late = Plain::new(&node.url).open("/sign-in");
    let form = late.form("#sign-in", "Accedi").set("name", "anna@example.it").set("password", PASSWORD);
    let told = Plain::new(&node.url).send(form);
    assert_eq!(told.status, 503);
    assert!(!String::from_utf8_lossy(&told.body).contains(PASSWORD), "no page repeats a password");
    let answer = api();
    assert_eq!(answer.status().as_u16(), 503);
    assert_eq!(answer.headers()["retry-after"], "5");

    database.start_again();
    until("it is ready again", || ready() == 200);
    let page = anna.send(again);
    assert!(page.status == 200 && page.says("Zincheria Prova"), "{}", page.text("body"));
    // Every connection that broke is replaced before anybody sees it.
    for _ in 0..20 {
        assert_eq!((api().status().as_u16(), john.open("/companies").status), (200, 200));
    }
    // Background work goes on as well, once the lease of whoever was cut off is over.
    does(&database.url(), "UPDATE job SET locked_until = 0, run_at = 0");
    let named = "SELECT count(*) FROM party WHERE trade_name = 'Insegna'";
    until("the job is done", || count(&database.url(), named) == MANY);
    assert_eq!(
        count(&database.url(), "SELECT max(records) FROM operation WHERE entity = 'party' AND verb = 'change'"),
        MANY,
        "once"
    );
    drop(anna);
    let mut ended = node;
    ended.child.kill().unwrap();
    let lines = log.join().unwrap();
    assert!(!lines.iter().any(|line| line.contains(PASSWORD) || line.contains("Zincheria")), "{lines:?}");
}

/// What is not there at the start is told, and the program ends.
#[test]
fn without_a_database_the_program_says_so_and_ends() {
    let output = bottega(&["--database-url", "postgres://nobody@127.0.0.1:1/none", "--language", "it"])
        .args(["serve", "--listen", "127.0.0.1:0"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("the database does not answer"), "{said}");
}
