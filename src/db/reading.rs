//! One connection for a long look at the data while others write: the verifier and reports.
//!
//! It takes no lock of the process, refuses to write, and one transaction on it sees one moment from its first statement to
//! its end. On SQLite such a look keeps the write-ahead log from being shortened: be done soon.

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::sqlite::SqliteConnection;
use diesel::{Connection, RunQueryDsl};

use super::{AnyConn, Location};
use crate::kernel::{Answer, Failure};

/// Opens a connection beside a running server. A file that is not there is not made.
pub fn open_for_reading(location: &Location) -> Answer<AnyConn> {
    match location {
        Location::Sqlite(path) => {
            let shown = path.to_str().ok_or_else(|| Failure::internal("the database's path is not UTF-8"))?;
            if !path.is_file() {
                return Err(Failure::Busy(format!("there is no database at {shown}")));
            }
            let mut inner = SqliteConnection::establish(shown).map_err(|error| Failure::Busy(format!("cannot open {shown}: {error}")))?;
            inner.batch_execute("PRAGMA busy_timeout = 5000; PRAGMA query_only = ON;")?;
            // A file that is no database says so now.
            diesel::sql_query("SELECT count(*) FROM sqlite_master").execute(&mut inner)?;
            Ok(AnyConn::Sqlite(inner))
        }
        Location::Postgres(address) => {
            let mut inner = PgConnection::establish(address).map_err(|error| Failure::Busy(format!("PostgreSQL cannot be reached: {error}")))?;
            inner.batch_execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET statement_timeout = 0;")?;
            Ok(AnyConn::Postgres(inner))
        }
    }
}
