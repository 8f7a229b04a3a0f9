//! The secret key: made for a database that has no folder, or forgotten when it is lost.

use std::process::ExitCode;

use base::{Result, say};
use store::Store;

use crate::line::SecretKey;
use crate::settings::Data;
use crate::tell::Tell;

pub fn run(data: &Data, command: &SecretKey, tell: &Tell) -> Result<ExitCode> {
    match command {
        SecretKey::Create { file } => {
            engine::secret::create(file)?;
            let file = file.display().to_string();
            tell.say(say!(
                "The key is in {file}: give it to every node, and keep a copy apart from the backups",
                file = file
            ));
        }
        SecretKey::Forget => match engine::secret::forget(&Store::open(&data.location)?)? {
            true => tell.say("The key is forgotten: the next start takes the one that it is given, or makes one"),
            false => tell.say("These data were used with no key"),
        },
    }
    Ok(ExitCode::SUCCESS)
}
