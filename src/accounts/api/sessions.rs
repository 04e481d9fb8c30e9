//! Sessions of programs: access tokens for a quarter of an hour, refresh tokens that are exchanged.

use actix_web::http::header;
use actix_web::{HttpResponse, delete, get, post, web};
use serde::{Deserialize, Serialize};

use crate::accounts::acts::sign_in as entry;
use crate::accounts::commands::sessions::{self, OpenedSession};
use crate::accounts::model::SessionKind;
use crate::accounts::tokens;
use crate::accounts::views::{self, SessionEntry};
use crate::accounts::visitor::Visitor;
use crate::http::problem::Problem;
use crate::http::{Caller, Json, PathId, State};
use crate::kernel::Answer;
use crate::kernel::id::{PersonId, SessionId};

/// Address and password.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// The address.
    pub email: String,
    /// The password.
    pub password: String,
}

/// A pair of tokens.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TokenPair {
    /// Goes into `Authorization: Bearer …`.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: &'static str,
    /// How long the access token lives, in seconds.
    pub expires_in_seconds: u64,
    /// Exchanged once for the next pair; showing it a second time ends the session.
    pub refresh_token: String,
    /// The session.
    pub session: SessionId,
    /// Who signed in.
    pub person: PersonId,
}

async fn pair(state: &State, opened: OpenedSession) -> Answer<TokenPair> {
    Ok(TokenPair {
        access_token: entry::access_token(state, &opened, tokens::LIFETIME).await?,
        token_type: "Bearer",
        expires_in_seconds: tokens::LIFETIME.as_secs(),
        refresh_token: opened.token,
        session: opened.session,
        person: opened.person,
    })
}

/// Sign in
#[utoipa::path(tag = "accounts", request_body = Credentials, responses(
    (status = 201, body = TokenPair), (status = 401, body = Problem), (status = 403, body = Problem), (status = 429, body = Problem)))]
#[post("/sessions")]
pub async fn sign_in(state: web::Data<State>, visitor: Visitor, input: Json<Credentials>) -> Answer<HttpResponse> {
    let Credentials { email, password } = input.0;
    let opened = entry::sign_in(&state, visitor, &email, &password, SessionKind::Api).await?;
    let pair = pair(&state, opened).await?;
    let location = format!("/api/v1/sessions/{}", pair.session);
    Ok(HttpResponse::Created().insert_header((header::LOCATION, location)).insert_header((header::CACHE_CONTROL, "no-store")).json(pair))
}

/// A refresh token.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefreshInput {
    /// The newest refresh token of the session.
    pub refresh_token: String,
}

/// Exchange a refresh token for the next pair
///
/// Each refresh token works once. Showing one a second time ends the session: somebody has a copy.
#[utoipa::path(tag = "accounts", request_body = RefreshInput, responses((status = 200, body = TokenPair), (status = 401, body = Problem)))]
#[post("/sessions/refresh")]
pub async fn refresh(state: web::Data<State>, input: Json<RefreshInput>) -> Answer<HttpResponse> {
    let opened = entry::refresh(&state, input.0.refresh_token).await?;
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(pair(&state, opened).await?))
}

/// The own living sessions.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SessionList {
    /// The newest first; at most fifty.
    pub items: Vec<SessionEntry>,
}

/// List the own sessions
#[utoipa::path(tag = "accounts", responses((status = 200, body = SessionList)))]
#[get("/sessions")]
pub async fn list(state: web::Data<State>, caller: Caller) -> Answer<web::Json<SessionList>> {
    let now = state.now();
    let items = state.db.read(move |connection| views::own_sessions(connection, &caller.principal, caller.via.session(), now)).await?;
    Ok(web::Json(SessionList { items }))
}

/// End one of the own sessions
///
/// Its access tokens and its refresh token are refused from this moment on.
#[utoipa::path(tag = "accounts", params(("id" = SessionId, Path)), responses((status = 204), (status = 404, body = Problem)))]
#[delete("/sessions/{id}")]
pub async fn end(state: web::Data<State>, caller: Caller, id: PathId<SessionId>) -> Answer<HttpResponse> {
    state.db.write(move |tx| sessions::end(tx, &caller.principal, id.0)).await?;
    Ok(HttpResponse::NoContent().finish())
}
