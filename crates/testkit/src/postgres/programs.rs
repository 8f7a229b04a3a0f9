//! Where PostgreSQL's own programs lie: Debian keeps the server's outside of `PATH`.

use std::env;
use std::path::{Path, PathBuf};

/// The folder with `initdb`, `pg_ctl` and `postgres`.
#[derive(Clone, Debug, PartialEq)]
pub struct Programs {
    pub folder: PathBuf,
}

/// Looks into `BOTTEGA_PG_BIN`, then `PATH`, then the folders of Debian's packages, the newest version first.
pub fn find() -> Option<Programs> {
    let named = env::var_os("BOTTEGA_PG_BIN").map(PathBuf::from);
    let path = env::var_os("PATH").map(|path| env::split_paths(&path).collect::<Vec<_>>()).unwrap_or_default();
    named
        .into_iter()
        .chain(path)
        .chain(of_debian(Path::new("/usr/lib/postgresql")))
        .find(|folder| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file())
        .map(|folder| Programs { folder })
}

fn of_debian(folder: &Path) -> Vec<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = folder
        .read_dir()
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    versions.into_iter().map(|(_, folder)| folder).collect()
}
