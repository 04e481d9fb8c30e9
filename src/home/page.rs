//! Home: what waits for me, what happened lately, when my circles meet next, what I gave, where I stand, and the one big thing to do.

use actix_web::{HttpResponse, http::StatusCode, web as actix};
use maud::{Markup, html};

use super::welcome;
use crate::circles::views as circles;
use crate::http::{MaybeCaller, State};
use crate::kernel::id::{BusinessId, CircleId};
use crate::kernel::{Answer, Page, PageQuery, Timestamp};
use crate::meetings::pages as meetings;
use crate::meetings::views::{self as meeting_views, MeetingInCircle};
use crate::reciprocity::balance_sentence;
use crate::reciprocity::views::{self as reciprocity, CircleBalance};
use crate::referrals::pages::parts;
use crate::referrals::views::{self as referrals, Happened, ListEntry, ListFilter, Waiting, WaitingFor};
use crate::trust::views as trust;
use crate::web::components::{self, Item, Tone};
use crate::web::icon::{Icon, icon};
use crate::web::{self, Heading, Needs, PageContext, live};

/// How many of the referrals given last are shown.
const GIVEN_SHOWN: u32 = 5;

/// What the page shows.
#[derive(Default)]
struct Home {
    waiting: Vec<Waiting>,
    deciding: Vec<Deciding>,
    lately: Vec<Happened>,
    meetings: Vec<MeetingInCircle>,
    given: Vec<ListEntry>,
    balances: Vec<CircleBalance>,
}

/// Something that waits for an organiser.
struct Deciding {
    href: String,
    /// The key of what is to be decided.
    what: &'static str,
    count: i64,
    circle_name: String,
}

/// `GET /`
pub(super) async fn show(state: actix::Data<State>, context: PageContext, caller: MaybeCaller) -> Answer<HttpResponse> {
    let Some(caller) = caller.0 else {
        return Ok(welcome::page(&context));
    };
    let (principal, now, decides) = (caller.principal, state.now(), context.may(Needs::Owner));
    let home = match principal.business {
        Some(business) => {
            let read = move |connection: &mut crate::db::AnyConn| {
                let query = PageQuery { limit: Some(GIVEN_SHOWN), cursor: None };
                let given: Page<ListEntry> = referrals::given(connection, &principal, &ListFilter::default(), &query)?;
                Ok(Home {
                    waiting: referrals::waiting_for(connection, business)?,
                    deciding: if decides { deciding(connection, business)? } else { Vec::new() },
                    lately: referrals::lately(connection, business)?,
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

/// What waits in the circles that a business organises: applications, and groups to look at as far as it may see them.
fn deciding(connection: &mut crate::db::AnyConn, business: BusinessId) -> Answer<Vec<Deciding>> {
    let organised = circles::organised_by(connection, business)?;
    let ids: Vec<CircleId> = organised.iter().map(|circle| circle.id).collect();
    let applications = circles::applications_in(connection, &ids)?;
    let cases = trust::open_in(connection, business, &ids)?;
    let mut found = Vec::new();
    for circle in organised {
        for (room, what, counts) in [("members", "home-waits-applications", &applications), ("trust", "home-waits-cases", &cases)] {
            if let Some(count) = counts.get(&circle.id).copied().filter(|count| *count > 0) {
                found.push(Deciding { href: format!("/circles/{}/{room}", circle.id), what, count, circle_name: circle.name.clone() });
            }
        }
    }
    Ok(found)
}

fn content(context: &PageContext, home: &Home, now: Timestamp) -> Markup {
    if !context.may(Needs::Business) {
        let ways = html! {
            (components::quiet_link("/circles", Icon::Circle, &context.t("nav-circles")))
            (components::quiet_link("/partners", Icon::Partners, &context.t("nav-partners")))
        };
        return components::empty(&context.t("home-no-business"), &ways);
    }
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
        @if home.waiting.is_empty() && home.deciding.is_empty() { (nothing_waits(context, home)) }
        @else {
            (components::items(&home.waiting.iter().map(|one| waits(context, one, now)).chain(home.deciding.iter().map(|one| decides(context, one))).collect::<Vec<_>>()))
        }
        @if !home.lately.is_empty() {
            h2 { (context.t("home-lately")) }
            (components::items(&home.lately.iter().map(|one| happened(context, one)).collect::<Vec<_>>()))
        }
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

fn decides(context: &PageContext, one: &Deciding) -> Item {
    let main = html! { (context.t_with(one.what, &[("count", one.count.into())])) };
    Item { href: Some(one.href.clone()), main, end: Markup::default(), more: vec![one.circle_name.clone()] }
}

fn happened(context: &PageContext, one: &Happened) -> Item {
    let trade = one.trade.map(|trade| trade.name(context.language).to_owned());
    Item {
        href: one.is_open_to_reader.then(|| format!("/referrals/{}", one.referral)),
        main: html! { (parts::event(context, one.kind, one.receiver.as_deref())) },
        end: html! { time class="soft small" datetime=(one.at.to_string()) { (context.date_time(one.at)) } },
        more: trade.into_iter().chain(one.partner.clone()).collect(),
    }
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
