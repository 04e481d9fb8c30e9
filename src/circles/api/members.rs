//! Members: apply, admit, refuse, remove, leave, hand over; and seats.

use actix_web::{HttpResponse, get, post, put, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::businesses::trade::TradeCode;
use crate::circles::model::{MemberState, SeatTrades, Words};
use crate::circles::views::{MemberView, Seat};
use crate::circles::{commands, views};
use crate::http::etag::IfMatch;
use crate::http::problem::Problem;
use crate::http::{Caller, Json, PathId, State};
use crate::kernel::failure::FieldProblem;
use crate::kernel::id::{BusinessId, CircleId, MemberId};
use crate::kernel::{Answer, Fields, Page, PageQuery};

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_members)
        .service(list_seats)
        .service(set_seats)
        .service(apply)
        .service(admit)
        .service(refuse)
        .service(remove)
        .service(reinstate)
        .service(leave)
        .service(hand_over);
}

/// Which members are listed.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
struct MembersQuery {
    /// `active` when left out; everything else is for organisers.
    state: Option<MemberState>,
    /// 1 to 100, 25 when left out.
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

#[utoipa::path(tag = "circles", summary = "Members of one's circle, newest first", params(("id" = CircleId, Path), MembersQuery),
    responses((status = 200, body = Page<MemberView>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/circles/{id}/members")]
async fn list_members(state: web::Data<State>, caller: Caller, id: PathId<CircleId>, query: web::Query<MembersQuery>) -> Answer<web::Json<Page<MemberView>>> {
    let (id, business, query) = (id.0, caller.principal.business, query.into_inner());
    let wanted = query.state.unwrap_or(MemberState::Active);
    let page = PageQuery { limit: query.limit, cursor: query.cursor };
    let view = move |conn: &mut crate::db::AnyConn| {
        let own = views::require_member(conn, id, business)?;
        views::members(conn, id, &own, wanted, &page)
    };
    state.db.read(view).await.map(web::Json)
}

#[utoipa::path(tag = "circles", summary = "Seats of a networking circle: named by its organisers, held, or waited for", params(("id" = CircleId, Path)),
    responses((status = 200, body = Vec<Seat>), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[get("/circles/{id}/seats")]
async fn list_seats(state: web::Data<State>, caller: Caller, id: PathId<CircleId>) -> Answer<web::Json<Vec<Seat>>> {
    let (id, business) = (id.0, caller.principal.business);
    let view = move |conn: &mut crate::db::AnyConn| {
        let own = views::require_member(conn, id, business)?;
        views::seats(conn, id, &own)
    };
    state.db.read(view).await.map(web::Json)
}

/// The trades that have a seat in a networking circle.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SeatsInput {
    /// Codes of trades; at most 100.
    trades: Vec<String>,
}

#[utoipa::path(tag = "circles", summary = "Set which trades have a seat in a networking circle (organisers)", params(("id" = CircleId, Path)), request_body = SeatsInput,
    responses((status = 200, body = Vec<Seat>), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
#[put("/circles/{id}/seats")]
async fn set_seats(state: web::Data<State>, caller: Caller, id: PathId<CircleId>, if_match: IfMatch, input: Json<SeatsInput>) -> Answer<web::Json<Vec<Seat>>> {
    let (id, principal) = (id.0, caller.principal);
    let seats = SeatTrades::parse(&input.0.trades).map_err(|problem| problem.of("trades"))?;
    let write = move |tx: &mut crate::db::Tx<'_>| {
        commands::set_seats(tx, &principal, id, |version| if_match.check(version), &seats)?;
        let own = views::require_member(tx, id, principal.business)?;
        views::seats(tx, id, &own)
    };
    state.db.write(write).await.map(web::Json)
}

/// An application.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Application {
    /// One of the business's own trades.
    trade: String,
    /// A few words to the organisers.
    words: Option<String>,
}

/// Where a business stands after a move.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Standing {
    /// The circle.
    pub circle: CircleId,
    /// Applied, waiting, active …
    pub state: MemberState,
}

#[utoipa::path(tag = "circles", summary = "Apply to a circle; where the seat is taken the business waits", params(("id" = CircleId, Path)),
    request_body = Application,
    responses((status = 201, body = Standing), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/circles/{id}/applications")]
async fn apply(state: web::Data<State>, caller: Caller, id: PathId<CircleId>, input: Json<Application>) -> Answer<HttpResponse> {
    let (circle, input) = (id.0, input.0);
    let mut fields = Fields::new();
    let trade = fields.take("trade", TradeCode::parse(&input.trade).ok_or_else(|| FieldProblem::new("not_a_trade", "no trade has this code")));
    let words = fields.take("words", Words::optional(input.words.as_deref()));
    let (trade, words) = fields.into_result(trade.zip(words))?;
    let state = state.db.write(move |tx| commands::apply(tx, &caller.principal, circle, trade, words)).await?;
    Ok(HttpResponse::Created().json(Standing { circle, state }))
}

#[utoipa::path(tag = "circles", summary = "Admit an applicant (organisers); where the seat is taken it waits",
    params(("id" = CircleId, Path), ("member" = MemberId, Path)),
    responses((status = 200, body = Standing), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/circles/{id}/members/{member}/admit")]
async fn admit(state: web::Data<State>, caller: Caller, path: web::Path<(CircleId, MemberId)>) -> Answer<web::Json<Standing>> {
    let (circle, member) = path.into_inner();
    let state = state.db.write(move |tx| commands::admit(tx, &caller.principal, circle, member)).await?;
    Ok(web::Json(Standing { circle, state }))
}

#[utoipa::path(tag = "circles", summary = "Refuse an applicant (organisers)", params(("id" = CircleId, Path), ("member" = MemberId, Path)),
    responses((status = 200, body = Standing), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/circles/{id}/members/{member}/refuse")]
async fn refuse(state: web::Data<State>, caller: Caller, path: web::Path<(CircleId, MemberId)>) -> Answer<web::Json<Standing>> {
    let (circle, member) = path.into_inner();
    state.db.write(move |tx| commands::refuse(tx, &caller.principal, circle, member)).await?;
    Ok(web::Json(Standing { circle, state: MemberState::Refused }))
}

/// Why a member is removed.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct Removal {
    /// What the member and the log read.
    words: Option<String>,
}

#[utoipa::path(tag = "circles", summary = "Let a suspended member pass and receive again (organisers)",
    params(("id" = CircleId, Path), ("member" = MemberId, Path)),
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/circles/{id}/members/{member}/reinstate")]
async fn reinstate(state: web::Data<State>, caller: Caller, path: web::Path<(CircleId, MemberId)>) -> Answer<HttpResponse> {
    let (circle, member) = path.into_inner();
    state.db.write(move |tx| commands::reinstate(tx, &caller.principal, circle, member)).await?;
    Ok(HttpResponse::NoContent().finish())
}

#[utoipa::path(tag = "circles", summary = "Remove a member (organisers)", params(("id" = CircleId, Path), ("member" = MemberId, Path)), request_body = Removal,
    responses((status = 200, body = Standing), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/circles/{id}/members/{member}/remove")]
async fn remove(state: web::Data<State>, caller: Caller, path: web::Path<(CircleId, MemberId)>, input: Json<Removal>) -> Answer<web::Json<Standing>> {
    let (circle, member) = path.into_inner();
    let words = Words::optional(input.0.words.as_deref()).map_err(|problem| problem.of("words"))?;
    state.db.write(move |tx| commands::remove(tx, &caller.principal, circle, member, words)).await?;
    Ok(web::Json(Standing { circle, state: MemberState::Removed }))
}

#[utoipa::path(tag = "circles", summary = "Leave a circle, or take an application back", params(("id" = CircleId, Path)),
    responses((status = 200, body = Standing), (status = 404, body = Problem), (status = 409, body = Problem)))]
#[post("/circles/{id}/leave")]
async fn leave(state: web::Data<State>, caller: Caller, id: PathId<CircleId>) -> Answer<web::Json<Standing>> {
    let circle = id.0;
    state.db.write(move |tx| commands::leave(tx, &caller.principal, circle)).await?;
    Ok(web::Json(Standing { circle, state: MemberState::Left }))
}

/// To whom a circle is handed over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HandOver {
    /// An active member.
    business: BusinessId,
    /// Whether the caller stays an organiser beside the new one.
    #[serde(default)]
    remain_organiser: bool,
}

#[utoipa::path(tag = "circles", summary = "Hand a circle over, or share its organisation", params(("id" = CircleId, Path)), request_body = HandOver,
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
#[post("/circles/{id}/hand-over")]
async fn hand_over(state: web::Data<State>, caller: Caller, id: PathId<CircleId>, input: Json<HandOver>) -> Answer<HttpResponse> {
    let (circle, input) = (id.0, input.0);
    state.db.write(move |tx| commands::hand_over(tx, &caller.principal, circle, input.business, input.remain_organiser)).await?;
    Ok(HttpResponse::NoContent().finish())
}
