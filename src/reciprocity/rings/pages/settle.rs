//! Settling: first what would be posted, then the posting, and the way back.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::credits;
use crate::circles::frame::{self, Above, Room};
use crate::circles::views as circles;
use crate::http::{Caller, Form, PathId, State};
use crate::kernel::id::{CircleId, SettlementId};
use crate::kernel::{Answer, Failure};
use crate::reciprocity::hash::LedgerHash;
use crate::reciprocity::rings::commands::{self, Seen};
use crate::reciprocity::rings::views::{self, Proposal};
use crate::web::form_key::press_key;
use crate::web::{self as site, PageContext, forms};

/// Transfers that the page lists; the certificate has them all.
const LINES_SHOWN_MAX: usize = 500;

/// `GET /circles/{id}/rings/settle`.
pub(super) async fn show(state: web::Data<State>, caller: Caller, context: PageContext, id: PathId<CircleId>) -> Answer<HttpResponse> {
    let (circle, business, kept) = (*id, caller.principal.business, state.clearings.clone());
    caller.principal.owned_business()?;
    let (place, proposal) = state
        .db
        .read(move |connection| {
            let proposal = views::proposal(connection, &kept, circle, business)?;
            Ok((circles::place(connection, circle, business)?, proposal))
        })
        .await?;
    let title = context.t_with("rings-settle-title", &[("circle", place.name.clone().into())]);
    let below = Some((format!("/circles/{circle}/rings"), context.t("rings-title")));
    let above = Above { title: &title, below, ..Above::default() };
    Ok(frame::page(&context, StatusCode::OK, &place, Room::Rings, above, &content(&context, circle, &proposal)))
}

fn content(context: &PageContext, circle: CircleId, proposal: &Proposal) -> Markup {
    let here = format!("/circles/{circle}/rings");
    let back = html! { p { a href=(here) { (context.t("rings-settle-back")) } } };
    let count = proposal.lines.len();
    if count == 0 {
        let why = if proposal.rings.clearing.rings.is_empty() { "rings-none" } else { "problem-settlement-too-large" };
        return html! { p { (context.t(why)) } (back) };
    }
    let left = proposal.rings.clearing.rings.len() - proposal.rings_count;
    html! {
        p { (context.t_with("rings-settle-what", &[
            ("transfers", count.into()), ("rings", proposal.rings_count.into()), ("credits", credits(context, proposal.cleared).into()),
        ])) }
        @if left > 0 { p { (context.t_with("rings-settle-left", &[("count", left.into())])) } }
        p { (context.t("rings-settle-why")) }
        form method="post" action=(format!("{here}/settle")) {
            (forms::csrf(context)) (press_key(context))
            input type="hidden" name="head" value=(proposal.rings.head.hash);
            input type="hidden" name="ring_length" value=(proposal.rings.ring_length.get());
            button { (context.t("rings-settle-do")) }
        }
        section class="card" { h2 { (context.t("rings-settle-lines")) } (lines(context, proposal)) }
        @if count > LINES_SHOWN_MAX { p class="soft" { (context.t_with("rings-settle-more", &[("count", (count - LINES_SHOWN_MAX).into())])) } }
        (back)
    }
}

fn lines(context: &PageContext, proposal: &Proposal) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(context.t("rings-settle-lines")) { table {
            thead { tr {
                th scope="col" { (context.t("rings-settle-debtor")) }
                th scope="col" { (context.t("rings-settle-creditor")) }
                th scope="col" class="number" { (context.t("rings-credits-column")) }
            } }
            tbody { @for (debtor, creditor, amount) in proposal.lines.iter().take(LINES_SHOWN_MAX) { tr {
                th scope="row" { (debtor.name) } td { (creditor.name) } td class="number" { (context.language.number(*amount)) }
            } } }
        } }
    }
}

/// What the confirmation page showed.
#[derive(Debug, Deserialize)]
pub(super) struct SettleForm {
    head: String,
    ring_length: u8,
}

/// `POST /circles/{id}/rings/settle`.
pub(super) async fn settle(state: web::Data<State>, caller: Caller, id: PathId<CircleId>, form: Form<SettleForm>) -> Answer<HttpResponse> {
    let (circle, principal) = (*id, caller.principal);
    let head = LedgerHash::parse(&form.0.head).ok_or_else(|| Failure::Malformed("the form's head is no hash".to_owned()))?;
    let seen = Seen { head, ring_length: form.0.ring_length };
    state.db.write(move |tx| commands::settle(tx, &principal, circle, seen).map(drop)).await?;
    Ok(site::see_other(&format!("/circles/{circle}/rings"), Some("rings-settled")))
}

/// A form without fields of its own.
#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

/// `POST /circles/{id}/rings/settlements/{settlement}/undo`.
pub(super) async fn undo(state: web::Data<State>, caller: Caller, path: web::Path<(CircleId, SettlementId)>, _form: Form<Nothing>) -> Answer<HttpResponse> {
    let ((circle, settlement), principal) = (path.into_inner(), caller.principal);
    state.db.write(move |tx| commands::undo(tx, &principal, circle, settlement)).await?;
    Ok(site::see_other(&format!("/circles/{circle}/rings"), Some("rings-undone")))
}
