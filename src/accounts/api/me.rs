//! The own account.

use actix_web::{HttpResponse, get, patch, web};
use serde::Deserialize;

use crate::accounts::commands::people::{self, ProfileChange};
use crate::accounts::views::{self, Me};
use crate::http::etag::{self, IfMatch};
use crate::http::problem::Problem;
use crate::http::{Caller, Json, State};
use crate::kernel::{Answer, Language, Principal};

async fn answer(state: &State, principal: Principal) -> Answer<HttpResponse> {
    let me = state.db.read(move |connection| views::me(connection, &principal)).await?;
    Ok(HttpResponse::Ok().insert_header(etag::of(me.version)).json(me))
}

/// Who am I?
#[utoipa::path(tag = "accounts", operation_id = "me", responses((status = 200, body = Me), (status = 401, body = Problem)))]
#[get("/me")]
pub async fn show(state: web::Data<State>, caller: Caller) -> Answer<HttpResponse> {
    answer(&state, caller.principal).await
}

/// The own settings; what is left out stays.
#[derive(Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileInput {
    /// The name.
    pub name: Option<String>,
    /// The language of screens and mails.
    pub language: Option<Language>,
    /// A name of the IANA database.
    pub time_zone: Option<String>,
}

/// Change the own settings
#[utoipa::path(tag = "accounts", operation_id = "edit_me", request_body = ProfileInput,
    responses((status = 200, body = Me), (status = 412, body = Problem), (status = 422, body = Problem)))]
#[patch("/me")]
pub async fn edit(state: web::Data<State>, caller: Caller, if_match: IfMatch, input: Json<ProfileInput>) -> Answer<HttpResponse> {
    let change = ProfileChange::parse(input.0.name.as_deref(), input.0.language, input.0.time_zone.as_deref())?;
    let principal = caller.principal;
    state.db.write(move |tx| people::change_profile(tx, &principal, |version| if_match.check(version), change)).await?;
    answer(&state, principal).await
}
