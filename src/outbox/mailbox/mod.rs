//! The development mailbox: keeps what would have been sent, the very same bytes, and shows it at `/mailbox`.

pub mod message;
pub mod pages;
mod plays;
pub mod store;
mod stream;
