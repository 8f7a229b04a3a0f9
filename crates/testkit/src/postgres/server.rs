//! One throw-away PostgreSQL server, shared by all processes of a test run.
//!
//! Its folder `<temp>/bottega-test-postgres-<uid>` holds the cluster, its socket, the address (`url`) and one file per
//! process that uses it (`users/<pid>`). The first to come starts the server together with a small watching shell, which
//! stops it and removes the cluster when no user is alive: nobody has to survive in order to clean up. A cluster never
//! outlives its server, so what a killed run left in it is gone at the next start.
//!
//! [`Kept`] is the other kind, for benchmarks: one process's own, durable, and there again the next time.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};

use super::programs::{self, Programs};

/// A path to a Unix socket has 104 bytes on macOS, 108 on Linux.
const LONGEST_SOCKET_FOLDER: usize = 80;

/// The use of the shared server; it lives at least as long as this process, or until this is dropped.
#[derive(Debug)]
pub struct Server {
    folder: PathBuf,
    url: String,
}

impl Server {
    /// Joins the running server, or starts it. The error is a sentence that says what is missing or what went wrong.
    pub fn join() -> Result<Server, String> {
        let (folder, uid) = shared_folder()?;
        let server = Server { url: url_of(&folder.join("cluster/socket")), folder };
        server.join_or_start(uid == 0)?;
        Ok(server)
    }

    /// The address of the server's own database `postgres`, for a superuser without password.
    pub fn url(&self) -> &str {
        &self.url
    }

    fn join_or_start(&self, root: bool) -> Result<(), String> {
        let told = |what: &'static str| move |error: io::Error| format!("{what}: {error}");
        let start = File::create(self.folder.join("start.lock")).map_err(told("start.lock"))?;
        start.lock().map_err(told("start.lock"))?;
        File::create(self.folder.join("users").join(process::id().to_string())).map_err(told("users"))?;
        if self.folder.join("url").exists() && self.answers() {
            return Ok(());
        }
        let programs = programs::find().ok_or(MISSING)?;
        let cluster = Cluster { folder: self.folder.join("cluster"), programs, root };
        cluster.start()?;
        fs::write(self.folder.join("url"), &self.url).map_err(told("url"))?;
        watch(&self.folder, &cluster).map_err(told("the shell that watches the server"))
    }

    fn answers(&self) -> bool {
        UnixStream::connect(self.folder.join("cluster/socket/.s.PGSQL.5432")).is_ok()
    }
}

/// Signs out; the watching shell ends the server a few seconds after the last has left.
impl Drop for Server {
    fn drop(&mut self) {
        let _ = fs::remove_file(self.folder.join("users").join(process::id().to_string()));
    }
}

/// A server of this process alone, whose cluster stays in its folder; stopped when this is dropped.
pub struct Kept {
    cluster: Cluster,
    url: String,
}

impl Kept {
    /// Starts the cluster in a folder, which the user `postgres` must reach when this runs as root; makes it when there is
    /// none. It keeps its promises to a disk, unlike [`Server`].
    pub fn start(folder: &Path) -> Result<Kept, String> {
        if folder.as_os_str().len() > LONGEST_SOCKET_FOLDER {
            return Err(format!("{}: the path is too long for a socket", folder.display()));
        }
        let cluster =
            Cluster { folder: folder.to_owned(), programs: programs::find().ok_or(MISSING)?, root: uid()? == 0 };
        cluster.stop_left();
        if !cluster.data().join("PG_VERSION").exists() {
            cluster.make()?;
        }
        let sizes = "-c max_connections=100 -c shared_buffers=512MB -c max_wal_size=4GB";
        cluster.launch(&format!(
            "-c listen_addresses= -c unix_socket_directories={} {sizes}",
            cluster.socket().display()
        ))?;
        Ok(Kept { url: url_of(&cluster.socket()), cluster })
    }

    /// The address of the server's own database `postgres`, for a superuser without password.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where its data lie.
    pub fn data(&self) -> PathBuf {
        self.cluster.data()
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let mut command = self.cluster.command("pg_ctl");
        command.args(["stop", "--wait", "--silent", "--mode=fast", "--pgdata"]).arg(self.cluster.data());
        let _ = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
}

const MISSING: &str = "PostgreSQL is not installed (on Debian: apt-get install postgresql), or set BOTTEGA_PG_BIN to the folder of initdb";

struct Cluster {
    folder: PathBuf,
    programs: Programs,
    root: bool,
}

impl Cluster {
    /// A new cluster in place of what is there.
    fn start(&self) -> Result<(), String> {
        self.stop_left();
        self.make()?;
        self.launch(&settings(&self.socket()))
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn socket(&self) -> PathBuf {
        self.folder.join("socket")
    }

    fn stop_left(&self) {
        if self.data().join("postmaster.pid").exists() {
            // Left by a run that was killed together with its watching shell; when it no longer runs, this says so and fails.
            let _ = self.stop_command().stdout(Stdio::null()).stderr(Stdio::null()).status();
        }
    }

    fn make(&self) -> Result<(), String> {
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(format!("{}: {error}", self.folder.display()));
            }
            _ => {}
        }
        let socket = self.socket();
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&socket)
            .map_err(|error| format!("{}: {error}", socket.display()))?;
        if self.root {
            run(Command::new("chown").args(["-R", "postgres"]).arg(&self.folder))?;
        }
        // Italian order on purpose: a query that forgets to ask for the order by bytes must show in a test.
        run(self
            .command("initdb")
            .args(["--username=bottega", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"])
            .args(["--locale-provider=icu", "--icu-locale=it-IT", "--no-instructions", "--pgdata"])
            .arg(self.data()))
    }

    fn launch(&self, settings: &str) -> Result<(), String> {
        run(self
            .command("pg_ctl")
            .args(["start", "--wait", "--silent", "--timeout=60", "--pgdata"])
            .arg(self.data())
            .arg("--log")
            .arg(self.data().join("server.log"))
            .arg("--options")
            .arg(settings))
    }

    fn stop_command(&self) -> Command {
        let mut command = self.command("pg_ctl");
        command.args(["stop", "--wait", "--silent", "--mode=immediate", "--pgdata"]).arg(self.folder.join("data"));
        command
    }

    /// PostgreSQL refuses to run as root, so there its programs run as the user that its package has made.
    fn command(&self, program: &str) -> Command {
        let program = self.programs.folder.join(program);
        let mut command = if self.root {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir("/").stdin(Stdio::null());
        command
    }
}

/// Nothing of this server survives, so it need not wait for a disk.
fn settings(socket: &Path) -> String {
    let sizes = "-c max_connections=300 -c shared_buffers=128MB -c max_wal_size=2GB";
    let unsafe_speed = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off";
    format!("-c listen_addresses= -c unix_socket_directories={} {sizes} {unsafe_speed}", socket.display())
}

fn watch(folder: &Path, cluster: &Cluster) -> io::Result<()> {
    let stop = cluster.stop_command();
    Command::new("sh")
        .args(["-c", include_str!("watch.sh"), "watch"])
        .arg(folder)
        .arg(stop.get_program())
        .args(stop.get_args())
        .current_dir("/")
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map(drop)
}

fn run(command: &mut Command) -> Result<(), String> {
    // Not a pipe for the server's sake: it would inherit it, and reading would only end with the server.
    let log = std::env::temp_dir().join(format!("bottega-test-postgres-{}.log", process::id()));
    let file = File::create(&log).map_err(|error| format!("{}: {error}", log.display()))?;
    let errors = file.try_clone().map_err(|error| format!("{}: {error}", log.display()))?;
    let status = command.stdout(file).stderr(errors).status();
    let said = fs::read_to_string(&log).unwrap_or_default();
    let _ = fs::remove_file(&log);
    match status.map_err(|error| format!("{}: {error}", command_name(command)))? {
        status if status.success() => Ok(()),
        status => Err(format!("{} ended with {status}: {}", command_name(command), said.trim())),
    }
}

fn command_name(command: &Command) -> String {
    let words = command.get_args().map(|word| word.to_string_lossy());
    format!("{} {}", command.get_program().to_string_lossy(), words.collect::<Vec<_>>().join(" "))
}

fn uid() -> Result<u32, String> {
    let output = Command::new("id").arg("-u").output().map_err(|error| format!("id -u: {error}"))?;
    String::from_utf8_lossy(&output.stdout).trim().parse().map_err(|_| "id -u gave no number".to_owned())
}

/// The folder that the test processes of this user share, and the user's number.
pub(super) fn shared_folder() -> Result<(PathBuf, u32), String> {
    let uid = uid()?;
    let name = format!("bottega-test-postgres-{uid}");
    let folder = std::env::temp_dir().join(&name);
    let fits = folder.as_os_str().len() <= LONGEST_SOCKET_FOLDER;
    let folder = if fits { folder } else { Path::new("/tmp").join(name) };
    open(&folder, uid).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok((folder, uid))
}

/// The folder lies where everybody may write, so one that somebody else has put there is refused.
fn open(folder: &Path, uid: u32) -> io::Result<()> {
    match DirBuilder::new().mode(0o711).create(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    let found = fs::symlink_metadata(folder)?;
    if !found.is_dir() || found.uid() != uid {
        return Err(io::Error::other("belongs to somebody else; remove it"));
    }
    DirBuilder::new().recursive(true).create(folder.join("users"))
}

fn url_of(socket: &Path) -> String {
    let encoded = socket.display().to_string().replace('%', "%25").replace('/', "%2F").replace(' ', "%20");
    format!("postgres://bottega@{encoded}/postgres")
}
