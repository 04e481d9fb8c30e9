//! `/o/{token}`: the receiver answers an offer from the mail, without a login.
//!
//! A mail gateway may open the link: looking changes nothing, both answers are equal and none is preselected, and only a form
//! that names one decides. Used again, the link shows what became of the offer. The token is the proof: the page is the same
//! for somebody who is signed in, whoever he is.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::parts::{self, Terms};
use crate::http::State;
use crate::kernel::text::Prose;
use crate::kernel::{Answer, Failure, FieldError, Fields};
use crate::referrals::commands::{self, Reply};
use crate::referrals::model::{DeclineReason, NOTE_MAX, OfferState};
use crate::referrals::views::{self, OfferLook, ReferralFacts, WorthView};
use crate::web::form_key::press_key;
use crate::web::forms::{self, Errors};
use crate::web::{PageContext, bare};

/// What the address may carry beside the token.
#[derive(Debug, Deserialize)]
pub struct Asked {
    language: Option<String>,
}

/// What the receiver chose.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    answer: String,
    reason: String,
    note: String,
    language: Option<String>,
}

/// `GET /o/{token}`.
pub async fn show(state: web::Data<State>, request: HttpRequest, token: web::Path<String>, asked: web::Query<Asked>) -> Answer<HttpResponse> {
    let typed = Typed { language: asked.into_inner().language, ..Typed::default() };
    shown(&state, &request, token.into_inner(), &typed, &[]).await
}

/// `POST /o/{token}`. The token in the address is the proof, as on every page for people without an account: these pages send
/// no referrer, under which some browsers call the origin of their own forms "null".
pub async fn decide(state: web::Data<State>, request: HttpRequest, token: web::Path<String>, typed: web::Form<Typed>) -> Answer<HttpResponse> {
    let (token, typed) = (token.into_inner(), typed.0);
    let reply = match reply_of(&typed) {
        Ok(reply) => reply,
        Err(Failure::Invalid(errors)) => return shown(&state, &request, token, &typed, &errors).await,
        Err(other) => return Err(other),
    };
    let spent = token.clone();
    match state.db.write(move |tx| commands::answer_by_link(tx, &spent, reply)).await {
        Ok(()) => Ok(bare::back_to(&visitor(&request, &token, &typed, None), &format!("/o/{token}"))),
        Err(Failure::Invalid(errors)) => shown(&state, &request, token, &typed, &errors).await,
        // Somebody was faster, the time ran out, or the link leads nowhere: the page says so.
        Err(Failure::Conflict { .. } | Failure::NotFound("link")) => shown(&state, &request, token, &typed, &[]).await,
        Err(other) => Err(other),
    }
}

fn reply_of(typed: &Typed) -> Answer<Reply> {
    let mut fields = Fields::new();
    let note = fields.take("note", Prose::<NOTE_MAX>::optional(Some(&typed.note))).flatten().map(Prose::into_string);
    let reply = match (typed.answer.as_str(), DeclineReason::parse(&typed.reason)) {
        ("accept", _) => Some(Reply::Accept { note }),
        ("decline", Some(reason)) => Some(Reply::Decline { reason, note }),
        ("decline", None) => {
            fields.add("reason", "required", "choose a reason");
            None
        }
        _ => {
            fields.add("answer", "required", "choose one of the answers");
            None
        }
    };
    fields.into_result(reply)
}

fn visitor(request: &HttpRequest, token: &str, typed: &Typed, look: Option<&OfferLook>) -> PageContext {
    let own = look.map(|look| (look.language, look.time_zone.clone()));
    PageContext::of_visitor(request, typed.language.as_deref(), own, format!("/o/{token}?"))
}

async fn shown(state: &State, request: &HttpRequest, token: String, typed: &Typed, errors: &[FieldError]) -> Answer<HttpResponse> {
    let (now, wanted) = (state.now(), token.clone());
    let look = match state.db.read(move |connection| views::offer_by_link(connection, &wanted, now)).await {
        Ok(look) => look,
        Err(Failure::NotFound("link")) => {
            return Ok(bare::gone(&PageContext::of_visitor(request, typed.language.as_deref(), None, "?".to_owned()), "referrals-link-gone"));
        }
        Err(other) => return Err(other),
    };
    let context = visitor(request, &token, typed, Some(&look));
    let content = match &look.facts {
        Some(facts) => open(&context, &look, facts, &format!("/o/{token}"), typed, errors),
        None => over(&context, &look),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(bare::page(&context, status, &context.t_with("referrals-offer-title", &[("giver", look.giver.clone().into())]), &content))
}

fn open(context: &PageContext, look: &OfferLook, facts: &ReferralFacts, action: &str, typed: &Typed, errors: &[FieldError]) -> Markup {
    let errors = Errors(errors);
    let names = [
        ("person", look.giver_person.clone().into()),
        ("giver", look.giver.clone().into()),
        ("receiver", look.receiver.clone().into()),
        ("circle", look.circle.clone().into()),
    ];
    let unanswered = errors.0.iter().find(|error| error.field == "answer");
    let reasons = parts::reasons(context, DeclineReason::ALL.iter().map(|reason| reason.as_str()));
    html! {
        p { (context.t_with("referrals-offer-words", &names)) }
        section class="card" { dl { (terms(context, facts)) } }
        p { (context.t("referrals-answer-by")) " " b { (parts::moment(context, look.answer_due_at)) } }
        (forms::summary(context, errors))
        form method="post" action=(action) {
            (bare::language_field(context)) (press_key(context))
            fieldset {
                legend { h2 { (context.t("referrals-your-answer")) } }
                div class="choice" {
                    @for answer in ["accept", "decline"] {
                        label class="option" for=(answer) {
                            input type="radio" id=(answer) name="answer" value=(answer) checked[typed.answer == answer]
                                aria-describedby=[unanswered.map(|_| "answer-error")];
                            span { (context.t(&parts::key("answer", answer))) }
                        }
                    }
                }
                @if let Some(error) = unanswered { p id="answer-error" class="error" { (forms::error_text(context, error)) } }
            }
            div class="if-declined" { (forms::select(context, errors, "reason", "referrals-reason-if-declined", &reasons, &typed.reason)) }
            (forms::area(context, errors, "note", "referrals-note", &typed.note, NOTE_MAX, false))
            p { button { (context.t("referrals-send-answer")) } }
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
        div class="card" role="status" {
            p { (context.t(&parts::key("offer-was", look.state.as_str()))) }
            @if let Some(at) = look.answered_at { p class="soft" { (parts::moment(context, at)) } }
        }
        @if look.state == OfferState::Accepted { p { a class="button" href=(format!("/referrals/{}", look.referral)) { (context.t("referrals-to-page")) } } }
    }
}
