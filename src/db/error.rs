//! What the databases say when they refuse, in one vocabulary.

use diesel::result::{DatabaseErrorKind, Error};

use crate::kernel::Failure;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match &error {
            Error::DatabaseError(DatabaseErrorKind::SerializationFailure | DatabaseErrorKind::ClosedConnection, info) => Self::Busy(info.message().to_owned()),
            Error::DatabaseError(DatabaseErrorKind::Unknown, info) if is_passing(info.message()) => Self::Busy(info.message().to_owned()),
            Error::BrokenTransactionManager | Error::RollbackErrorOnCommit { .. } => Self::Busy("the connection broke".to_owned()),
            _ => Self::Internal(format!("database: {error}")),
        }
    }
}

/// Messages of troubles that pass: locks, timeouts, lost connections, a full disk that somebody will empty.
fn is_passing(message: &str) -> bool {
    // A connection that was cut off has nothing to say.
    if message.trim().is_empty() {
        return true;
    }
    [
        "database is locked",
        "database table is locked",
        "disk is full",
        "disk I/O error",
        "canceling statement due to",
        "deadlock detected",
        "could not serialize",
        "server closed the connection",
        "connection to server",
        "terminating connection",
        "no connection to the server",
        "could not receive data",
        "could not send data",
        "lost synchronization with server",
        "not currently accepting connections",
        "SSL connection has been closed",
    ]
    .iter()
    .any(|known| message.contains(known))
}

/// Whether a statement failed because of a unique index whose columns are these. SQLite names `table.column`s, PostgreSQL the
/// index: `needle` is matched against both (`"person.email_normalised|person_email_normalised_key"`).
pub fn unique_violation(error: &Error, needle: &str) -> bool {
    match error {
        Error::DatabaseError(DatabaseErrorKind::UniqueViolation, info) => {
            let named = info.constraint_name().unwrap_or("");
            needle.split('|').any(|part| named == part || info.message().contains(part))
        }
        _ => false,
    }
}
