//! Home: what Kularing is, or what waits for me.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web as actix};
use fluent_templates::fluent_bundle::FluentValue;
use maud::{Markup, html};

use crate::http::{MaybeCaller, State};
use crate::kernel::Answer;
use crate::referrals;
use crate::referrals::views::{Waiting, WaitingFor};
use crate::web::{self, PageContext};

/// `GET /`
pub(super) async fn show(state: actix::Data<State>, context: PageContext, caller: MaybeCaller) -> Answer<HttpResponse> {
    let Some(caller) = caller.0 else {
        return Ok(welcome(&context));
    };
    let waiting = match caller.principal.business {
        Some(business) => state.db.read(move |connection| referrals::views::waiting_for(connection, business)).await?,
        None => Vec::new(),
    };
    Ok(what_waits(&context, &waiting))
}

fn welcome(context: &PageContext) -> HttpResponse {
    let content = html! {
        p { (context.t("accounts-welcome-what")) }
        ul {
            li { (context.t("accounts-welcome-pass")) }
            li { (context.t("accounts-welcome-consent")) }
            li { (context.t("accounts-welcome-back")) }
        }
        p class="row" {
            a class="button" href="/register" { (context.t("accounts-register")) }
            a class="button quiet" href="/sign-in" { (context.t("sign-in")) }
        }
        p class="soft" { (context.t("accounts-welcome-name")) }
    };
    web::page(context, StatusCode::OK, &context.t("accounts-welcome-title"), content)
}

fn what_waits(context: &PageContext, waiting: &[Waiting]) -> HttpResponse {
    let content = html! {
        @if waiting.is_empty() {
            p { (context.t("accounts-nothing-waits")) }
        } @else {
            ul class="plain" { @for one in waiting { (one_thing(context, one)) } }
        }
        p class="row" {
            a class="button" href="/referrals/new" { (context.t("accounts-pass-referral")) }
            a class="button quiet" href="/circles" { (context.t("accounts-look-at-circles")) }
        }
    };
    web::page(context, StatusCode::OK, &context.t("accounts-waiting-title"), content)
}

fn one_thing(context: &PageContext, waiting: &Waiting) -> Markup {
    let what = match waiting.kind {
        WaitingFor::AnswerOffer => "accounts-waits-answer-offer",
        WaitingFor::MakeContact => "accounts-waits-make-contact",
        WaitingFor::TellOutcome => "accounts-waits-tell-outcome",
        WaitingFor::PassOn => "accounts-waits-pass-on",
        WaitingFor::DecideDispute => "accounts-waits-decide-dispute",
        WaitingFor::FinishDraft => "accounts-waits-finish-draft",
    };
    html! {
        li class="card" {
            a href=(format!("/referrals/{}", waiting.referral)) { (context.t(what)) }
            @if let Some(trade) = waiting.trade { " · " (trade.name(context.language)) }
            @if let Some(partner) = &waiting.partner { " · " (partner) }
            @if let Some(due_at) = waiting.due_at {
                " " span class="soft" { (context.t_with("accounts-waits-until", &[("when", FluentValue::from(context.date_time(due_at)))])) }
            }
        }
    }
}
