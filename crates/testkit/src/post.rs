//! A real mail server for tests: Debian's Exim, alone on a free port, that keeps what it takes and hands nothing on.
//!
//! It asks for the user `bottega` with the password `segreta`, offers STARTTLS with a certificate of its own, and takes nothing for
//! `nobody`.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Where Debian's package puts it.
const PROGRAM: &str = "/usr/sbin/exim4";

pub const USER: &str = "bottega";
pub const PASSWORD: &str = "segreta";

/// A server that ends with the test.
pub struct Post {
    folder: tempfile::TempDir,
    child: Child,
    pub port: u16,
}

/// Whether it is installed.
pub fn is_there() -> bool {
    Path::new(PROGRAM).exists()
}

/// A port where nobody listens.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port()
}

impl Post {
    /// Starts it on a port.
    ///
    /// # Panics
    /// When it is not installed, saying what to install.
    pub fn start(port: u16) -> Post {
        assert!(is_there(), "Exim is not installed (on Debian: apt-get install exim4-daemon-light)");
        let folder = tempfile::tempdir().expect("a folder for the mail server");
        let spool = folder.path().join("spool");
        fs::create_dir(&spool).expect("a folder for the messages");
        let settings = folder.path().join("settings");
        fs::write(&settings, written(folder.path())).expect("the settings of the mail server");
        // Started by root it works as a user of its own; the settings must stay root's.
        for shared in [folder.path(), &spool] {
            let _ = Command::new("chown").arg("Debian-exim").arg(shared).stderr(Stdio::null()).status();
        }
        let mut command = Command::new(PROGRAM);
        command.arg("-C").arg(&settings).arg("-bdf").arg("-oX").arg(format!("127.0.0.1:{port}"));
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the mail server starts");
        let post = Post { folder, child, port };
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(10), "the mail server does not answer: {}", post.log());
            std::thread::sleep(Duration::from_millis(20));
        }
        post
    }

    /// The messages it took, each with its head, in the order of their coming.
    pub fn messages(&self) -> Vec<String> {
        let mut heads: Vec<PathBuf> = (fs::read_dir(self.folder.path().join("spool/input")).into_iter().flatten())
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.to_string_lossy().ends_with("-H"))
            .collect();
        heads.sort();
        let whole = |head: &PathBuf| {
            let body = PathBuf::from(head.to_string_lossy().trim_end_matches('H').to_owned() + "D");
            let read = |path: &Path| String::from_utf8_lossy(&fs::read(path).unwrap_or_default()).into_owned();
            format!("{}\n{}", read(head), read(&body))
        };
        heads.iter().map(whole).collect()
    }

    fn log(&self) -> String {
        ["mainlog", "paniclog"].map(|log| fs::read_to_string(self.folder.path().join(log)).unwrap_or_default()).concat()
    }
}

impl Drop for Post {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn written(folder: &Path) -> String {
    let folder = folder.display();
    format!(
        "primary_hostname = post.example\n\
         spool_directory = {folder}/spool\n\
         log_file_path = {folder}/%slog\n\
         pid_file_path = {folder}/pid\n\
         tls_advertise_hosts = *\n\
         acl_smtp_rcpt = recipient\n\
         queue_only = true\n\
         keep_environment =\n\
         begin acl\n\
         recipient:\n\
         \x20 deny local_parts = nobody\n\
         \x20      message = there is nobody of this name\n\
         \x20 deny !authenticated = *\n\
         \x20      message = who are you\n\
         \x20 accept\n\
         begin routers\n\
         all:\n\
         \x20 driver = accept\n\
         \x20 transport = nowhere\n\
         begin transports\n\
         nowhere:\n\
         \x20 driver = appendfile\n\
         \x20 file = /dev/null\n\
         begin authenticators\n\
         plain:\n\
         \x20 driver = plaintext\n\
         \x20 public_name = PLAIN\n\
         \x20 server_prompts = :\n\
         \x20 server_condition = ${{if and{{{{eq{{$auth2}}{{{USER}}}}}{{eq{{$auth3}}{{{PASSWORD}}}}}}}}}\n\
         \x20 server_set_id = $auth2\n"
    )
}
