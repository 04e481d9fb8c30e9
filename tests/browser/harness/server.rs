//! The real program with settings of its own, on a free port.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use kularing::kernel::{Language, Secret};
use tempfile::TempDir;

/// A running server; it ends when it is dropped.
pub struct Server {
    pub base_url: String,
    port: u16,
    process: Child,
    folder: TempDir,
}

impl Server {
    /// An empty one.
    pub fn start() -> Self {
        let server =
            Self::run(&["serve"], &[("DATABASE_URL", "sqlite:kularing.db"), ("KULARING_SECRET__FILE", "secret"), ("KULARING_MAIL__TRANSPORT", "mailbox")]);
        super::wait_for_port(server.port, "the server", 20);
        server
    }

    /// The demo with its eight months of history, which take a while to be played.
    pub fn demo() -> Self {
        let server = Self::run(&["demo", "--folder", "."], &[]);
        super::wait_for_port(server.port, "the demo", 300);
        server
    }

    fn run(arguments: &[&str], settings: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        let port = super::free_port();
        let base_url = format!("http://127.0.0.1:{port}");
        let process = Command::new(env!("CARGO_BIN_EXE_kularing"))
            .args(arguments)
            .current_dir(folder.path())
            .env_remove("KULARING_CONFIG")
            .envs(settings.iter().copied())
            .env("KULARING_SERVER__LISTEN", format!("127.0.0.1:{port}"))
            .env("KULARING_SERVER__BASE_URL", &base_url)
            .env("KULARING_SERVER__WORKERS", "1")
            .env("KULARING_WORKER__IDLE_POLL_MS", "50")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::from(std::fs::File::create(folder.path().join("log")).unwrap()))
            .spawn()
            .unwrap();
        Self { base_url, port, process, folder }
    }

    /// The server's own database, for what no page tells.
    pub fn database(&self) -> SqliteConnection {
        let path = self.folder.path().join("kularing.db");
        let mut connection = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
        connection.batch_execute("PRAGMA busy_timeout = 5000").unwrap();
        connection
    }

    /// The installation's secret, from which the links in mails are derived.
    pub fn secret(&self) -> Secret {
        let text = std::fs::read_to_string(self.folder.path().join("secret")).unwrap();
        Secret::new(text.trim().as_bytes()).unwrap()
    }

    /// Everybody who has an account reads this language from now on.
    pub fn everybody_reads(&self, language: Language) {
        self.database().batch_execute(&format!("UPDATE person SET language = {}", language.code())).unwrap();
    }

    /// Lets what waits come due as if this time had passed. The program's clock is the real one, and a walk does not wait.
    pub fn let_pass(&self, time: Duration) {
        let us = time.as_micros();
        let earlier = format!(
            "BEGIN IMMEDIATE; UPDATE introduction SET undo_until = undo_until - {us} WHERE undo_until IS NOT NULL; \
             UPDATE timer SET due_at = due_at - {us}; COMMIT;"
        );
        self.database().batch_execute(&earlier).unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log = std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
            let lines: Vec<&str> = log.lines().rev().take(40).collect();
            println!("the server's last lines:\n{}", lines.into_iter().rev().collect::<Vec<_>>().join("\n"));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
