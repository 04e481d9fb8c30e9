//! The real program with settings of its own, on a free port.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use tempfile::TempDir;

/// A running server; it ends when it is dropped.
pub struct Server {
    pub base_url: String,
    process: Child,
    folder: TempDir,
}

impl Server {
    pub fn start() -> Self {
        let folder = TempDir::new().unwrap();
        let port = super::free_port();
        let base_url = format!("http://127.0.0.1:{port}");
        let process = Command::new(env!("CARGO_BIN_EXE_kularing"))
            .arg("serve")
            .current_dir(folder.path())
            .env_remove("KULARING_CONFIG")
            .env("DATABASE_URL", "sqlite:kularing.db")
            .env("KULARING_SERVER__LISTEN", format!("127.0.0.1:{port}"))
            .env("KULARING_SERVER__BASE_URL", &base_url)
            .env("KULARING_SERVER__WORKERS", "1")
            .env("KULARING_SECRET__FILE", "secret")
            .env("KULARING_MAIL__TRANSPORT", "mailbox")
            .env("KULARING_WORKER__IDLE_POLL_MS", "50")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::from(std::fs::File::create(folder.path().join("log")).unwrap()))
            .spawn()
            .unwrap();
        super::wait_for_port(port, "the server");
        Self { base_url, process, folder }
    }

    /// Lets what waits come due as if this time had passed. The program's clock is the real one, and a walk does not wait.
    pub fn let_pass(&self, time: Duration) {
        let path = self.folder.path().join("kularing.db");
        let mut connection = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
        let us = time.as_micros();
        let earlier = format!(
            "PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE; UPDATE introduction SET undo_until = undo_until - {us} WHERE undo_until IS NOT NULL; \
             UPDATE timer SET due_at = due_at - {us}; COMMIT;"
        );
        connection.batch_execute(&earlier).unwrap();
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
