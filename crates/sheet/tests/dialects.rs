//! What sniffing makes of tables as people have them.

#![allow(clippy::unwrap_used)]

mod common;

use common::{all, file};
use sheet::{DateOrder, Decimal, Looks, Shape, resniff, sniff};

fn sniffed(text: &str) -> Shape {
    sniff(file(text).path()).unwrap()
}

#[test]
fn decimal_commas_do_not_pass_for_separators() {
    for text in ["nome;prezzo;sconto\npane;1,50;2,5\nlatte;1,80;0,5\n", "1,5;2,5\n3,5;4,5\n1,0;2,0\n"] {
        assert_eq!(sniffed(text).separator, ';');
    }
}

#[test]
fn every_separator_is_known() {
    for separator in [';', ',', '\t', '|'] {
        let text =
            "nome,città,anni\nAnna,Roma,31\nUgo,\"Pisa, Lucca\",45\nIda,Bari,27\n".replace(',', &separator.to_string());
        let shape = sniffed(&text);
        assert_eq!((shape.separator, shape.columns.len(), shape.has_header, shape.rows), (separator, 3, true, 3));
    }
}

#[test]
fn single_quotes_are_known() {
    let shape = sniffed("'nome','note'\n'Anna','a,b'\n'Ugo','c,d'\n");
    assert_eq!((shape.separator, shape.quote), (',', Some('\'')));
}

#[test]
fn a_word_that_begins_with_an_apostrophe_quotes_nothing() {
    let text = "nome;città;anni\n'O Sole;Napoli;3\n".to_owned() + &"Anna;L'Aquila;4\n".repeat(40);
    assert_eq!(sniffed(&text).quote, Some('"'));
}

#[test]
fn one_column_stays_one_column() {
    let shape = sniffed("email\nanna@esempio.it\nugo@esempio.it\n");
    assert_eq!((shape.columns.len(), shape.has_header, shape.rows), (1, true, 2));
}

#[test]
fn a_table_without_header_has_none() {
    let shape = sniffed("1;Anna;Roma\n2;Ugo;Pisa\n");
    assert_eq!((shape.has_header, shape.rows, shape.columns[0].header.as_str()), (false, 2, ""));
}

#[test]
fn titles_above_the_header_are_passed_over() {
    let text = "Esportazione clienti\n\nCod.;Nome;Città\n1;Anna;Roma\n2;Ugo;Pisa\n";
    let shape = sniffed(text);
    assert_eq!((shape.skip, shape.has_header, shape.rows, shape.columns[1].header.as_str()), (1, true, 2, "Nome"));
    let file = file(text);
    let first = &all(file.path(), &shape)[0];
    assert_eq!((first.number, first.line, first.cells[1].as_str()), (1, 4, "Anna"));
}

#[test]
fn english_numbers_and_dates_are_told_from_italian_ones() {
    let english = sniffed("name,amount,day\nAnn,\"1,234.56\",12/24/2020\nBob,\"7,000.00\",01/02/2021\n");
    assert_eq!((english.columns[1].looks, english.columns[1].decimal), (Looks::Number, Decimal::Point));
    assert_eq!((english.columns[2].looks, english.columns[2].dates), (Looks::Date, DateOrder::Mdy));
    let italian = sniffed("nome;importo;giorno\nAnna;1.234,56;24/12/20\nUgo;7.000,00;01/02/21\n");
    assert_eq!(italian.columns[1].decimal, Decimal::Comma);
    assert_eq!((italian.columns[2].dates, italian.columns[2].two_digit_years), (DateOrder::Dmy, true));
}

#[test]
fn an_ambiguous_column_follows_the_rest_of_the_file() {
    let shape = sniffed("name,amount,day,total\nAnn,\"1,234\",2020-12-24,12.50\nBob,\"7,000\",2021-01-02,9.99\n");
    assert_eq!((shape.columns[1].decimal, shape.columns[2].dates), (Decimal::Point, DateOrder::Ymd));
}

#[test]
fn a_corrected_separator_gives_other_columns() {
    let text = "a;b,c\n1;2,3\n4;5,6\n";
    let file = file(text);
    let corrected = resniff(file.path(), &Shape { separator: ',', ..sniff(file.path()).unwrap() }).unwrap();
    assert_eq!(corrected.columns.iter().map(|column| column.header.as_str()).collect::<Vec<_>>(), ["a;b", "c"]);
}

#[test]
fn a_record_below_the_name_of_the_only_column_stays_a_record() {
    let row = |n: u32| format!("Rossi Mario {n}, Via Roma {n}, 20121 Milano (MI), tel. 02 1234567{n}\n");
    let text = "Tutto\n".to_owned() + &(0..8).map(row).collect::<String>();
    let shape = sniffed(&text);
    let headers: Vec<&str> = shape.columns.iter().map(|column| column.header.as_str()).collect();
    assert_eq!((headers, shape.skip, shape.rows), (vec!["Tutto"], 0, 8));
}

#[test]
fn what_has_postal_codes_and_phones_is_no_header() {
    let text = "Rossi Mario;Via Roma 1;20121 Milano;tel 02 1234567\nVerdi Ugo;Via Po 2;10121 Torino;tel 011 765432\n";
    let shape = sniffed(text);
    assert_eq!((shape.has_header, shape.rows), (false, 2));
}
