//! Trust: what keeps credits honest.
//!
//! Whoever gains from made-up leads needs others who play along. This room looks for groups that pass each other far more than
//! chance explains and whose prospects are hardly ever heard themselves. It shows an organiser the facts and never punishes by
//! itself. `docs/TRUST.md` says what is computed and how well it works.

pub mod detection;
pub mod simulation;
mod tail;
