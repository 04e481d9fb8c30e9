//! What the API and the pages do alike, beyond one transaction: limits, passwords in their turn, answers whose time tells nothing.

pub(super) mod erasure;
pub(super) mod even;
pub(super) mod joining;
pub(super) mod passwords;
pub(super) mod registering;
pub mod sign_in;
