//! The columns and rows by which an account goes.

use diesel::prelude::*;

use crate::accounts::erasure::Stage;
use crate::db::schema::{colleague_invitation, person, session, spent_refresh_token};
use crate::db::{AnyConn, Tx};
use crate::kernel::clock::Timestamp;
use crate::kernel::id::PersonId;
use crate::kernel::{Answer, Failure};

/// Where an account stands, and until when it can be taken back.
pub(in crate::accounts) fn stage(connection: &mut AnyConn, id: PersonId) -> Answer<(Stage, Option<Timestamp>)> {
    let found: Option<(Option<Timestamp>, Option<Timestamp>)> =
        person::table.find(id).select((person::erase_due_at, person::erased_at)).first(connection).optional()?;
    let (due_at, erased_at) = found.ok_or(Failure::NotFound("person"))?;
    let stage = match (erased_at, due_at) {
        (Some(_), _) => Stage::Erased,
        (None, Some(_)) => Stage::Leaving,
        (None, None) => Stage::Kept,
    };
    Ok((stage, due_at))
}

pub(in crate::accounts) fn set_due(tx: &mut Tx<'_>, id: PersonId, due_at: Option<Timestamp>) -> Answer<()> {
    diesel::update(person::table.find(id)).set((person::erase_due_at.eq(due_at), person::version.eq(person::version + 1))).execute(&mut **tx)?;
    Ok(())
}

/// Leaves nothing of a person but the number and a name that names nobody. `address` when nobody else has it by now.
pub(in crate::accounts) fn wipe(tx: &mut Tx<'_>, id: PersonId, address: Option<&str>, nobody: &str) -> Answer<()> {
    let now = tx.now();
    diesel::update(person::table.find(id))
        .set((
            person::name.eq(nobody),
            person::email.eq(""),
            person::email_normalised.eq(format!("erased {id}")),
            person::password_hash.eq(""),
            person::time_zone.eq("UTC"),
            person::removed_at.eq(now),
            person::erased_at.eq(now),
            person::erase_due_at.eq(None::<Timestamp>),
            person::version.eq(person::version + 1),
        ))
        .execute(&mut **tx)?;
    let sessions = || session::table.filter(session::person_id.eq(id));
    diesel::delete(spent_refresh_token::table.filter(spent_refresh_token::session_id.eq_any(sessions().select(session::id)))).execute(&mut **tx)?;
    diesel::delete(sessions()).execute(&mut **tx)?;
    if let Some(address) = address {
        diesel::update(colleague_invitation::table.filter(colleague_invitation::email_normalised.eq(address)))
            .set((colleague_invitation::email.eq(""), colleague_invitation::email_normalised.eq("")))
            .execute(&mut **tx)?;
    }
    Ok(())
}
