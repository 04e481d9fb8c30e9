//! The arithmetic of the figures: whole numbers in, exact fractions out.
//!
//! Pure: no clock, no database, no floating point, so that the same ledger gives the same figures on every machine.

mod decay;
mod evenness;
mod ratio;
mod returning;
#[cfg(test)]
mod tests;
mod triads;

pub use decay::{AMOUNT_MAX, FRACTION_BITS, HALF_LIFE_DAYS, decayed};
pub use evenness::{Range, gini, median, quartiles};
pub use ratio::Ratio;
pub use returning::{Returning, returning};
pub use triads::{Census, TriadClass, census};
