//! The rules of a circle: its policy, and the links of a value chain.

use actix_web::{HttpResponse, get, put, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::businesses::trade::TradeCode;
use crate::circles::model::Links;
use crate::circles::policy::Policy;
use crate::circles::views::PolicyVersion;
use crate::circles::{commands, views};
use crate::http::etag::{self, IfMatch};
use crate::http::problem::Problem;
use crate::http::{Caller, Json, PathId, State};
use crate::kernel::id::{BusinessId, CircleId};
use crate::kernel::{Answer, Page, PageQuery};

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(get_policy).service(set_policy).service(list_policy_versions).service(get_links).service(set_links);
}

/// The policy in force.
#[derive(Debug, Serialize, ToSchema)]
struct PolicyInForce {
    /// Send it as If-Match to change the policy.
    version: i32,
    /// The rules.
    policy: Policy,
}

#[utoipa::path(tag = "circles", summary = "The policy in force", params(("id" = CircleId, Path)),
    responses((status = 200, body = PolicyInForce), (status = 404, body = Problem)))]
#[get("/circles/{id}/policy")]
async fn get_policy(state: web::Data<State>, caller: Caller, id: PathId<CircleId>) -> Answer<HttpResponse> {
    policy_answer(&state, id.0, caller.principal.business).await
}

async fn policy_answer(state: &State, id: CircleId, business: Option<BusinessId>) -> Answer<HttpResponse> {
    let view = move |conn: &mut crate::db::AnyConn| {
        views::require_member(conn, id, business)?;
        views::policy(conn, id, None)
    };
    let (version, policy) = state.db.read(view).await?;
    Ok(HttpResponse::Ok().insert_header(etag::of(version)).json(PolicyInForce { version, policy }))
}

#[utoipa::path(tag = "circles", summary = "Put a new version of the policy in force (organisers)",
    description = "The whole policy, every rule of it: what is left out is refused, nothing is reset in silence.", params(("id" = CircleId, Path)), request_body = Policy,
    responses((status = 200, body = PolicyInForce), (status = 403, body = Problem), (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
#[put("/circles/{id}/policy")]
async fn set_policy(state: web::Data<State>, caller: Caller, id: PathId<CircleId>, if_match: IfMatch, policy: Json<Policy>) -> Answer<HttpResponse> {
    let (id, principal, ask_allowed) = (id.0, caller.principal, state.config.introductions.ask_allowed);
    state.db.write(move |tx| commands::set_policy(tx, &principal, id, |version| if_match.check(version), policy.0, ask_allowed)).await?;
    policy_answer(&state, id, principal.business).await
}

#[utoipa::path(tag = "circles", summary = "Every version of the policy, newest first", params(("id" = CircleId, Path), PageQuery),
    responses((status = 200, body = Page<PolicyVersion>), (status = 404, body = Problem)))]
#[get("/circles/{id}/policy/versions")]
async fn list_policy_versions(
    state: web::Data<State>,
    caller: Caller,
    id: PathId<CircleId>,
    query: web::Query<PageQuery>,
) -> Answer<web::Json<Page<PolicyVersion>>> {
    let (id, business) = (id.0, caller.principal.business);
    let view = move |conn: &mut crate::db::AnyConn| {
        views::require_member(conn, id, business)?;
        views::policy_versions(conn, id, &query)
    };
    state.db.read(view).await.map(web::Json)
}

/// The links of a value chain in their order.
#[derive(Debug, Serialize, ToSchema)]
struct LinksView {
    /// Trades, first to last.
    links: Vec<TradeCode>,
}

/// The links of a value chain in their order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LinksInput {
    /// Codes of trades, first to last; at most 30.
    links: Vec<String>,
}

#[utoipa::path(tag = "circles", summary = "The links of a value chain", params(("id" = CircleId, Path)),
    responses((status = 200, body = LinksView), (status = 404, body = Problem)))]
#[get("/circles/{id}/links")]
async fn get_links(state: web::Data<State>, caller: Caller, id: PathId<CircleId>) -> Answer<HttpResponse> {
    links_answer(&state, id.0, caller.principal.business).await
}

async fn links_answer(state: &State, id: CircleId, business: Option<BusinessId>) -> Answer<HttpResponse> {
    let now = state.now();
    let view = move |conn: &mut crate::db::AnyConn| {
        views::require_member(conn, id, business)?;
        Ok((views::detail(conn, id, business, now)?, views::links(conn, id)?))
    };
    let (detail, links) = state.db.read(view).await?;
    let mut response = HttpResponse::Ok();
    if let Some(inside) = &detail.inside {
        response.insert_header(etag::of(inside.version));
    }
    Ok(response.json(LinksView { links: links.as_slice().to_vec() }))
}

#[utoipa::path(tag = "circles", summary = "Set or reorder the links of a value chain (organisers)", params(("id" = CircleId, Path)), request_body = LinksInput,
    responses((status = 200, body = LinksView), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem)))]
#[put("/circles/{id}/links")]
async fn set_links(state: web::Data<State>, caller: Caller, id: PathId<CircleId>, if_match: IfMatch, input: Json<LinksInput>) -> Answer<HttpResponse> {
    let (id, principal) = (id.0, caller.principal);
    let links = Links::parse(&input.0.links).map_err(|problem| problem.of("links"))?;
    state.db.write(move |tx| commands::set_links(tx, &principal, id, |version| if_match.check(version), &links)).await?;
    links_answer(&state, id, principal.business).await
}
