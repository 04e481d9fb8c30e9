//! One circle: what it is, who is in it, and the way in or out.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::list::kind_of;
use super::{Nothing, chosen_trade, trade_options};
use crate::businesses;
use crate::businesses::trade::TradeCode;
use crate::circles::frame::{self, Above, Room};
use crate::circles::model::{CircleKind, MemberState, WORDS_MAX, Words};
use crate::circles::views::{CircleDetail, CircleInside, MemberCard, Place, Seat};
use crate::circles::{commands, views};
use crate::http::{Caller, Form, PathId, State};
use crate::kernel::id::CircleId;
use crate::kernel::{Answer, FieldError};
use crate::live::LiveKind;
use crate::web::charts::chain::{self, Link};
use crate::web::charts::seats::SEATS_DRAWN_MAX;
use crate::web::components::{self, Item, Tone};
use crate::web::form_key::press_key;
use crate::web::forms::{self, Errors};
use crate::web::icon::Icon;
use crate::web::rights::{Needs, owners_do_this};
use crate::web::{self as site, PageContext, charts};

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
    let content = content(context, &shown, typed, Errors(errors));
    let place = shown.place();
    let above = Above { title: &shown.detail.name, actions: actions(context, &place), hears: &[LiveKind::Circle], ..Above::default() };
    Ok(frame::page(context, status, &place, Room::Overview, above, &content))
}

impl Shown {
    fn place(&self) -> Place {
        let is_member = self.detail.inside.is_some();
        let is_organiser = is_member && self.detail.membership.is_some_and(|own| own.is_organiser);
        Place { id: self.detail.id, name: self.detail.name.clone(), is_member, is_organiser }
    }
}

fn actions(context: &PageContext, place: &Place) -> Markup {
    let here = format!("/circles/{}", place.id);
    html! {
        @if context.may_decide(place.is_organiser) { (components::quiet_link(&format!("{here}/edit"), Icon::Pencil, &context.t("circles-edit"))) }
        @if place.is_member { (components::link_button(&format!("/referrals/new?circle={}", place.id), Icon::Pass, &context.t("circles-pass-referral"))) }
    }
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
    let decides = context.may_decide(shown.detail.membership.is_some_and(|own| own.is_organiser));
    html! {
        @if shown.detail.kind == CircleKind::ValueChain { (value_chain(context, shown, decides)) }
        @if shown.seats.is_empty() { (members(context, shown, inside.members_count)) } @else { (seats(context, &shown.seats)) }
        @if decides { p { (components::quiet_link(&format!("{here}/invitations"), Icon::Mail, &context.t("circles-invite"))) } }
        @if context.may(Needs::Owner) { (way_out(context, &here)) } @else { (owners_do_this(context)) }
    }
}

fn way_out(context: &PageContext, here: &str) -> Markup {
    let content = html! {
        h2 { (context.t("circles-leave-sure")) }
        p { (context.t("circles-leave-why")) }
        form method="post" action=(format!("{here}/leave")) {
            (forms::csrf(context))
            button class="danger" { (context.t("circles-leave")) }
        }
    };
    components::ask("leave", Tone::Bad, &context.t("circles-leave"), false, &content)
}

/// The links in their order, each with the members that do this trade, and the gaps.
fn value_chain(context: &PageContext, shown: &Shown, decides: bool) -> Markup {
    let here = format!("/circles/{}", shown.detail.id);
    let holders = |link: &TradeCode| {
        let held = shown.members.iter().filter(|member| member.trade == *link);
        held.map(|member| (format!("/partners/{}", member.business), member.name.clone())).collect::<Vec<_>>()
    };
    let links: Vec<Link> = shown.links.iter().map(|link| Link { name: link.name(context.language).to_owned(), holders: holders(link) }).collect();
    let held = links.iter().filter(|link| !link.holders.is_empty()).count();
    let gap = html! {
        (components::badge(Tone::Waits, &context.t("circles-gap")))
        @if decides { a href=(format!("{here}/invitations")) { (context.t("circles-invite")) } }
    };
    html! {
        section class="card" {
            h2 { (context.t("circles-chain")) }
            @if links.is_empty() {
                p { (context.t("circles-chain-empty")) }
                @if decides { p { (components::quiet_link(&format!("{here}/edit"), Icon::Plus, &context.t("circles-chain-set"))) } }
            } @else {
                p class="soft" { (context.t_with("circles-chain-held", &[("held", held.into()), ("all", links.len().into())])) }
                (chain::chain(&links, &context.t("circles-chain"), &gap))
            }
        }
    }
}

/// The seats round the table, and the same as a list under the numbers of the picture.
fn seats(context: &PageContext, seats: &[Seat]) -> Markup {
    let held: Vec<bool> = seats.iter().map(|seat| seat.holder.is_some()).collect();
    let taken = held.iter().filter(|is_held| **is_held).count();
    let told = context.t_with("circles-seats-held", &[("held", taken.into()), ("free", (seats.len() - taken).into())]);
    let item = |(number, seat): (usize, &Seat)| Item {
        href: seat.holder.as_ref().map(|holder| format!("/partners/{}", holder.business)),
        main: html! { span class="soft" { (number + 1) ". " } (seat.trade.name(context.language)) },
        end: match &seat.holder {
            Some(holder) => html! { @if holder.is_organiser { (organiser_badge(context)) } },
            None => components::badge(Tone::Waits, &context.t("circles-seat-free")),
        },
        more: seat_lines(context, seat),
    };
    html! {
        h2 { (context.t("circles-seats")) }
        p class="soft" { (told) }
        @if seats.len() <= SEATS_DRAWN_MAX { (charts::seats::seats(&held, &told)) }
        (components::items(&seats.iter().enumerate().map(item).collect::<Vec<_>>()))
    }
}

/// Who holds the seat, and who waits for it.
fn seat_lines(context: &PageContext, seat: &Seat) -> Vec<String> {
    let mut lines: Vec<String> = seat.holder.iter().map(|holder| holder.name.clone()).collect();
    if seat.waiting_count > 0 {
        let names = seat.waiting.iter().map(|member| member.name.as_str()).collect::<Vec<_>>().join(", ");
        let count = context.t_with("circles-waiting-count", &[("count", seat.waiting_count.into())]);
        lines.push(if names.is_empty() { count } else { format!("{count} ({names})") });
    }
    lines
}

fn organiser_badge(context: &PageContext) -> Markup {
    components::badge(Tone::Going, &context.t("circles-organiser"))
}

fn members(context: &PageContext, shown: &Shown, count: i64) -> Markup {
    let item = |member: &MemberCard| Item {
        href: Some(format!("/partners/{}", member.business)),
        main: html! { (member.name) },
        end: html! { @if member.is_organiser { (organiser_badge(context)) } },
        more: vec![member.trade.name(context.language).to_owned(), context.t_with("circles-joined-at", &[("date", context.date(member.joined_at).into())])],
    };
    html! {
        h2 { (context.t_with("circles-members-count", &[("count", count.into())])) }
        (components::items(&shown.members.iter().map(item).collect::<Vec<_>>()))
    }
}

fn way_in(context: &PageContext, shown: &Shown, typed: &ApplicationForm, errors: Errors<'_>) -> Markup {
    let here = format!("/circles/{}", shown.detail.id);
    html! {
        @match shown.detail.membership.map(|own| own.state) {
            Some(state) => {
                p class="done" { (context.t(if state == MemberState::Waiting { "circles-you-wait" } else { "circles-you-applied" })) }
                @if context.may(Needs::Owner) {
                    form method="post" action=(format!("{here}/leave")) {
                        (forms::csrf(context))
                        button class="quiet" { (context.t("circles-take-back")) }
                    }
                }
            }
            None if context.may(Needs::Business) && !context.may(Needs::Owner) => (owners_do_this(context)),
            None if shown.own_trades.is_empty() => p { (context.t("circles-no-business")) },
            None => {
                h2 { (context.t("circles-apply")) }
                (forms::summary(context, errors))
                form method="post" action=(format!("{here}/apply")) class="card" {
                    (forms::csrf(context)) (press_key(context))
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
        Err(failure) => {
            let (status, errors) = (failure.form_status(), failure.into_form_errors()?);
            page(&state, &context, &caller, id, status, &form.0, &errors).await
        }
    }
}

/// `POST /circles/{id}/leave`.
pub(super) async fn leave(state: web::Data<State>, caller: Caller, id: PathId<CircleId>, _form: Form<Nothing>) -> Answer<HttpResponse> {
    let id = id.0;
    state.db.write(move |tx| commands::leave(tx, &caller.principal, id)).await?;
    Ok(site::see_other("/circles", Some("circles-left")))
}
