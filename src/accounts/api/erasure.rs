//! Being forgotten, for programs: the same as the page, with the same rules.

use actix_web::{HttpResponse, delete, get, post, web};
use serde::{Deserialize, Serialize};

use crate::accounts::acts;
use crate::accounts::commands::erasure as commands;
use crate::accounts::erasure::Behind;
use crate::accounts::views;
use crate::accounts::visitor::Visitor;
use crate::http::problem::Problem;
use crate::http::{Caller, Json, State};
use crate::kernel::{Answer, Principal, Timestamp};

/// Where the own account stands on its way out.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Erasure {
    /// When it is erased; until then that can be taken back. Nothing when nobody asked for it.
    pub due_at: Option<Timestamp>,
    /// Whether the business is closed with it, because nobody else belongs to it.
    pub closes_business: bool,
}

/// The password again, and for the last of a business that it is closed.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ErasureInput {
    /// The current password.
    pub current_password: String,
    /// Must be true where `closes_business` is.
    #[serde(default)]
    pub closes_business: bool,
}

async fn standing(state: &State, principal: Principal) -> Answer<Erasure> {
    let read = move |connection: &mut crate::db::AnyConn| {
        let closes_business = views::behind(connection, &principal)? == Behind::Nobody;
        Ok(Erasure { due_at: views::leaving(connection, principal.person)?, closes_business })
    };
    state.db.read(read).await
}

/// Will my account be erased?
#[utoipa::path(tag = "accounts", operation_id = "erasure", responses((status = 200, body = Erasure), (status = 401, body = Problem)))]
#[get("/me/erasure")]
pub async fn show(state: web::Data<State>, caller: Caller) -> Answer<web::Json<Erasure>> {
    Ok(web::Json(standing(&state, caller.principal).await?))
}

/// Ask to erase the own account
///
/// It happens after seven days; until then it can be taken back. Who leaves colleagues without an owner, or members of a circle
/// without an organiser, hands over first.
#[utoipa::path(tag = "accounts", operation_id = "ask_erasure", request_body = ErasureInput, responses(
    (status = 202, body = Erasure), (status = 409, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/me/erasure")]
pub async fn ask(state: web::Data<State>, visitor: Visitor, caller: Caller, input: Json<ErasureInput>) -> Answer<HttpResponse> {
    acts::erasure::ask(&state, &visitor, &caller, &input.0.current_password, input.0.closes_business).await?;
    Ok(HttpResponse::Accepted().json(standing(&state, caller.principal).await?))
}

/// Take it back: the own account is kept
#[utoipa::path(tag = "accounts", operation_id = "take_back_erasure", responses((status = 204), (status = 409, body = Problem)))]
#[delete("/me/erasure")]
pub async fn take_back(state: web::Data<State>, caller: Caller) -> Answer<HttpResponse> {
    state.db.write(move |tx| commands::take_back(tx, &caller.principal)).await?;
    Ok(HttpResponse::NoContent().finish())
}
