//! Registering, confirming, and a person's own settings.

use crate::accounts::model::{Registered, TimeZone};
use crate::accounts::registration::Registration;
use crate::accounts::store::people::{self, PersonRow};
use crate::businesses;
use crate::capabilities::{self, Purpose};
use crate::db::Tx;
use crate::events;
use crate::kernel::actor::PersonRole;
use crate::kernel::event::NewEvent;
use crate::kernel::id::{Identifier, PersonId};
use crate::kernel::text::Name;
use crate::kernel::{Actor, Answer, EventKind, Fields, Language, Principal};

/// Registers a business and its first person, who owns it.
pub fn register(tx: &mut Tx<'_>, registration: Registration) -> Answer<Registered> {
    let business = businesses::commands::create(tx, registration.business)?;
    let person = tx.new_id();
    let row = PersonRow {
        id: person,
        business_id: Some(business),
        name: registration.name.into_string(),
        email: registration.email.as_str().to_owned(),
        email_normalised: registration.email.normalised().to_owned(),
        password_hash: registration.password.as_str().to_owned(),
        role: PersonRole::Owner,
        language: registration.language,
        time_zone: registration.time_zone.as_str().to_owned(),
        confirmed_at: None,
        removed_at: None,
        created_at: tx.now(),
        version: 1,
    };
    people::insert(tx, row)?;
    let actor = Actor::Person { person, business: Some(business) };
    events::record(tx, NewEvent::new(EventKind::BusinessRegistered, actor).business(business).person(person))?;
    Ok(Registered { person, business })
}

/// Registers, or tells the owner of an address that has an account already. Both answer the same.
pub fn register_quietly(tx: &mut Tx<'_>, registration: Registration) -> Answer<()> {
    match people::by_address(tx, registration.email.normalised())? {
        Some(known) => events::record(tx, NewEvent::new(EventKind::RegisteredAgain, Actor::System).person(known.id)).map(drop),
        None => register(tx, registration).map(drop),
    }
}

/// Sends another link to somebody who has not confirmed his address; otherwise does nothing, and answers the same.
pub fn ask_confirmation_again(tx: &mut Tx<'_>, email_normalised: &str) -> Answer<()> {
    match people::by_address(tx, email_normalised)? {
        Some(known) if known.confirmed_at.is_none() => {
            capabilities::revoke(tx, Purpose::ConfirmAddress, known.id.raw())?;
            events::record(tx, NewEvent::new(EventKind::ConfirmationAsked, Actor::System).person(known.id)).map(drop)
        }
        _ => Ok(()),
    }
}

/// Notes that a person's address is confirmed; doing it again changes nothing.
pub fn confirm_address(tx: &mut Tx<'_>, person: PersonId) -> Answer<()> {
    if !people::confirm(tx, person)? {
        return Ok(());
    }
    let row = people::by_id(tx, person)?;
    let actor = Actor::Person { person, business: row.business_id };
    events::record(tx, NewEvent::new(EventKind::AddressConfirmed, actor).person(person)).map(drop)
}

/// Confirms an address by the link in the mail. The link works once; using it again is fine as long as it lives.
pub fn confirm_by_link(tx: &mut Tx<'_>, token: &str) -> Answer<()> {
    let now = tx.now();
    let link = capabilities::find(tx, Purpose::ConfirmAddress, token, now)?;
    if link.used_at.is_some() {
        return Ok(());
    }
    capabilities::spend(tx, &link)?;
    confirm_address(tx, PersonId::from_raw(link.subject_id))
}

/// A person's own settings; what is not given stays.
#[derive(Debug, Clone, Default)]
pub struct ProfileChange {
    /// The name.
    pub name: Option<Name>,
    /// The language of screens and mails.
    pub language: Option<Language>,
    /// The time zone.
    pub time_zone: Option<TimeZone>,
}

impl ProfileChange {
    /// Reads what was typed, and tells of all that cannot be used.
    pub fn parse(name: Option<&str>, language: Option<Language>, time_zone: Option<&str>) -> Answer<Self> {
        let mut fields = Fields::new();
        let name = name.and_then(|name| fields.take("name", Name::parse(name)));
        let time_zone = time_zone.and_then(|zone| fields.take("time_zone", TimeZone::parse(zone)));
        fields.finish()?;
        Ok(Self { name, language, time_zone })
    }
}

/// Changes a person's own settings, unless `fits` refuses the present version.
pub fn change_profile(tx: &mut Tx<'_>, principal: &Principal, fits: impl FnOnce(i32) -> Answer<()>, change: ProfileChange) -> Answer<()> {
    tx.lock(principal.person)?;
    let row = people::by_id(tx, principal.person)?;
    fits(row.version)?;
    let name = change.name.map_or(row.name, Name::into_string);
    let time_zone = change.time_zone.map_or(row.time_zone, |zone| zone.as_str().to_owned());
    people::set_profile(tx, row.id, &name, change.language.unwrap_or(row.language), &time_zone)
}
