//! The API of referrals: thin handlers over commands and views.

mod dto;
mod moves;

use actix_web::{HttpResponse, get, patch, post, web};
use serde::Serialize;
use utoipa_actix_web::service_config::ServiceConfig;

use super::commands;
use super::input::ReferralInput;
use super::model::Warning;
use super::preview::{self, Preview, PreviewQuestion};
use super::views::{self, DisputeView, ListEntry, ReferralView, TimelineEntry, Waiting};
use crate::http::etag::{self, IfMatch};
use crate::http::problem::Problem;
use crate::http::{Caller, Json, PathId, State};
use crate::kernel::id::{CircleId, ReferralId};
use crate::kernel::{Answer, Failure, Page, PageQuery};
use dto::{DisputesQuery, DuplicateAnswer, DuplicateQuestion, ReferralsQuery, Side};

/// The routes under `/api/v1`.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list)
        .service(create)
        .service(waiting)
        .service(duplicate_check)
        .service(show_preview)
        .service(show)
        .service(change)
        .service(show_timeline)
        .service(circle_referrals)
        .service(circle_disputes)
        .configure(moves::routes);
}

/// The referral as its reader sees it now.
async fn shown(state: &State, caller: &Caller, id: ReferralId) -> Answer<ReferralView> {
    let (principal, now) = (caller.principal, state.now());
    state.db.read(move |connection| views::whole(connection, &principal, id, now)).await
}

fn with_etag(view: &ReferralView) -> HttpResponse {
    HttpResponse::Ok().insert_header(etag::of(view.version)).json(view)
}

fn created(view: &ReferralView) -> HttpResponse {
    let location = format!("/api/v1/referrals/{}", view.id);
    HttpResponse::Created().insert_header(("location", location)).insert_header(etag::of(view.version)).json(view)
}

/// Something was put to a receiver.
#[derive(Serialize, utoipa::ToSchema)]
struct PassedAnswer {
    /// The referral as it stands now.
    referral: ReferralView,
    /// What the giver should know; nothing was hindered by it.
    warnings: Vec<Warning>,
}

#[utoipa::path(tag = "referrals", summary = "Referrals given or received, newest first", params(ReferralsQuery),
    responses((status = 200, body = Page<ListEntry>), (status = 401, body = Problem), (status = 422, body = Problem)))]
#[get("/referrals")]
async fn list(state: web::Data<State>, caller: Caller, query: web::Query<ReferralsQuery>) -> Answer<web::Json<Page<ListEntry>>> {
    let (principal, query) = (caller.principal, query.into_inner());
    let (sought, side) = (query.sought()?, query.side.unwrap_or(Side::Given));
    let page = query.page();
    let found = state.db.read(move |connection| match side {
        Side::Given => views::given(connection, &principal, &sought, &page),
        Side::Received => views::received(connection, &principal, &sought, &page),
    });
    Ok(web::Json(found.await?))
}

#[utoipa::path(tag = "referrals", summary = "Begin a referral: a draft that only the giver sees", request_body = ReferralInput,
    responses((status = 201, body = ReferralView), (status = 422, body = Problem)))]
#[post("/referrals")]
async fn create(state: web::Data<State>, caller: Caller, body: Json<ReferralInput>) -> Answer<HttpResponse> {
    let (principal, input) = (caller.principal, body.0);
    let circle = input.circle.ok_or_else(|| Failure::field("circle", "required", "name the circle in which it is passed"))?;
    let id = state.db.write(move |tx| commands::draft(tx, &principal, circle, &input)).await?;
    Ok(created(&shown(&state, &caller, id).await?))
}

#[utoipa::path(tag = "referrals", summary = "What waits for the caller's business",
    responses((status = 200, body = [Waiting]), (status = 403, body = Problem)))]
#[get("/referrals/waiting")]
async fn waiting(state: web::Data<State>, caller: Caller) -> Answer<web::Json<Vec<Waiting>>> {
    let business = caller.principal.business()?;
    Ok(web::Json(state.db.read(move |connection| views::waiting_for(connection, business)).await?))
}

#[utoipa::path(tag = "referrals", summary = "Whether a person is taken: yes or no, and nothing else", request_body = DuplicateQuestion,
    responses((status = 200, body = DuplicateAnswer), (status = 404, body = Problem), (status = 422, body = Problem)))]
#[post("/referrals/duplicate-check")]
async fn duplicate_check(state: web::Data<State>, caller: Caller, body: Json<DuplicateQuestion>) -> Answer<web::Json<DuplicateAnswer>> {
    let (principal, sought, now) = (caller.principal, body.0.parse(state.secret())?, state.now());
    let duplicate = state.db.read(move |connection| views::is_taken(connection, &principal, &sought, now)).await?;
    Ok(web::Json(DuplicateAnswer { duplicate }))
}

#[utoipa::path(tag = "referrals", summary = "Exactly what the prospect would read, before anything is sent", request_body = PreviewQuestion,
    responses((status = 200, body = Preview), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
#[post("/referrals/preview")]
async fn show_preview(state: web::Data<State>, caller: Caller, body: Json<PreviewQuestion>) -> Answer<web::Json<Preview>> {
    let (principal, base_url, now) = (caller.principal, state.config.server.base_url.clone(), state.now());
    Ok(web::Json(state.db.read(move |connection| preview::preview(connection, &principal, &base_url, &body.0, now)).await?))
}

#[utoipa::path(tag = "referrals", summary = "One referral, as much of it as the caller may see", params(("id" = ReferralId, Path)),
    responses((status = 200, body = ReferralView), (status = 404, body = Problem)))]
#[get("/referrals/{id}")]
async fn show(state: web::Data<State>, caller: Caller, id: PathId<ReferralId>) -> Answer<HttpResponse> {
    Ok(with_etag(&shown(&state, &caller, *id).await?))
}

#[utoipa::path(tag = "referrals", summary = "Change a draft: what is left out stays, an empty text clears",
    params(("id" = ReferralId, Path), ("If-Match" = Option<String>, Header)), request_body = ReferralInput,
    responses((status = 200, body = ReferralView), (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
#[patch("/referrals/{id}")]
async fn change(state: web::Data<State>, caller: Caller, id: PathId<ReferralId>, if_match: IfMatch, body: Json<ReferralInput>) -> Answer<HttpResponse> {
    let (principal, id, input) = (caller.principal, *id, body.0);
    state.db.write(move |tx| commands::edit(tx, &principal, id, &|version| if_match.check(version), &input)).await?;
    Ok(with_etag(&shown(&state, &caller, id).await?))
}

#[utoipa::path(tag = "referrals", summary = "What happened to a referral, the oldest first", params(("id" = ReferralId, Path)),
    responses((status = 200, body = [TimelineEntry]), (status = 404, body = Problem)))]
#[get("/referrals/{id}/timeline")]
async fn show_timeline(state: web::Data<State>, caller: Caller, id: PathId<ReferralId>) -> Answer<web::Json<Vec<TimelineEntry>>> {
    let (principal, id, now) = (caller.principal, *id, state.now());
    Ok(web::Json(state.db.read(move |connection| views::timeline(connection, &principal, id, now)).await?))
}

#[utoipa::path(tag = "referrals", summary = "What was passed in a circle, for its organisers: without prospects and without words",
    params(("id" = CircleId, Path), PageQuery),
    responses((status = 200, body = Page<ListEntry>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/circles/{id}/referrals")]
async fn circle_referrals(state: web::Data<State>, caller: Caller, id: PathId<CircleId>, query: web::Query<PageQuery>) -> Answer<web::Json<Page<ListEntry>>> {
    let (principal, id, query) = (caller.principal, *id, query.into_inner());
    Ok(web::Json(state.db.read(move |connection| views::of_circle(connection, &principal, id, &query)).await?))
}

#[utoipa::path(tag = "referrals", summary = "The disputes of a circle, for its organisers", params(("id" = CircleId, Path), DisputesQuery),
    responses((status = 200, body = Page<DisputeView>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/circles/{id}/disputes")]
async fn circle_disputes(
    state: web::Data<State>,
    caller: Caller,
    id: PathId<CircleId>,
    query: web::Query<DisputesQuery>,
) -> Answer<web::Json<Page<DisputeView>>> {
    let (principal, id, query) = (caller.principal, *id, query.into_inner());
    let page = PageQuery { limit: query.limit, cursor: query.cursor };
    Ok(web::Json(state.db.read(move |connection| views::disputes(connection, &principal, id, query.state, &page)).await?))
}
