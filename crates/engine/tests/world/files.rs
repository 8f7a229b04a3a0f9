//! Pictures: who sees them, how they come back, and what is not taken.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use base::Error;
use base::words::{Language, Words};
use engine::Engine;
use meta::access::Sight;
use serde_json::json;
use store::Location;
use testkit::pictures::{jpeg, png, size};
use testkit::world::{ENTITIES, World, on_both};

#[track_caller]
fn refused<T: std::fmt::Debug>(done: base::Result<T>) -> (Option<String>, &'static str) {
    match done {
        Err(Error::Refused(problems)) => (problems[0].field.clone(), problems[0].code),
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn a_picture_is_seen_by_those_who_see_the_record_and_by_nobody_else() {
    on_both(|world| {
        let photo = world.seller.uploads();
        assert!(world.seller.sees_file(&photo), "one's own upload, before a record holds it");
        assert!(!world.admin.sees_file(&photo), "nobody else's");
        let made = world.seller.creates("probes", json!({"name": "x", "photo": photo}));
        assert!(world.seller.sees_file(&photo) && world.admin.sees_file(&photo));
        assert!(!world.colleague.sees_file(&photo) && !world.technician.sees_file(&photo));
        world.seller.changes(&made, json!({"open_to_all": true}));
        assert!(world.colleague.sees_file(&photo));
        // Handing the record over takes the picture along.
        world.admin.changes(&made, json!({"open_to_all": false, "in_charge": [world.technician.id().to_string()]}));
        assert!(world.technician.sees_file(&photo) && !world.seller.sees_file(&photo));
    });
}

#[test]
fn a_picture_behind_a_field_that_a_role_hides_is_not_there() {
    on_both(|world| {
        let photo = world.seller.uploads();
        let made = world.seller.creates("probes", json!({"name": "x", "photo": photo}));
        let mut without = world.manager.anew();
        let hidden = BTreeMap::from([("photo".to_owned(), Sight::Hidden)]);
        without.actor.person.rights.fields.insert("probe".to_owned(), hidden);
        assert!(world.manager.sees_file(&photo) && !without.sees_file(&photo));
        let upload: base::Id = photo.parse().unwrap();
        world.seller.engine.comment(&world.seller.actor, "probes", made.id, "Look", &[upload]).unwrap();
        assert!(without.sees_file(&photo), "said of the record, for all who see it");
    });
}

#[test]
fn a_replaced_picture_is_no_longer_seen_and_undo_brings_it_back() {
    on_both(|world| {
        let (old, new) = (world.seller.uploads(), world.seller.uploads());
        let made = world.seller.creates("probes", json!({"name": "x", "photo": old, "open_to_all": true}));
        let changed = world.seller.changes(&made, json!({"photo": new}));
        assert!(!world.colleague.sees_file(&old) && world.colleague.sees_file(&new));
        world.engine.sweep_files().unwrap();
        world.engine.store.sweep_files(base::clock::now() + chrono::Duration::days(2)).unwrap();
        assert!(world.seller.undoes(changed.operation).kept.is_empty());
        assert_eq!(world.colleague.sees(&made, "photo"), json!(old));
        assert!(world.colleague.sees_file(&old));
        let removed = world.seller.changes(&made, json!({"photo": null}));
        world.seller.undoes(removed.operation);
        assert!(world.colleague.sees_file(&old));
    });
}

#[test]
fn an_upload_that_no_record_takes_up_goes_after_a_day() {
    on_both(|world| {
        let photo = world.seller.uploads();
        assert_eq!(world.engine.sweep_files().unwrap(), 0);
        assert!(world.seller.sees_file(&photo));
        assert_eq!(world.engine.store.sweep_files(base::clock::now() + chrono::Duration::days(2)).unwrap(), 1);
        assert!(!world.seller.sees_file(&photo));
        let late = world.seller.tries_to_create("probes", json!({"name": "x", "photo": photo}));
        assert_eq!(refused(late), (Some("photo".to_owned()), "missing"));
    });
}

#[test]
fn a_file_that_one_neither_uploaded_nor_sees_is_refused_at_the_field() {
    on_both(|world| {
        let photo = world.seller.uploads();
        let at_the_field = (Some("photo".to_owned()), "missing");
        for stranger in [photo.as_str(), "0192d3a0-0000-7000-8000-000000000000", "../../etc/passwd"] {
            let tried = world.technician.tries_to_create("probes", json!({"name": "x", "photo": stranger}));
            assert_eq!(refused(tried), at_the_field);
        }
        world.seller.creates("probes", json!({"name": "x", "photo": photo, "open_to_all": true}));
        let made = world.technician.creates("probes", json!({"name": "y", "photo": photo.to_uppercase()}));
        assert_eq!(world.technician.sees(&made, "photo"), json!(photo), "what one sees one may use again");
    });
}

#[test]
fn what_is_no_whole_picture_is_refused_in_words() {
    on_both(|world| {
        let whole = jpeg(300, 300);
        let html = [&whole[..4], b"<!doctype html><script>alert(1)</script>"].concat();
        for (bytes, code) in [
            (b"%PDF-1.7 named photo.jpg".to_vec(), "not_a_picture"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "not_a_picture"),
            (html, "damaged"),
            (whole[..whole.len() / 2].to_vec(), "damaged"),
            (vec![0; 11 << 20], "too_large"),
            (Vec::new(), "not_a_picture"),
        ] {
            assert_eq!(refused(world.seller.tries_to_upload(&bytes)), (Some("photo".to_owned()), code));
        }
    });
}

#[test]
fn a_picture_is_cut_to_its_frame_and_has_a_thumbnail() {
    on_both(|world| {
        let id = world.seller.tries_to_upload(&png(1000, 800)).unwrap();
        let file = world.engine.file(&world.seller.actor, id).unwrap();
        assert_eq!(size(&world.engine.file_bytes(&file).unwrap()), (400, 600));
        assert_eq!(size(&world.engine.thumbnail(&file).unwrap()), (96, 96));
        assert!(["image/png", "image/jpeg"].contains(&file.mime.as_str()));
    });
}

fn symptoms(engine: &Engine, fix: bool) -> Vec<String> {
    let words = Words::new(Language::En, &[]).unwrap();
    engine.examine(fix, &words).unwrap().into_iter().map(|finding| words.text(&finding.what)).collect()
}

#[test]
fn a_backup_brings_pictures_from_either_database_into_either() {
    on_both(|world| {
        let photo = world.seller.uploads();
        let made = world.seller.creates("probes", json!({"name": "x", "photo": photo}));
        let folder = tempfile::tempdir().unwrap();
        let backup = folder.path().join("all.db");
        world.engine.back_up(&backup).unwrap();
        let expected = bytes(&world.engine, world, &photo);
        let database = testkit::postgres::fresh_database();
        for place in [Location::Folder(folder.path().join("restored")), Location::Postgres(database.url.clone())] {
            engine::backup::restore(&backup, &place, ENTITIES, None).unwrap();
            let restored = Engine::open(&place, ENTITIES).unwrap();
            assert_eq!(bytes(&restored, world, &photo), expected);
            assert!(restored.record(&world.seller.actor, made.path, made.id).is_ok());
            assert_eq!(symptoms(&restored, false), [""; 0]);
        }
        let names = |folder: &Path| std::fs::read_dir(folder).unwrap().count();
        assert_eq!(names(folder.path()), 2, "nothing is left beside the backup and what was restored");
    });
}

fn bytes(engine: &Engine, world: &World, id: &str) -> Vec<u8> {
    engine.file_bytes(&engine.file(&world.seller.actor, id.parse().unwrap()).unwrap()).unwrap()
}

#[test]
fn the_doctor_finds_lost_damaged_and_stray_files() {
    let world = World::sqlite();
    let Location::Folder(folder) = &world.location else { panic!("SQLite lies in a folder") };
    let place = |id: &str| folder.join("files").join(&id[id.len() - 2..]).join(id);
    let (lost, damaged) = (world.seller.uploads(), world.seller.uploads());
    world.seller.creates("probes", json!({"name": "x", "photo": lost, "paper": damaged}));
    assert_eq!(symptoms(&world.engine, false), [""; 0]);
    std::fs::remove_file(place(&lost)).unwrap();
    std::fs::write(place(&damaged), "other").unwrap();
    let stray = place(&damaged).with_extension("part");
    std::fs::write(&stray, "cut off").unwrap();
    assert_eq!(world.engine.store.stray_files(Duration::ZERO).unwrap(), std::slice::from_ref(&stray));
    let hours_ago = std::time::SystemTime::now() - Duration::from_secs(7200);
    std::fs::File::open(&stray).unwrap().set_modified(hours_ago).unwrap();
    let found = symptoms(&world.engine, true);
    assert_eq!(
        found,
        [
            "The file photo.jpg is gone",
            "The file photo.jpg is damaged",
            "Files in the data folder that belong to nothing: 1"
        ]
    );
    assert!(!stray.exists());
    assert_eq!(symptoms(&world.engine, false).len(), 2, "what is lost does not come back by itself");
    assert!(matches!(
        world.engine.file_bytes(&world.engine.file(&world.seller.actor, lost.parse().unwrap()).unwrap()),
        Err(Error::Missing)
    ));
}
