//! The secret key: what is kept sealed with it can be read by whoever holds the key, and not by whoever holds a copy of the database.
//!
//! [`Engine::seal`] and [`Engine::unseal`] are for what must come back as it was (the password of a mail server, the secret of a
//! second factor); what is only compared is kept as a hash instead. Why it is so: docs/decisions/0008.

mod file;

use base::{Error, Problem, Result, say};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use store::{Lane, Sql, Store, Tx};
use zeroize::Zeroizing;

use crate::Engine;

pub use file::{create, read};

/// The first byte of what is sealed: XChaCha20-Poly1305, nonce, text and tag.
const FORM: u8 = 1;
const KEY: usize = 32;
const NONCE: usize = 24;

/// The settings that hold a known text sealed with the key, and the key for what holds for a moment only.
const CHECK: &str = "secret_key";
const PASSING: &str = "passing_key";
const KNOWN: &[u8] = b"bottega";

/// A key of 256 bits.
#[derive(Clone)]
pub struct SecretKey(Zeroizing<[u8; KEY]>);

impl SecretKey {
    pub fn new(bytes: [u8; KEY]) -> SecretKey {
        SecretKey(Zeroizing::new(bytes))
    }

    /// Out of the system's source.
    pub fn random() -> Result<SecretKey> {
        random().map(SecretKey::new)
    }

    /// 32 bytes in Base64, as `openssl rand -base64 32` writes them; none when it is anything else.
    pub fn parse(text: &str) -> Option<SecretKey> {
        let text = text.trim();
        let read = [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD].into_iter();
        let bytes = read.filter_map(|base64| base64.decode(text).ok()).next()?;
        bytes.try_into().ok().map(SecretKey::new)
    }

    fn text(&self) -> String {
        STANDARD.encode(*self.0)
    }

    /// Encrypted and safe from change. Only the same `context` opens it: say what it is and whose, so that it cannot be put in the
    /// place of another.
    pub fn seal(&self, context: &str, plain: &[u8]) -> Result<Vec<u8>> {
        let nonce: [u8; NONCE] = random()?;
        let payload = Payload { msg: plain, aad: context.as_bytes() };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| Error::fault("what is too long cannot be sealed"))?;
        Ok([&[FORM][..], &nonce, &sealed].concat())
    }

    /// None where another key or context sealed it, or somebody changed it.
    pub fn open(&self, context: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (&[FORM], rest) = sealed.split_at_checked(1)? else { return None };
        let (nonce, sealed) = rest.split_at_checked(NONCE)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        self.cipher().decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: context.as_bytes() }).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&(*self.0).into())
    }
}

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey")
    }
}

/// The keys of an open engine.
pub(crate) struct Keys {
    /// None on PostgreSQL when nobody gave one.
    secret: Option<SecretKey>,
    /// Lies in the database, so that all nodes have it.
    passing: SecretKey,
}

impl Engine {
    /// For keeping: encrypted with the secret key. `context` is what it is and whose, as in `second factor 812`.
    ///
    /// # Errors
    /// Refuses where the program was given no key.
    pub fn seal(&self, context: &str, plain: &[u8]) -> Result<Vec<u8>> {
        self.secret()?.seal(context, plain)
    }

    /// What was sealed in the same context; none when another key sealed it, and then whoever knows it must give it again.
    ///
    /// # Errors
    /// Refuses where the program was given no key.
    pub fn unseal(&self, context: &str, sealed: &[u8]) -> Result<Option<Vec<u8>>> {
        Ok(self.secret()?.open(context, sealed))
    }

    /// Whether something can be sealed here.
    pub fn has_secret_key(&self) -> bool {
        self.keys.secret.is_some()
    }

    /// For what is given out and comes back in a while, such as places in a list. Its key lies in the database: it keeps from others
    /// what is in an address, and from nobody what is in the database.
    pub fn passing_key(&self) -> &SecretKey {
        &self.keys.passing
    }

    fn secret(&self) -> Result<&SecretKey> {
        self.keys.secret.as_ref().ok_or_else(|| {
            let text = say!(
                "The server has no secret key to keep this with: whoever runs it makes one with bottega secret-key create and gives it \
                 to all nodes"
            );
            Problem::whole("no_secret_key", text).into()
        })
    }
}

impl Keys {
    /// For what is kept for a while and may be lost: the secret key, or the one in the database where nobody gave one.
    pub fn any(&self) -> &SecretKey {
        self.secret.as_ref().unwrap_or(&self.passing)
    }

    /// The key that was given, or the one that lies in the data folder, which is made at the first start; it must be the one that the
    /// database was used with.
    pub fn stand(store: &Store, given: Option<SecretKey>) -> Result<Keys> {
        let check = store.read(|tx| kept(tx, CHECK))?;
        let secret = match (given, store.folder()) {
            (Some(given), _) => Some(given),
            (None, Some(folder)) => file::beside(folder, check.is_none())?,
            (None, None) => None,
        };
        let Some(secret) = secret else {
            return match check {
                None => Ok(Keys { secret: None, passing: passing(store)? }),
                Some(_) => Err(Error::Unreadable(say!(
                    "These data were used with a secret key, which is missing: give it with --secret-key-file, put it back in the data \
                     folder as secret.key, or start anew with bottega secret-key forget"
                ))),
            };
        };
        let sealed = STANDARD.encode(secret.seal(CHECK, KNOWN)?);
        let check = match check {
            Some(check) => check,
            None => store.write(Lane::People, |tx| keep_first(tx, CHECK, &sealed))?,
        };
        match fits(&secret, &check) {
            true => Ok(Keys { secret: Some(secret), passing: passing(store)? }),
            false => Err(Error::Unreadable(say!(
                "The secret key is another than the one that these data were used with: give that one, or start anew with bottega \
                 secret-key forget"
            ))),
        }
    }
}

/// Lets the data begin with another key at the next start. What the old one sealed must then be given again; whether there was one.
pub fn forget(store: &Store) -> Result<bool> {
    if store.read(store::schema::version)?.is_none() {
        return Ok(false);
    }
    let sql = Sql::new("DELETE FROM setting WHERE key = $1").with(CHECK);
    Ok(store.write(Lane::People, |tx| tx.execute(&sql))? > 0)
}

/// For a database that was just restored: it may be used with the key at hand, or begins with another. Whether what is sealed in it
/// can be read.
pub(crate) fn settle(store: &Store, given: Option<&SecretKey>) -> Result<bool> {
    let Some(check) = store.read(|tx| kept(tx, CHECK))? else { return Ok(true) };
    let at_hand = match (given, store.folder()) {
        (Some(given), _) => Some(given.clone()),
        (None, Some(folder)) => file::beside(folder, false)?,
        (None, None) => None,
    };
    if at_hand.is_some_and(|key| fits(&key, &check)) {
        return Ok(true);
    }
    forget(store).map(|_| false)
}

fn fits(key: &SecretKey, check: &str) -> bool {
    STANDARD.decode(check).is_ok_and(|sealed| key.open(CHECK, &sealed).as_deref() == Some(KNOWN))
}

/// The same for all nodes; made by the first.
fn passing(store: &Store) -> Result<SecretKey> {
    let known = match store.read(|tx| kept(tx, PASSING))? {
        Some(known) => known,
        None => {
            let made = SecretKey::random()?.text();
            store.write(Lane::People, |tx| keep_first(tx, PASSING, &made))?
        }
    };
    SecretKey::parse(&known).ok_or_else(|| Error::fault("the setting passing_key is no key"))
}

fn kept(tx: &Tx, key: &str) -> Result<Option<String>> {
    let row = tx.first(&Sql::new("SELECT value FROM setting WHERE key = $1").with(key))?;
    Ok(row.map(|row| row.text(0).to_owned()))
}

/// The value that stands: another node may have been first.
fn keep_first(tx: &Tx, key: &str, value: &str) -> Result<String> {
    let sql = Sql::new("INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING");
    tx.execute(&sql.with(key).with(value))?;
    kept(tx, key)?.ok_or_else(|| Error::fault("a setting that was just written is not there"))
}

fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|cause| Error::fault(format!("no random numbers: {cause}")))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_its_own_key_and_context_only() {
        let key = SecretKey::random().unwrap();
        let sealed = key.seal("mail", "pàssword".as_bytes()).unwrap();
        assert_eq!(key.open("mail", &sealed).as_deref(), Some("pàssword".as_bytes()));
        assert_eq!(key.open("second factor 1", &sealed), None);
        assert_eq!(SecretKey::random().unwrap().open("mail", &sealed), None);
        assert_ne!(key.seal("mail", "pàssword".as_bytes()).unwrap(), sealed, "the same text never looks the same");
    }

    #[test]
    fn what_was_changed_or_cut_does_not_open() {
        let key = SecretKey::random().unwrap();
        let sealed = key.seal("mail", b"secret").unwrap();
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(key.open("mail", &changed), None, "byte {at}");
            assert_eq!(key.open("mail", &sealed[..at]), None, "cut at {at}");
        }
    }

    #[test]
    fn a_key_is_read_as_base64_is_written_and_nothing_else_is_one() {
        let key = SecretKey::new([250; 32]);
        for written in [key.text(), format!(" {}\n", key.text()), key.text().replace('+', "-").replace('/', "_")] {
            assert_eq!(SecretKey::parse(&written).unwrap().text(), key.text());
        }
        for wrong in ["", "short", &"A".repeat(64), "****"] {
            assert!(SecretKey::parse(wrong).is_none(), "{wrong}");
        }
        assert!(!format!("{key:?}").contains(&key.text()));
    }
}
