//! Parsed values that every room of the house shares.
//!
//! Whatever enters Kularing becomes one of these types at the edge, so that the code behind it never asks again whether an
//! address is an address. Nothing here does I/O; clock and randomness are traits whose implementations are handed in.

pub mod actor;
pub mod chance;
pub mod clock;
pub mod coded;
pub mod content_line;
pub mod cursor;
pub mod email;
pub mod event;
pub mod failure;
pub mod id;
pub mod locale;
pub mod money;
pub mod phone;
pub mod pulse;
pub mod random;
pub mod region;
pub mod secret;
pub mod tax_number;
pub mod text;

pub use actor::{Actor, Principal};
pub use clock::{Clock, Timestamp};
pub use cursor::{Page, PageQuery};
pub use email::EmailAddress;
pub use event::{Event, EventKind};
pub use failure::{Failure, FieldError, Fields};
pub use locale::Language;
pub use random::Random;
pub use secret::{KeyedHash, Secret};

/// What a command or a view answers: a value or a [`Failure`].
pub type Answer<T> = Result<T, Failure>;
