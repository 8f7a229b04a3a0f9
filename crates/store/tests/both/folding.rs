//! Both databases fold text as `base::fold` does.

use store::Sql;
use testkit::world::on_both;

#[test]
fn the_databases_fold_as_the_program_does() {
    on_both(|world| {
        for text in [
            "  Società\u{a0} D’ANGELO — Forlì\t",
            "D`ANGELO  srl",
            "D´Angelo srl",
            "STRAẞE Øre Łódź Đoković Æsir œuvre ΟΔΟΣ Þór ħ ı İstanbul",
            "co\u{ad}op\u{feff}",
            "ﬁne № ½ “virgolette” «caporali» − ‑",
            "ЖУКОВ Ёлка",
            "10% a_b \\ '",
            "",
        ] {
            // A column, because that is what it is called with.
            let sql = Sql::new("SELECT bottega_fold(value) FROM setting WHERE key = 'text'");
            world.engine.set_setting("text", text).unwrap();
            let row = world.engine.store.read(|tx| tx.first(&sql)).unwrap().unwrap();
            assert_eq!(row.text(0), base::fold(text), "{text:?}");
        }
    });
}
