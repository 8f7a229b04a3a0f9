//! Recovery codes: for who has lost the phone.

use base::{Error, Result, Rid};
use store::{Sql, Tx};

use super::super::digest;

const CODES: usize = 10;
/// 80 bits in letters and figures that are not taken for one another.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz123456789";
const LENGTH: usize = 16;

/// Ten codes such as `k7xm-3pqa-zz9d-w2ce`.
pub fn made() -> Result<Vec<String>> {
    (0..CODES).map(|_| one()).collect()
}

fn one() -> Result<String> {
    let mut bytes = [0u8; LENGTH];
    getrandom::fill(&mut bytes).map_err(|cause| Error::fault(format!("no random numbers: {cause}")))?;
    let letters: Vec<char> = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    Ok(letters.chunks(4).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

/// Of a code however it is written: capitals, spaces and dashes say nothing.
pub fn hash(user: Rid, code: &str) -> Vec<u8> {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    digest(&format!("recovery|{}|{plain}", user.0))
}

/// Keeps the hashes of codes in place of those before.
pub fn keep(tx: &Tx, user: Rid, codes: &[String]) -> Result<()> {
    tx.execute(&Sql::new("DELETE FROM recovery_code WHERE user_rid = $1").with(user))?;
    let mut sql = Sql::new("INSERT INTO recovery_code (user_rid, hash) VALUES ");
    for (place, code) in codes.iter().enumerate() {
        sql.push(if place == 0 { "(" } else { ", (" }).bind(user).push(", ").bind(hash(user, code)).push(")");
    }
    tx.execute(&sql).map(|_| ())
}
