//! How giving comes back in a circle: sums, the own standing, the rings, the proof, and what was settled.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use maud::{Markup, html};

use super::{credits, looks};
use crate::circles::frame::{self, Above, Room};
use crate::circles::views as circles;
use crate::http::{Caller, PathId, State, assets};
use crate::kernel::id::{BusinessId, CircleId};
use crate::kernel::{Answer, Page, PageQuery};
use crate::live::LiveKind;
use crate::reciprocity::rings::views::{self, ClearingView, PartnerRings, RingStep, RingView, SettlementView};
use crate::web::charts::{ring, share};
use crate::web::icon::Icon;
use crate::web::{PageContext, components, forms};

/// `GET /circles/{id}/rings`.
pub(super) async fn show(
    state: web::Data<State>,
    caller: Caller,
    context: PageContext,
    id: PathId<CircleId>,
    query: web::Query<PageQuery>,
) -> Answer<HttpResponse> {
    let (circle, business, kept) = (*id, caller.principal.business, state.clearings.clone());
    let (place, clearing, settlements) = state
        .db
        .read(move |connection| {
            let clearing = views::clearing(connection, &kept, circle, business)?;
            let settlements = views::settlements(connection, circle, business, &query)?;
            Ok((circles::place(connection, circle, business)?, clearing, settlements))
        })
        .await?;
    let content = html! {
        p class="soft" { (context.t("rings-explained")) }
        @if clearing.sums.total == 0 { (nothing_open(&context, &clearing)) } @else { (open(&context, &clearing, business)) }
        (history(&context, &clearing, &settlements))
    };
    let above = Above { title: &context.t("rings-title"), hears: &[LiveKind::Circle, LiveKind::Standing, LiveKind::Ledger], ..Above::default() };
    Ok(frame::page(&context, StatusCode::OK, &place, Room::Rings, above, &content))
}

/// `GET /circles/{id}/rings/certificate.json`, to keep; the page's check reads the same.
pub(super) async fn certificate(state: web::Data<State>, caller: Caller, id: PathId<CircleId>) -> Answer<HttpResponse> {
    let (circle, business, kept) = (*id, caller.principal.business, state.clearings.clone());
    let certificate = state.db.read(move |connection| views::certificate(connection, &kept, circle, business)).await?;
    let disposition = format!("attachment; filename=\"{circle}-{}.json\"", certificate.seq);
    Ok(HttpResponse::Ok().insert_header((header::CONTENT_DISPOSITION, disposition)).json(certificate))
}

fn nothing_open(context: &PageContext, clearing: &ClearingView) -> Markup {
    let words = context.t(if clearing.seq == 0 { "rings-nothing-yet" } else { "rings-nothing-open" });
    let pass = components::link_button(&format!("/referrals/new?circle={}", clearing.circle), Icon::Pass, &context.t("circles-pass-referral"));
    components::empty(&words, &pass)
}

fn open(context: &PageContext, clearing: &ClearingView, own: Option<BusinessId>) -> Markup {
    html! {
        (comes_back(context, clearing))
        (yours(context, clearing))
        (rings(context, clearing, own))
        @if clearing.is_organiser { (proof(context, clearing)) }
    }
}

/// The bar and its table.
fn comes_back(context: &PageContext, clearing: &ClearingView) -> Markup {
    let sums = &clearing.sums;
    let closed = sums.total - sums.still_open;
    let rows = [
        ("rings-in-pairs", sums.in_pairs, Some(sums.pairs_count)),
        ("rings-in-threes", sums.in_threes, Some(sums.threes_count)),
        ("rings-in-longer", sums.in_longer, Some(sums.longer_count)),
        ("rings-still-open", sums.still_open, None),
    ];
    let number = |value: i64| context.language.number(value);
    let told = [("total", sums.total), ("pairs", sums.in_pairs), ("threes", sums.in_threes), ("longer", sums.in_longer), ("open", sums.still_open)];
    let told = context.t_with("rings-bar-told", &told.map(|(name, value)| (name, number(value).into())));
    html! {
        section class="card" {
            h2 { (context.t("rings-comes-back")) }
            (share::split([sums.in_pairs, sums.in_threes, sums.in_longer, sums.still_open], &told))
            table {
                thead { tr {
                    th scope="col" { (context.t("rings-how")) }
                    th scope="col" class="number" { (context.t("rings-how-many")) }
                    th scope="col" class="number" { (context.t("rings-credits-column")) }
                } }
                tbody { @for (place, (label, value, count)) in rows.into_iter().enumerate() { tr {
                    th scope="row" { (share::key(place)) " " (context.t(label)) }
                    td class="number" { @if let Some(count) = count { (number(count.into())) } }
                    td class="number" { (number(value)) }
                } } }
            }
            p { (context.t_with("rings-most", &[("most", credits(context, sums.most).into()), ("total", number(sums.total).into())])) }
            @if sums.most > closed { p class="soft" { (context.t_with("rings-most-longer", &[("length", clearing.ring_length.into())])) } }
        }
    }
}

/// The reader's own standing.
fn yours(context: &PageContext, clearing: &ClearingView) -> Markup {
    let own = &clearing.own;
    let covered: Vec<&PartnerRings> = clearing.partners.iter().filter(|partner| partner.covered > 0).collect();
    let rows = [("rings-owed", own.owed, own.still_owed), ("rings-owes", own.owes, own.still_owes)];
    html! {
        section class="card" {
            h2 { (context.t("rings-yours")) }
            @if own.owed == 0 && own.owes == 0 { p { (context.t("rings-yours-nothing")) } } @else {
                div class="scroll" tabindex="0" role="region" aria-label=(context.t("rings-yours")) { table {
                    thead { tr {
                        th scope="col" { (context.t("rings-yours-what")) }
                        th scope="col" class="number" { (context.t("rings-yours-now")) }
                        th scope="col" class="number" { (context.t("rings-in-pairs")) }
                        th scope="col" class="number" { (context.t("rings-in-rings")) }
                        th scope="col" class="number" { (context.t("rings-still-open")) }
                    } }
                    tbody { @for (label, now, still) in rows { tr {
                        th scope="row" { (context.t(label)) }
                        @for value in [now, own.closed_in_pairs, own.closed_in_rings, still] { td class="number" { (context.language.number(value)) } }
                    } } }
                } }
            }
            @if !covered.is_empty() { ul { @for partner in covered { li { (looks(context, partner)) } } } }
        }
    }
}

fn rings(context: &PageContext, clearing: &ClearingView, own: Option<BusinessId>) -> Markup {
    let more = clearing.rings_count as usize - clearing.rings.len().min(clearing.rings_count as usize);
    html! {
        section {
            h2 { (context.t(if clearing.is_organiser { "rings-all" } else { "rings-with-you" })) }
            @if clearing.rings.is_empty() { p { (context.t(if clearing.is_organiser { "rings-none" } else { "rings-none-with-you" })) } }
            @else if !clearing.is_organiser { p class="soft" { (context.t("rings-privacy")) } }
            div class="rings" { @for ring in &clearing.rings { (ring_card(context, ring, own)) } }
            @if more > 0 { p class="soft" { (context.t_with("rings-more", &[("count", more.into())])) } }
        }
    }
}

/// One ring, told in the direction of giving: each gave to the next.
fn ring_card(context: &PageContext, ring: &RingView, own: Option<BusinessId>) -> Markup {
    let givers: Vec<_> = ring.members.iter().rev().collect();
    let names: Vec<&str> = givers.iter().map(|business| business.name.as_str()).collect();
    let way = names.iter().chain(names.first()).copied().collect::<Vec<_>>().join(" → ");
    let amount = credits(context, ring.amount);
    let told = context.t_with("rings-ring-told", &[("way", way.clone().into()), ("credits", amount.clone().into())]);
    let name = |id: BusinessId| ring.members.iter().find(|business| business.id == id).map_or("", |business| business.name.as_str());
    // The step with the index i is what member i owes member i + 1, who gave; the first giver of the list is the last member.
    let steps = ring.steps.iter().rev().skip(1).chain(ring.steps.last());
    html! {
        div class="card" {
            h3 { (way) }
            @if names.len() <= ring::MEMBERS_DRAWN_MAX {
                (ring::ring(&names, &context.language.number(ring.amount), givers.iter().position(|business| Some(business.id) == own), &told))
            }
            p { (context.t_with("rings-ring-closes", &[("credits", amount.into())])) }
            ul { @for step in steps { li { (context.t_with("rings-gave", &[("giver", name(step.creditor).to_owned().into()), ("receiver", name(step.debtor).to_owned().into())])) (referrals(context, step)) } } }
        }
    }
}

fn referrals(context: &PageContext, step: &RingStep) -> Markup {
    html! {
        @if !step.referrals.is_empty() { ul { @for referral in &step.referrals { li {
            a href=(format!("/referrals/{}", referral.id)) { @match referral.trade { Some(trade) => (trade.name(context.language)), None => (context.t("rings-a-referral")) } }
            ", " (context.date(referral.at)) ": " (credits(context, referral.credits))
        } } } }
    }
}

/// The certificate: to keep, and with scripts to check here.
fn proof(context: &PageContext, clearing: &ClearingView) -> Markup {
    let document = format!("/circles/{}/rings/certificate.json", clearing.circle);
    let can_settle = clearing.sums.total > clearing.sums.still_open;
    html! {
        section class="card" {
            h2 { (context.t("rings-proof")) }
            p { (context.t("rings-proof-explained")) }
            p class="row" {
                a href=(document) download { (context.t("rings-proof-download")) }
                button class="quiet" id="check-clearing" type="button" hidden data-document=(document) data-wait=(context.t("rings-proof-wait"))
                    data-right=(context.t("rings-proof-right")) data-wrong=(context.t("rings-proof-wrong")) data-unread=(context.t("rings-proof-unread")) { (context.t("rings-proof-check")) }
            }
            p id="check-clearing-outcome" role="status" {}
            script type="module" src=(assets::address("js/check-clearing.js")) {}
        }
        @if can_settle && context.may_decide(clearing.is_organiser) {
            section class="card" {
                h2 { (context.t("rings-settle")) }
                p { (context.t("rings-settle-explained")) }
                p { a class="button" href=(format!("/circles/{}/rings/settle", clearing.circle)) { (context.t("rings-settle-look")) } }
            }
        }
    }
}

fn history(context: &PageContext, clearing: &ClearingView, settlements: &Page<SettlementView>) -> Markup {
    let here = format!("/circles/{}/rings", clearing.circle);
    html! {
        @if !settlements.items.is_empty() { section {
            h2 { (context.t("rings-settled-before")) }
            ul { @for settlement in &settlements.items { li class="card" {
                p { (context.t_with("rings-settlement", &[
                    ("date", context.date_time(settlement.at).into()), ("credits", credits(context, settlement.cleared).into()), ("rings", settlement.rings.into()),
                ])) }
                @if let Some(undone_at) = settlement.undone_at {
                    p class="soft" { (context.t_with("rings-settlement-undone", &[("date", context.date_time(undone_at).into())])) }
                } @else if context.may_decide(clearing.is_organiser) {
                    form method="post" action=(format!("{here}/settlements/{}/undo", settlement.id)) {
                        (forms::csrf(context))
                        button class="quiet" { (context.t("rings-settlement-undo")) }
                    }
                }
            } } }
            @if let Some(cursor) = &settlements.next_cursor { p { a rel="next" href=(format!("{here}?cursor={cursor}")) { (context.t("rings-settlements-older")) } } }
        } }
    }
}
