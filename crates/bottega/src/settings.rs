//! Where things are: the command line before the environment, and the environment before the configuration file.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use base::{Error, Result, say};
use engine::secret::{self, SecretKey};
use serde::Deserialize;
use store::Location;

use crate::line::Place;

/// `bottega.toml`; every key has the name of its option.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    data: Option<PathBuf>,
    database_url: Option<String>,
    secret_key_file: Option<PathBuf>,
    pub listen: Option<SocketAddr>,
    #[serde(default)]
    pub plain_http: bool,
    #[serde(default)]
    pub behind_proxy: bool,
    /// In seconds.
    pub drain: Option<u64>,
    pub metrics: Option<SocketAddr>,
    pub log: Option<crate::logs::Form>,
    pub log_level: Option<String>,
}

/// Where the data lie, and the key that was given with them.
pub struct Data {
    pub location: Location,
    given: Option<Given>,
}

enum Given {
    File(PathBuf),
    Text(String),
}

impl Data {
    /// The secret key that was given.
    ///
    /// # Errors
    /// Says why it cannot be read.
    pub fn secret(&self) -> Result<Option<SecretKey>> {
        match &self.given {
            None => Ok(None),
            Some(Given::File(file)) => secret::read(file).map(Some),
            Some(Given::Text(text)) => {
                let unusable = say!("BOTTEGA_SECRET_KEY is no secret key: it must hold 32 bytes in Base64");
                SecretKey::parse(text).ok_or(Error::Unreadable(unusable)).map(Some)
            }
        }
    }
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

    /// Where the data lie, `folder` where nobody says, and the key to them.
    pub fn data(&self, place: &Place, folder: &str) -> Data {
        let file = |file: &Option<PathBuf>| file.clone().map(Given::File);
        let given = file(&place.secret_key_file)
            .or_else(|| variable("BOTTEGA_SECRET_KEY").map(Given::Text))
            .or_else(|| variable("BOTTEGA_SECRET_KEY_FILE").map(|path| Given::File(path.into())))
            .or_else(|| file(&self.secret_key_file));
        Data { location: self.location(place, folder), given }
    }

    fn location(&self, place: &Place, folder: &str) -> Location {
        let ways = [
            (place.database_url.clone(), place.data.clone()),
            (variable("BOTTEGA_DATABASE_URL"), variable("BOTTEGA_DATA").map(PathBuf::from)),
            (self.database_url.clone(), self.data.clone()),
        ];
        let said = ways.into_iter().find_map(|(url, data)| url.map(Location::Postgres).or(data.map(Location::Folder)));
        said.unwrap_or_else(|| Location::Folder(PathBuf::from(folder)))
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
