//! Fields that several forms of accounts share.

use maud::{Markup, html};

use crate::kernel::Language;
use crate::web::PageContext;
use crate::web::forms::{self, Errors};

/// A form that says nothing but that its button was pressed.
#[derive(serde::Deserialize)]
pub(super) struct Nothing {}

/// The zones that are offered; another one that is in use is offered too.
const ZONES: &[&str] = &[
    "Europe/Berlin",
    "Europe/Vienna",
    "Europe/Zurich",
    "Europe/Amsterdam",
    "Europe/Athens",
    "Europe/Brussels",
    "Europe/Bucharest",
    "Europe/Budapest",
    "Europe/Copenhagen",
    "Europe/Dublin",
    "Europe/Helsinki",
    "Europe/Istanbul",
    "Europe/Kaliningrad",
    "Europe/Kyiv",
    "Europe/Lisbon",
    "Europe/London",
    "Europe/Luxembourg",
    "Europe/Madrid",
    "Europe/Minsk",
    "Europe/Moscow",
    "Europe/Oslo",
    "Europe/Paris",
    "Europe/Prague",
    "Europe/Riga",
    "Europe/Rome",
    "Europe/Samara",
    "Europe/Sofia",
    "Europe/Stockholm",
    "Europe/Tallinn",
    "Europe/Vilnius",
    "Europe/Warsaw",
    "Asia/Almaty",
    "Asia/Dubai",
    "Asia/Jerusalem",
    "Asia/Kolkata",
    "Asia/Krasnoyarsk",
    "Asia/Novosibirsk",
    "Asia/Omsk",
    "Asia/Shanghai",
    "Asia/Tbilisi",
    "Asia/Tokyo",
    "Asia/Vladivostok",
    "Asia/Yekaterinburg",
    "Africa/Cairo",
    "Africa/Johannesburg",
    "America/Chicago",
    "America/Los_Angeles",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Sydney",
    "Pacific/Auckland",
    "UTC",
];

/// What a language calls itself.
fn own_name(language: Language) -> &'static str {
    match language {
        Language::En => "English",
        Language::De => "Deutsch",
        Language::Ru => "Русский",
    }
}

/// The choice of a language.
pub(super) fn language(context: &PageContext, errors: Errors<'_>, chosen: Language) -> Markup {
    let options: Vec<_> = Language::ALL.iter().map(|language| (language.as_str().to_owned(), own_name(*language).to_owned())).collect();
    forms::select(context, errors, "language", "accounts-language", &options, chosen.as_str())
}

/// The choice of a time zone.
pub(super) fn time_zone(context: &PageContext, errors: Errors<'_>, chosen: &str) -> Markup {
    let unusual = (!ZONES.contains(&chosen) && !chosen.is_empty()).then_some(chosen);
    let options: Vec<_> = unusual.into_iter().chain(ZONES.iter().copied()).map(|zone| (zone.to_owned(), zone.replace('_', " "))).collect();
    forms::select(context, errors, "time_zone", "accounts-time-zone", &options, chosen)
}

/// A password field: what the browser fills in depends on `autocomplete`. Its value is never shown again.
pub(super) fn password(context: &PageContext, errors: Errors<'_>, name: &str, label: &str, autocomplete: &str) -> Markup {
    let error = errors.0.iter().find(|error| error.field == name);
    let is_new = autocomplete == "new-password";
    let described = [is_new.then(|| format!("{name}-hint")), error.map(|_| format!("{name}-error"))];
    let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
    html! {
        p class="field" {
            label for=(name) { (context.t(label)) }
            input id=(name) name=(name) type="password" required autocomplete=(autocomplete) maxlength="200" aria-invalid[error.is_some()]
                aria-describedby=[(!described.is_empty()).then_some(described)];
            @if is_new { span class="soft" id=(format!("{name}-hint")) { (context.t("accounts-password-hint")) } }
            @if let Some(error) = error { span class="error" id=(format!("{name}-error")) { (forms::error_text(context, error)) } }
        }
    }
}

/// A line of input that the browser may fill in.
pub(super) fn input(context: &PageContext, errors: Errors<'_>, (name, kind, label): (&str, &str, &str), value: &str, autocomplete: &str) -> Markup {
    let error = errors.0.iter().find(|error| error.field == name);
    html! {
        p class="field" {
            label for=(name) { (context.t(label)) }
            input id=(name) name=(name) type=(kind) value=(value) required autocomplete=(autocomplete) aria-invalid[error.is_some()]
                aria-describedby=[error.map(|_| format!("{name}-error"))];
            @if let Some(error) = error { span class="error" id=(format!("{name}-error")) { (forms::error_text(context, error)) } }
        }
    }
}

/// The way between the pages of the settings.
pub(super) fn settings_navigation(context: &PageContext) -> Markup {
    html! {
        nav class="row" aria-label=(context.t("nav-settings")) {
            @for (path, label) in [
                ("/settings", "accounts-nav-own"),
                ("/settings/business", "accounts-nav-business"),
                ("/settings/people", "accounts-nav-people"),
                ("/settings/sessions", "accounts-nav-sessions"),
            ] {
                a href=(path) aria-current=[(context.path == path).then_some("page")] { (context.t(label)) }
            }
        }
    }
}
