//! Colleagues: invited, joined, given another role, removed. Owners do this; a business is never left without one.

use crate::accounts::model::{INVITATION_LIFETIME, INVITATIONS_MAX, PEOPLE_MAX, TimeZone};
use crate::accounts::password::PasswordHash;
use crate::accounts::store::invitations::{self, InvitationRow};
use crate::accounts::store::people::{self, PersonRow};
use crate::accounts::store::sessions;
use crate::capabilities::{self, Purpose};
use crate::db::Tx;
use crate::events;
use crate::kernel::actor::PersonRole;
use crate::kernel::event::NewEvent;
use crate::kernel::id::{BusinessId, Identifier, InvitationId, PersonId};
use crate::kernel::text::Name;
use crate::kernel::{Actor, Answer, EmailAddress, EventKind, Failure, Language, Principal};

fn at_most(count: usize, limit: i64, code: &'static str) -> Answer<()> {
    if i64::try_from(count).is_ok_and(|count| count < limit) { Ok(()) } else { Err(Failure::conflict(code, format!("at most {limit}"))) }
}

/// Invites a colleague by mail. Inviting the same address again takes the earlier invitation back. Whether the address has
/// an account elsewhere is not told here, but to the one who opens the link.
pub fn invite(tx: &mut Tx<'_>, principal: &Principal, email: &EmailAddress, role: PersonRole) -> Answer<InvitationId> {
    let business = principal.owned_business()?;
    tx.lock(business)?;
    let people = people::active_of(tx, business)?;
    if people.iter().any(|person| person.email_normalised == email.normalised()) {
        return Err(Failure::conflict("already_a_colleague", "this address belongs to a colleague"));
    }
    at_most(people.len(), PEOPLE_MAX, "too_many_people")?;
    let now = tx.now();
    let open = invitations::open_of(tx, business, now)?;
    let (earlier, others): (Vec<_>, Vec<_>) = open.into_iter().partition(|invitation| invitation.email_normalised == email.normalised());
    at_most(others.len(), INVITATIONS_MAX, "too_many_invitations")?;
    for invitation in earlier {
        withdraw(tx, invitation.id)?;
    }
    let row = InvitationRow {
        id: tx.new_id(),
        business_id: business,
        email: email.as_str().to_owned(),
        email_normalised: email.normalised().to_owned(),
        role,
        invited_by: principal.person,
        created_at: now,
        expires_at: now.after(INVITATION_LIFETIME),
        accepted_at: None,
        revoked_at: None,
    };
    let id = row.id;
    invitations::insert(tx, row)?;
    let data = serde_json::json!({ "invitation": id, "role": role });
    events::record(tx, NewEvent::new(EventKind::ColleagueInvited, principal.actor()).business(business).data(data))?;
    Ok(id)
}

fn withdraw(tx: &mut Tx<'_>, id: InvitationId) -> Answer<()> {
    invitations::revoke(tx, id)?;
    capabilities::revoke(tx, Purpose::JoinBusiness, id.raw())
}

/// Takes an open invitation back; its link leads nowhere from now on.
pub fn revoke_invitation(tx: &mut Tx<'_>, principal: &Principal, id: InvitationId) -> Answer<()> {
    let business = principal.owned_business()?;
    tx.lock(business)?;
    let row = invitations::by_id(tx, id)?;
    if row.business_id != business {
        return Err(Failure::NotFound("invitation"));
    }
    if !row.is_open(tx.now()) {
        return Err(Failure::conflict("invitation_closed", "it was accepted, taken back or ran out"));
    }
    withdraw(tx, id)?;
    let data = serde_json::json!({ "invitation": id });
    events::record(tx, NewEvent::new(EventKind::ColleagueInvitationRevoked, principal.actor()).business(business).data(data)).map(drop)
}

/// What an invited colleague says about himself.
#[derive(Debug, Clone)]
pub struct NewColleague {
    /// His name.
    pub name: Name,
    /// The hash of his password.
    pub password: PasswordHash,
    /// The language of screens and mails.
    pub language: Language,
    /// His time zone.
    pub time_zone: TimeZone,
}

/// Joins a business by the link in the mail; the link also confirms the address.
pub fn join(tx: &mut Tx<'_>, token: &str, colleague: NewColleague) -> Answer<PersonId> {
    let now = tx.now();
    let link = capabilities::find(tx, Purpose::JoinBusiness, token, now)?;
    let invitation = invitations::by_id(tx, InvitationId::from_raw(link.subject_id))?;
    tx.lock(invitation.business_id)?;
    capabilities::spend(tx, &link)?;
    at_most(people::active_of(tx, invitation.business_id)?.len(), PEOPLE_MAX, "too_many_people")?;
    let row = PersonRow {
        id: tx.new_id(),
        business_id: Some(invitation.business_id),
        name: colleague.name.into_string(),
        email: invitation.email,
        email_normalised: invitation.email_normalised,
        password_hash: colleague.password.as_str().to_owned(),
        role: invitation.role,
        language: colleague.language,
        time_zone: colleague.time_zone.as_str().to_owned(),
        confirmed_at: Some(now),
        removed_at: None,
        created_at: now,
        version: 1,
    };
    let person = row.id;
    people::insert(tx, row)?;
    invitations::accept(tx, invitation.id)?;
    let actor = Actor::Person { person, business: Some(invitation.business_id) };
    events::record(tx, NewEvent::new(EventKind::ColleagueJoined, actor).business(invitation.business_id).person(person))?;
    Ok(person)
}

/// Gives a colleague another role. The last owner stays one.
pub fn change_role(tx: &mut Tx<'_>, principal: &Principal, colleague: PersonId, role: PersonRole) -> Answer<()> {
    let (business, row) = for_owner(tx, principal, colleague)?;
    if row.role == role {
        return Ok(());
    }
    if row.role == PersonRole::Owner {
        keep_an_owner(tx, business, colleague)?;
    }
    people::set_role(tx, colleague, role)?;
    let data = serde_json::json!({ "role": role });
    events::record(tx, NewEvent::new(EventKind::ColleagueRoleChanged, principal.actor()).business(business).person(colleague).data(data)).map(drop)
}

/// Removes a colleague (or oneself) from the business: his sessions end, his address is free again. The last owner stays.
pub fn remove(tx: &mut Tx<'_>, principal: &Principal, colleague: PersonId) -> Answer<()> {
    let (business, row) = for_owner(tx, principal, colleague)?;
    if row.role == PersonRole::Owner {
        keep_an_owner(tx, business, colleague)?;
    }
    people::remove(tx, colleague)?;
    sessions::end_all(tx, colleague, None)?;
    capabilities::revoke(tx, Purpose::ResetPassword, colleague.raw())?;
    events::record(tx, NewEvent::new(EventKind::ColleagueRemoved, principal.actor()).business(business).person(colleague)).map(drop)
}

/// The owner's business and a colleague in it; people of other businesses do not exist for him.
fn for_owner(tx: &mut Tx<'_>, principal: &Principal, colleague: PersonId) -> Answer<(BusinessId, PersonRow)> {
    let business = principal.business()?;
    tx.lock(business)?;
    let row = people::by_id(tx, colleague)?;
    if row.business_id != Some(business) || row.removed_at.is_some() {
        return Err(Failure::NotFound("person"));
    }
    principal.owned_business()?;
    Ok((business, row))
}

fn keep_an_owner(tx: &mut Tx<'_>, business: BusinessId, leaving: PersonId) -> Answer<()> {
    let another = people::active_of(tx, business)?.iter().any(|person| person.role == PersonRole::Owner && person.id != leaving);
    if another { Ok(()) } else { Err(Failure::conflict("last_owner", "make somebody else an owner first")) }
}
