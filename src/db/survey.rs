//! What a PostgreSQL server says about itself, for the operator.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Text};

use super::Location;
use crate::kernel::clock::Timestamp;
use crate::kernel::{Answer, Failure};

/// What was found out.
#[derive(Debug)]
pub struct Survey {
    /// As people say it.
    pub version: String,
    /// As machines say it, e.g. 150004.
    pub version_number: i32,
    /// Whether the connection is encrypted.
    pub is_encrypted: bool,
    /// Whether the server is on this machine or in a private network.
    pub is_local: bool,
    /// The server's clock.
    pub now: Timestamp,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Integer)]
    version_number: i32,
    #[diesel(sql_type = Bool)]
    is_encrypted: bool,
    #[diesel(sql_type = Bool)]
    is_local: bool,
    #[diesel(sql_type = BigInt)]
    now: i64,
}

const QUESTION: &str = "SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS version_number, \
     coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS is_encrypted, \
     coalesce(inet_server_addr() <<= ANY (ARRAY['127.0.0.0/8', '::1/128', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']::inet[]), true) AS is_local, \
     (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS now";

/// Asks the server.
pub fn postgres(location: &Location) -> Answer<Survey> {
    let Location::Postgres(address) = location else { return Err(Failure::internal("this is no PostgreSQL database")) };
    let mut connection = PgConnection::establish(address).map_err(|error| Failure::Busy(format!("it cannot be reached: {error}")))?;
    let row: Row = diesel::sql_query(QUESTION).get_result(&mut connection)?;
    Ok(Survey {
        version: row.version,
        version_number: row.version_number,
        is_encrypted: row.is_encrypted,
        is_local: row.is_local,
        now: Timestamp::from_micros(row.now),
    })
}
