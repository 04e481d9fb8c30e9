//! A write transaction and what commands are handed with it.

use std::any::Any;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use diesel::RunQueryDsl;
use diesel::sql_types::BigInt;

use super::{AnyConn, Memories};
use crate::kernel::clock::{Clock, Timestamp};
use crate::kernel::id::{IdMaker, Identifier};
use crate::kernel::{Answer, Event, Random, Secret};

/// What follows from an event, inside the same transaction; the composition root hands it in.
pub type Reactions = fn(&mut Tx<'_>, &Event) -> Answer<()>;

/// Everything a command may ask for that is not in the database.
#[derive(Clone)]
pub struct Environment {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes identifiers.
    pub ids: Arc<IdMaker>,
    /// Gives randomness.
    pub random: Arc<dyn Random>,
    /// The installation's secret.
    pub secret: Secret,
    /// What follows from events.
    pub reactions: Reactions,
    /// The domain of message ids: they are fixed when a mail is queued.
    pub mail_domain: Arc<str>,
    /// Whether this installation lets the server ask prospects by mail without consent given before.
    pub ask_allowed: bool,
    /// What rooms remember between transactions.
    pub memories: Memories,
}

/// A running write transaction. The time stands still inside it.
pub struct Tx<'c> {
    connection: &'c mut AnyConn,
    environment: &'c Environment,
    now: Timestamp,
}

impl<'c> Tx<'c> {
    /// Begins to use a connection whose transaction is open.
    pub fn new(connection: &'c mut AnyConn, environment: &'c Environment) -> Self {
        let now = environment.clock.now();
        Self { connection, environment, now }
    }

    /// The moment of this transaction.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// A new identifier.
    pub fn new_id<I: Identifier>(&self) -> I {
        self.environment.ids.next(self.now)
    }

    /// The machine's randomness.
    pub fn random(&self) -> &'c dyn Random {
        &*self.environment.random
    }

    /// The installation's secret.
    pub fn secret(&self) -> &'c Secret {
        &self.environment.secret
    }

    /// What follows from events.
    pub fn reactions(&self) -> Reactions {
        self.environment.reactions
    }

    /// The domain of message ids.
    pub fn mail_domain(&self) -> &'c str {
        &self.environment.mail_domain
    }

    /// Whether this installation lets the server ask prospects by mail without consent given before.
    pub fn ask_allowed(&self) -> bool {
        self.environment.ask_allowed
    }

    /// What a room remembers between transactions, by its type.
    pub fn memory<T: Any + Send + Sync + Default>(&self) -> Arc<T> {
        self.environment.memories.of()
    }

    /// Makes concurrent commands on the same thing wait for each other until the end of this transaction. SQLite has one
    /// writer anyway. Lock a business before a referral and a referral before its circle, a circle before its ledger, businesses in the order of their ids.
    pub fn lock<I: Identifier>(&mut self, thing: I) -> Answer<()> {
        if !self.connection.is_sqlite() {
            diesel::sql_query("SELECT pg_advisory_xact_lock($1)").bind::<BigInt, _>(thing.raw()).execute(self.connection)?;
        }
        Ok(())
    }
}

impl Deref for Tx<'_> {
    type Target = AnyConn;

    fn deref(&self) -> &AnyConn {
        self.connection
    }
}

impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut AnyConn {
        self.connection
    }
}
