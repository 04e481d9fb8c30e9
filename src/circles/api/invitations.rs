//! Invitations into a circle.

use actix_web::http::header;
use actix_web::{HttpResponse, delete, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::members::Standing;
use crate::businesses::trade::TradeCode;
use crate::circles::model::{INVITATION_DAYS_DEFAULT, InvitationKind, NewInvitation};
use crate::circles::views::InvitationView;
use crate::circles::{commands, views};
use crate::http::problem::Problem;
use crate::http::{Caller, Json, PathId, State};
use crate::kernel::id::{CircleId, InvitationId};
use crate::kernel::{Answer, Failure, Page, PageQuery};

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_invitations).service(invite).service(revoke).service(accept);
}

#[utoipa::path(tag = "circles", summary = "Invitations of a circle that work, newest first (organisers)", params(("id" = CircleId, Path), PageQuery),
    responses((status = 200, body = Page<InvitationView>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/circles/{id}/invitations")]
async fn list_invitations(
    state: web::Data<State>,
    caller: Caller,
    id: PathId<CircleId>,
    query: web::Query<PageQuery>,
) -> Answer<web::Json<Page<InvitationView>>> {
    let (id, business, now, secret) = (id.0, caller.principal.business, state.now(), state.secret().clone());
    let view = move |conn: &mut crate::db::AnyConn| {
        views::require_organiser(conn, id, business)?;
        views::working_invitations(conn, id, now, &query, &secret)
    };
    state.db.read(view).await.map(web::Json)
}

/// An invitation by mail (`email`, `words`) or by link (`uses`, `days`).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InvitationInput {
    /// By mail or by link.
    kind: InvitationKind,
    /// To whom the mail goes.
    email: Option<String>,
    /// A few words in the mail; no links or numbers.
    words: Option<String>,
    /// How many may use the link, 1 to 100; 1 when left out.
    uses: Option<i32>,
    /// How long the link works, 1 to 90 days; 14 when left out.
    days: Option<u32>,
}

impl InvitationInput {
    fn parse(self) -> Answer<NewInvitation> {
        match self.kind {
            InvitationKind::Link => NewInvitation::link(self.uses.unwrap_or(1), self.days.unwrap_or(INVITATION_DAYS_DEFAULT)),
            InvitationKind::Mail => NewInvitation::mail(self.email.as_deref().unwrap_or(""), self.words.as_deref()),
        }
    }
}

/// What was made.
#[derive(Debug, Serialize, ToSchema)]
struct NewInvitationView {
    /// Its id.
    id: InvitationId,
    /// The whole address of the link to pass on; null for an invitation by mail.
    link: Option<String>,
}

#[utoipa::path(tag = "circles", summary = "Invite by mail, or make a link (organisers)", params(("id" = CircleId, Path)), request_body = InvitationInput,
    responses((status = 201, body = NewInvitationView), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)))]
#[post("/circles/{id}/invitations")]
async fn invite(state: web::Data<State>, caller: Caller, id: PathId<CircleId>, input: Json<InvitationInput>) -> Answer<HttpResponse> {
    let (circle, new) = (id.0, input.0.parse()?);
    let (id, path) = state
        .db
        .write(move |tx| {
            let id = commands::invite(tx, &caller.principal, circle, new)?;
            let secret = tx.secret();
            Ok((id, views::link_path(tx, id, secret)?))
        })
        .await?;
    let link = path.map(|path| state.url(&path));
    Ok(HttpResponse::Created().insert_header((header::LOCATION, format!("/api/v1/circles/{circle}/invitations"))).json(NewInvitationView { id, link }))
}

#[utoipa::path(tag = "circles", summary = "Take an invitation back (organisers)", params(("id" = InvitationId, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[delete("/invitations/{id}")]
async fn revoke(state: web::Data<State>, caller: Caller, id: PathId<InvitationId>) -> Answer<HttpResponse> {
    let id = id.0;
    state.db.write(move |tx| commands::revoke(tx, &caller.principal, id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The link of an invitation, used.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Acceptance {
    /// The last part of the link.
    token: String,
    /// One of the business's own trades; may be left out when it has only one.
    trade: Option<String>,
}

#[utoipa::path(tag = "circles", summary = "Join a circle by an invitation", request_body = Acceptance,
    responses((status = 200, body = Standing), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/invitations/accept")]
async fn accept(state: web::Data<State>, caller: Caller, input: Json<Acceptance>) -> Answer<web::Json<Standing>> {
    let input = input.0;
    let named = input.trade.as_deref().filter(|code| !code.trim().is_empty());
    let trade = named.map(|code| TradeCode::parse(code).ok_or_else(|| Failure::field("trade", "not_a_trade", "no trade has this code"))).transpose()?;
    let (circle, state) = state.db.write(move |tx| commands::accept(tx, &caller.principal, &input.token, trade)).await?;
    Ok(web::Json(Standing { circle, state }))
}
