//! Signing in, for the API and the pages alike.

use std::sync::Arc;
use std::time::Duration;

use crate::accounts::commands::sessions::{self, OpenedSession, Refreshed};
use crate::accounts::model::SessionKind;
use crate::accounts::password::{Password, PasswordHash};
use crate::accounts::store::people;
use crate::accounts::visitor::Visitor;
use crate::http::State;
use crate::kernel::id::PersonId;
use crate::kernel::{Answer, EmailAddress, Failure, Principal};

fn wrong() -> Failure {
    Failure::Unauthenticated { code: "wrong_credentials" }
}

/// Opens a session for whoever shows the right address and password. An unknown address costs as much time as a wrong
/// password and is answered the same; that an address is not confirmed yet is told to the one who knows the password.
pub(in crate::accounts) async fn sign_in(state: &State, visitor: Visitor, email: &str, password: &str, kind: SessionKind) -> Answer<OpenedSession> {
    let email = EmailAddress::parse(email).map_err(|_| wrong())?.normalised().to_owned();
    state.accounts.limits.sign_in(&visitor, &email)?;
    let known = state.db.read(move |connection| people::by_address(connection, &email)).await?;
    let (person, hash) = known.map(|row| (row.id, PasswordHash::from_stored(row.password_hash))).unzip();
    let matches = state.accounts.passwords.matches(Password::shown(password), hash.clone()).await?;
    match (person, hash) {
        (Some(person), Some(hash)) if matches => state.db.write(move |tx| sessions::sign_in(tx, person, &hash, kind, &visitor.user_agent)).await,
        _ => Err(wrong()),
    }
}

/// The hash of the own password, when `shown` is it.
pub(in crate::accounts) async fn prove(state: &State, visitor: &Visitor, principal: &Principal, shown: &str) -> Answer<PasswordHash> {
    let person: PersonId = principal.person;
    let row = state.db.read(move |connection| people::by_id(connection, person)).await?;
    state.accounts.limits.sign_in(visitor, &row.email_normalised)?;
    let hash = PasswordHash::from_stored(row.password_hash);
    if state.accounts.passwords.matches(Password::shown(shown), Some(hash.clone())).await? {
        Ok(hash)
    } else {
        Err(Failure::field("current_password", "wrong_password", "this is not your current password"))
    }
}

/// The hash of a newly chosen password, made in its turn.
pub(in crate::accounts) async fn hash(state: &State, password: Password) -> Answer<PasswordHash> {
    state.accounts.passwords.hash(password, Arc::clone(&state.db.environment().random)).await
}

/// Exchanges a refresh token.
pub(in crate::accounts) async fn refresh(state: &State, token: String) -> Answer<OpenedSession> {
    match state.db.write(move |tx| sessions::refresh(tx, &token)).await? {
        Refreshed::Fresh(opened) => Ok(opened),
        Refreshed::Reused => Err(Failure::Unauthenticated { code: "refresh_token_reused" }),
        Refreshed::Unknown => Err(Failure::Unauthenticated { code: "bad_refresh_token" }),
    }
}

/// An access token for a session. The API gives [`crate::accounts::tokens::LIFETIME`].
pub async fn access_token(state: &State, opened: &OpenedSession, lifetime: Duration) -> Answer<String> {
    state.accounts.tokens.issue(&state.db, state.now(), opened.person, opened.session, lifetime).await
}
