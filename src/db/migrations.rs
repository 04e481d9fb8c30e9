//! The same list of migrations for both databases.
//!
//! They run on a connection of their own: SQLite cannot switch foreign keys inside a transaction, and PostgreSQL's
//! nodes take turns by an advisory lock.

use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource, MigrationVersion};
use diesel::pg::PgConnection;
use diesel::sqlite::SqliteConnection;
use diesel::{Connection, QueryableByName, RunQueryDsl};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{AnyConn, Location};
use crate::kernel::{Answer, Failure};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");
/// An arbitrary number that only migrations lock.
const ADVISORY_LOCK: i64 = 0x6b75_6c61_7269_6e67;

/// Brings the database to the newest version; answers the versions that were applied.
pub fn run(location: &Location) -> Answer<Vec<String>> {
    match location {
        Location::Sqlite(path) => {
            let mut connection = open_sqlite(path)?;
            let applied = shown(connection.run_pending_migrations(SQLITE));
            check_foreign_keys(&mut connection)?;
            applied
        }
        Location::Postgres(address) => locked(address, |connection| shown(connection.run_pending_migrations(POSTGRES))),
    }
}

/// Takes every migration back, the newest first. For tests and for those who want an empty database.
pub fn revert_all(location: &Location) -> Answer<Vec<String>> {
    match location {
        Location::Sqlite(path) => shown(open_sqlite(path)?.revert_all_migrations(SQLITE)),
        Location::Postgres(address) => locked(address, |connection| shown(connection.revert_all_migrations(POSTGRES))),
    }
}

/// The versions that are not applied yet.
pub fn pending(location: &Location) -> Answer<Vec<String>> {
    match location {
        Location::Sqlite(path) => names(open_sqlite(path)?.pending_migrations(SQLITE)),
        Location::Postgres(address) => locked(address, |connection| names(connection.pending_migrations(POSTGRES))),
    }
}

/// The versions that this program knows and the database has not, seen from a connection in use.
pub fn missing(connection: &mut AnyConn) -> Answer<Vec<String>> {
    let rows: Vec<Applied> = diesel::sql_query("SELECT version FROM __diesel_schema_migrations").load(connection)?;
    let (sqlite, postgres) = versions()?;
    let known = if connection.is_sqlite() { sqlite } else { postgres };
    Ok(known.into_iter().filter(|name| !rows.iter().any(|row| name.split('_').next() == Some(row.version.as_str()))).collect())
}

#[derive(QueryableByName)]
struct Applied {
    #[diesel(sql_type = diesel::sql_types::Text)]
    version: String,
}

/// The versions in either folder, for the test that holds them against each other.
pub fn versions() -> Answer<(Vec<String>, Vec<String>)> {
    Ok((names(MigrationSource::<diesel::sqlite::Sqlite>::migrations(&SQLITE))?, names(MigrationSource::<diesel::pg::Pg>::migrations(&POSTGRES))?))
}

fn open_sqlite(path: &std::path::Path) -> Answer<SqliteConnection> {
    let path = path.to_str().ok_or_else(|| Failure::internal("the database's path is not UTF-8"))?;
    let mut connection = SqliteConnection::establish(path).map_err(|error| Failure::Busy(format!("cannot open {path}: {error}")))?;
    connection.batch_execute("PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA foreign_keys = OFF;")?;
    Ok(connection)
}

fn locked<T>(address: &str, act: impl FnOnce(&mut PgConnection) -> Answer<T>) -> Answer<T> {
    let mut connection = PgConnection::establish(address).map_err(|error| Failure::Busy(format!("PostgreSQL cannot be reached: {error}")))?;
    connection.batch_execute(&format!("SELECT pg_advisory_lock({ADVISORY_LOCK})"))?;
    let outcome = act(&mut connection);
    connection.batch_execute(&format!("SELECT pg_advisory_unlock({ADVISORY_LOCK})"))?;
    outcome
}

#[derive(QueryableByName)]
struct Violation {
    #[diesel(sql_type = diesel::sql_types::Text)]
    table: String,
}

fn check_foreign_keys(connection: &mut SqliteConnection) -> Answer<()> {
    let violations: Vec<Violation> = diesel::sql_query("SELECT \"table\" FROM pragma_foreign_key_check").load(connection)?;
    match violations.first() {
        None => Ok(()),
        Some(first) => Err(Failure::internal(format!("{} rows of {} and others point nowhere after the migration", violations.len(), first.table))),
    }
}

fn shown<E: std::fmt::Display>(result: Result<Vec<MigrationVersion<'_>>, E>) -> Answer<Vec<String>> {
    result.map(|versions| versions.iter().map(ToString::to_string).collect()).map_err(|error| Failure::internal(format!("migration: {error}")))
}

fn names<DB: diesel::backend::Backend, E: std::fmt::Display>(result: Result<Vec<Box<dyn Migration<DB>>>, E>) -> Answer<Vec<String>> {
    result.map(|list| list.iter().map(|migration| migration.name().to_string()).collect()).map_err(|error| Failure::internal(format!("migration: {error}")))
}
