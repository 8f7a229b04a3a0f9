//! Lists: the plain one, and every filter with every order for every user, with the count that the page fetches after it.

use base::Result;
use towns::Town;

use crate::cast;
use crate::client::{Ask, Visitor};
use crate::measure::{self, Times};

/// The list that is measured: what the first line of the menu opens.
pub const PATH: &str = "/companies";

/// The worst of all filters and orders.
#[derive(Clone, Debug, Default)]
pub struct Worst {
    pub times: Times,
    pub question: String,
    /// The worst count, and of what.
    pub count: Times,
    pub counted: String,
}

pub fn plain() -> Ask {
    Ask::page(PATH)
}

pub fn count() -> Ask {
    Ask::part(format!("{PATH}/count"))
}

/// Requests a filter and order.
const EACH: usize = 15;

pub fn worst(visitor: &Visitor) -> Result<Worst> {
    let mut worst = Worst::default();
    for filter in filters() {
        for sort in ["name", "-created_at", "-revenue"] {
            let query = format!("?{filter}{}sort={sort}", if filter.is_empty() { "" } else { "&" });
            let times = measure::one(visitor, EACH, |_| Ask::page(format!("{PATH}{query}")))?;
            if times.p50 > worst.times.p50 {
                worst = Worst { times, question: query, ..worst };
            }
        }
        let count = measure::one(visitor, EACH, |_| Ask::part(format!("{PATH}/count?{filter}")))?;
        if count.p50 > worst.count.p50 {
            worst = Worst { count, counted: filter, ..worst };
        }
    }
    Ok(worst)
}

fn filters() -> [String; 6] {
    let Town { name, .. } = cast::town(0);
    [
        String::new(),
        format!("town[eq]={}", name.replace(' ', "+").replace('\'', "%27")),
        format!("stage[eq]={}", cast::STAGE),
        "in_charge[has]=me".to_owned(),
        format!("roles[has]={}", cast::ROLE),
        format!("tags[has]={}", cast::TAG),
    ]
}
