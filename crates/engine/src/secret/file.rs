//! Keys in files that only their owner may read.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use base::{Error, Id, Result, say};

use super::SecretKey;

/// Its name in a data folder.
const NAME: &str = "secret.key";

/// The key in a file.
///
/// # Errors
/// Says what stood in the way, and what a key looks like.
pub fn read(path: &Path) -> Result<SecretKey> {
    let text = fs::read_to_string(path).map_err(|cause| unreadable(path, &cause))?;
    if is_open_to_all(path) {
        tracing::warn!(file = %path.display(), "others on this machine can read the secret key: chmod 600");
    }
    SecretKey::parse(&text).ok_or_else(|| {
        let file = path.display().to_string();
        Error::Unreadable(say!("{file} is no secret key: it must hold 32 bytes in Base64", file = file))
    })
}

/// A new key in a new file.
///
/// # Errors
/// Refuses to write over a file.
pub fn create(path: &Path) -> Result<SecretKey> {
    let key = SecretKey::random()?;
    match write(path, &key) {
        Ok(()) => Ok(key),
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => {
            let file = path.display().to_string();
            Err(Error::refused(
                "file",
                "taken",
                say!("{file} is there already: a key is never written over", file = file),
            ))
        }
        Err(cause) => Err(unwritable(path, &cause)),
    }
}

/// The key of a data folder. Where there is none it is made, or answered as none when it may not be.
pub(super) fn beside(folder: &Path, make: bool) -> Result<Option<SecretKey>> {
    let path = folder.join(NAME);
    if !path.exists() {
        if !make {
            return Ok(None);
        }
        // Whole at once: another process may start at the same moment, and the first one wins.
        let new = folder.join(format!(".{NAME}-{}", Id::new()));
        write(&new, &SecretKey::random()?).map_err(|cause| unwritable(&new, &cause))?;
        let put = fs::hard_link(&new, &path);
        let _ = fs::remove_file(&new);
        match put {
            Err(cause) if cause.kind() != ErrorKind::AlreadyExists => return Err(unwritable(&path, &cause)),
            _ => {}
        }
    }
    read(&path).map(Some)
}

fn write(path: &Path, key: &SecretKey) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{}", key.text())?;
    file.sync_all()
}

#[cfg(unix)]
fn is_open_to_all(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|known| known.permissions().mode() & 0o007 != 0)
}

#[cfg(not(unix))]
fn is_open_to_all(_: &Path) -> bool {
    false
}

fn unreadable(path: &Path, cause: &std::io::Error) -> Error {
    Error::Unreadable(say!("{file} cannot be read: {why}", file = path.display().to_string(), why = cause.to_string()))
}

fn unwritable(path: &Path, cause: &std::io::Error) -> Error {
    let (file, why) = (path.display().to_string(), cause.to_string());
    Error::Unreadable(say!("The secret key cannot be written to {file}: {why}", file = file, why = why))
}
