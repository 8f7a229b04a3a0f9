//! `cargo xtask pictures`: the browser tests take the pictures of the manual.

use std::path::Path;
use std::process::Command;

use crate::process;

/// True when each picture shows the program as it is.
pub fn run(root: &Path) -> bool {
    process::stop_with_this_program();
    let mut command = Command::new("cargo");
    // With the features of the other tests, or all would be built once more.
    command.args([
        "test",
        "--workspace",
        "--features",
        "testkit/browser",
        "--test",
        "browser_pictures",
        "--",
        "--nocapture",
    ]);
    command.current_dir(root).env("BOTTEGA_PICTURES", "write");
    process::run(command).passed
}
