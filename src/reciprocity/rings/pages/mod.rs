//! The pages of the rings: how giving comes back, and for organisers the settlement.

mod rings;
mod settle;

use actix_web::web;

use super::views::PartnerRings;
use crate::web::PageContext;

/// Names of others that a sentence holds.
const NAMES_MAX: usize = 4;

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

/// "With Bernd you look 30 behind; the ring over Clara covers 20."
pub(in crate::reciprocity) fn looks(context: &PageContext, row: &PartnerRings) -> String {
    let key = if row.looks < 0 { "rings-looks-behind" } else { "rings-looks-ahead" };
    let mut over = row.over.iter().take(NAMES_MAX).map(|business| business.name.as_str()).collect::<Vec<_>>().join(", ");
    if row.over.len() > NAMES_MAX {
        over.push_str(" …");
    }
    context.t_with(
        key,
        &[
            ("partner", row.partner.name.clone().into()),
            ("credits", credits(context, row.looks.abs()).into()),
            ("covered", credits(context, row.covered).into()),
            ("rings", row.rings_count.into()),
            ("over", over.into()),
        ],
    )
}
