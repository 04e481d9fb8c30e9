//! One circle: what it is, who is in it, and the way in or out.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::list::kind_of;
use super::{Nothing, chosen_trade, trade_options};
use crate::businesses;
use crate::businesses::trade::TradeCode;
use crate::circles::model::{CircleKind, MemberState, WORDS_MAX, Words};
use crate::circles::views::{CircleDetail, CircleInside, MemberCard, Seat};
use crate::circles::{commands, views};
use crate::http::{Caller, Form, PathId, State};
use crate::kernel::id::CircleId;
use crate::kernel::{Answer, Failure, FieldError};
use crate::web::forms::{self, Errors};
use crate::web::{self as site, PageContext};

/// What the page shows.
struct Shown {
    detail: CircleDetail,
    members: Vec<MemberCard>,
    links: Vec<TradeCode>,
    seats: Vec<Seat>,
    own_trades: Vec<TradeCode>,
}

/// What was typed into an application that failed.
#[derive(Debug, Default, Deserialize)]
pub(super) struct ApplicationForm {
    trade: String,
    #[serde(default)]
    words: String,
}

/// `GET /circles/{id}`.
pub(super) async fn show(state: web::Data<State>, context: PageContext, caller: Caller, id: PathId<CircleId>) -> Answer<HttpResponse> {
    page(&state, &context, &caller, id.0, StatusCode::OK, &ApplicationForm::default(), &[]).await
}

async fn page(
    state: &State,
    context: &PageContext,
    caller: &Caller,
    id: CircleId,
    status: StatusCode,
    typed: &ApplicationForm,
    errors: &[FieldError],
) -> Answer<HttpResponse> {
    let (business, now) = (caller.principal.business, state.now());
    let read = move |conn: &mut crate::db::AnyConn| {
        let detail = views::detail(conn, id, business, now)?;
        let own_trades = business.map_or(Ok(Vec::new()), |business| businesses::views::card(conn, business).map(|card| card.trades))?;
        let mut shown = Shown { detail, members: Vec::new(), links: Vec::new(), seats: Vec::new(), own_trades };
        if let (Some(own), Some(_)) = (&shown.detail.membership, &shown.detail.inside) {
            match shown.detail.kind {
                CircleKind::ValueChain => shown.links = views::links(conn, id)?.as_slice().to_vec(),
                CircleKind::Networking => shown.seats = views::seats(conn, id, own)?,
            }
            shown.members = views::active_members(conn, id)?;
        }
        Ok(shown)
    };
    let shown = state.db.read(read).await?;
    Ok(site::page(context, status, &shown.detail.name, content(context, &shown, typed, Errors(errors))))
}

fn content(context: &PageContext, shown: &Shown, typed: &ApplicationForm, errors: Errors<'_>) -> Markup {
    let detail = &shown.detail;
    html! {
        p class="soft" { (kind_of(context, detail.kind)) }
        @for line in detail.description.lines() { p { (line) } }
        @match &detail.inside {
            Some(inside) => (inside_of(context, shown, inside)),
            None => (way_in(context, shown, typed, errors)),
        }
    }
}

fn inside_of(context: &PageContext, shown: &Shown, inside: &CircleInside) -> Markup {
    let here = format!("/circles/{}", shown.detail.id);
    let is_organiser = shown.detail.membership.is_some_and(|own| own.is_organiser);
    html! {
        nav class="row" aria-label=(context.t("circles-navigation")) {
            a class="button" href=(format!("/referrals/new?circle={}", shown.detail.id)) { (context.t("circles-pass-referral")) }
            a href=(format!("{here}/rings")) { (context.t("rings-title")) }
            a href=(format!("{here}/policy")) { (context.t("circles-policy")) }
            a href=(format!("{here}/members")) { (context.t("circles-members")) }
            a href=(format!("{here}/breadth")) { (context.t("insight-breadth")) }
            @if is_organiser {
                a href=(format!("{here}/invitations")) { (context.t("circles-invitations")) }
                a href=(format!("{here}/edit")) { (context.t("circles-edit")) }
                a href=(format!("{here}/ledger")) { (context.t("circles-ledger")) }
                a href=(format!("{here}/trust")) { (context.t("circles-trust")) }
                a href=(format!("{here}/figures")) { (context.t("insight-figures")) }
            }
        }
        @if shown.detail.kind == CircleKind::ValueChain { (chain(context, shown, is_organiser)) }
        @if !shown.seats.is_empty() { (seats(context, &shown.seats)) }
        @else { (members(context, shown, inside.members_count)) }
        form method="post" action=(format!("{here}/leave")) {
            (forms::csrf(context))
            button class="danger" { (context.t("circles-leave")) }
        }
    }
}

/// The links in their order, each with the members that do this trade.
fn chain(context: &PageContext, shown: &Shown, is_organiser: bool) -> Markup {
    html! {
        h2 { (context.t("circles-chain")) }
        @if shown.links.is_empty() {
            p { (context.t("circles-chain-empty")) }
            @if is_organiser { p { a href=(format!("/circles/{}/edit", shown.detail.id)) { (context.t("circles-chain-set")) } } }
        }
        ol {
            @for link in &shown.links {
                li {
                    (link.name(context.language))
                    @for member in shown.members.iter().filter(|member| member.trade == *link) {
                        " · " a href=(format!("/partners/{}", member.business)) { (member.name) }
                    }
                }
            }
        }
    }
}

fn seats(context: &PageContext, seats: &[Seat]) -> Markup {
    html! {
        h2 { (context.t("circles-seats")) }
        div class="scroll" {
            div class="scroll" tabindex="0" {
                table {
                    thead { tr { th { (context.t("circles-trade")) } th { (context.t("circles-holder")) } th { (context.t("circles-waiting")) } } }
                    tbody {
                        @for seat in seats {
                            tr {
                                td { (seat.trade.name(context.language)) }
                                td {
                                    @match &seat.holder {
                                        Some(holder) => { a href=(format!("/partners/{}", holder.business)) { (holder.name) } @if holder.is_organiser { " " (organiser_badge(context)) } }
                                        None => span class="badge" { (context.t("circles-seat-free")) },
                                    }
                                }
                                td {
                                    @if seat.waiting.is_empty() && seat.waiting_count > 0 { (seat.waiting_count) }
                                    @for (index, member) in seat.waiting.iter().enumerate() {
                                        @if index > 0 { ", " }
                                        a href=(format!("/partners/{}", member.business)) { (member.name) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn organiser_badge(context: &PageContext) -> Markup {
    html! { span class="badge" { (context.t("circles-organiser")) } }
}

fn members(context: &PageContext, shown: &Shown, count: i64) -> Markup {
    html! {
        h2 { (context.t_with("circles-members-count", &[("count", count.into())])) }
        ul {
            @for member in &shown.members {
                li {
                    a href=(format!("/partners/{}", member.business)) { (member.name) } ", " (member.trade.name(context.language))
                    @if member.is_organiser { " " (organiser_badge(context)) }
                }
            }
        }
    }
}

fn way_in(context: &PageContext, shown: &Shown, typed: &ApplicationForm, errors: Errors<'_>) -> Markup {
    let here = format!("/circles/{}", shown.detail.id);
    html! {
        @match shown.detail.membership.map(|own| own.state) {
            Some(state) => {
                p class="done" { (context.t(if state == MemberState::Waiting { "circles-you-wait" } else { "circles-you-applied" })) }
                form method="post" action=(format!("{here}/leave")) {
                    (forms::csrf(context))
                    button class="quiet" { (context.t("circles-take-back")) }
                }
            }
            None if shown.own_trades.is_empty() => p { (context.t("circles-no-business")) },
            None => {
                h2 { (context.t("circles-apply")) }
                (forms::summary(context, errors))
                form method="post" action=(format!("{here}/apply")) class="card" {
                    (forms::csrf(context))
                    (forms::select(context, errors, "trade", "circles-your-trade", &trade_options(context, &shown.own_trades), &typed.trade))
                    (forms::area(context, errors, "words", "circles-application-words", &typed.words, WORDS_MAX, false))
                    button { (context.t("circles-apply")) }
                }
            }
        }
    }
}

/// `POST /circles/{id}/apply`.
pub(super) async fn apply(
    state: web::Data<State>,
    context: PageContext,
    caller: Caller,
    id: PathId<CircleId>,
    form: Form<ApplicationForm>,
) -> Answer<HttpResponse> {
    let (id, principal) = (id.0, caller.principal);
    let words = Words::optional(Some(&form.0.words)).map_err(|problem| problem.of("words"));
    let outcome = match chosen_trade(&form.0.trade).and_then(|trade| Ok((trade, words?))) {
        Ok((trade, words)) => state.db.write(move |tx| commands::apply(tx, &principal, id, trade, words)).await,
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(MemberState::Waiting) => Ok(site::see_other(&format!("/circles/{id}"), Some("circles-waiting"))),
        Ok(_) => Ok(site::see_other(&format!("/circles/{id}"), Some("circles-applied"))),
        Err(Failure::Invalid(errors)) => page(&state, &context, &caller, id, StatusCode::UNPROCESSABLE_ENTITY, &form.0, &errors).await,
        Err(other) => Err(other),
    }
}

/// `POST /circles/{id}/leave`.
pub(super) async fn leave(state: web::Data<State>, caller: Caller, id: PathId<CircleId>, _form: Form<Nothing>) -> Answer<HttpResponse> {
    let id = id.0;
    state.db.write(move |tx| commands::leave(tx, &caller.principal, id)).await?;
    Ok(site::see_other("/circles", Some("circles-left")))
}
