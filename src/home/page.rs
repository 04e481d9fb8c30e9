//! Home: what waits for me, when my circles meet next, what I gave lately, where I stand, and the one big thing to do.

use actix_web::{HttpResponse, http::StatusCode, web as actix};
use maud::{Markup, html};

use super::welcome;
use crate::http::{MaybeCaller, State};
use crate::kernel::{Answer, Page, PageQuery, Timestamp};
use crate::meetings::pages as meetings;
use crate::meetings::views::{self as meeting_views, MeetingInCircle};
use crate::reciprocity::balance_sentence;
use crate::reciprocity::views::{self as reciprocity, CircleBalance};
use crate::referrals::pages::parts;
use crate::referrals::views::{self as referrals, ListEntry, Waiting, WaitingFor};
use crate::web::components::{self, Item, Tone};
use crate::web::icon::{Icon, icon};
use crate::web::{self, Heading, PageContext, live};

/// How many of the referrals given last are shown.
const GIVEN_SHOWN: u32 = 5;

/// What the page shows.
#[derive(Default)]
struct Home {
    waiting: Vec<Waiting>,
    meetings: Vec<MeetingInCircle>,
    given: Vec<ListEntry>,
    balances: Vec<CircleBalance>,
}

/// `GET /`
pub(super) async fn show(state: actix::Data<State>, context: PageContext, caller: MaybeCaller) -> Answer<HttpResponse> {
    let Some(caller) = caller.0 else {
        return Ok(welcome::page(&context));
    };
    let (principal, now) = (caller.principal, state.now());
    let home = match principal.business {
        Some(business) => {
            let read = move |connection: &mut crate::db::AnyConn| {
                let query = PageQuery { limit: Some(GIVEN_SHOWN), cursor: None };
                let given: Page<ListEntry> = referrals::given(connection, &principal, &[], &query)?;
                Ok(Home {
                    waiting: referrals::waiting_for(connection, business)?,
                    meetings: meeting_views::next_of(connection, business, now)?,
                    given: given.items,
                    balances: reciprocity::circle_balances_of(connection, business)?,
                })
            };
            state.db.read(read).await?
        }
        None => Home::default(),
    };
    let first_name = caller.name.split_whitespace().next().unwrap_or_default().to_owned();
    let title = context.t_with("home-hello", &[("name", first_name.into())]);
    Ok(web::page_with(&context, StatusCode::OK, &Heading { title: &title, ..Heading::default() }, content(&context, &home, now)))
}

fn content(context: &PageContext, home: &Home, now: Timestamp) -> Markup {
    html! {
        p { a class="button big" href="/referrals/new" { (icon(Icon::Pass)) (context.t("home-pass-referral")) } }
        div class="columns" {
            (live::region(context, "home", "referral circle", &waiting_and_given(context, home, now)))
            aside aria-label=(context.t("nav-standing")) { (live::region(context, "home-standing", "standing circle", &standings(context, home))) }
        }
    }
}

fn waiting_and_given(context: &PageContext, home: &Home, now: Timestamp) -> Markup {
    html! {
        h2 { (context.t("home-waiting-title")) }
        @if home.waiting.is_empty() { (nothing_waits(context, home)) }
        @else { (components::items(&home.waiting.iter().map(|one| waits(context, one, now)).collect::<Vec<_>>())) }
        @if !home.meetings.is_empty() {
            h2 { (context.t("meetings-next")) }
            (components::items(&home.meetings.iter().map(|one| meets(context, one)).collect::<Vec<_>>()))
        }
        @if !home.given.is_empty() {
            h2 { (context.t("home-given-lately")) }
            (components::items(&home.given.iter().map(|entry| parts::item(context, entry, now)).collect::<Vec<_>>()))
            p { a href="/referrals" { (context.t("home-all-referrals")) } }
        }
    }
}

fn nothing_waits(context: &PageContext, home: &Home) -> Markup {
    html! {
        @if home.given.is_empty() {
            (components::empty(&context.t("home-nothing-yet"), &components::quiet_link("/partners", Icon::Partners, &context.t("home-find-partners"))))
        } @else {
            div class="card row" { (icon(Icon::Check)) p class="fill" { (context.t("home-nothing-waits")) } }
        }
    }
}

fn waits(context: &PageContext, waiting: &Waiting, now: Timestamp) -> Item {
    let (what, tone) = match waiting.kind {
        WaitingFor::AnswerOffer => ("home-waits-answer-offer", Tone::Waits),
        WaitingFor::MakeContact => ("home-waits-make-contact", Tone::Waits),
        WaitingFor::TellOutcome => ("home-waits-tell-outcome", Tone::Going),
        WaitingFor::PassOn => ("home-waits-pass-on", Tone::Bad),
        WaitingFor::DecideDispute => ("home-waits-decide-dispute", Tone::Bad),
        WaitingFor::ProspectSilent => ("home-waits-prospect-silent", Tone::Going),
        WaitingFor::FinishDraft => ("home-waits-finish-draft", Tone::Plain),
    };
    let end = match waiting.due_at {
        Some(due_at) => components::badge(if due_at <= now { Tone::Bad } else { tone }, &context.left(now, due_at)),
        None => {
            html! { time class="soft small" datetime=(waiting.since.to_string()) { (context.t_with("since", &[("when", context.date(waiting.since).into())])) } }
        }
    };
    let more = waiting.trade.map(|trade| trade.name(context.language).to_owned()).into_iter().chain(waiting.partner.clone()).collect();
    Item { href: Some(format!("/referrals/{}", waiting.referral)), main: html! { (context.t(what)) }, end, more }
}

fn standings(context: &PageContext, home: &Home) -> Markup {
    html! {
        h2 { (context.t("nav-standing")) }
        @if home.balances.is_empty() {
            section class="card" {
                p { (context.t("reciprocity-no-circle")) }
                p { a class="button quiet" href="/circles" { (context.t("home-look-at-circles")) } }
            }
        }
        @for balance in &home.balances { (standing(context, balance)) }
    }
}

fn meets(context: &PageContext, next: &MeetingInCircle) -> Item {
    let meeting = &next.meeting;
    Item {
        href: Some(meetings::path_of(meeting.circle)),
        main: html! { time datetime=(meeting.starts_at) { (meetings::when(context, meeting.starts_at, &next.time_zone)) } },
        end: Markup::default(),
        more: vec![meeting.place.clone(), next.circle_name.clone()],
    }
}

fn standing(context: &PageContext, row: &CircleBalance) -> Markup {
    let figure = |value: i64| context.language.number(value);
    let balance = row.balance.balance;
    html! {
        a class="card" href="/standing" {
            h3 { (row.circle_name) }
            dl class="stats" {
                div class="stat" { dt { (context.t("reciprocity-balance")) } dd class=(if balance < 0 { "minus" } else { "plus" }) { @if balance > 0 { "+" } (figure(balance)) } }
                div class="stat" { dt { (context.t("reciprocity-given")) } dd { (figure(row.balance.given)) } }
                div class="stat" { dt { (context.t("reciprocity-received")) } dd { (figure(row.balance.received)) } }
            }
            p class="soft small" { (balance_sentence(context, balance)) }
        }
    }
}
