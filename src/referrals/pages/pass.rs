//! The last look before a referral is passed, or passed on: what the receiver and what the prospect will read.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::form;
use super::parts::{self, Terms};
use super::suggested;
use crate::circles::policy::ConsentPath;
use crate::circles::views::{self as circles, MemberCard};
use crate::http::pages::problem_text;
use crate::http::{Caller, Form, PathId, State};
use crate::introductions::model::Attestation;
use crate::introductions::record::Channel;
use crate::kernel::id::{BusinessId, ReferralId};
use crate::kernel::{Answer, Failure, FieldError, Fields, Timestamp};
use crate::reciprocity::suggestions::views::{self as suggestions, SuggestionsView};
use crate::referrals::commands;
use crate::referrals::model::{Move, WORDS_MAX};
use crate::referrals::preview::{self, Preview, PreviewQuestion};
use crate::referrals::views::{self, ReferralView};
use crate::web::form_key::form_key;
use crate::web::forms::{self, Errors};
use crate::web::icon::{Icon, icon};
use crate::web::{Heading, PageContext, components, page_with, see_other};

/// What is asked besides the draft.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    receiver: String,
    /// The card that is marked.
    suggested: String,
    #[serde(rename = "attestation.how")]
    how: String,
    #[serde(rename = "attestation.when")]
    when: String,
    #[serde(rename = "attestation.words")]
    words: String,
    /// Set by the button that shows the text anew instead of passing.
    look: String,
    /// Set by the form that passes on, which needs a receiver.
    next: String,
}

impl Typed {
    /// To whom it shall be passed on: who is named, otherwise whose card is marked.
    fn receiver(&self) -> Option<BusinessId> {
        self.receiver.parse().or_else(|_| self.suggested.parse()).ok()
    }

    /// How, when and in which words the prospect agreed; a day begins at midnight where the giver is.
    fn attestation(&self, zone: &str) -> Answer<Option<Attestation>> {
        if self.how.is_empty() && self.when.is_empty() && self.words.trim().is_empty() {
            return Ok(None);
        }
        let mut fields = Fields::new();
        let how = Channel::parse(&self.how);
        let day = self.when.parse::<jiff::civil::Date>().ok().and_then(|day| day.in_tz(zone).ok());
        for (there, field) in [(how.is_some(), "attestation.how"), (day.is_some(), "attestation.when"), (!self.words.trim().is_empty(), "attestation.words")] {
            if !there {
                fields.add(field, "required", "how, when and in which words the person agreed");
            }
        }
        fields.finish()?;
        let when = day.map(|day| Timestamp::from_micros(day.timestamp().as_microsecond()));
        Ok(how.zip(when).map(|(how, when)| Attestation { how, when, words: self.words.clone() }))
    }
}

/// What the page shows.
struct Look {
    view: ReferralView,
    members: Vec<MemberCard>,
    /// Who might be the next receiver.
    suggestions: Option<SuggestionsView>,
    preview: Answer<Preview>,
}

/// `GET /referrals/{id}/pass`.
pub async fn show(state: web::Data<State>, caller: Caller, context: PageContext, id: PathId<ReferralId>) -> Answer<HttpResponse> {
    shown(&state, &caller, &context, *id, &Typed::default(), &Again::of(&[])).await
}

/// `POST /referrals/{id}/pass`: passes it, or shows the text once more.
pub async fn pass(state: web::Data<State>, caller: Caller, context: PageContext, id: PathId<ReferralId>, typed: Form<Typed>) -> Answer<HttpResponse> {
    let (principal, id, typed) = (caller.principal, *id, typed.0);
    let attestation = match typed.attestation(context.time_zone()) {
        Ok(attestation) => attestation,
        Err(Failure::Invalid(errors)) => return shown(&state, &caller, &context, id, &typed, &Again::of(&errors)).await,
        Err(other) => return Err(other),
    };
    if !typed.look.is_empty() {
        return shown(&state, &caller, &context, id, &typed, &Again::of(&[])).await;
    }
    let receiver = typed.receiver();
    if receiver.is_none() && !typed.next.is_empty() {
        let lacking = [FieldError { field: "receiver".to_owned(), code: "required", detail: "choose who receives it".to_owned() }];
        return shown(&state, &caller, &context, id, &typed, &Again::of(&lacking)).await;
    }
    let passed = state.db.write(move |tx| match receiver {
        Some(receiver) => commands::pass_on(tx, &principal, id, Some(receiver), attestation.as_ref()),
        None => commands::pass(tx, &principal, id, false, attestation.as_ref()),
    });
    match passed.await {
        Ok(_) => Ok(see_other(&format!("/referrals/{id}"), Some("referrals-passed"))),
        Err(Failure::Invalid(errors)) => shown(&state, &caller, &context, id, &typed, &Again::of(&errors)).await,
        // Somebody was faster, or knows the prospect already: the draft stays, and says why it cannot be passed.
        Err(failure @ (Failure::Conflict { .. } | Failure::TooMany { .. })) => {
            let refused = Some(problem_text(&context, &failure));
            let again = Again { refused, status: failure.status(), errors: &[] };
            shown(&state, &caller, &context, id, &typed, &again).await
        }
        Err(other) => Err(other),
    }
}

/// Why the page is shown again.
struct Again<'a> {
    refused: Option<String>,
    status: StatusCode,
    errors: &'a [FieldError],
}

impl<'a> Again<'a> {
    fn of(errors: &'a [FieldError]) -> Self {
        let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        Self { refused: None, status, errors }
    }
}

async fn shown(state: &State, caller: &Caller, context: &PageContext, id: ReferralId, typed: &Typed, again: &Again<'_>) -> Answer<HttpResponse> {
    let (principal, now, base_url, language) = (caller.principal, state.now(), state.config.server.base_url.clone(), context.language);
    let (receiver, kept) = (typed.receiver(), state.clearings.clone());
    // Half an attestation is not shown to the prospect; its errors stand beside the fields.
    let attestation = typed.attestation(context.time_zone()).ok().flatten();
    let look = state
        .db
        .read(move |connection| {
            let view = views::whole(connection, &principal, id, now)?;
            if !view.possible.iter().any(|made| matches!(made, Move::Pass | Move::PassOn)) {
                return Err(Failure::conflict("move_not_possible", "it was passed already"));
            }
            let asked: Vec<BusinessId> = view.offers.iter().map(|offer| offer.receiver.id).chain([view.giver.id]).collect();
            let members = circles::active_members(connection, view.circle)?
                .into_iter()
                .filter(|member| !member.is_suspended && !asked.contains(&member.business))
                .collect();
            let suggestions = match view.possible.contains(&Move::PassOn) {
                true => Some(suggestions::of_referral(connection, &kept, &principal, id, language, now)?),
                false => None,
            };
            let question = PreviewQuestion { referral: id, receiver, attestation };
            let preview = preview::preview(connection, &principal, &base_url, &question, now);
            Ok(Look { view, members, suggestions, preview })
        })
        .await?;
    // What is lacking in the draft is shown as errors too.
    let lacking = if let Err(Failure::Invalid(lacking)) = &look.preview { lacking.as_slice() } else { &[] };
    let errors = again.errors;
    let all: Vec<FieldError> = errors.iter().chain(lacking.iter().filter(|error| !errors.iter().any(|other| other.field == error.field))).cloned().collect();
    let title = context.t("referrals-look");
    let heading = Heading { title: &title, trail: Some((format!("/referrals/{id}"), context.t("referrals-to-page"))), ..Heading::default() };
    Ok(page_with(context, again.status, &heading, content(context, &look, typed, &all, again.refused.as_deref())))
}

fn content(context: &PageContext, look: &Look, typed: &Typed, errors: &[FieldError], refused: Option<&str>) -> Markup {
    let (view, is_draft) = (&look.view, look.view.possible.contains(&Move::Pass));
    html! {
        // The draft has arrived here: the browser need not keep it any longer.
        @if is_draft { span data-draft-sent="/referrals/new" hidden {} span data-draft-sent=(format!("/referrals/{}/edit", view.id)) hidden {} }
        (components::steps(context, form::STEPS, 1))
        @if let Some(refused) = refused { div class="errors" role="alert" tabindex="-1" { p { (refused) } } }
        (other_errors(context, errors))
        section class="card" {
            h2 { (context.t("referrals-receiver-reads")) }
            dl {
                @if let Some(receiver) = view.receiver.as_ref().filter(|_| is_draft) { (parts::fact(context, "referrals-receiver", Some(&receiver.name))) }
                (parts::terms(context, &terms_of(view)))
            }
            @if is_draft { p { a href=(format!("/referrals/{}/edit", view.id)) { (context.t("referrals-edit")) } } }
        }
        form method="post" action=(format!("/referrals/{}/pass", view.id)) {
            (forms::csrf(context)) (form_key(context))
            @if !is_draft { (next_receiver(context, look, typed, Errors(errors))) }
            @if view.consent_path == ConsentPath::Attested { (attestation_fields(context, typed, Errors(errors))) }
            section class="card" {
                h2 { (context.t("referrals-prospect-reads")) }
                p class="soft" { (context.t(&parts::key("path", view.consent_path.as_str()))) }
                @if let Ok(preview) = &look.preview {
                    @if !preview.subject.is_empty() { p { b { (preview.subject) } } }
                    div class="paper" { (preview.text) }
                } @else { p { (context.t("referrals-no-preview")) } }
            }
            p class="row" {
                button class="big" { (icon(Icon::Pass)) (context.t(if is_draft { "referrals-pass-now" } else { "referrals-pass-on-now" })) }
                @if !is_draft || view.consent_path == ConsentPath::Attested {
                    button class="quiet" name="look" value="yes" { (context.t("referrals-look-again")) }
                }
            }
        }
    }
}

/// Errors of fields that stand on the form before this page.
fn other_errors(context: &PageContext, errors: &[FieldError]) -> Markup {
    let elsewhere: Vec<&FieldError> = errors.iter().filter(|error| !error.field.starts_with("attestation.")).collect();
    html! {
        @if !elsewhere.is_empty() {
            div class="errors" role="alert" {
                p { (context.t("referrals-not-yet")) }
                ul {
                    @for error in elsewhere {
                        li { (context.t(&parts::key("field", &error.field))) ": " (forms::error_text(context, error)) }
                    }
                }
            }
        }
    }
}

fn next_receiver(context: &PageContext, look: &Look, typed: &Typed, errors: Errors<'_>) -> Markup {
    let has_cards = look.suggestions.as_ref().is_some_and(|suggestions| !suggestions.candidates.is_empty());
    let choose = (String::new(), context.t(if has_cards { "suggestions-marked" } else { "referrals-choose" }));
    let member = |card: &MemberCard| (card.business.to_string(), format!("{} — {}", card.name, card.trade.name(context.language)));
    let members: Vec<(String, String)> = std::iter::once(choose).chain(look.members.iter().map(member)).collect();
    html! {
        @if look.members.is_empty() { p { (context.t("referrals-nobody-left")) } }
        input type="hidden" name="next" value="yes";
        @if let Some(suggestions) = &look.suggestions { (suggested::cards(context, suggestions, &typed.suggested)) }
        (forms::select(context, errors, "receiver", "referrals-next-receiver", &members, &typed.receiver))
    }
}

fn attestation_fields(context: &PageContext, typed: &Typed, errors: Errors<'_>) -> Markup {
    let choose = (String::new(), context.t("referrals-choose"));
    let personal = Channel::ALL.iter().filter(|channel| channel.is_personal());
    let ways: Vec<(String, String)> =
        std::iter::once(choose).chain(personal.map(|way| (way.as_str().to_owned(), context.t(&parts::key("attested", way.as_str()))))).collect();
    html! {
        fieldset {
            legend { (context.t("referrals-attestation")) }
            p class="soft" { (context.t("referrals-attestation-why")) }
            (forms::select(context, errors, "attestation.how", "referrals-attested-how", &ways, &typed.how))
            (forms::input(context, errors, "attestation.when", "date", "referrals-attested-when", &typed.when, true))
            (forms::area(context, errors, "attestation.words", "referrals-attested-words", &typed.words, WORDS_MAX, true))
        }
    }
}

/// The terms of a referral as its reader may see them.
pub fn terms_of(view: &ReferralView) -> Terms<'_> {
    Terms {
        trade: view.trade,
        need: view.need.as_deref(),
        expectation: view.expectation.as_deref(),
        region: &view.region,
        worth: view.worth,
        effort: view.effort,
        contact_by: view.contact_by,
        contact_within_hours: view.contact_within_hours,
    }
}
