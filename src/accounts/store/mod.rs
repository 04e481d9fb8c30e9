//! The SQL of accounts, a file a table.

pub(super) mod erasure;
pub(super) mod invitations;
pub(super) mod keys;
pub(super) mod notifications;
pub(super) mod people;
pub(super) mod sessions;
