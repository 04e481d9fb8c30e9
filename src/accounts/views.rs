//! What others read about people.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::erasure::{Behind, Stage};
use super::model::SessionKind;
use super::store::{erasure, invitations, keys, notifications, people, sessions};
use crate::capabilities::{self, Purpose};
use crate::db::AnyConn;
use crate::kernel::actor::PersonRole;
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{BusinessId, Identifier, InvitationId, PersonId, SessionId};
use crate::kernel::{Answer, EmailAddress, Failure, KeyedHash, Language, Principal, Secret};
use crate::outbox::{self, MailKind, MailTopic};

/// Businesses that one statement asks for.
const BUSINESSES_AT_ONCE: usize = 500;

/// A person, for mails and screens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonCard {
    /// Who.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// The address, as it was typed.
    pub email: String,
    /// The language of screens and mails.
    pub language: Language,
    /// The time zone.
    pub time_zone: String,
    /// The business he belongs to.
    pub business: Option<BusinessId>,
    /// What he may do for it.
    pub role: PersonRole,
}

impl From<people::PersonRow> for PersonCard {
    fn from(row: people::PersonRow) -> Self {
        Self { id: row.id, name: row.name, email: row.email, language: row.language, time_zone: row.time_zone, business: row.business_id, role: row.role }
    }
}

/// One person, also one who was removed since: his name stays in what he did.
pub fn person(connection: &mut AnyConn, id: PersonId) -> Answer<PersonCard> {
    people::by_id(connection, id).map(PersonCard::from)
}

/// The names of several people in one query, also of those who were removed since.
pub fn names_of(connection: &mut AnyConn, ids: &[PersonId]) -> Answer<HashMap<PersonId, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(people::names_of(connection, ids)?.into_iter().collect())
}

/// Everybody who may act for a business (confirmed, not removed), the first one first.
pub fn people_of(connection: &mut AnyConn, business: BusinessId) -> Answer<Vec<PersonCard>> {
    Ok(people::active_of(connection, business)?.into_iter().map(PersonCard::from).collect())
}

/// The businesses to which an address belongs: that of one of their people, or of somebody they invited as a colleague.
pub fn businesses_of_address(connection: &mut AnyConn, email_normalised: &str) -> Answer<Vec<BusinessId>> {
    let mut found = invitations::inviting(connection, email_normalised)?;
    found.extend(people::by_address(connection, email_normalised)?.and_then(|person| person.business_id));
    Ok(found)
}

/// The first owner of a business: mails to a business go to him. Of a closed business it is somebody without an address, to
/// whom nothing is sent.
pub fn responsible(connection: &mut AnyConn, business: BusinessId) -> Answer<PersonCard> {
    if let Some(owner) = people::first_owner(connection, business)? {
        return Ok(owner.into());
    }
    let last = people::last_of(connection, business)?.map(PersonCard::from);
    last.map(|card| PersonCard { email: String::new(), ..card }).ok_or(Failure::NotFound("owner of this business"))
}

/// Who of a business reads a mail of this kind: its first owner who wants such mails. When nobody wants them it is somebody without
/// an address, to whom nothing is sent; but an offer is always read by somebody.
pub fn reader(connection: &mut AnyConn, business: BusinessId, kind: MailKind) -> Answer<PersonCard> {
    let Some(topic) = kind.topic() else { return responsible(connection, business) };
    let owners: Vec<_> = people::active_of(connection, business)?.into_iter().filter(|person| person.role == PersonRole::Owner).collect();
    let without = notifications::not_wanting(connection, &owners.iter().map(|owner| owner.id).collect::<Vec<_>>(), topic)?;
    match owners.into_iter().find(|owner| !without.contains(&owner.id)) {
        Some(reader) => Ok(reader.into()),
        None if topic == MailTopic::Offers => responsible(connection, business),
        None => Ok(PersonCard { email: String::new(), ..responsible(connection, business)? }),
    }
}

/// Who of each of these businesses reads a mail of this kind, as [`reader`] says; businesses in which nobody does are left out. Two
/// queries for 500 businesses.
pub fn readers(connection: &mut AnyConn, businesses: &[BusinessId], kind: MailKind) -> Answer<HashMap<BusinessId, PersonCard>> {
    let mut readers = HashMap::new();
    for part in businesses.chunks(BUSINESSES_AT_ONCE) {
        let owners = people::owners_of(connection, part)?;
        let ids: Vec<PersonId> = owners.iter().map(|owner| owner.id).collect();
        let without = kind.topic().map_or(Ok(Vec::new()), |topic| notifications::not_wanting(connection, &ids, topic))?;
        let without: HashSet<PersonId> = without.into_iter().collect();
        for owner in owners.into_iter().filter(|owner| !without.contains(&owner.id)) {
            if let Some(business) = owner.business_id {
                readers.entry(business).or_insert_with(|| owner.into());
            }
        }
    }
    Ok(readers)
}

/// The same person, without an address when he wants no mail of this kind.
pub fn as_reader(connection: &mut AnyConn, person: PersonCard, kind: MailKind) -> Answer<PersonCard> {
    let unwanted = match kind.topic() {
        Some(topic) => notifications::not_wanting(connection, &[person.id], topic)?.contains(&person.id),
        None => false,
    };
    Ok(if unwanted { PersonCard { email: String::new(), ..person } } else { person })
}

/// Which mails a person does not want.
pub fn unwanted_by(connection: &mut AnyConn, person: PersonId) -> Answer<Vec<MailTopic>> {
    notifications::unwanted_by(connection, person)
}

/// The key of a person's address, as the stop-list knows it.
pub fn address_key(connection: &mut AnyConn, person: PersonId, secret: &Secret) -> Answer<KeyedHash> {
    let address = EmailAddress::parse(&self::person(connection, person)?.email).map_err(|problem| problem.of("email"))?;
    Ok(secret.keyed_hash("address", address.normalised()))
}

/// Whether something holds reminders to a person back, whatever he chose in his settings.
pub fn reminders_are_stopped(connection: &mut AnyConn, person: PersonId, secret: &Secret) -> Answer<bool> {
    let key = address_key(connection, person, secret)?;
    outbox::stops_reminders(connection, &key)
}

/// Until when the own erasure can be taken back; nothing when it was not asked for.
pub fn leaving(connection: &mut AnyConn, person: PersonId) -> Answer<Option<Timestamp>> {
    Ok(erasure::stage(connection, person)?.1)
}

/// Whether an address belongs to somebody else by now: whoever was removed from a business may have another account with it.
pub fn is_held_by_another(connection: &mut AnyConn, address: &EmailAddress, person: PersonId) -> Answer<bool> {
    Ok(people::by_address(connection, address.normalised())?.is_some_and(|row| row.id != person))
}

/// Somebody who was removed from a business, as the link in his mail shows him.
#[derive(Debug, Clone)]
pub struct Former {
    /// Who.
    pub person: PersonCard,
    /// Until when the erasure can be taken back.
    pub leaving: Option<Timestamp>,
}

/// Whom a link to what is kept about somebody leads to; no such link when he is forgotten.
pub fn former_of_link(connection: &mut AnyConn, token: &str, now: Timestamp) -> Answer<Former> {
    let link = capabilities::find(connection, Purpose::OwnData, token, now)?;
    let id = PersonId::from_raw(link.subject_id);
    let (stage, leaving) = erasure::stage(connection, id)?;
    if stage == Stage::Erased {
        return Err(Failure::NotFound("link"));
    }
    Ok(Former { person: person(connection, id)?, leaving })
}

/// Whether somebody was removed from his business.
pub fn is_former(connection: &mut AnyConn, person: PersonId) -> Answer<bool> {
    Ok(people::by_id(connection, person)?.removed_at.is_some())
}

/// What the person would leave behind in the business.
pub fn behind(connection: &mut AnyConn, principal: &Principal) -> Answer<Behind> {
    let Some(business) = principal.business else { return Ok(Behind::Others) };
    let others: Vec<_> = people::active_of(connection, business)?.into_iter().filter(|person| person.id != principal.person).collect();
    let owners = others.iter().filter(|person| person.role == PersonRole::Owner).count();
    Ok(Behind::of(true, others.len(), owners))
}

/// The own account.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Me {
    /// Who.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// The business.
    pub business: Option<BusinessId>,
    /// What he may do for it.
    pub role: PersonRole,
    /// Whether he runs the installation.
    pub is_operator: bool,
    /// The language of screens and mails.
    pub language: Language,
    /// The time zone.
    pub time_zone: String,
    /// Rises with every change; `ETag` carries it.
    #[serde(skip)]
    pub version: i32,
}

/// The own account.
pub fn me(connection: &mut AnyConn, principal: &Principal) -> Answer<Me> {
    let row = people::by_id(connection, principal.person)?;
    Ok(Me {
        id: row.id,
        name: row.name,
        email: row.email,
        business: row.business_id,
        role: row.role,
        is_operator: principal.is_operator,
        language: row.language,
        time_zone: row.time_zone,
        version: row.version,
    })
}

/// The own account with everything that is kept in it, but for the password's hash.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Account {
    /// Who.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// The business.
    pub business: Option<BusinessId>,
    /// What he may do for it.
    pub role: PersonRole,
    /// The language of screens and mails.
    pub language: Language,
    /// The time zone.
    pub time_zone: String,
    /// When the account was made.
    pub created_at: Timestamp,
    /// When the address was confirmed.
    pub confirmed_at: Option<Timestamp>,
}

/// The own account with everything that is kept in it.
pub fn account(connection: &mut AnyConn, person: PersonId) -> Answer<Account> {
    let row = people::by_id(connection, person)?;
    Ok(Account {
        id: row.id,
        name: row.name,
        email: row.email,
        business: row.business_id,
        role: row.role,
        language: row.language,
        time_zone: row.time_zone,
        created_at: row.created_at,
        confirmed_at: row.confirmed_at,
    })
}

/// A colleague, as colleagues see him.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Colleague {
    /// Who.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// What he may do.
    pub role: PersonRole,
}

/// The people of the own business.
pub fn colleagues(connection: &mut AnyConn, principal: &Principal) -> Answer<Vec<Colleague>> {
    let rows = people::active_of(connection, principal.business()?)?;
    Ok(rows.into_iter().map(|row| Colleague { id: row.id, name: row.name, email: row.email, role: row.role }).collect())
}

/// An open invitation of a colleague.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ColleagueInvitation {
    /// Its id.
    pub id: InvitationId,
    /// To whom.
    pub email: String,
    /// As what.
    pub role: PersonRole,
    /// When.
    pub created_at: Timestamp,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
}

/// The open invitations of the own business; for owners.
pub fn colleague_invitations(connection: &mut AnyConn, principal: &Principal, now: Timestamp) -> Answer<Vec<ColleagueInvitation>> {
    let rows = invitations::open_of(connection, principal.owned_business()?, now)?;
    let shown = |row: invitations::InvitationRow| ColleagueInvitation {
        id: row.id,
        email: row.email,
        role: row.role,
        created_at: row.created_at,
        expires_at: row.expires_at,
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// An invitation as its mail and its page show it.
#[derive(Debug, Clone)]
pub struct InvitationFacts {
    /// To whom.
    pub email: String,
    /// Into which business.
    pub business: BusinessId,
    /// Who invites.
    pub inviter: PersonCard,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
}

/// An invitation by its id.
pub fn invitation(connection: &mut AnyConn, id: InvitationId) -> Answer<InvitationFacts> {
    let row = invitations::by_id(connection, id)?;
    let inviter = person(connection, row.invited_by)?;
    Ok(InvitationFacts { email: row.email, business: row.business_id, inviter, expires_at: row.expires_at })
}

/// One of the own sessions.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct SessionEntry {
    /// Its id.
    pub id: SessionId,
    /// Browser or program.
    pub kind: SessionKind,
    /// What the browser or program called itself.
    pub user_agent: String,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it was last seen, to the hour for browsers.
    pub seen_at: Timestamp,
    /// Until when it lives unless it is seen again.
    pub expires_at: Timestamp,
    /// Whether it is the one that asks.
    pub is_current: bool,
}

/// The own living sessions, the newest first.
pub fn own_sessions(connection: &mut AnyConn, principal: &Principal, current: SessionId, now: Timestamp) -> Answer<Vec<SessionEntry>> {
    let rows = sessions::living_of(connection, principal.person, now)?;
    let shown = |row: sessions::SessionRow| SessionEntry {
        is_current: row.id == current,
        id: row.id,
        kind: row.kind,
        user_agent: row.user_agent,
        created_at: row.created_at,
        seen_at: row.seen_at,
        expires_at: row.expires_at,
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// Which of these sessions live, with the business of their person, in one query.
pub fn living_sessions(connection: &mut AnyConn, ids: &[SessionId], now: Timestamp) -> Answer<Vec<(SessionId, Option<BusinessId>)>> {
    sessions::living_among(connection, ids, now)
}

/// The public halves of the keys: (kid, key in base64url).
pub fn published_keys(connection: &mut AnyConn) -> Answer<Vec<(String, String)>> {
    keys::published(connection)
}
