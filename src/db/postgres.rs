//! PostgreSQL: a pool for writing and one for reading, the latter refusing to write.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::r2d2::{ManageConnection, Pool, R2D2Connection};
use diesel::{Connection, RunQueryDsl};
use tokio::sync::Semaphore;

use super::{AnyConn, Limits, job_lost};
use crate::kernel::{Answer, Failure};

/// How long a job may wait for a connection.
const CHECKOUT_TIMEOUT: Duration = Duration::from_secs(5);

/// The pools of one PostgreSQL database.
pub(super) struct Postgres {
    readers: Pool<Manager>,
    writers: Pool<Manager>,
    /// Bounds what waits for a connection.
    waiting: Arc<Semaphore>,
}

impl Postgres {
    pub(super) fn open(address: &str, limits: &Limits) -> Answer<Self> {
        let pool = |read_only| {
            Pool::builder()
                .max_size(limits.pool_size)
                .min_idle(Some(1))
                .test_on_check_out(false)
                .connection_timeout(CHECKOUT_TIMEOUT)
                .build(Manager { address: address.to_owned(), read_only, statement_timeout_ms: limits.statement_timeout_ms })
                .map_err(|error| Failure::Busy(format!("PostgreSQL cannot be reached: {error}")))
        };
        Ok(Self { readers: pool(true)?, writers: pool(false)?, waiting: Arc::new(Semaphore::new(limits.queue_length)) })
    }

    pub(super) async fn read<T, F>(&self, view: F) -> Answer<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConn) -> Answer<T> + Send + 'static,
    {
        self.run(&self.readers, view).await
    }

    pub(super) async fn write<T, F>(&self, command: F) -> Answer<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConn) -> Answer<T> + Send + 'static,
    {
        self.run(&self.writers, |connection| connection.transaction(command)).await
    }

    async fn run<T, F>(&self, pool: &Pool<Manager>, job: F) -> Answer<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConn) -> Answer<T> + Send + 'static,
    {
        let permit = Arc::clone(&self.waiting).try_acquire_owned().map_err(|_| Failure::Busy("the database's queue is full".to_owned()))?;
        let pool = pool.clone();
        let work = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let mut connection = pool.get().map_err(|error| Failure::Busy(format!("no connection: {error}")))?;
            // A panic drops the connection's transaction state; r2d2 then finds it broken and throws it away.
            catch_unwind(AssertUnwindSafe(|| job(&mut connection))).unwrap_or_else(|_| Err(Failure::internal("a database job panicked")))
        });
        work.await.map_err(|_| job_lost())?
    }
}

/// Opens connections for the pool.
#[derive(Debug)]
struct Manager {
    address: String,
    read_only: bool,
    statement_timeout_ms: u32,
}

impl ManageConnection for Manager {
    type Connection = AnyConn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<AnyConn, Self::Error> {
        let mut inner = PgConnection::establish(&self.address).map_err(diesel::r2d2::Error::ConnectionError)?;
        let read_only = if self.read_only { "on" } else { "off" };
        inner
            .batch_execute(&format!(
                "SET statement_timeout = {}; SET idle_in_transaction_session_timeout = 30000; SET default_transaction_read_only = {read_only};",
                self.statement_timeout_ms
            ))
            .map_err(diesel::r2d2::Error::QueryError)?;
        Ok(AnyConn::Postgres(inner))
    }

    fn is_valid(&self, connection: &mut AnyConn) -> Result<(), Self::Error> {
        diesel::sql_query("SELECT 1").execute(connection).map(drop).map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, connection: &mut AnyConn) -> bool {
        std::thread::panicking() || connection.is_broken()
    }
}
