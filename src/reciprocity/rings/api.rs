//! The API of the rings: what comes back, its proof, and settlements.

use actix_web::http::header;
use actix_web::{HttpResponse, get, post, web};
use serde::Deserialize;
use utoipa::ToSchema;

use super::certificate::Certificate;
use super::commands::{self, Seen};
use super::views::{self, ClearingView, SettlementView};
use crate::http::problem::Problem;
use crate::http::{Caller, Json, PathId, State};
use crate::kernel::id::{CircleId, SettlementId};
use crate::kernel::{Answer, Failure, Page, PageQuery};
use crate::reciprocity::hash::LedgerHash;

/// Registers the routes.
pub(super) fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(clearing).service(certificate).service(settlements).service(settle).service(undo_settlement);
}

/// How giving comes back in a circle.
#[utoipa::path(
    tag = "reciprocity",
    summary = "How giving comes back in a circle: in pairs, in threes, in longer rings",
    description = "Everybody sees the sums, the own standing and the rings of the own business; organisers see every ring. Nothing is posted.",
    params(("id" = CircleId, Path)),
    responses((status = 200, body = ClearingView), (status = 404, description = "There is no such circle, or the caller's business is no member", body = Problem))
)]
#[get("/circles/{id}/clearing")]
async fn clearing(state: web::Data<State>, caller: Caller, id: PathId<CircleId>) -> Answer<web::Json<ClearingView>> {
    let (business, kept) = (caller.principal.business, state.clearings.clone());
    state.db.read(move |connection| views::clearing(connection, &kept, *id, business)).await.map(web::Json)
}

/// The proof of what can close.
#[utoipa::path(
    tag = "reciprocity",
    summary = "The obligations of a circle with the proof of what can close (organisers)",
    description = "Anybody can check it in one pass: what closes keeps every net, and the potentials prove that nothing closes more than `most`. It says what everybody owes everybody, so only organisers get it.",
    params(("id" = CircleId, Path)),
    responses((status = 200, body = Certificate), (status = 403, body = Problem), (status = 404, body = Problem))
)]
#[get("/circles/{id}/clearing/certificate")]
async fn certificate(state: web::Data<State>, caller: Caller, id: PathId<CircleId>) -> Answer<web::Json<Certificate>> {
    let (business, kept) = (caller.principal.business, state.clearings.clone());
    state.db.read(move |connection| views::certificate(connection, &kept, *id, business)).await.map(web::Json)
}

/// The settlements of a circle.
#[utoipa::path(
    tag = "reciprocity",
    summary = "The settlements of a circle, newest first",
    params(("id" = CircleId, Path), PageQuery),
    responses((status = 200, body = Page<SettlementView>), (status = 404, body = Problem))
)]
#[get("/circles/{id}/settlements")]
async fn settlements(state: web::Data<State>, caller: Caller, id: PathId<CircleId>, query: web::Query<PageQuery>) -> Answer<web::Json<Page<SettlementView>>> {
    let business = caller.principal.business;
    state.db.read(move |connection| views::settlements(connection, *id, business, &query)).await.map(web::Json)
}

/// What the organiser saw: nothing else is settled.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SettleInput {
    /// `head` of the clearing.
    head: String,
    /// `ring_length` of the clearing.
    ring_length: u8,
}

impl SettleInput {
    fn parse(&self) -> Answer<Seen> {
        let head = LedgerHash::parse(&self.head).ok_or_else(|| Failure::field("head", "wrong_shape", "64 lower-case hexadecimal digits"))?;
        Ok(Seen { head, ring_length: self.ring_length })
    }
}

/// Settles the rings of a circle.
#[utoipa::path(
    tag = "reciprocity",
    summary = "Settle the rings of a circle (organisers)",
    description = "Posts what the clearing closes as one batch of transfers of kind `clear`, from debtors to creditors: every balance stays as it was. Once for each head.",
    params(("id" = CircleId, Path)),
    request_body = SettleInput,
    responses(
        (status = 201, body = SettlementView, headers(("Location" = String))),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, description = "`already_settled`, `ledger_moved`, `ring_length_changed`, `nothing_to_settle`, `settlement_too_large`, `ledger_limit`", body = Problem),
        (status = 422, body = Problem),
    )
)]
#[post("/circles/{id}/settlements")]
async fn settle(state: web::Data<State>, caller: Caller, id: PathId<CircleId>, input: Json<SettleInput>) -> Answer<HttpResponse> {
    let (seen, principal, circle) = (input.0.parse()?, caller.principal, *id);
    let made = state
        .db
        .write(move |tx| {
            let made = commands::settle(tx, &principal, circle, seen)?;
            views::settlement(tx, circle, principal.business, made)
        })
        .await?;
    Ok(HttpResponse::Created().insert_header((header::LOCATION, format!("/api/v1/circles/{circle}/settlements"))).json(made))
}

/// Takes a settlement back.
#[utoipa::path(
    tag = "reciprocity",
    summary = "Take a settlement back as a whole (organisers)",
    params(("id" = CircleId, Path), ("settlement" = SettlementId, Path)),
    responses(
        (status = 200, body = SettlementView),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, description = "`already_undone`", body = Problem),
    )
)]
#[post("/circles/{id}/settlements/{settlement}/undo")]
async fn undo_settlement(state: web::Data<State>, caller: Caller, path: web::Path<(CircleId, SettlementId)>) -> Answer<web::Json<SettlementView>> {
    let (circle, settlement) = path.into_inner();
    let principal = caller.principal;
    state
        .db
        .write(move |tx| {
            commands::undo(tx, &principal, circle, settlement)?;
            views::settlement(tx, circle, principal.business, settlement)
        })
        .await
        .map(web::Json)
}
