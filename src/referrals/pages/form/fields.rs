//! How the form is shown: a part for each question, the rarer ones folded.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::{Markup, html};

use super::Choices;
use super::typed::Typed;
use crate::businesses::fields::{trade_input, trade_list};
use crate::circles::views::MemberCard;
use crate::kernel::{FieldError, Language};
use crate::referrals::model::{ContactBy, NEED_MAX, WORDS_MAX};
use crate::referrals::pages::{parts, suggested};
use crate::web::components;
use crate::web::form_key::form_key;
use crate::web::forms::{self, Errors, Input};
use crate::web::icon::{Icon, icon};
use crate::web::{Heading, PageContext, page_with};

/// The way of a referral through the pages.
pub(in crate::referrals::pages) const STEPS: &[&str] = &["referrals-step-write", "referrals-step-look", "referrals-step-passed"];
/// Fields of the part that is folded while nothing in it is wrong.
const TERMS: &[&str] = &["effort", "contact_by", "contact_within_hours", "worth_min", "worth_max", "currency", "expectation"];
/// The rarer fields about the prospect.
const MORE: &[&str] = &["prospect.company", "prospect.tax_number", "prospect.language", "inside"];

/// The page with the form. `action` is where it is sent.
pub(super) fn form(
    context: &PageContext,
    status: StatusCode,
    choices: &Choices,
    typed: &Typed,
    errors: &[FieldError],
    action: &str,
    title: &str,
) -> HttpResponse {
    // The form's fields have finer names than the API's.
    let renamed = |error: &FieldError| match error.field.as_str() {
        "region" => FieldError { field: "country".to_owned(), ..error.clone() },
        "worth" => FieldError { field: "worth_min".to_owned(), ..error.clone() },
        _ => error.clone(),
    };
    let errors: Vec<FieldError> = errors.iter().map(renamed).collect();
    let title = context.t(title);
    let heading = Heading { title: &title, trail: Some(("/referrals".to_owned(), context.t("referrals-title"))), ..Heading::default() };
    page_with(context, status, &heading, whole(context, choices, typed, Errors(&errors), action))
}

fn whole(context: &PageContext, choices: &Choices, typed: &Typed, errors: Errors<'_>, action: &str) -> Markup {
    html! {
        (components::steps(context, STEPS, 0))
        (forms::summary(context, errors))
        form id="referral-form" method="post" action=(action) data-draft=(action) data-draft-words=(context.t("draft-found")) data-draft-take=(context.t("draft-take"))
            data-draft-drop=(context.t("draft-drop")) data-refresh="suggest" {
            (forms::csrf(context))
            @if action == super::NEW { (form_key(context)) }
            input type="hidden" name="circle" value=(typed.circle);
            input type="hidden" name="origin" value=(typed.origin);
            @if typed.version > 0 { input type="hidden" name="version" value=(typed.version); }
            div class="columns" {
                div {
                    fieldset {
                        legend { (context.t("referrals-about-need")) }
                        (need(context, errors, typed))
                        p class="soft small" { (icon(Icon::Circle)) " " (context.t_with("referrals-in-circle", &[("circle", choices.circle.name.clone().into())])) }
                    }
                    fieldset id="who" { legend { (context.t("referrals-about-receiver")) } (receiver(context, errors, choices, typed)) }
                    fieldset { legend { (context.t("referrals-about-prospect")) } (prospect(context, errors, choices, typed)) }
                    details class="card" open[errors.0.iter().any(|error| TERMS.contains(&error.field.as_str()))] {
                        summary { (context.t("referrals-about-terms")) }
                        (terms(context, errors, typed))
                    }
                }
                (preview(context, choices))
            }
            p { button class="big" { (context.t("referrals-to-preview")) (icon(Icon::Right)) } }
        }
        (trade_list(context))
    }
}

fn need(context: &PageContext, errors: Errors<'_>, typed: &Typed) -> Markup {
    html! {
        (trade_input(context, errors, "trade", "referrals-trade", &typed.trade, false))
        (forms::area_with_hint(context, errors, ("need", "referrals-need-label", Some("referrals-need-hint")), &typed.need, NEED_MAX, false))
        div class="pair" {
            (Input::new("postal_code", "referrals-postal-code", &typed.postal_code).max(12).show(context, errors))
            (Input::new("country", "referrals-country", &typed.country).max(2).required(true).show(context, errors))
        }
    }
}

fn receiver(context: &PageContext, errors: Errors<'_>, choices: &Choices, typed: &Typed) -> Markup {
    let member = |card: &MemberCard| (card.business.to_string(), format!("{} — {}", card.name, card.trade.name(context.language)));
    // Once somebody is suggested, the marked card counts unless another is named here.
    let has_cards = choices.suggestions.as_ref().is_some_and(|suggestions| !suggestions.candidates.is_empty());
    let nobody = (String::new(), context.t(if has_cards { "suggestions-marked" } else { "referrals-choose" }));
    let best = (suggested::BEST.to_owned(), context.t("suggestions-best"));
    let receivers: Vec<(String, String)> = [nobody, best].into_iter().chain(choices.members.iter().map(member)).collect();
    let label = if has_cards { "referrals-somebody-else" } else { "referrals-receiver" };
    html! {
        @if let Some(suggestions) = &choices.suggestions { (suggested::cards(context, suggestions, &typed.suggested)) }
        (forms::select(context, errors, "receiver", label, &receivers, &typed.receiver))
        p { button class="quiet" name="suggest" value="yes" formnovalidate { (icon(Icon::Spark)) (context.t("suggestions-button")) } }
    }
}

fn prospect(context: &PageContext, errors: Errors<'_>, choices: &Choices, typed: &Typed) -> Markup {
    let path = |name: &str| (name.to_owned(), context.t(&parts::key("path", name)), String::new());
    let paths: Vec<_> = choices.paths.iter().map(|way| path(way.as_str())).collect();
    let languages: Vec<(String, String)> =
        Language::ALL.iter().map(|language| (language.as_str().to_owned(), context.t(&parts::key("language", language.as_str())))).collect();
    html! {
        (Input::new("prospect.name", "referrals-prospect-name", &typed.name).autocomplete("off").show(context, errors))
        div class="pair" {
            (Input::new("prospect.email", "referrals-prospect-email", &typed.email).kind("email").autocomplete("off").show(context, errors))
            (Input::new("prospect.phone", "referrals-prospect-phone", &typed.phone).kind("tel").autocomplete("off").show(context, errors))
        }
        (forms::choice(context, errors, "consent_path", "referrals-consent-path", &paths, &typed.consent_path))
        (forms::area_with_hint(
            context,
            errors,
            ("prospect.words", "referrals-prospect-words", Some("referrals-prospect-words-hint")),
            &typed.words,
            WORDS_MAX,
            false,
        ))
        details open[errors.0.iter().any(|error| MORE.contains(&error.field.as_str()))] {
            summary { (context.t("referrals-more-about-prospect")) }
            (forms::input(context, errors, "prospect.company", "text", "referrals-prospect-company", &typed.company, false))
            (Input::new("prospect.tax_number", "referrals-prospect-tax-number", &typed.tax_number)
                .hint("referrals-prospect-tax-number-hint").autocomplete("off").max(40).show(context, errors))
            (forms::select(context, errors, "prospect.language", "referrals-prospect-language", &languages, &typed.language))
            (forms::checkbox(context, "inside", "referrals-inside", typed.inside == "yes"))
        }
    }
}

fn terms(context: &PageContext, errors: Errors<'_>, typed: &Typed) -> Markup {
    let efforts: Vec<(String, String)> = (1..=5).map(|effort| (effort.to_string(), context.t(&format!("referrals-effort-{effort}")))).collect();
    let sides: Vec<(String, String)> = ContactBy::ALL.iter().map(|by| (by.as_str().to_owned(), context.t(&parts::key("contact", by.as_str())))).collect();
    html! {
        (forms::select(context, errors, "effort", "referrals-effort", &efforts, &typed.effort))
        (forms::select(context, errors, "contact_by", "referrals-contact-by", &sides, &typed.contact_by))
        (forms::input(context, errors, "contact_within_hours", "number", "referrals-contact-within-hours", &typed.contact_within_hours, true))
        div class="pair" {
            (Input::new("worth_min", "referrals-worth-min", &typed.worth_min).inputmode("decimal").show(context, errors))
            (Input::new("worth_max", "referrals-worth-max", &typed.worth_max).inputmode("decimal").show(context, errors))
        }
        (Input::new("currency", "referrals-currency", &typed.currency).max(3).show(context, errors))
        (forms::area(context, errors, "expectation", "referrals-expectation-label", &typed.expectation, WORDS_MAX, false))
    }
}

/// What the prospect would read; scripts bring it up to date while one types.
fn preview(context: &PageContext, choices: &Choices) -> Markup {
    html! {
        section id="preview" class="card beside" aria-live="polite" {
            h2 { (context.t("referrals-prospect-reads")) }
            @if let Some(preview) = &choices.preview {
                @if !preview.subject.is_empty() { p { b { (preview.subject) } } }
                div class="told" { (preview.text) }
            } @else { p class="soft" { (context.t("referrals-preview-later")) } }
        }
    }
}
