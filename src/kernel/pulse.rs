//! A sign of life: somebody beats, somebody else looks how long ago that was.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use super::clock::Timestamp;

/// The last sign of life of a part that runs on its own.
#[derive(Debug, Default)]
pub struct Pulse(AtomicI64);

impl Pulse {
    /// Gives a sign of life.
    pub fn beat(&self, now: Timestamp) {
        self.0.store(now.as_micros(), Ordering::Relaxed);
    }

    /// How long ago the last one was; `None` when there was none yet.
    pub fn age(&self, now: Timestamp) -> Option<Duration> {
        match self.0.load(Ordering::Relaxed) {
            0 => None,
            micros => Some(now.since(Timestamp::from_micros(micros))),
        }
    }
}
