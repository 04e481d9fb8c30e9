//! People.

use diesel::prelude::*;

use crate::db::schema::person;
use crate::db::{AnyConn, Tx, unique_violation};
use crate::kernel::actor::PersonRole;
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{BusinessId, PersonId};
use crate::kernel::{Answer, Failure, Language};

/// A person as he is stored.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = person)]
pub(in crate::accounts) struct PersonRow {
    pub id: PersonId,
    pub business_id: Option<BusinessId>,
    pub name: String,
    pub email: String,
    pub email_normalised: String,
    pub password_hash: String,
    pub role: PersonRole,
    pub language: Language,
    pub time_zone: String,
    pub confirmed_at: Option<Timestamp>,
    pub removed_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub version: i32,
}

impl PersonRow {
    /// Whether he may sign in.
    pub fn is_active(&self) -> bool {
        self.confirmed_at.is_some() && self.removed_at.is_none()
    }
}

pub(in crate::accounts) fn insert(tx: &mut Tx<'_>, row: PersonRow) -> Answer<()> {
    diesel::insert_into(person::table).values(row).execute(&mut **tx).map_err(|error| {
        if unique_violation(&error, "person.email_normalised|person_email_normalised_key") {
            Failure::conflict("address_taken", "this address has an account already")
        } else {
            error.into()
        }
    })?;
    Ok(())
}

pub(in crate::accounts) fn by_id(connection: &mut AnyConn, id: PersonId) -> Answer<PersonRow> {
    let found = person::table.find(id).select(PersonRow::as_select()).first(connection).optional()?;
    found.ok_or(Failure::NotFound("person"))
}

/// The names of people, of those who were removed since too.
pub(in crate::accounts) fn names_of(connection: &mut AnyConn, ids: &[PersonId]) -> Answer<Vec<(PersonId, String)>> {
    Ok(person::table.filter(person::id.eq_any(ids.to_vec())).select((person::id, person::name)).load(connection)?)
}

/// Whoever has this address; removed people have none.
pub(in crate::accounts) fn by_address(connection: &mut AnyConn, email_normalised: &str) -> Answer<Option<PersonRow>> {
    Ok(person::table.filter(person::email_normalised.eq(email_normalised)).select(PersonRow::as_select()).first(connection).optional()?)
}

/// Everybody of a business who may act for it, the first one first.
pub(in crate::accounts) fn active_of(connection: &mut AnyConn, business: BusinessId) -> Answer<Vec<PersonRow>> {
    Ok(person::table
        .filter(person::business_id.eq(business).and(person::confirmed_at.is_not_null()).and(person::removed_at.is_null()))
        .order(person::id.asc())
        .select(PersonRow::as_select())
        .load(connection)?)
}

/// The owners of several businesses, the first ones first.
pub(in crate::accounts) fn owners_of(connection: &mut AnyConn, businesses: &[BusinessId]) -> Answer<Vec<PersonRow>> {
    Ok(person::table
        .filter(person::business_id.eq_any(businesses.to_vec()).and(person::role.eq(PersonRole::Owner)))
        .filter(person::confirmed_at.is_not_null().and(person::removed_at.is_null()))
        .order(person::id.asc())
        .select(PersonRow::as_select())
        .load(connection)?)
}

/// The first owner of a business.
pub(in crate::accounts) fn first_owner(connection: &mut AnyConn, business: BusinessId) -> Answer<Option<PersonRow>> {
    Ok(person::table
        .filter(person::business_id.eq(business).and(person::role.eq(PersonRole::Owner)))
        .filter(person::confirmed_at.is_not_null().and(person::removed_at.is_null()))
        .order(person::id.asc())
        .select(PersonRow::as_select())
        .first(connection)
        .optional()?)
}

/// Notes that the address is confirmed; false when it was before.
pub(in crate::accounts) fn confirm(tx: &mut Tx<'_>, id: PersonId) -> Answer<bool> {
    let now = tx.now();
    let waiting = person::table.filter(person::id.eq(id).and(person::confirmed_at.is_null()));
    Ok(diesel::update(waiting).set((person::confirmed_at.eq(now), person::version.eq(person::version + 1))).execute(&mut **tx)? == 1)
}

pub(in crate::accounts) fn set_password(tx: &mut Tx<'_>, id: PersonId, hash: &str) -> Answer<()> {
    diesel::update(person::table.filter(person::id.eq(id)))
        .set((person::password_hash.eq(hash), person::version.eq(person::version + 1)))
        .execute(&mut **tx)?;
    Ok(())
}

pub(in crate::accounts) fn set_profile(tx: &mut Tx<'_>, id: PersonId, name: &str, language: Language, time_zone: &str) -> Answer<()> {
    diesel::update(person::table.filter(person::id.eq(id)))
        .set((person::name.eq(name), person::language.eq(language), person::time_zone.eq(time_zone), person::version.eq(person::version + 1)))
        .execute(&mut **tx)?;
    Ok(())
}

pub(in crate::accounts) fn set_role(tx: &mut Tx<'_>, id: PersonId, role: PersonRole) -> Answer<()> {
    diesel::update(person::table.filter(person::id.eq(id))).set((person::role.eq(role), person::version.eq(person::version + 1))).execute(&mut **tx)?;
    Ok(())
}

/// Marks a person as removed. The address is free again, the name stays in what was done; the password is gone.
pub(in crate::accounts) fn remove(tx: &mut Tx<'_>, id: PersonId) -> Answer<()> {
    let now = tx.now();
    diesel::update(person::table.filter(person::id.eq(id)))
        .set((
            person::removed_at.eq(now),
            // By this he is found again when he asks to be forgotten.
            person::email.eq(person::email_normalised),
            person::email_normalised.eq(format!("removed {id}")),
            person::password_hash.eq(""),
            person::version.eq(person::version + 1),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Whoever had this address, as it was typed or normalised, and was removed from a business; the latest first.
pub(in crate::accounts) fn former_of(connection: &mut AnyConn, addresses: &[String], limit: i64) -> Answer<Vec<PersonRow>> {
    let former = person::table.filter(person::email.eq_any(addresses.to_vec()).and(person::removed_at.is_not_null()).and(person::erased_at.is_null()));
    Ok(former.order(person::id.desc()).limit(limit).select(PersonRow::as_select()).load(connection)?)
}

/// Whoever came last of all who ever belonged to a business.
pub(in crate::accounts) fn last_of(connection: &mut AnyConn, business: BusinessId) -> Answer<Option<PersonRow>> {
    let people = person::table.filter(person::business_id.eq(business)).order(person::id.desc());
    Ok(people.select(PersonRow::as_select()).first(connection).optional()?)
}
