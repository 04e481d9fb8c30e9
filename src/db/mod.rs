//! The one place that knows which database runs.
//!
//! `read` and `write` take closures and run them off the reactor. On SQLite two reader threads and one writer thread share
//! the file, and the writer commits what waits as one group; on PostgreSQL a pool of connections does the same work. A write
//! is acknowledged only after its commit. Queues are bounded: a full one answers "busy" instead of growing.

pub mod backup;
#[allow(missing_docs, reason = "the derive makes items of its own")]
pub mod connection;
mod error;
mod memory;
pub mod migrations;
pub mod once;
mod postgres;
mod reading;
#[allow(missing_docs, reason = "the migrations say what the columns mean")]
pub mod schema;
mod sqlite;
pub mod survey;
mod tx;

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;

pub use connection::AnyConn;
pub use error::unique_violation;
pub use memory::Memories;
pub use reading::open_for_reading;
pub use tx::{Environment, Reactions, Tx};

use crate::kernel::{Answer, Failure};

/// Where the data lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// A file of an embedded SQLite database.
    Sqlite(PathBuf),
    /// A PostgreSQL server, as a `postgres://` address. May hold a password: never print it.
    Postgres(String),
}

impl Location {
    /// Reads `sqlite:PATH`, `sqlite://PATH`, `postgres://…` or `postgresql://…`. Anything else is an error: a mistyped address must not become a file.
    pub fn parse(address: &str) -> Result<Self, String> {
        if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            return Ok(Self::Postgres(address.to_owned()));
        }
        let path = address.strip_prefix("sqlite:").map(|rest| rest.strip_prefix("//").unwrap_or(rest));
        match path {
            Some(path) if !path.is_empty() && path != ":memory:" => Ok(Self::Sqlite(PathBuf::from(path))),
            _ => Err("DATABASE_URL starts with sqlite: (and a path) or postgres://".to_owned()),
        }
    }

    /// The name for people: the path, or the server without user and password.
    pub fn shown(&self) -> String {
        match self {
            Self::Sqlite(path) => format!("SQLite, {}", path.display()),
            Self::Postgres(address) => {
                let behind = address.rsplit_once('@').map_or_else(|| address.split_once("://").map_or("", |(_, rest)| rest), |(_, rest)| rest);
                format!("PostgreSQL, {}", behind.split('?').next().unwrap_or(""))
            }
        }
    }
}

/// Sizes and waiting times of the database layer.
#[derive(Debug, Clone)]
pub struct Limits {
    /// PostgreSQL connections for writing, and as many for reading.
    pub pool_size: u32,
    /// Jobs that may wait before the next is refused.
    pub queue_length: usize,
    /// How long one statement may run on PostgreSQL, in milliseconds.
    pub statement_timeout_ms: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { pool_size: 8, queue_length: 4_096, statement_timeout_ms: 10_000 }
    }
}

/// A handle on the database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    engine: Engine,
    environment: Arc<Environment>,
}

#[derive(Clone)]
enum Engine {
    Sqlite(Arc<sqlite::Sqlite>),
    Postgres(Arc<postgres::Postgres>),
}

impl Db {
    /// Opens a migrated database. An SQLite file is locked: one process per file.
    pub fn open(location: &Location, limits: &Limits, environment: Environment) -> Answer<Self> {
        let engine = match location {
            Location::Sqlite(path) => Engine::Sqlite(Arc::new(sqlite::Sqlite::open(path, limits)?)),
            Location::Postgres(address) => Engine::Postgres(Arc::new(postgres::Postgres::open(address, limits)?)),
        };
        Ok(Self { engine, environment: Arc::new(environment) })
    }

    /// Runs a view. The connection refuses to write.
    pub fn read<T, F>(&self, view: F) -> impl Future<Output = Answer<T>> + use<T, F>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConn) -> Answer<T> + Send + 'static,
    {
        let engine = self.engine.clone();
        async move {
            match engine {
                Engine::Sqlite(sqlite) => sqlite.read(view).await,
                Engine::Postgres(postgres) => postgres.read(view).await,
            }
        }
    }

    /// Runs a command in a transaction of its own and answers after the commit. A failure rolls everything back.
    ///
    /// Once begun the command runs to its end even when the caller no longer waits.
    pub fn write<T, F>(&self, command: F) -> impl Future<Output = Answer<T>> + use<T, F>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Answer<T> + Send + 'static,
    {
        let engine = self.engine.clone();
        let environment = Arc::clone(&self.environment);
        let claim = once::current();
        let job = move |connection: &mut AnyConn| {
            let mut tx = Tx::new(connection, &environment);
            let done = command(&mut tx)?;
            claim.map_or(Ok(()), |claim| once::mark(&mut tx, claim))?;
            Ok(done)
        };
        async move {
            match engine {
                Engine::Sqlite(sqlite) => sqlite.write(job).await,
                Engine::Postgres(postgres) => postgres.write(job).await,
            }
        }
    }

    /// What commands are handed: clock, ids, randomness, secret.
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// Whether the data lives in an SQLite file.
    pub fn is_sqlite(&self) -> bool {
        matches!(self.engine, Engine::Sqlite(_))
    }

    /// Answers when the database answers.
    pub async fn ping(&self) -> Answer<()> {
        use diesel::RunQueryDsl;
        self.read(|connection| {
            diesel::sql_query("SELECT 1").execute(connection)?;
            Ok(())
        })
        .await
    }
}

/// The answer of a job whose thread or task ended without one.
fn job_lost() -> Failure {
    Failure::Busy("the database is shutting down".to_owned())
}
