//! The SQL of accounts, a file a table.

pub(super) mod invitations;
pub(super) mod keys;
pub(super) mod people;
pub(super) mod sessions;
