//! `/o/{token}`: the receiver answers an offer from the mail, without a login.
//!
//! A mail gateway may open the link: looking changes nothing, both answers are equal and none is preselected, and only a form
//! that names one decides. Used again, the link shows what became of the offer.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::moves::chosen;
use super::parts::{self, Terms};
use crate::http::{Form, State};
use crate::kernel::{Answer, Failure, FieldError};
use crate::referrals::commands::{self, Reply};
use crate::referrals::model::{DeclineReason, NOTE_MAX, OfferState};
use crate::referrals::views::{self, OfferLook, ReferralFacts, WorthView};
use crate::web::form_key::press_key;
use crate::web::forms::{self, Errors};
use crate::web::{PageContext, page, see_other};

/// What the receiver chose.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    answer: String,
    reason: String,
    note: String,
}

/// `GET /o/{token}`.
pub async fn show(state: web::Data<State>, context: PageContext, token: web::Path<String>) -> Answer<HttpResponse> {
    shown(&state, &context, token.into_inner(), &Typed::default(), &[]).await
}

/// `POST /o/{token}`.
pub async fn decide(state: web::Data<State>, context: PageContext, token: web::Path<String>, typed: Form<Typed>) -> Answer<HttpResponse> {
    let (token, typed) = (token.into_inner(), typed.0);
    let reply = match reply_of(&typed) {
        Ok(reply) => reply,
        Err(Failure::Invalid(errors)) => return shown(&state, &context, token, &typed, &errors).await,
        Err(other) => return Err(other),
    };
    let spent = token.clone();
    match state.db.write(move |tx| commands::answer_by_link(tx, &spent, reply)).await {
        Ok(()) => Ok(private(see_other(&format!("/o/{token}"), None))),
        Err(Failure::Invalid(errors)) => shown(&state, &context, token, &typed, &errors).await,
        // Somebody was faster, or the time ran out: the page says how it ended.
        Err(Failure::Conflict { .. }) => shown(&state, &context, token, &typed, &[]).await,
        Err(other) => Err(other),
    }
}

fn reply_of(typed: &Typed) -> Answer<Reply> {
    let note = Some(typed.note.clone()).filter(|note| !note.trim().is_empty());
    match typed.answer.as_str() {
        "accept" => Ok(Reply::Accept { note }),
        "decline" => Ok(Reply::Decline { reason: chosen(&typed.reason, DeclineReason::parse)?, note }),
        _ => Err(Failure::field("answer", "required", "choose one of the answers")),
    }
}

async fn shown(state: &State, context: &PageContext, token: String, typed: &Typed, errors: &[FieldError]) -> Answer<HttpResponse> {
    let (now, action) = (state.now(), format!("/o/{token}"));
    let look = state.db.read(move |connection| views::offer_by_link(connection, &token, now)).await?;
    let content = match &look.facts {
        Some(facts) => open(context, &look, facts, &action, typed, errors),
        None => over(context, &look),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(private(page(context, status, &context.t_with("referrals-offer-title", &[("giver", look.giver.clone().into())]), content)))
}

/// The address is a secret: it is kept by no cache, named to no other site and found by no search engine.
fn private(mut response: HttpResponse) -> HttpResponse {
    for (name, value) in [("cache-control", "no-store"), ("referrer-policy", "no-referrer"), ("x-robots-tag", "noindex")] {
        response.headers_mut().insert(header::HeaderName::from_static(name), header::HeaderValue::from_static(value));
    }
    response
}

fn open(context: &PageContext, look: &OfferLook, facts: &ReferralFacts, action: &str, typed: &Typed, errors: &[FieldError]) -> Markup {
    let errors = Errors(errors);
    let names = [
        ("person", look.giver_person.clone().into()),
        ("giver", look.giver.clone().into()),
        ("receiver", look.receiver.clone().into()),
        ("circle", look.circle.clone().into()),
    ];
    let reasons = parts::reasons(context, DeclineReason::ALL.iter().map(|reason| reason.as_str()));
    html! {
        p { (context.t_with("referrals-offer-words", &names)) }
        section class="card" { dl { (terms(context, facts)) } }
        p { (context.t("referrals-answer-by")) " " (parts::moment(context, look.answer_due_at)) }
        (forms::summary(context, errors))
        form method="post" action=(action) {
            (forms::csrf(context)) (press_key(context))
            fieldset {
                legend { (context.t("referrals-your-answer")) }
                @for answer in ["accept", "decline"] {
                    p class="field check" {
                        input type="radio" id=(answer) name="answer" value=(answer) checked[typed.answer == answer];
                        label for=(answer) { (context.t(&parts::key("answer", answer))) }
                    }
                }
                @if let Some(error) = errors.0.iter().find(|error| error.field == "answer") { span class="error" { (forms::error_text(context, error)) } }
            }
            (forms::select(context, errors, "reason", "referrals-reason-if-declined", &reasons, &typed.reason))
            (forms::area(context, errors, "note", "referrals-note", &typed.note, NOTE_MAX, false))
            button { (context.t("referrals-send-answer")) }
        }
    }
}

fn terms(context: &PageContext, facts: &ReferralFacts) -> Markup {
    let worth = facts.worth.map(|worth| WorthView { min_minor: worth.min_minor, max_minor: worth.max_minor, currency: facts.currency });
    let terms = Terms {
        trade: Some(facts.trade),
        need: Some(&facts.need),
        expectation: facts.expectation.as_deref(),
        region: &facts.region,
        worth,
        effort: facts.effort.value(),
        contact_by: facts.contact_by,
        contact_within_hours: facts.contact_within_hours,
    };
    parts::terms(context, &terms)
}

fn over(context: &PageContext, look: &OfferLook) -> Markup {
    html! {
        p { (context.t(&parts::key("offer-was", look.state.as_str()))) }
        @if let Some(at) = look.answered_at { p class="soft" { (parts::moment(context, at)) } }
        @if look.state == OfferState::Accepted { p { a class="button" href=(format!("/referrals/{}", look.referral)) { (context.t("referrals-to-page")) } } }
    }
}
