//! Saved views and what the program remembers of a person.

use testkit::world::on_both;

#[test]
fn a_view_is_its_owners_until_it_is_shared() {
    on_both(|world| {
        let engine = &world.engine;
        let own = engine.save_view(&world.seller.actor, "probes", " Mine ", false, "sort=name").unwrap();
        let shared = engine.save_view(&world.manager.actor, "probes", "Ours", true, "urgent=true").unwrap();
        let names = |who: &testkit::world::Someone| {
            engine.views(&who.actor, "probes").unwrap().into_iter().map(|view| view.name).collect::<Vec<_>>()
        };
        assert_eq!(names(&world.seller), ["Mine", "Ours"]);
        assert_eq!(names(&world.colleague), ["Ours"]);
        assert!(engine.views(&world.seller.actor, "users").unwrap().is_empty());
        assert!(engine.delete_view(&world.colleague.actor, shared).is_err());
        assert!(engine.delete_view(&world.admin.actor, own).is_err(), "what is not shared is nobody else's");
        engine.delete_view(&world.admin.actor, shared).unwrap();
        engine.delete_view(&world.seller.actor, own).unwrap();
        assert!(names(&world.seller).is_empty());
        assert!(engine.save_view(&world.seller.actor, "probes", " ", false, "").is_err());
    });
}

#[test]
fn a_view_is_changed_by_its_owner_and_may_open_the_list() {
    on_both(|world| {
        let (engine, seller, colleague) = (&world.engine, &world.seller.actor, &world.colleague.actor);
        let own = engine.save_view(seller, "probes", "Mine", false, "sort=-name").unwrap();
        let shared = engine.save_view(seller, "probes", "Ours", true, "").unwrap();

        engine.open_with(colleague, "probes", Some(shared)).unwrap();
        assert_eq!(engine.first_view(colleague, "probes").unwrap().map(|view| view.id), Some(shared));
        assert!(engine.first_view(seller, "probes").unwrap().is_none());
        engine.open_with(colleague, "probes", Some(own)).unwrap();
        assert!(engine.first_view(colleague, "probes").unwrap().is_none(), "it is another's");

        assert!(engine.change_view(colleague, shared, "Stolen", false, "").is_err());
        assert!(engine.change_view(seller, own, "  ", false, "").is_err());
        engine.change_view(seller, own, "Large", true, "sort=name").unwrap();
        assert_eq!(engine.view(colleague, "probes", own).unwrap().query, "sort=name");
        engine.change_view(&world.admin.actor, shared, "All", true, "").unwrap();
        assert_eq!(engine.view(seller, "probes", shared).unwrap().name, "All");
    });
}

#[test]
fn what_is_remembered_of_a_person_is_the_last_they_chose() {
    on_both(|world| {
        let (engine, seller) = (&world.engine, world.seller.rid());
        assert_eq!(engine.preference(seller, "theme").unwrap(), None);
        engine.remember(seller, "theme", "dark").unwrap();
        engine.remember(seller, "theme", "light").unwrap();
        assert_eq!(engine.preference(seller, "theme").unwrap().as_deref(), Some("light"));
        assert_eq!(engine.preference(world.manager.rid(), "theme").unwrap(), None);
        engine.set_setting("company", "Acme").unwrap();
        assert_eq!(engine.setting("company").unwrap().as_deref(), Some("Acme"));
    });
}
