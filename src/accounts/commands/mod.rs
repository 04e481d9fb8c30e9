//! What changes accounts: one function, one transaction, one event.

pub mod colleagues;
pub mod erasure;
pub mod notifications;
pub mod passwords;
pub mod people;
pub mod sessions;

pub use people::{confirm_address, register};
