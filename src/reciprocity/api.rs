//! The API of the ledger. It only reads: credits are posted by what happens to referrals.

use actix_web::{get, web};

use super::views::{self, CircleBalanceWithRings, CircleStanding, LedgerHead, TransferCard};
use crate::http::problem::Problem;
use crate::http::{Caller, PathId, State};
use crate::kernel::id::CircleId;
use crate::kernel::{Answer, Page, PageQuery};

/// Registers the routes.
pub(super) fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(balances).service(transfers).service(circle_balances).service(ledger_head);
}

/// Where my business stands in its circles.
#[utoipa::path(
    tag = "reciprocity",
    summary = "Where my business stands in its circles",
    params(PageQuery),
    responses(
        (status = 200, description = "Balances, newest circle first; circles that were left included", body = Page<CircleBalanceWithRings>),
        (status = 403, description = "The person belongs to no business", body = Problem),
    )
)]
#[get("/balances")]
async fn balances(state: web::Data<State>, caller: Caller, query: web::Query<PageQuery>) -> Answer<web::Json<Page<CircleBalanceWithRings>>> {
    let business = caller.principal.business()?;
    let kept = state.clearings.clone();
    state.db.read(move |connection| views::balances_page(connection, &kept, business, &query)).await.map(web::Json)
}

/// What my business gave and received.
#[utoipa::path(
    tag = "reciprocity",
    summary = "What my business gave and received",
    params(PageQuery),
    responses(
        (status = 200, description = "Entries of the ledgers of all circles, newest first", body = Page<TransferCard>),
        (status = 403, description = "The person belongs to no business", body = Problem),
    )
)]
#[get("/transfers")]
async fn transfers(state: web::Data<State>, caller: Caller, query: web::Query<PageQuery>) -> Answer<web::Json<Page<TransferCard>>> {
    let business = caller.principal.business()?;
    state.db.read(move |connection| views::transfers_page(connection, business, None, &query)).await.map(web::Json)
}

/// A circle's sums and my balance; for organisers everybody's.
#[utoipa::path(
    tag = "reciprocity",
    summary = "A circle's sums and my balance; for organisers everybody's",
    params(("id" = CircleId, Path)),
    responses(
        (status = 200, description = "`members` is null unless the caller's business organises the circle", body = CircleStanding),
        (status = 404, description = "There is no such circle, or the caller's business is no member", body = Problem),
    )
)]
#[get("/circles/{id}/balances")]
async fn circle_balances(state: web::Data<State>, caller: Caller, id: PathId<CircleId>) -> Answer<web::Json<CircleStanding>> {
    let business = caller.principal.business()?;
    let kept = state.clearings.clone();
    state.db.read(move |connection| views::circle_standing(connection, &kept, *id, business)).await.map(web::Json)
}

/// The last entry of a circle's ledger.
#[utoipa::path(
    tag = "reciprocity",
    summary = "The last entry of a circle's ledger",
    description = "Keep number and hash: whoever has them can prove later that nothing before was changed.",
    params(("id" = CircleId, Path)),
    responses(
        (status = 200, description = "Number and hash", body = LedgerHead),
        (status = 404, description = "There is no such circle, or the caller's business is no member", body = Problem),
    )
)]
#[get("/circles/{id}/ledger-head")]
async fn ledger_head(state: web::Data<State>, caller: Caller, id: PathId<CircleId>) -> Answer<web::Json<LedgerHead>> {
    let business = caller.principal.business()?;
    state.db.read(move |connection| views::ledger_head(connection, *id, business)).await.map(web::Json)
}
