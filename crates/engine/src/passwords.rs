//! Passwords: how long they are, and how they are kept (argon2id, RFC 9106).

use argon2::Argon2;
use argon2::password_hash::PasswordHasher;
use base::{Error, Result, say};

/// The fewest characters of a password.
pub const SHORTEST_PASSWORD: usize = 10;

pub(crate) fn hash(password: &str) -> Result<String> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|cause| Error::fault(format!("the password cannot be hashed: {cause}")))
}

pub fn check_password(password: &str) -> Result<()> {
    if password.chars().count() >= SHORTEST_PASSWORD {
        return Ok(());
    }
    Err(Error::refused(
        "password",
        "too_short",
        say!("A password has at least {least} characters", least = SHORTEST_PASSWORD),
    ))
}
