//! Where things are: the command line before the environment, and the environment before the configuration file.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use base::{Error, Result, say};
use serde::Deserialize;
use store::Location;

use crate::line::Place;

/// `bottega.toml`; every key has the name of its option.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    data: Option<PathBuf>,
    database_url: Option<String>,
    pub listen: Option<SocketAddr>,
    #[serde(default)]
    pub plain_http: bool,
}

impl Settings {
    /// Those of the file that is named, or of `bottega.toml` in the folder where the program is started.
    pub fn read(place: &Place) -> Result<Settings> {
        let usual = Path::new("bottega.toml");
        let path = match &place.config {
            Some(path) => path.as_path(),
            None if usual.is_file() => usual,
            None => return Ok(Settings::default()),
        };
        let unreadable = |why: String| {
            Error::Unreadable(say!("{file} cannot be read: {why}", file = path.display().to_string(), why = why))
        };
        let text = std::fs::read_to_string(path).map_err(|cause| unreadable(cause.to_string()))?;
        toml::from_str(&text).map_err(|cause| unreadable(cause.to_string()))
    }

    /// Where the data lie; `folder` where nobody says.
    pub fn location(&self, place: &Place, folder: &str) -> Location {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let ways = [
            (place.database_url.clone(), place.data.clone()),
            (variable("BOTTEGA_DATABASE_URL"), variable("BOTTEGA_DATA").map(PathBuf::from)),
            (self.database_url.clone(), self.data.clone()),
        ];
        let said = ways.into_iter().find_map(|(url, data)| url.map(Location::Postgres).or(data.map(Location::Folder)));
        said.unwrap_or_else(|| Location::Folder(PathBuf::from(folder)))
    }
}
