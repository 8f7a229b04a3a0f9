//! The text files of the repository, and Rust as the checks want to see it: no comments, no unit tests.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// Folders that are made, not written.
const SKIPPED: [&str; 7] = ["target", "node_modules", ".git", "demo-data", "data", "dist", "testdata"];
const READ: [&str; 8] = ["rs", "ts", "js", "mjs", "css", "md", "ftl", "json"];

#[derive(Debug, Default)]
pub struct Sources {
    pub root: PathBuf,
    pub files: Vec<SourceFile>,
}

#[derive(Debug)]
pub struct SourceFile {
    /// From the root, with `/` between folders on every system.
    pub path: String,
    pub text: String,
}

impl Sources {
    pub fn read(root: &Path) -> io::Result<Sources> {
        let mut sources = Sources { root: root.to_owned(), files: Vec::new() };
        sources.walk(root)?;
        sources.files.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(sources)
    }

    fn walk(&mut self, folder: &Path) -> io::Result<()> {
        for entry in folder.read_dir()? {
            let entry = entry?;
            let (path, name) = (entry.path(), entry.file_name());
            let kind = entry.file_type()?;
            if kind.is_dir() && !SKIPPED.iter().any(|skipped| name == *skipped) {
                self.walk(&path)?;
            } else if kind.is_file() && path.extension().is_some_and(|end| READ.iter().any(|read| end == *read)) {
                // A file of no text is none of ours, whatever its name.
                if let Ok(text) = fs::read_to_string(&path) {
                    let from_root = path.strip_prefix(&self.root).unwrap_or(&path);
                    let path =
                        from_root.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>();
                    self.files.push(SourceFile { path: path.join("/"), text });
                }
            }
        }
        Ok(())
    }

    pub fn ending<'a>(&'a self, end: &'a str) -> impl Iterator<Item = &'a SourceFile> {
        self.files.iter().filter(move |file| file.path.ends_with(end))
    }

    pub fn get(&self, path: &str) -> Option<&SourceFile> {
        self.files.iter().find(|file| file.path == path)
    }

    /// The Rust of the program itself: `crates/*/src` without the crates that only serve its making.
    pub fn program(&self) -> impl Iterator<Item = &SourceFile> {
        self.ending(".rs").filter(|file| {
            let of_program = file.package().is_some_and(|package| !["xtask", "testkit", "bench"].contains(&package));
            of_program
                && file.path.contains("/src/")
                && !file.path.ends_with("/tests.rs")
                && !file.path.contains("/tests/")
        })
    }
}

impl SourceFile {
    /// `web` of `crates/web/src/lib.rs`.
    pub fn package(&self) -> Option<&str> {
        self.path.strip_prefix("crates/")?.split('/').next()
    }

    /// Line comments blanked, unit tests at the foot cut off; places stay what they were.
    pub fn code(&self) -> String {
        let end = self.text.find("#[cfg(test)]\nmod tests {").unwrap_or(self.text.len());
        let lines = self.text[..end].split_inclusive('\n');
        let code = lines.map(|line| match line.trim_start().starts_with("//") {
            true if line.ends_with('\n') => " ".repeat(line.len() - 1) + "\n",
            true => " ".repeat(line.len()),
            // A quote as a character would look like the beginning of a string.
            false => line.replace("'\"'", "'_'").replace("'\\\"'", "'__'"),
        });
        code.collect()
    }

    /// `path:line` of a byte of the text.
    pub fn place(&self, byte: usize) -> String {
        let before = self.text.as_bytes().iter().take(byte).filter(|byte| **byte == b'\n').count();
        format!("{}:{}", self.path, before + 1)
    }
}

#[cfg(test)]
pub fn sample(files: &[(&str, &str)]) -> Sources {
    let file = |(path, text): &(&str, &str)| SourceFile { path: (*path).to_owned(), text: (*text).to_owned() };
    Sources { root: PathBuf::new(), files: files.iter().map(file).collect() }
}
