//! Forgotten and changed passwords.

use super::even::evenly;
use super::sign_in;
use crate::accounts::commands::passwords;
use crate::accounts::password::Password;
use crate::accounts::views::{self, PersonCard};
use crate::accounts::visitor::Visitor;
use crate::capabilities::{self, Purpose};
use crate::http::{Caller, State};
use crate::kernel::id::{Identifier, PersonId};
use crate::kernel::{Answer, EmailAddress};

/// Sends a link to the address, if it has an account; takes the same time if not.
pub(in crate::accounts) async fn forget(state: &State, visitor: &Visitor, email: &str) -> Answer<()> {
    let email = EmailAddress::parse(email).map_err(|problem| problem.of("email"))?;
    state.accounts.limits.mail(visitor, email.normalised())?;
    evenly(state.db.write(move |tx| passwords::forget(tx, &email))).await
}

/// Whose password a living link sets.
pub(in crate::accounts) async fn person_of_link(state: &State, token: &str) -> Answer<PersonCard> {
    let now = state.now();
    let token = token.to_owned();
    let read = move |connection: &mut crate::db::AnyConn| {
        let link = capabilities::find(connection, Purpose::ResetPassword, &token, now)?;
        views::person(connection, PersonId::from_raw(link.subject_id))
    };
    state.db.read(read).await
}

/// Sets a new password by a link.
pub(in crate::accounts) async fn set_anew(state: &State, token: String, password: &str) -> Answer<()> {
    let person = person_of_link(state, &token).await?;
    let password = Password::choose(password, &[&person.email, &person.name]).map_err(|problem| problem.of("password"))?;
    let hash = sign_in::hash(state, password).await?;
    state.db.write(move |tx| passwords::reset(tx, &token, &hash)).await.map(drop)
}

/// Changes the own password, after the present one was shown.
pub(in crate::accounts) async fn replace(state: &State, visitor: &Visitor, caller: Caller, current: &str, new: &str) -> Answer<()> {
    let person = caller.principal.person;
    let card = state.db.read(move |connection| views::person(connection, person)).await?;
    let chosen = Password::choose(new, &[&card.email, &card.name]).map_err(|problem| problem.of("password"))?;
    let shown_for = sign_in::prove(state, visitor, &caller.principal, current).await?;
    let hash = sign_in::hash(state, chosen).await?;
    state.db.write(move |tx| passwords::change(tx, &caller.principal, caller.via.session(), &shown_for, &hash)).await
}
