//! Comments: who reads and writes them, who is named, what is attached, and how they are taken back.

use base::{Error, Id, Result};
use engine::comments::Said;
use engine::history::Spoken;
use serde_json::json;
use testkit::world::{Made, Someone, on_both};

trait Comments {
    fn says(&self, record: &Made, text: &str) -> Said;
    fn tries_to_say(&self, record: &Made, text: &str, files: &[Id]) -> Result<Said>;
    fn tries_to_read(&self, record: &Made) -> Result<Vec<String>>;
    fn reads(&self, record: &Made) -> Vec<String>;
}

impl Comments for Someone {
    #[track_caller]
    fn says(&self, record: &Made, text: &str) -> Said {
        self.tries_to_say(record, text, &[]).unwrap()
    }

    fn tries_to_say(&self, record: &Made, text: &str, files: &[Id]) -> Result<Said> {
        self.engine.comment(&self.actor, record.path, record.id, text, files)
    }

    fn tries_to_read(&self, record: &Made) -> Result<Vec<String>> {
        let found = self.engine.comments(&self.actor, record.path, record.id, None, 50)?;
        Ok(found.items.into_iter().map(|one| one.text).collect())
    }

    #[track_caller]
    fn reads(&self, record: &Made) -> Vec<String> {
        self.tries_to_read(record).unwrap()
    }
}

#[track_caller]
fn code<T: std::fmt::Debug>(done: Result<T>) -> &'static str {
    match done {
        Err(Error::Refused(problems)) => problems[0].code,
        Err(Error::Missing) => "missing",
        Err(Error::Denied(_)) => "denied",
        other => panic!("{other:?}"),
    }
}

#[test]
fn whoever_sees_a_record_reads_and_writes_its_comments_and_nobody_else() {
    on_both(|world| {
        let made = world.seller.creates("probes", json!({"name": "x"}));
        let said = world.seller.says(&made, "  Chiamati ieri\r\nrichiamano  ");
        world.admin.says(&made, "Bene");
        assert_eq!(world.seller.reads(&made), ["Chiamati ieri\nrichiamano", "Bene"]);
        assert_eq!(code(world.colleague.tries_to_read(&made)), "missing");
        assert_eq!(code(world.colleague.tries_to_say(&made, "ciao", &[])), "missing");
        assert_eq!(code(world.engine.change_comment(&world.colleague.actor, said.id, "ciao")), "missing");
        assert_eq!(code(world.engine.delete_comment(&world.colleague.actor, said.id)), "missing");
        assert_eq!(code(world.engine.delete_comment(&world.colleague.actor, Id::new())), "missing");
        world.seller.changes(&made, json!({"open_to_all": true}));
        assert_eq!(world.colleague.reads(&made).len(), 2);
        world.colleague.says(&made, "Vedo anch'io");
        assert_eq!(code(world.engine.change_comment(&world.colleague.actor, said.id, "altro")), "denied");
    });
}

#[test]
fn what_one_said_one_changes_and_takes_away_and_all_of_it_can_be_undone() {
    on_both(|world| {
        let made = world.seller.creates("probes", json!({"name": "x", "open_to_all": true}));
        let said = world.seller.says(&made, "prima");
        let version = world.seller.opens(&made).version;
        let changed = world.engine.change_comment(&world.seller.actor, said.id, "dopo").unwrap();
        assert_eq!(world.engine.change_comment(&world.seller.actor, said.id, "dopo").unwrap().operation, None);
        let gone = world.engine.delete_comment(&world.admin.actor, said.id).unwrap();
        assert_eq!(world.seller.reads(&made), [""; 0]);
        let kept = world.seller.undoes(changed.operation).kept;
        assert_eq!(kept.len(), 1, "it was taken away since");
        assert_eq!(code(world.seller.tries_to_undo(gone.operation)), "missing", "another's act");
        let back = world.admin.undoes(gone.operation);
        assert_eq!(world.seller.reads(&made), ["dopo"]);
        world.admin.undoes(back.operation);
        assert_eq!(world.seller.reads(&made), [""; 0], "an undo is undone too");
        let history = world.seller.reads_history(&made);
        let spoken: Vec<Spoken> = history.events.iter().filter_map(|event| event.comment).collect();
        assert_eq!(spoken[spoken.len() - 3..], [Spoken::Deleted, Spoken::Changed, Spoken::Written]);
        assert_eq!(world.seller.opens(&made).version, version, "the record itself is the same");
        // Whoever read the record before somebody commented it saves without a conflict.
        world.seller.changes(&made, json!({"name": "y"}));
    });
}

#[test]
fn nothing_is_said_of_what_lies_in_the_trash_and_it_comes_back_with_its_comments() {
    on_both(|world| {
        let made = world.seller.creates("probes", json!({"name": "x"}));
        world.seller.says(&made, "detto");
        world.seller.deletes(&made);
        assert_eq!(code(world.seller.tries_to_say(&made, "ancora", &[])), "deleted");
        world.seller.restores(&made);
        assert_eq!(world.seller.reads(&made), ["detto"]);
        for wrong in ["", "  \n "] {
            assert_eq!(code(world.seller.tries_to_say(&made, wrong, &[])), "required");
        }
        assert_eq!(code(world.seller.tries_to_say(&made, &"x".repeat(10_001), &[])), "too_long");
    });
}

#[test]
fn files_of_a_comment_are_seen_with_the_record() {
    on_both(|world| {
        let made = world.seller.creates("probes", json!({"name": "x"}));
        let upload =
            engine::files::Upload { name: "Offerta.pdf", mime: "application/pdf", bytes: b"%PDF-1.7", thumbnail: None };
        let file = world.engine.keep_file(&world.seller.actor, &upload).unwrap();
        assert_eq!(code(world.admin.tries_to_say(&made, "di un altro", &[file])), "missing");
        let said = world.seller.tries_to_say(&made, "", &[file]).unwrap();
        let known = |id: &Id| id.to_string();
        assert!(world.admin.sees_file(&known(&file)) && !world.colleague.sees_file(&known(&file)));
        let found = world.engine.comments(&world.admin.actor, made.path, made.id, None, 5).unwrap();
        assert_eq!(found.items[0].files[0].name, "Offerta.pdf");
        world.engine.store.sweep_files(base::clock::now() + chrono::Duration::days(2)).unwrap();
        assert!(world.admin.sees_file(&known(&file)), "it is taken up");
        world.engine.delete_comment(&world.seller.actor, said.id).unwrap();
        assert!(!world.admin.sees_file(&known(&file)));
    });
}

#[test]
fn comments_go_along_with_a_merge_and_come_back_with_its_undo() {
    on_both(|world| {
        let stays = world.admin.creates("probes", json!({"name": "stays"}));
        let goes = world.admin.creates("probes", json!({"name": "goes"}));
        world.admin.says(&goes, "di chi va");
        world.admin.says(&stays, "di chi resta");
        let merged = world.engine.merge(&world.admin.actor, stays.path, stays.id, &[goes.id], Vec::new()).unwrap();
        assert_eq!(world.admin.reads(&stays), ["di chi va", "di chi resta"]);
        world.admin.undoes(Some(merged.operation));
        assert_eq!(world.admin.reads(&stays), ["di chi resta"]);
        assert_eq!(world.admin.reads(&goes), ["di chi va"]);
    });
}

#[test]
fn comments_come_page_by_page_and_name_who_is_meant() {
    on_both(|world| {
        let made = world.seller.creates("probes", json!({"name": "x"}));
        for number in 0..5 {
            world.seller.says(&made, &format!("{number}, @admin"));
        }
        let page = |before| world.engine.comments(&world.seller.actor, made.path, made.id, before, 2).unwrap();
        let last = page(None);
        assert!(last.earlier && last.items.iter().all(|one| one.mentions == [world.admin.rid()]));
        let before = page(Some(last.items[0].id));
        let texts = |page: &engine::comments::Comments| -> Vec<String> {
            page.items.iter().map(|one| one.text[..1].to_owned()).collect()
        };
        assert_eq!((texts(&before), texts(&last)), (vec!["1".into(), "2".into()], vec!["3".into(), "4".into()]));
        let first = page(Some(before.items[0].id));
        assert_eq!((texts(&first), first.earlier), (vec!["0".into()], false));
    });
}
