//! What an account is made of.

use std::time::Duration;

use crate::kernel::clock::{days, hours};
use crate::kernel::failure::FieldProblem;
use crate::kernel::id::{BusinessId, PersonId};

/// How long the link works that confirms an address.
pub const CONFIRMATION_LIFETIME: Duration = Duration::from_secs(30 * 60);
/// How long the link works that sets a new password.
pub const RESET_LIFETIME: Duration = Duration::from_secs(30 * 60);
/// A link to what is kept about somebody who was removed works so long.
pub const OWN_DATA_LIFETIME: Duration = days(7);
/// How long a colleague's invitation works.
pub const INVITATION_LIFETIME: Duration = days(14);
/// How long a session lives after it was last seen.
pub const SESSION_LIFETIME: Duration = days(30);
/// How exactly "last seen" is kept: within this time a browser's session is not written again.
pub const SEEN_EVERY: Duration = hours(1);
/// Sessions that one person may have at once; the oldest makes room.
pub const SESSIONS_MAX: i64 = 50;
/// People of one business.
pub const PEOPLE_MAX: i64 = 200;
/// Open invitations of one business.
pub const INVITATIONS_MAX: i64 = 50;

crate::coded_enum! {
    /// Who holds a session.
    pub enum SessionKind {
        /// A browser, by its cookie.
        Browser = 1 "browser",
        /// A program, by a family of refresh tokens.
        Api = 2 "api",
    }
}

/// A time zone of the IANA database, such as `Europe/Berlin`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeZone(String);

impl TimeZone {
    /// Reads the name of a time zone that exists.
    pub fn parse(raw: &str) -> Result<Self, FieldProblem> {
        let unknown = || FieldProblem::new("not_a_time_zone", "write a name of the IANA database, e.g. Europe/Berlin");
        let zone = jiff::tz::TimeZone::get(raw.trim()).map_err(|_| unknown())?;
        zone.iana_name().map(|name| Self(name.to_owned())).ok_or_else(unknown)
    }

    /// The zone of those who named none.
    pub fn usual() -> Self {
        Self("Europe/Berlin".to_owned())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A business and its first person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Registered {
    /// The person; the address waits to be confirmed.
    pub person: PersonId,
    /// The business, of which the person is the owner.
    pub business: BusinessId,
}
