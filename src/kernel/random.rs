//! Randomness as a parameter.

use std::sync::Mutex;

use aws_lc_rs::{digest, rand::SecureRandom};

use super::failure::Failure;

/// Fills bytes that nobody can guess.
pub trait Random: Send + Sync + 'static {
    /// Fills the whole of `bytes`, or fails when the machine has no randomness to give.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Failure>;
}

/// The machine's randomness.
#[derive(Debug, Default)]
pub struct SystemRandom(aws_lc_rs::rand::SystemRandom);

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Failure> {
        self.0.fill(bytes).map_err(|_| Failure::internal("the machine gives no random bytes"))
    }
}

/// Repeatable bytes for tests and demo data: SHA-256 in counter mode. Never for a server that people use.
#[derive(Debug)]
pub struct SeededRandom {
    seed: u64,
    counter: Mutex<u64>,
}

impl SeededRandom {
    /// The same seed gives the same bytes.
    pub fn new(seed: u64) -> Self {
        Self { seed, counter: Mutex::new(0) }
    }
}

impl Random for SeededRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Failure> {
        let mut counter = self.counter.lock().map_err(|_| Failure::internal("seeded randomness is poisoned"))?;
        for chunk in bytes.chunks_mut(32) {
            *counter += 1;
            let block = digest::digest(&digest::SHA256, &[self.seed.to_be_bytes(), counter.to_be_bytes()].concat());
            chunk.copy_from_slice(&block.as_ref()[..chunk.len()]);
        }
        Ok(())
    }
}
