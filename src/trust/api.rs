//! The API of cases, for organisers who are not named in them.

use actix_web::{get, post, web};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::model::{CaseState, Decision, Outcome};
use super::views::{TrustCaseDetail, TrustCaseView};
use super::{commands, views};
use crate::http::problem::Problem;
use crate::http::{Caller, Json, PathId, State};
use crate::kernel::id::{BusinessId, CircleId, TrustCaseId};
use crate::kernel::{Answer, Page, PageQuery};

/// Registers the routes.
pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(trust_cases).service(trust_case).service(decide_trust_case);
}

/// Which cases are listed.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
struct CasesQuery {
    /// Both when left out.
    state: Option<CaseState>,
    /// 1 to 100, 25 when left out.
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A decision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TrustDecisionInput {
    /// What was decided.
    outcome: Outcome,
    /// Why, at most 500 characters. Only those who may see the case read it.
    note: String,
    /// Who is suspended; everybody of the case when left out. Only for a suspension.
    #[serde(default)]
    members: Vec<BusinessId>,
}

#[utoipa::path(tag = "trust", summary = "Groups that an organiser should look at, newest first",
    description = "For organisers, without the cases that name their own business; for an operator, those that name every organiser.",
    params(("id" = CircleId, Path), CasesQuery),
    responses((status = 200, body = Page<TrustCaseView>), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/circles/{id}/trust/cases")]
async fn trust_cases(state: web::Data<State>, caller: Caller, id: PathId<CircleId>, query: web::Query<CasesQuery>) -> Answer<web::Json<Page<TrustCaseView>>> {
    let (principal, id, query) = (caller.principal, *id, query.into_inner());
    let page = PageQuery { limit: query.limit, cursor: query.cursor };
    state.db.read(move |connection| views::cases(connection, &principal, id, query.state, &page)).await.map(web::Json)
}

#[utoipa::path(tag = "trust", summary = "One case with its referrals", params(("id" = CircleId, Path), ("case" = TrustCaseId, Path)),
    responses((status = 200, body = TrustCaseDetail), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[get("/circles/{id}/trust/cases/{case}")]
async fn trust_case(state: web::Data<State>, caller: Caller, path: web::Path<(CircleId, TrustCaseId)>) -> Answer<web::Json<TrustCaseDetail>> {
    let (principal, (circle, case)) = (caller.principal, path.into_inner());
    state.db.read(move |connection| views::case(connection, &principal, circle, case)).await.map(web::Json)
}

#[utoipa::path(tag = "trust", summary = "Decide a case; only by somebody whom it does not name",
    params(("id" = CircleId, Path), ("case" = TrustCaseId, Path)), request_body = TrustDecisionInput,
    responses((status = 200, body = TrustCaseDetail), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)))]
#[post("/circles/{id}/trust/cases/{case}/decide")]
async fn decide_trust_case(
    state: web::Data<State>,
    caller: Caller,
    path: web::Path<(CircleId, TrustCaseId)>,
    body: Json<TrustDecisionInput>,
) -> Answer<web::Json<TrustCaseDetail>> {
    let (principal, (circle, case), input) = (caller.principal, path.into_inner(), body.0);
    let decided = state.db.write(move |tx| {
        // Who may not see the case is told so before his words are read.
        views::case(tx, &principal, circle, case)?;
        let decision = Decision::parse(input.outcome, &input.note, input.members)?;
        commands::decide(tx, &principal, circle, case, &decision)?;
        views::case(tx, &principal, circle, case)
    });
    decided.await.map(web::Json)
}
