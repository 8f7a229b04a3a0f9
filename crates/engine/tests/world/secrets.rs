//! The secret key: what is sealed with it, and what becomes of a node with another one.

use base::Error;
use engine::Engine;
use engine::secret::SecretKey;
use store::{Location, Store};
use testkit::world::{ENTITIES, World, on_both, secret_key};

fn open(world: &World, key: Option<SecretKey>) -> base::Result<Engine> {
    Engine::open_keyed(&world.location, ENTITIES, key)
}

fn does_not_start(opened: base::Result<Engine>, why: &str) {
    match opened {
        Err(Error::Unreadable(text)) => assert!(text.to_string().contains(why), "{text}"),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it starts"),
    }
}

#[test]
fn what_is_sealed_is_read_by_another_node_with_the_same_key() {
    on_both(|world| {
        let sealed = world.engine.seal("mail", b"password").unwrap();
        let other = world.second_engine();
        assert_eq!(other.unseal("mail", &sealed).unwrap().as_deref(), Some(&b"password"[..]));
        assert_eq!(other.unseal("second factor 3", &sealed).unwrap(), None);
        let place = world.engine.passing_key().seal("list", b"place").unwrap();
        assert_eq!(other.passing_key().open("list", &place).as_deref(), Some(&b"place"[..]));
    });
}

#[test]
fn a_node_with_another_key_does_not_start_until_the_old_one_is_forgotten() {
    on_both(|world| {
        let sealed = world.engine.seal("mail", b"password").unwrap();
        let other = SecretKey::random().unwrap();
        does_not_start(open(world, Some(other.clone())), "is another than the one");
        does_not_start(open(world, None), "which is missing");
        let store = Store::open(&world.location).unwrap();
        assert!(engine::secret::forget(&store).unwrap());
        let anew = open(world, Some(other)).unwrap();
        assert_eq!(anew.unseal("mail", &sealed).unwrap(), None, "it must be given again");
        does_not_start(open(world, Some(secret_key())), "is another than the one");
    });
}

#[test]
fn the_data_folder_gets_a_key_of_its_own_that_only_its_owner_reads() {
    let folder = tempfile::tempdir().unwrap();
    let location = Location::Folder(folder.path().to_owned());
    let sealed = Engine::open(&location, ENTITIES).unwrap().seal("mail", b"password").unwrap();
    let file = folder.path().join("secret.key");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let again = Engine::open(&location, ENTITIES).unwrap();
    assert_eq!(again.unseal("mail", &sealed).unwrap().as_deref(), Some(&b"password"[..]));
    drop(again);
    std::fs::remove_file(&file).unwrap();
    does_not_start(Engine::open(&location, ENTITIES), "which is missing");
    assert!(!file.exists(), "no other key is made in its place");
}

#[test]
fn without_a_key_postgresql_works_and_only_what_must_be_sealed_is_refused() {
    let database = testkit::postgres::fresh_database();
    let engine = Engine::open(&Location::Postgres(database.url.clone()), ENTITIES).unwrap();
    assert!(!engine.has_secret_key());
    match engine.seal("mail", b"password") {
        Err(Error::Refused(problems)) => assert_eq!(problems[0].code, "no_secret_key"),
        other => panic!("{other:?}"),
    }
    engine.passing_key().seal("list", b"place").unwrap();
}

#[test]
fn a_backup_is_restored_without_its_key_and_says_so() {
    on_both(|world| {
        let sealed = world.engine.seal("mail", b"password").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("backup.db");
        world.engine.back_up(&file).unwrap();
        let there = |name: &str| Location::Folder(folder.path().join(name));
        assert!(engine::backup::restore(&file, &there("with"), ENTITIES, Some(secret_key())).unwrap());
        let with = Engine::open_keyed(&there("with"), ENTITIES, Some(secret_key())).unwrap();
        assert!(with.unseal("mail", &sealed).unwrap().is_some());
        assert!(!engine::backup::restore(&file, &there("without"), ENTITIES, None).unwrap());
        let without = Engine::open(&there("without"), ENTITIES).unwrap();
        assert_eq!(without.unseal("mail", &sealed).unwrap(), None);
    });
}
