//! The API of the figures. It only reads.

use actix_web::{get, web};

use super::period::PeriodQuery;
use super::views::{self, CircleBreadth, CircleFigures};
use crate::http::problem::Problem;
use crate::http::{Caller, PathId, State};
use crate::kernel::Answer;
use crate::kernel::id::CircleId;

/// Registers the routes.
pub(super) fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(figures).service(breadth);
}

/// How a circle does, for its organisers.
#[utoipa::path(
    tag = "insight",
    summary = "How a circle does, for its organisers",
    description = "Evenness, reciprocity, patterns, participation, answers and outcomes of a period. What was taken back, and settlements of rings, count nowhere. Shares are exact fractions.",
    params(("id" = CircleId, Path), PeriodQuery),
    responses(
        (status = 200, body = CircleFigures),
        (status = 403, description = "The caller's business does not organise the circle", body = Problem),
        (status = 404, description = "There is no such circle, or the caller's business is no member", body = Problem),
    )
)]
#[get("/circles/{id}/figures")]
async fn figures(state: web::Data<State>, caller: Caller, id: PathId<CircleId>, query: web::Query<PeriodQuery>) -> Answer<web::Json<CircleFigures>> {
    let (id, business, period, now) = (id.0, caller.principal.business, query.period, state.now());
    state.db.read(move |connection| views::figures(connection, id, business, period, now)).await.map(web::Json)
}

/// How widely members give and receive.
#[utoipa::path(
    tag = "insight",
    summary = "How widely members give and receive, for every member",
    description = "With how many partners each member exchanges referrals, and between which sums the middle half of the members lies. Nobody's sums are shown.",
    params(("id" = CircleId, Path)),
    responses(
        (status = 200, body = CircleBreadth),
        (status = 404, description = "There is no such circle, or the caller's business is no member", body = Problem),
    )
)]
#[get("/circles/{id}/breadth")]
async fn breadth(state: web::Data<State>, caller: Caller, id: PathId<CircleId>) -> Answer<web::Json<CircleBreadth>> {
    let (id, business, now) = (id.0, caller.principal.business, state.now());
    state.db.read(move |connection| views::breadth(connection, id, business, now)).await.map(web::Json)
}
