//! The address of a list: filters, order, columns and search live in it, so that a link reopens what one sees.

use base::Result;
use engine::Query;
use meta::Filter;
use meta::filter::{from_json, from_query, to_json};
use serde_json::Value as Json;

use crate::posted::{encode, parse};

/// What a list shows, as its address says it.
#[derive(Clone, Debug, PartialEq)]
pub struct ListAddress {
    pub path: String,
    pub filter: Filter,
    pub sort: Vec<String>,
    pub columns: Option<Vec<String>>,
    pub search: String,
    pub view: String,
    pub trash: bool,
    /// What stands in place of the table.
    pub shape: Option<Shape>,
}

/// What a list is shown as when it is no table.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    pub of: Of,
    /// The field whose values are the columns of the board, or the lines of the figures; empty for the declared one.
    pub by: String,
    /// Of values that are parted, those that are the columns; empty for the first.
    pub group: String,
    /// How many cards are shown of columns that show more than usual.
    pub cards: Vec<(String, usize)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Board,
    Figures,
}

impl Shape {
    pub fn of(of: Of) -> Shape {
        Shape { of, by: String::new(), group: String::new(), cards: Vec::new() }
    }
}

/// Names of the query string that are not filters.
const OWN: [&str; 14] = [
    "filter", "sort", "columns", "column", "q", "view", "trash", "after", "part", "chip", "csrf", "shape", "by",
    "group",
];

impl Of {
    fn key(self) -> &'static str {
        match self {
            Of::Board => "board",
            Of::Figures => "figures",
        }
    }
}

impl ListAddress {
    /// The view that shows everything, also where the list opens with another.
    pub const ALL: &str = "all";

    /// The address of that view.
    pub fn everything(&self) -> String {
        let view = Self::ALL.to_owned();
        let all = ListAddress { view, shape: self.shape.clone(), ..ListAddress::plain(&self.path) };
        all.url()
    }

    /// Whether it is that view and nothing else.
    pub fn is_all(&self) -> bool {
        self.view == Self::ALL && self.is_plain()
    }

    /// Whether it shows everything in the usual order, as a table or as a board.
    pub fn is_plain(&self) -> bool {
        ListAddress { view: String::new(), shape: None, ..self.clone() } == ListAddress::plain(&self.path)
    }

    fn plain(path: &str) -> ListAddress {
        ListAddress {
            path: path.to_owned(),
            filter: Filter::everything(),
            sort: Vec::new(),
            columns: None,
            search: String::new(),
            view: String::new(),
            trash: false,
            shape: None,
        }
    }

    pub fn read(path: &str, query: &str) -> Result<ListAddress> {
        let mut address = ListAddress::plain(path);
        for (name, value) in parse(query) {
            let list = || value.split(',').filter(|part| !part.is_empty()).map(str::to_owned).collect();
            match name.as_str() {
                "sort" => address.sort = list(),
                "columns" => address.columns = Some(list()),
                "q" => address.search = value,
                "view" => address.view = value,
                "trash" => address.trash = value == "1",
                "shape" => {
                    let of = [Of::Board, Of::Figures].into_iter().find(|of| of.key() == value);
                    address.shape = of.map(Shape::of);
                }
                // Behind the shape, as in every address that was made here.
                "by" => address.shape.iter_mut().for_each(|shape| shape.by.clone_from(&value)),
                "group" => address.shape.iter_mut().for_each(|shape| shape.group.clone_from(&value)),
                name if name.starts_with("cards.") => {
                    let cards = value.parse().unwrap_or(0);
                    let column = &name["cards.".len()..];
                    address.shape.iter_mut().for_each(|shape| shape.cards.push((column.to_owned(), cards)));
                }
                "filter" => {
                    let json: Json = serde_json::from_str(&value)
                        .map_err(|_| base::Error::Unreadable("The filter in the address cannot be read".into()))?;
                    address.filter =
                        std::mem::replace(&mut address.filter, Filter::everything()).and(from_json(&json)?);
                }
                name if OWN.contains(&name) || name.starts_with("add.") => {}
                name => {
                    address.filter =
                        std::mem::replace(&mut address.filter, Filter::everything()).and(from_query(name, &value)?)
                }
            }
        }
        Ok(address)
    }

    pub fn query(&self) -> Query {
        Query {
            path: self.path.clone(),
            filter: self.filter.clone(),
            sort: self.sort.clone(),
            search: Some(self.search.clone()).filter(|words| !words.trim().is_empty()),
            trash: self.trash,
        }
    }

    /// The query string; empty when it is the plain list.
    pub fn query_string(&self) -> String {
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut rest = Vec::new();
        for part in self.filter.chips() {
            match plain_pair(part) {
                Some(pair) => pairs.push(pair),
                None => rest.push(part.clone()),
            }
        }
        if !rest.is_empty() {
            pairs.push(("filter".to_owned(), to_json(&Filter::All(rest)).to_string()));
        }
        let mut add = |name: &str, value: String| {
            if !value.is_empty() {
                pairs.push((name.to_owned(), value));
            }
        };
        add("sort", self.sort.join(","));
        add("columns", self.columns.as_ref().map_or(String::new(), |columns| columns.join(",")));
        add("q", self.search.clone());
        add("view", self.view.clone());
        add("trash", if self.trash { "1".to_owned() } else { String::new() });
        if let Some(shape) = &self.shape {
            add("shape", shape.of.key().to_owned());
            add("by", shape.by.clone());
            add("group", shape.group.clone());
            shape.cards.iter().for_each(|(column, cards)| add(&format!("cards.{column}"), cards.to_string()));
        }
        encode(&pairs)
    }

    pub fn url(&self) -> String {
        self.under("")
    }

    /// An address below the list's, with the same query: `/companies/count?…`
    pub fn under(&self, place: &str) -> String {
        let query = self.query_string();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/{}{place}{mark}{query}", self.path)
    }

    pub fn with_filter(&self, filter: Filter) -> ListAddress {
        ListAddress { filter, ..self.clone() }
    }

    pub fn with_sort(&self, key: &str) -> ListAddress {
        ListAddress { sort: vec![key.to_owned()], ..self.clone() }
    }

    /// The filter without one of its parts.
    pub fn without(&self, chip: usize) -> ListAddress {
        let parts =
            self.filter.chips().into_iter().enumerate().filter(|(at, _)| *at != chip).map(|(_, part)| part.clone());
        self.with_filter(Filter::All(parts.collect()))
    }
}

/// A test as a pair that reads well; none when only JSON can say it.
fn plain_pair(filter: &Filter) -> Option<(String, String)> {
    let Filter::Test { field, op, value } = filter else { return None };
    let name = if *op == meta::Op::Eq { field.clone() } else { format!("{field}[{}]", op.key()) };
    if OWN.contains(&field.as_str()) {
        return None;
    }
    let value = match value {
        Json::String(text) => text.clone(),
        Json::Bool(yes) => yes.to_string(),
        Json::Number(number) => number.to_string(),
        Json::Array(list) if matches!(op, meta::Op::In | meta::Op::Between) => {
            let words: Option<Vec<&str>> =
                list.iter().map(|one| one.as_str().filter(|word| !word.contains(','))).collect();
            words?.join(",")
        }
        _ => return None,
    };
    Some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_reopens_from_its_address() {
        let query = "stage%5Bin%5D=customer%2Cprospect&revenue%5Bge%5D=2000000&sort=-revenue&q=rossi";
        let address = ListAddress::read("companies", query).unwrap();
        let again = ListAddress::read("companies", &address.query_string()).unwrap();
        assert_eq!(address, again);
        assert_eq!(address.query_string(), query);
        assert!(ListAddress::read("companies", "stage[around]=x").is_err());
    }
}
