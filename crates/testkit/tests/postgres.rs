//! The promises of the test server.

#![allow(clippy::unwrap_used)]

use postgres::{Client, NoTls};
use testkit::postgres::{fresh_database, from_template};

fn connect(url: &str) -> Client {
    Client::connect(url, NoTls).unwrap()
}

#[test]
fn a_database_is_empty_and_gone_with_its_value() {
    let database = fresh_database();
    let mut client = connect(&database.url);
    client.batch_execute("CREATE TABLE t (x int)").unwrap();
    let url = database.url.clone();
    drop(database);
    assert!(Client::connect(&url, NoTls).is_err());
}

#[test]
fn copies_of_a_template_know_nothing_of_each_other() {
    let prepare = |url: &str| connect(url).batch_execute("CREATE TABLE t (x int)").unwrap();
    let (one, two) = (from_template("copies", prepare), from_template("copies", |_| panic!("prepared twice")));
    connect(&one.url).batch_execute("INSERT INTO t VALUES (1)").unwrap();
    let rows: i64 = connect(&two.url).query_one("SELECT count(*) FROM t", &[]).unwrap().get(0);
    assert_eq!(rows, 0);
}

#[tokio::test]
async fn an_asynchronous_test_may_ask_for_a_database() {
    assert!(fresh_database().url.contains("/test_"));
}

#[test]
fn the_server_sorts_as_italians_do_so_that_a_forgotten_collation_shows() {
    let database = fresh_database();
    let before: bool = connect(&database.url).query_one("SELECT 'à' < 'B'", &[]).unwrap().get(0);
    assert!(before);
}
