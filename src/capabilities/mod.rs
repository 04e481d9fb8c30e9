//! Links in mails that let their holder do one thing, without a login.
//!
//! The token is derived from the installation's secret, so that a retried mail carries the same link; the database keeps its
//! SHA-256 only. Unknown and expired look alike. What was used stays readable: using a link again shows the state.

use diesel::prelude::*;

use crate::db::schema::capability;
use crate::db::{AnyConn, Tx};
use crate::kernel::clock::Timestamp;
use crate::kernel::id::CapabilityId;
use crate::kernel::secret::token_hash;
use crate::kernel::{Answer, Failure, Secret};

crate::coded_enum! {
    /// What a link is for. One link, one purpose.
    pub enum Purpose {
        /// Confirms a person's address.
        ConfirmAddress = 1 "confirm_address",
        /// Sets a new password.
        ResetPassword = 2 "reset_password",
        /// Joins a business as a colleague.
        JoinBusiness = 3 "join_business",
        /// Joins a circle.
        JoinCircle = 4 "join_circle",
        /// Answers an offer.
        AnswerOffer = 5 "answer_offer",
        /// Answers an introduction as the prospect.
        AnswerIntroduction = 6 "answer_introduction",
        /// Stops mails to an address.
        StopMails = 7 "stop_mails",
        /// Stops reminders to an address.
        StopReminders = 8 "stop_reminders",
        /// Shows somebody who was removed from a business what is kept about him, and erases it.
        OwnData = 9 "own_data",
    }
}

impl Purpose {
    /// Where the link leads; the token follows.
    pub const fn path(self) -> &'static str {
        match self {
            Self::ConfirmAddress => "/confirm/",
            Self::ResetPassword => "/password/",
            Self::JoinBusiness => "/join/",
            Self::JoinCircle => "/invitation/",
            Self::AnswerOffer => "/o/",
            Self::AnswerIntroduction => "/i/",
            Self::StopMails => "/stop/",
            Self::StopReminders => "/reminders/",
            Self::OwnData => "/my-data/",
        }
    }
}

/// A link as the database knows it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = capability)]
pub struct Capability {
    /// Its id.
    pub id: CapabilityId,
    /// What for.
    pub purpose: Purpose,
    /// The raw id of what it is about: a person, an offer, an introduction …
    pub subject_id: i64,
    /// Part of the token; rises when a link is made anew.
    pub version: i32,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it works; never ends when empty.
    pub expires_at: Option<Timestamp>,
    /// When it was used.
    pub used_at: Option<Timestamp>,
}

impl Capability {
    /// The token, derived afresh.
    pub fn token(&self, secret: &Secret) -> String {
        token(secret, self.purpose, self.id, self.version)
    }

    /// The path of the link.
    pub fn link_path(&self, secret: &Secret) -> String {
        format!("{}{}", self.purpose.path(), self.token(secret))
    }
}

fn token(secret: &Secret, purpose: Purpose, id: CapabilityId, version: i32) -> String {
    use crate::kernel::id::Identifier;
    secret.token(&format!("capability {purpose}"), id.raw(), version)
}

/// Makes a link.
pub fn issue(tx: &mut Tx<'_>, purpose: Purpose, subject_id: i64, expires_at: Option<Timestamp>) -> Answer<Capability> {
    let new = Capability { id: tx.new_id(), purpose, subject_id, version: 1, created_at: tx.now(), expires_at, used_at: None };
    let hash = token_hash(&new.token(tx.secret()));
    diesel::insert_into(capability::table)
        .values((
            capability::id.eq(new.id),
            capability::purpose.eq(new.purpose),
            capability::subject_id.eq(new.subject_id),
            capability::version.eq(new.version),
            capability::token_hash.eq(hash),
            capability::created_at.eq(new.created_at),
            capability::expires_at.eq(new.expires_at),
        ))
        .execute(&mut **tx)?;
    Ok(new)
}

/// The link with this token and purpose, used or not. Unknown and expired are both "not found".
pub fn find(connection: &mut AnyConn, purpose: Purpose, token: &str, now: Timestamp) -> Answer<Capability> {
    if token.len() != 43 {
        return Err(Failure::NotFound("link"));
    }
    let found: Option<Capability> = capability::table
        .filter(capability::token_hash.eq(token_hash(token)).and(capability::purpose.eq(purpose)))
        .select(Capability::as_select())
        .first(connection)
        .optional()?;
    found.filter(|link| link.expires_at.is_none_or(|end| now < end)).ok_or(Failure::NotFound("link"))
}

/// A link by its id, for rendering the mail that carries it.
pub fn by_id(connection: &mut AnyConn, id: CapabilityId) -> Answer<Capability> {
    let found = capability::table.find(id).select(Capability::as_select()).first(connection).optional()?;
    found.ok_or(Failure::NotFound("link"))
}

/// Uses a link up. Two at once: one wins, the other is told that it was used.
pub fn spend(tx: &mut Tx<'_>, link: &Capability) -> Answer<()> {
    let unused = capability::table.filter(capability::id.eq(link.id).and(capability::used_at.is_null()));
    let now = tx.now();
    match diesel::update(unused).set(capability::used_at.eq(now)).execute(&mut **tx)? {
        1 => Ok(()),
        _ => Err(Failure::conflict("link_used", "this link was used before")),
    }
}

/// Ends every link of a purpose for a subject (a newer one was made, or the matter is closed).
pub fn revoke(tx: &mut Tx<'_>, purpose: Purpose, subject_id: i64) -> Answer<()> {
    let now = tx.now();
    diesel::update(capability::table.filter(capability::subject_id.eq(subject_id).and(capability::purpose.eq(purpose))))
        .set(capability::expires_at.eq(now))
        .execute(&mut **tx)?;
    Ok(())
}
