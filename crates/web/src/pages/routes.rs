//! Addresses, each with the place of the manual that speaks of what it shows: a page cannot be added without one.

use axum::routing::MethodRouter;
use axum::{Extension, Router};

use crate::App;

/// Where the manual speaks of a page, as `lists#filters`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Help {
    /// It is no page: a part of one, a file, what a form is sent to.
    #[default]
    Nowhere,
    At(&'static str),
    /// Where its kind of record says, and here for all kinds.
    Kind(&'static str),
}

/// The addresses of a part of the program.
#[derive(Default)]
pub struct Routes {
    router: Router<App>,
    helps: Vec<(&'static str, Help)>,
}

impl Routes {
    /// A page that the manual speaks of in one place.
    pub fn page(self, path: &'static str, place: &'static str, methods: MethodRouter<App>) -> Routes {
        self.add(path, Help::At(place), methods)
    }

    /// A page of any kind of record.
    pub fn page_of_kind(self, path: &'static str, place: &'static str, methods: MethodRouter<App>) -> Routes {
        self.add(path, Help::Kind(place), methods)
    }

    /// What is no page by itself.
    pub fn part(self, path: &'static str, methods: MethodRouter<App>) -> Routes {
        self.add(path, Help::Nowhere, methods)
    }

    pub fn merge(mut self, other: Routes) -> Routes {
        self.router = self.router.merge(other.router);
        self.helps.extend(other.helps);
        self
    }

    pub fn into_router(self) -> Router<App> {
        self.router
    }

    fn add(mut self, path: &'static str, help: Help, methods: MethodRouter<App>) -> Routes {
        self.router = self.router.route(path, methods.layer(Extension(help)));
        self.helps.push((path, help));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_its_place_in_the_manual() {
        let routes = crate::pages::routes();
        assert!(routes.helps.len() > 100);
        for (path, help) in routes.helps {
            match help {
                Help::At(place) | Help::Kind(place) => assert!(crate::guide::has(place), "{path}: no {place}"),
                Help::Nowhere => {}
            }
        }
    }
}
