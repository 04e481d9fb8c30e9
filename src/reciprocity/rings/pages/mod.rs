//! The pages of the rings: how giving comes back, and for organisers the settlement.

mod rings;
mod settle;

use actix_web::web;

use crate::web::PageContext;

/// Registers the routes.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/circles/{id}/rings", web::get().to(rings::show))
        .route("/circles/{id}/rings/certificate.json", web::get().to(rings::certificate))
        .route("/circles/{id}/rings/settle", web::get().to(settle::show))
        .route("/circles/{id}/rings/settle", web::post().to(settle::settle))
        .route("/circles/{id}/rings/settlements/{settlement}/undo", web::post().to(settle::undo));
}

/// An amount as words: 1 credit, 20 credits.
fn credits(context: &PageContext, count: i64) -> String {
    context.t_with("rings-credits", &[("count", count.into()), ("shown", context.language.number(count).into())])
}
