//! What every handler may use.

use std::sync::Arc;

use super::rate::RateLimits;
use crate::accounts::Accounts;
use crate::config::Config;
use crate::db::Db;
use crate::kernel::clock::{Clock, Timestamp};
use crate::kernel::pulse::Pulse;
use crate::kernel::{Random, Secret};
use crate::live::Hub;
use crate::reciprocity::rings::Clearings;

/// The application as handlers see it; cheap to clone.
#[derive(Clone)]
pub struct State {
    /// The database.
    pub db: Db,
    /// The settings.
    pub config: Arc<Config>,
    /// How often one may write.
    pub limits: Arc<RateLimits>,
    /// The worker's signs of life, when it runs in this process.
    pub worker_pulse: Arc<Pulse>,
    /// What signing in keeps in memory.
    pub accounts: Arc<Accounts>,
    /// What closes in each circle's rings, by ledger head.
    pub clearings: Arc<Clearings>,
    /// Who listens to what happens.
    pub live: Arc<Hub>,
}

impl State {
    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.clock().now()
    }

    /// The clock.
    pub fn clock(&self) -> &dyn Clock {
        &*self.db.environment().clock
    }

    /// Randomness.
    pub fn random(&self) -> &dyn Random {
        &*self.db.environment().random
    }

    /// The installation's secret.
    pub fn secret(&self) -> &Secret {
        &self.db.environment().secret
    }

    /// The public address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.config.server.base_url)
    }
}
