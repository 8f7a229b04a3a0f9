//! Lists, filters, orders and counts, compared with the plainest way to find the same.

use meta::filter::{Where, resolve};
use meta::{Filter, Kind, Op, Verb};
use serde_json::{Value as Json, json};
use store::list::Sort;
use testkit::dice::Dice;
use testkit::plain::Plain;
use testkit::world::{Made, Someone, Target, World, on_both};

use engine::{Query, access};
use meta::filter::Column;

/// Values as the API writes them, some of them nothing.
fn pool(key: &str) -> Vec<Json> {
    let nothing = Json::Null;
    match key {
        "name" => {
            ["Àlfa", "alfa", "Beta 10%", "beta_2", "D’Angelo", "Straße", "Øre", "zeta", "Žižek"].map(Json::from).into()
        }
        "notes" | "story" => vec![nothing, json!("Caffè\ncorretto"), json!("50% di sconto"), json!("niente_altro")],
        "quantity" => vec![nothing, json!(-3), json!(0), json!(7), json!(7), json!(1_000_000)],
        "weight" => vec![nothing, json!("0.125"), json!("12.5"), json!("-1")],
        "price" => vec![
            nothing,
            json!({"amount": "10.50"}),
            json!({"amount": "-2"}),
            json!({"amount": "99", "currency": "USD"}),
        ],
        "share" => vec![nothing, json!("12.5"), json!("100")],
        "day" => vec![nothing, json!("2026-01-15"), json!("2026-02-01"), json!("1999-12-31")],
        "moment" => {
            vec![nothing, json!("2026-01-15T10:00:00Z"), json!("2026-01-15T22:59:59Z"), json!("2026-01-15T23:00:00Z")]
        }
        "length" => vec![nothing, json!(60), json!(3600)],
        "mood" => vec![nothing, json!("good"), json!("odd")],
        "stage" => vec![nothing, json!("fresh"), json!("begun"), json!("over")],
        "label" => vec![nothing, json!("red"), json!("green"), json!("blue"), json!("amber")],
        "tags" => vec![json!([]), json!(["red"]), json!(["red", "blue"]), json!(["green", "amber", "red"])],
        "urgent" => vec![json!(true), json!(false)],
        "emails" => vec![
            json!([]),
            json!([{"value": "mario@rossi.it"}]),
            json!([{"value": "info@acme.it"}, {"value": "Mario@Rossi.it"}]),
        ],
        "phones" => vec![
            json!([]),
            json!([{"value": "02 1234567"}]),
            json!([{"value": "+39 333 1234567"}, {"value": "0574 1234"}]),
        ],
        "sites" => vec![json!([]), json!([{"value": "www.acme.it"}])],
        "places" => vec![
            json!([]),
            json!([{"town": "Milano", "province": "MI"}]),
            json!([{"town": "Forlì"}, {"town": "Prato"}]),
        ],
        "vat_number" => vec![nothing, json!("IT 12345670785"), json!("00743110157")],
        "ibans" => vec![json!([]), json!([{"value": "IT60X0542811101000000123456"}])],
        // In place of it stands what the one uploads who makes the record.
        "paper" | "photo" => vec![nothing, json!("uploaded")],
        "spot" => vec![nothing, json!({"latitude": "45.4641943", "longitude": "9.1896346"})],
        "open_to_all" => vec![json!(false), json!(false), json!(true)],
        _ => vec![nothing],
    }
}

/// Operands that fit a kind, as people write them.
fn operands(world: &World, kind: &Kind, op: Op, known: &[Made], people: &[&Someone]) -> Vec<Json> {
    let one: Vec<Json> = match kind {
        _ if op == Op::Empty => return vec![json!(true), json!(false)],
        _ if op == Op::Within => return ["this-month", "last-year", "-30d", "today"].map(Json::from).into(),
        Kind::Text { .. } => ["alfa", "ÀLFA", "b", "10%", "d'angelo", "STRASSE", "øre", "_", ""].map(Json::from).into(),
        Kind::LongText | Kind::RichText => ["CAFFE", "%", "e_a", "caffè corretto"].map(Json::from).into(),
        Kind::Number { decimals: 0, .. } | Kind::Duration => ["7", "0", "60"].map(Json::from).into(),
        Kind::Number { .. } | Kind::Percent | Kind::Money => ["12.5", "10.50", "-2"].map(Json::from).into(),
        Kind::Date => ["2026-01-15", "today", "2026-02-01"].map(Json::from).into(),
        Kind::Instant => ["2026-01-15", "2026-01-15T10:00:00Z", "tomorrow"].map(Json::from).into(),
        Kind::Choice(_) => ["good", "odd"].map(Json::from).into(),
        Kind::Pick(_) => ["fresh", "begun"].map(Json::from).into(),
        Kind::Picks(_) => ["red", "RED", "amber"].map(Json::from).into(),
        Kind::Tick => vec![json!(true), json!("false")],
        Kind::Link(_) | Kind::AnyLink => vec![json!(known[0].id.to_string()), json!(known[3].id.to_string())],
        Kind::People => {
            people.iter().map(|one| json!(one.id().to_string())).chain([json!("me"), json!("my-team")]).collect()
        }
        Kind::Involved(_) => {
            let agents = agents(world);
            let words = ["me", "my-team", ":brings", "me:follows"].map(Json::from);
            let in_a_role = json!(format!("{}:brings", agents[0]));
            agents.into_iter().map(Json::from).chain(words).chain([in_a_role]).collect()
        }
        Kind::Emails => ["mario", "mario@rossi.it", "ACME"].map(Json::from).into(),
        Kind::Phones => ["021234567", "+39 333 1234567", "0574 1234"].map(Json::from).into(),
        Kind::WebLinks => ["acme", "https://www.acme.it"].map(Json::from).into(),
        Kind::Addresses => ["milano", "FORLI", "Prato", "via", "town", "2012"].map(Json::from).into(),
        Kind::Code(_) | Kind::Codes(_) => {
            ["IT12345670785", "it 12345670785", "IT60 X054 2811", "007"].map(Json::from).into()
        }
        Kind::File | Kind::Picture | Kind::Place => Vec::new(),
    };
    match op {
        Op::In => vec![json!(&one[..1]), Json::Array(one), json!([])],
        Op::Between => vec![json!([one[0], one[1]]), json!([one[1], one[0]])],
        _ => one,
    }
}

/// An agent, their agency, one who is the seller too, one whose time is over and one who is no user; by their ids.
fn agents(world: &World) -> [String; 5] {
    let known = |name: &str| world.admin.engine.named(&world.admin.actor, "probe_agent", name).unwrap();
    if known("Agency").is_empty() {
        let (agent, boss) = (world.hires("agent", "agent"), world.hires("boss", "agency"));
        let former = world.hires("former", "agent");
        let agency = world.admin.creates("probe_agents", json!({"name": "Agency", "user": boss.id().to_string()}));
        for fields in [
            json!({"name": "Agent", "user": agent.id().to_string(), "part_of": agency.id.to_string()}),
            json!({"name": "Seller", "user": world.seller.id().to_string(), "since": "2020-01-01"}),
            json!({"name": "Former", "user": former.id().to_string(), "until": "2020-01-01"}),
            json!({"name": "Nobody", "part_of": agency.id.to_string()}),
        ] {
            world.admin.creates("probe_agents", fields);
        }
    }
    ["Agency", "Agent", "Seller", "Former", "Nobody"].map(|name| known(name)[0].id.to_string())
}

/// Everybody, with those who came for [`agents`], as what they are by now.
fn everybody(world: &World) -> Vec<Someone> {
    let known = |name: &&str| world.engine.user_named(&format!("{name}@example.it")).unwrap();
    let actor = |user| world.engine.actor(&user, engine::Channel::Form).unwrap();
    let hired =
        ["agent", "boss", "former"].iter().filter_map(known).map(|user| Someone::new(&world.engine, actor(user)));
    world.people().into_iter().map(Someone::anew).chain(hired).collect()
}

/// Records of all sorts, made by several people.
pub fn fill(world: &World, count: usize, seed: u64) -> Vec<Made> {
    let mut dice = Dice::new(seed);
    let catalogue = world.engine.catalogue();
    let model = catalogue.model("probe").unwrap();
    let agents = agents(world);
    let makers = [&world.admin, &world.manager, &world.seller, &world.colleague, &world.technician];
    let mut made: Vec<Made> = Vec::new();
    for number in 0..count {
        let mut fields = serde_json::Map::new();
        for def in model.fields.iter().filter(|def| {
            !def.read_only && !["in_charge", "parent", "about", "serial", "size", "reason"].contains(&def.key)
        }) {
            fields.insert(def.key.to_owned(), dice.pick(&pool(def.key)));
        }
        let maker = makers[number % makers.len()];
        let mut involved = Vec::new();
        for _ in 0..dice.roll(4) {
            let role = dice.pick(&[Json::Null, json!("brings"), json!("follows")]);
            involved.push(json!({"id": dice.pick(&agents), "role": role}));
        }
        fields.insert("involved".to_owned(), Json::Array(involved));
        fields.values_mut().filter(|value| **value == "uploaded").for_each(|value| *value = json!(maker.uploads()));
        if number > 3 && dice.roll(3) == 0 {
            let target = dice.pick(&made);
            if maker.tries_to_open(&target).is_ok_and(|target| target.deleted_at.is_none()) {
                fields.insert("parent".to_owned(), json!(target.id.to_string()));
                fields.insert("about".to_owned(), json!(target.id.to_string()));
            }
        }
        made.push(maker.creates("probes", Json::Object(fields)));
        let probe = made.last().unwrap();
        if dice.roll(3) == 0 {
            let amount = dice.pick(&[Json::Null, json!(3)]);
            made_child(maker, probe, amount);
        }
        if dice.roll(12) == 0 {
            world.admin.deletes(probe);
        }
    }
    made.retain(|probe| world.admin.opens(probe).deleted_at.is_none());
    made
}

fn made_child(maker: &Someone, probe: &Made, amount: Json) {
    maker.creates("probe_children", json!({"name": "child", "probe": probe.id.to_string(), "amount": amount}));
}

/// What one asks for, found by the program and found plainly; both by row.
#[track_caller]
fn agree(world: &World, plain: &Plain, who: &Someone, path: &str, filter: Filter, sort: &[&str]) {
    let (model, face) = plain.catalogue.at_path(path).unwrap();
    let query =
        Query { filter: filter.clone(), sort: sort.iter().map(|key| (*key).to_owned()).collect(), ..Query::all(path) };
    let found =
        who.tries_to_list(&query, 7).unwrap_or_else(|error| panic!("{}: {filter:?} {sort:?}: {error}", who.actor.name));
    let found: Vec<_> = found.into_iter().map(|record| record.rid).collect();
    let asked = resolve(&filter, model, plain.catalogue, &who.actor.asking()).unwrap();
    let mut parts = vec![access::guard(asked, &who.actor, model, plain.catalogue)];
    parts.extend(access::allowed(&who.actor.person, model, face, Verb::View));
    parts.extend(face.map(|face| access::only(model, face)));
    let sorts: Vec<Sort> = sort
        .iter()
        .map(|key| {
            let (key, descending) = key.strip_prefix('-').map_or((*key, false), |key| (key, true));
            let by = match key {
                "id" => Column::Id,
                "updated_at" => Column::UpdatedAt,
                key => Column::Field(model.position(key).unwrap()),
            };
            Sort { by, descending }
        })
        .collect();
    let wanted = plain.list(model, &Where::All(parts), &sorts);
    let titles = |rids: &[base::Rid]| rids.iter().map(|rid| plain.records[rid].1.title.clone()).collect::<Vec<_>>();
    assert_eq!(
        found,
        wanted,
        "{} {path} {filter:?} {sort:?}\n{:?}\n{:?}",
        who.actor.name,
        titles(&found),
        titles(&wanted)
    );
    let count = world.engine.count(&who.actor, &query).unwrap().found;
    assert_eq!(count, wanted.len(), "the count of {filter:?}");
}

#[test]
fn every_operator_of_every_kind_finds_what_it_says() {
    on_both(|world| {
        let made = fill(world, 60, 1);
        let catalogue = world.engine.catalogue();
        let plain = Plain::read(&world.engine.store, &catalogue);
        let people = [&world.seller, &world.manager];
        let fields = catalogue.model("probe").unwrap().fields.iter().map(|def| (def.key, def.kind));
        for (key, kind) in
            fields.chain([("id", Kind::AnyLink), ("created_at", Kind::Instant), ("updated_at", Kind::Instant)])
        {
            for op in kind.operators() {
                for operand in operands(world, &kind, *op, &made, &people) {
                    let filter = Filter::test(key, *op, operand);
                    agree(world, &plain, &world.seller, "probes", filter.clone(), &[]);
                    agree(world, &plain, &world.manager, "probes", Filter::Not(Box::new(filter)), &["name"]);
                }
            }
        }
    });
}

#[test]
fn filters_go_through_links_to_what_one_may_see() {
    on_both(|world| {
        let made = fill(world, 60, 2);
        let catalogue = world.engine.catalogue();
        let plain = Plain::read(&world.engine.store, &catalogue);
        let people = [&world.seller, &world.manager];
        for def in &catalogue.model("probe").unwrap().fields {
            for op in def.kind.operators() {
                for operand in operands(world, &def.kind, *op, &made, &people).into_iter().take(2) {
                    agree(
                        world,
                        &plain,
                        &world.seller,
                        "probe_children",
                        Filter::test(format!("probe.{}", def.key), *op, operand.clone()),
                        &["amount"],
                    );
                    agree(
                        world,
                        &plain,
                        &world.technician,
                        "probes",
                        Filter::test(format!("parent.{}", def.key), *op, operand),
                        &[],
                    );
                }
            }
        }
    });
}

#[test]
fn every_order_shows_every_record_once_and_in_its_place() {
    on_both(|world| {
        fill(world, 50, 3);
        let catalogue = world.engine.catalogue();
        let plain = Plain::read(&world.engine.store, &catalogue);
        let model = catalogue.model("probe").unwrap();
        let keys: Vec<&str> =
            model.fields.iter().filter(|def| def.kind.sorts()).map(|def| def.key).chain(["id", "updated_at"]).collect();
        let everybody = everybody(world);
        let agent = everybody.iter().find(|one| one.actor.name == "agent").unwrap();
        for who in [&world.manager, &world.seller, agent] {
            for key in &keys {
                agree(world, &plain, who, "probes", Filter::everything(), &[key]);
                agree(world, &plain, who, "probes", Filter::everything(), &[&format!("-{key}")]);
            }
            for (index, key) in keys.iter().enumerate() {
                let (second, third) = (keys[(index + 5) % keys.len()], keys[(index + 11) % keys.len()]);
                agree(world, &plain, who, "probes", Filter::everything(), &[key, &format!("-{second}"), third]);
                agree(world, &plain, who, "probes", Filter::everything(), &[&format!("-{key}"), &format!("-{second}")]);
            }
        }
        agree(world, &plain, &world.seller, "probe_children", Filter::everything(), &["probe", "-amount"]);
    });
}

#[test]
fn in_worlds_thrown_at_random_lists_say_what_is_there() {
    on_both(|world| {
        for seed in 10..14 {
            let made = fill(world, 40, seed);
            let catalogue = world.engine.catalogue();
            let plain = Plain::read(&world.engine.store, &catalogue);
            let everybody = everybody(world);
            let mut dice = Dice::new(seed);
            for _ in 0..80 {
                let filter = thrown(&mut dice, world, &made, 2);
                let who = &dice.pick(&everybody);
                let path = dice.pick(&["probes", "urgent_probes", "sad_probes"]);
                let key = dice.pick(&["name", "-stage", "label", "-price", "day", "-mood", "quantity", "-id"]);
                agree(world, &plain, who, path, filter, &[key, "-quantity"]);
            }
        }
    });
}

fn thrown(dice: &mut Dice, world: &World, made: &[Made], deep: usize) -> Filter {
    let parts = |dice: &mut Dice| (0..1 + dice.roll(3)).map(|_| thrown(dice, world, made, deep - 1)).collect();
    match if deep == 0 { 9 } else { dice.roll(6) } {
        0 => Filter::All(parts(dice)),
        1 => Filter::Any(parts(dice)),
        2 => Filter::Not(Box::new(thrown(dice, world, made, deep - 1))),
        _ => {
            let catalogue = world.engine.catalogue();
            let def = dice.pick(&catalogue.model("probe").unwrap().fields);
            let op = dice.pick(def.kind.operators());
            let operand = dice.pick(&operands(world, &def.kind, op, made, &[&world.seller, &world.mate]));
            let hop = if dice.roll(4) == 0 { "parent." } else { "" };
            Filter::test(format!("{hop}{}", def.key), op, operand)
        }
    }
}

#[test]
fn search_finds_words_beginnings_numbers_and_near_misses() {
    on_both(|world| {
        let create = |fields| world.seller.creates("probes", fields);
        create(
            json!({"name": "Officine Forlì d’Angelo", "emails": [{"value": "info@forli.it"}], "phones": [{"value": "0543 123456"}]}),
        );
        create(json!({"name": "Caseificio Valtellina", "notes": "Formaggi e burro", "vat_number": "IT12345670785"}));
        let gone = create(json!({"name": "Caseificio Gone"}));
        world.seller.deletes(&gone);
        let find = |words| world.seller.finds("probes", words);
        let one = ["Officine Forlì d’Angelo"];
        assert_eq!(find("forli"), one);
        assert_eq!(find("ANGELO offic"), one);
        assert_eq!(find("0543 123456"), one);
        assert_eq!(find("ficine"), one, "a fragment");
        assert_eq!(find("oficine"), one, "a near miss");
        assert_eq!(find("casei"), ["Caseificio Valtellina"], "what is in the trash is not found");
        assert_eq!(find("burro formaggi"), ["Caseificio Valtellina"]);
        assert_eq!(find("12345670785"), ["Caseificio Valtellina"]);
        assert!(find("inesistente").is_empty());
        assert!(world.colleague.finds("probes", "forli").is_empty(), "what belongs to others is not found");
        assert_eq!(world.viewer.finds("probes", "forli"), one);
        for words in ["\"", "a\"b", "' OR 1", "(", "*", "NOT", "NEAR(", "a:b", "&|!", "%", "-"] {
            find(words);
        }
    });
}

#[test]
fn what_is_theirs_is_found_among_many_that_are_not() {
    on_both(|world| {
        let crowd = (0..240).map(|n| (Target::New(None), json!({"name": format!("Rossi {n}")})));
        world.colleague.saves("probes", crowd.clone().collect()).unwrap();
        world.seller.creates("probes", json!({"name": "Carlo Rossi"}));
        world.colleague.saves("probes", crowd.collect()).unwrap();
        world.colleague.creates("probes", json!({"name": "Rossi"}));
        assert_eq!(world.seller.finds("probes", "rossi"), ["Carlo Rossi"]);
        let find = |who: &Someone| {
            let found = world.engine.find(&who.actor, "rossi", 8).unwrap();
            found.into_iter().map(|found| found.title).collect::<Vec<_>>()
        };
        assert_eq!(find(&world.seller), ["Carlo Rossi"]);
        let all = find(&world.viewer);
        assert_eq!((all.len(), all[0].as_str()), (8, "Rossi"), "the nearest first");
        let query = Query { search: Some("rossi".to_owned()), ..Query::all("probes") };
        assert_eq!(world.engine.count(&world.viewer.actor, &query).unwrap().found, 482);
    });
}

#[test]
fn what_lies_in_the_trash_is_found_there() {
    on_both(|world| {
        let gone = world.seller.creates("probes", json!({"name": "Caseificio"}));
        world.seller.deletes(&gone);
        let query = Query { search: Some("casei".to_owned()), trash: true, ..Query::all("probes") };
        assert_eq!(world.seller.asks(&query), ["Caseificio"]);
    });
}

#[test]
fn what_changes_is_found_under_its_new_words_and_no_longer_under_the_old() {
    on_both(|world| {
        let probe = world.seller.creates("probes", json!({"name": "Vecchio", "notes": "prima"}));
        world.seller.changes(&probe, json!({"name": "Nuovo", "notes": null}));
        assert_eq!(world.seller.finds("probes", "nuovo"), ["Nuovo"]);
        assert!(world.seller.finds("probes", "vecchio").is_empty());
        assert!(world.seller.finds("probes", "prima").is_empty());
    });
}

#[test]
fn an_order_or_a_filter_that_is_none_is_refused_by_name() {
    on_both(|world| {
        let query = |sort: &str, filter| Query { sort: vec![sort.to_owned()], filter, ..Query::all("probes") };
        let refused = |query: Query| world.seller.tries_to_list(&query, 3).unwrap_err().to_string();
        assert!(refused(query("notes", Filter::everything())).contains("notes"));
        assert!(refused(query("name", Filter::test("colour", Op::Eq, "red"))).contains("colour"));
        assert!(refused(query("name", Filter::test("name.town", Op::Eq, "x"))).contains("name.town"));
        assert!(refused(query("name", Filter::test("urgent", Op::Contains, "x"))).contains("urgent"));
        assert!(matches!(world.seller.tries_to_list(&Query::all("nothing"), 3), Err(base::Error::Missing)));
    });
}
