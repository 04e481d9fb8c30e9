//! A connection to either database.

use diesel::pg::PgConnection;
use diesel::sqlite::SqliteConnection;

/// A connection to PostgreSQL or SQLite. Queries are written once, for this type.
#[derive(diesel::MultiConnection)]
pub enum AnyConn {
    /// PostgreSQL.
    Postgres(PgConnection),
    /// SQLite.
    Sqlite(SqliteConnection),
}

impl AnyConn {
    /// Whether this is SQLite, for the few statements that differ.
    pub fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }
}

/// Runs the same diesel expression on the inner connection, for what cannot be said through [`AnyConn`]:
/// batch inserts, ON CONFLICT, FOR UPDATE SKIP LOCKED.
#[macro_export]
macro_rules! on_each {
    ($connection:expr, $inner:ident => $body:expr) => {
        match $connection {
            $crate::db::AnyConn::Postgres($inner) => $body,
            $crate::db::AnyConn::Sqlite($inner) => $body,
        }
    };
}
