//! The API of introductions: where one stands, the consent record, and the list of those who want no mail.

use actix_web::{HttpResponse, delete, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa_actix_web::service_config::ServiceConfig;

use super::reading::{self, ConsentLine, IntroductionView};
use super::record::{Channel, Suppression, SuppressionScope};
use super::{commands, views};
use crate::http::{Caller, Json, PathId, State, problem::Problem};
use crate::kernel::id::{CircleId, IntroductionId, ReferralId, SuppressionId};
use crate::kernel::{Answer, EmailAddress, Page, PageQuery};

/// The routes under `/api/v1`.
pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(introduction).service(withdraw_consent).service(consent).service(list_suppressions).service(suppress).service(unsuppress);
}

/// Where an introduction stands. The giver of a shared one also gets the link and a ready text to send.
#[utoipa::path(tag = "introductions", summary = "Where an introduction stands",
    responses((status = 200, body = IntroductionView), (status = 404, body = Problem, description = "Unknown, or not yours to see")))]
#[get("/introductions/{id}")]
async fn introduction(state: web::Data<State>, caller: Caller, id: PathId<IntroductionId>) -> Answer<web::Json<IntroductionView>> {
    shown(&state, &caller, *id).await.map(web::Json)
}

async fn shown(state: &State, caller: &Caller, id: IntroductionId) -> Answer<IntroductionView> {
    let (principal, now, secret) = (caller.principal, state.now(), state.secret().clone());
    let base_url = state.config.server.base_url.clone();
    state.db.read(move |connection| reading::introduction(connection, &principal, id, &secret, &base_url, now)).await
}

/// How the prospect said that he withdraws the consent.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct Withdrawal {
    /// in_person, phone, writing, email or message.
    channel: Channel,
}

/// Records that the prospect told you he withdraws his consent. His data is wiped at once.
#[utoipa::path(tag = "introductions", summary = "Record that the prospect withdrew the consent",
    responses((status = 200, body = IntroductionView), (status = 404, body = Problem), (status = 409, body = Problem, description = "no_consent")))]
#[post("/introductions/{id}/withdraw-consent")]
async fn withdraw_consent(state: web::Data<State>, caller: Caller, id: PathId<IntroductionId>, body: Json<Withdrawal>) -> Answer<web::Json<IntroductionView>> {
    let (principal, channel, id) = (caller.principal, body.0.channel, *id);
    state.db.write(move |tx| commands::withdraw_for_prospect(tx, &principal, id, channel)).await?;
    shown(&state, &caller, id).await.map(web::Json)
}

/// The lines of a consent record.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct ConsentRecord {
    /// The oldest first.
    items: Vec<ConsentLine>,
}

/// The consent record: for the giver, for the receiver once he was introduced, for an organiser when the referral was disputed.
#[utoipa::path(tag = "introductions", summary = "The consent record of a referral",
    responses((status = 200, body = ConsentRecord), (status = 404, body = Problem, description = "Unknown, or not yours to see")))]
#[get("/referrals/{id}/consent")]
async fn consent(state: web::Data<State>, caller: Caller, id: PathId<ReferralId>) -> Answer<web::Json<ConsentRecord>> {
    let (principal, id) = (caller.principal, *id);
    let items = state.db.read(move |connection| reading::record(connection, &principal, id)).await?;
    Ok(web::Json(ConsentRecord { items }))
}

/// Which part of the list is wanted.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct SuppressionQuery {
    /// Only the lines of this address.
    email: Option<String>,
    /// 1 to 100, 25 when left out.
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The addresses that want no mail, as keyed hashes: an operator can ask for one, and nobody can read them out.
#[utoipa::path(tag = "introductions", summary = "Addresses that want no mail (operators)", params(SuppressionQuery),
    responses((status = 200, body = Page<Suppression>), (status = 403, body = Problem)))]
#[get("/suppressions")]
async fn list_suppressions(state: web::Data<State>, caller: Caller, query: web::Query<SuppressionQuery>) -> Answer<web::Json<Page<Suppression>>> {
    caller.principal.require_operator()?;
    let SuppressionQuery { email, limit, cursor } = query.into_inner();
    let email = email.map(|email| EmailAddress::parse(&email).map_err(|problem| problem.of("email"))).transpose()?;
    let key = email.map(|email| state.secret().keyed_hash("address", email.normalised()));
    let page = PageQuery { limit, cursor };
    state.db.read(move |connection| views::suppressions(connection, key, &page)).await.map(web::Json)
}

/// An address that wants no mail.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSuppression {
    /// The address.
    email: String,
    /// Which mails.
    scope: SuppressionScope,
    /// Of which circle, with the scope "circle".
    circle: Option<CircleId>,
}

/// Stops mails to an address that asked for it in another way.
#[utoipa::path(tag = "introductions", summary = "Stop mails to an address (operators)",
    responses((status = 204), (status = 403, body = Problem), (status = 422, body = Problem)))]
#[post("/suppressions")]
async fn suppress(state: web::Data<State>, caller: Caller, body: Json<NewSuppression>) -> Answer<HttpResponse> {
    let NewSuppression { email, scope, circle } = body.0;
    let email = EmailAddress::parse(&email).map_err(|problem| problem.of("email"))?;
    let principal = caller.principal;
    state.db.write(move |tx| commands::suppress_address(tx, &principal, &email, scope, circle)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Takes a line off the list.
#[utoipa::path(tag = "introductions", summary = "Let mails through again (operators)",
    responses((status = 204), (status = 403, body = Problem), (status = 404, body = Problem)))]
#[delete("/suppressions/{id}")]
async fn unsuppress(state: web::Data<State>, caller: Caller, id: PathId<SuppressionId>) -> Answer<HttpResponse> {
    let (principal, id) = (caller.principal, *id);
    state.db.write(move |tx| commands::unsuppress(tx, &principal, id)).await?;
    Ok(HttpResponse::NoContent().finish())
}
