//! Colleagues and their invitations.

use actix_web::http::header;
use actix_web::{HttpResponse, delete, get, patch, post, web};
use serde::{Deserialize, Serialize};

use crate::accounts::acts::joining::{self, JoinInput};
use crate::accounts::commands::colleagues;
use crate::accounts::views::{self, Colleague, ColleagueInvitation};
use crate::accounts::visitor::Visitor;
use crate::http::problem::Problem;
use crate::http::{Caller, Json, PathId, State};
use crate::kernel::Answer;
use crate::kernel::actor::PersonRole;
use crate::kernel::id::{InvitationId, PersonId};

/// The people of the own business.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ColleagueList {
    /// The first one first.
    pub items: Vec<Colleague>,
}

/// List the people of the own business
#[utoipa::path(tag = "accounts", operation_id = "colleagues", responses((status = 200, body = ColleagueList)))]
#[get("/colleagues")]
pub async fn list(state: web::Data<State>, caller: Caller) -> Answer<web::Json<ColleagueList>> {
    let items = state.db.read(move |connection| views::colleagues(connection, &caller.principal)).await?;
    Ok(web::Json(ColleagueList { items }))
}

/// A role.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleInput {
    /// Owner or staff.
    pub role: PersonRole,
}

/// Give a colleague another role
///
/// For owners. The last owner cannot give up that role.
#[utoipa::path(tag = "accounts", operation_id = "change_role", params(("id" = PersonId, Path)), request_body = RoleInput,
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[patch("/colleagues/{id}")]
pub async fn change_role(state: web::Data<State>, caller: Caller, id: PathId<PersonId>, input: Json<RoleInput>) -> Answer<HttpResponse> {
    state.db.write(move |tx| colleagues::change_role(tx, &caller.principal, id.0, input.0.role)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Remove a colleague from the business
///
/// For owners. All of the colleague's sessions end at once. The last owner cannot be removed.
#[utoipa::path(tag = "accounts", operation_id = "remove_colleague", params(("id" = PersonId, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[delete("/colleagues/{id}")]
pub async fn remove(state: web::Data<State>, caller: Caller, id: PathId<PersonId>) -> Answer<HttpResponse> {
    state.db.write(move |tx| colleagues::remove(tx, &caller.principal, id.0)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The open invitations of the own business.
#[derive(Serialize, utoipa::ToSchema)]
pub struct InvitationList {
    /// The newest first; at most fifty.
    pub items: Vec<ColleagueInvitation>,
}

/// List the open invitations of colleagues
#[utoipa::path(tag = "accounts", operation_id = "colleague_invitations", responses((status = 200, body = InvitationList), (status = 403, body = Problem)))]
#[get("/colleague-invitations")]
pub async fn invitations(state: web::Data<State>, caller: Caller) -> Answer<web::Json<InvitationList>> {
    let now = state.now();
    let items = state.db.read(move |connection| views::colleague_invitations(connection, &caller.principal, now)).await?;
    Ok(web::Json(InvitationList { items }))
}

/// Whom to invite.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationInput {
    /// The colleague's address.
    pub email: String,
    /// Owner or staff; staff when left out.
    pub role: Option<PersonRole>,
}

/// A made invitation.
#[derive(Serialize, utoipa::ToSchema)]
pub struct InvitationMade {
    /// Its id.
    pub id: InvitationId,
}

/// Invite a colleague
///
/// For owners. Inviting an address again takes the earlier invitation back.
#[utoipa::path(tag = "accounts", operation_id = "invite_colleague", request_body = InvitationInput,
    responses((status = 201, body = InvitationMade), (status = 403, body = Problem), (status = 409, body = Problem), (status = 429, body = Problem)))]
#[post("/colleague-invitations")]
pub async fn invite(state: web::Data<State>, visitor: Visitor, caller: Caller, input: Json<InvitationInput>) -> Answer<HttpResponse> {
    let role = input.0.role.unwrap_or(PersonRole::Staff);
    let id = joining::invite(&state, &visitor, caller.principal, &input.0.email, role).await?;
    let location = format!("/api/v1/colleague-invitations/{id}");
    Ok(HttpResponse::Created().insert_header((header::LOCATION, location)).json(InvitationMade { id }))
}

/// Take an invitation back
#[utoipa::path(tag = "accounts", operation_id = "revoke_colleague_invitation", params(("id" = InvitationId, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[delete("/colleague-invitations/{id}")]
pub async fn revoke(state: web::Data<State>, caller: Caller, id: PathId<InvitationId>) -> Answer<HttpResponse> {
    state.db.write(move |tx| colleagues::revoke_invitation(tx, &caller.principal, id.0)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Join a business by the link in the mail
#[utoipa::path(tag = "accounts", operation_id = "accept_colleague_invitation", request_body = JoinInput,
    responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/colleague-invitations/accept")]
pub async fn accept(state: web::Data<State>, input: Json<JoinInput>) -> Answer<HttpResponse> {
    joining::join(&state, input.0).await?;
    Ok(HttpResponse::NoContent().finish())
}
