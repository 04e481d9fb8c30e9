//! Who calls: by a browser's cookie or an access token, with one indexed query.

use crate::http::State;
use crate::http::caller::{Authenticator, AuthenticatorFuture, Caller, Via};
use crate::kernel::clock::Timestamp;
use crate::kernel::secret::token_hash;
use crate::kernel::{Answer, Failure, Principal, Secret};

use super::commands;
use super::model::SEEN_EVERY;
use super::store::sessions::{self, Known};

/// Knows people by their sessions.
pub struct SessionAuthenticator(State);

impl SessionAuthenticator {
    /// Over the application's state.
    pub fn new(state: State) -> Self {
        Self(state)
    }
}

impl Authenticator for SessionAuthenticator {
    fn by_session_cookie(&self, cookie: String) -> AuthenticatorFuture {
        let state = self.0.clone();
        Box::pin(async move {
            let now = state.now();
            let hash = token_hash(&cookie);
            let csrf = csrf_token(state.secret(), &hash);
            let Some(known) = state.db.read(move |connection| sessions::browser(connection, &hash, now)).await? else {
                return Ok(None);
            };
            keep_alive(&state, &known, now).await;
            let via = Via::Browser { session: known.session, csrf };
            Ok(Some(caller(&state, known, via)))
        })
    }

    fn by_access_token(&self, token: String) -> AuthenticatorFuture {
        let state = self.0.clone();
        Box::pin(async move {
            let claims = state.accounts.tokens.verify(&state.db, state.now(), &token).await?;
            let known = state.db.read(move |connection| sessions::api(connection, claims.sid)).await?;
            let known = known.filter(|known| known.person == claims.sub).ok_or(Failure::Unauthenticated { code: "session_ended" })?;
            let via = Via::Token { session: known.session };
            Ok(Some(caller(&state, known, via)))
        })
    }
}

/// The token of a session's forms. Derived, so that nothing has to be kept for it.
pub(super) fn csrf_token(secret: &Secret, session_token_hash: &str) -> String {
    secret.keyed_hash("csrf", session_token_hash).as_str().to_owned()
}

/// A browser's session rolls on while it is used. Should the note fail the request goes on all the same: the next one tries again.
async fn keep_alive(state: &State, known: &Known, now: Timestamp) {
    if now.since(known.seen_at) < SEEN_EVERY {
        return;
    }
    let session = known.session;
    let noted: Answer<()> = state.db.write(move |tx| commands::sessions::keep_alive(tx, session)).await;
    if let Err(failure) = noted {
        tracing::warn!(%failure, %session, "a session could not be kept alive");
    }
}

fn caller(state: &State, known: Known, via: Via) -> Caller {
    let is_operator = state.accounts.is_operator(&known.email_normalised);
    let principal = Principal { person: known.person, business: known.business, role: known.role, is_operator };
    Caller { principal, name: known.name, language: known.language, time_zone: known.time_zone, via }
}
