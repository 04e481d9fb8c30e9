//! Fields that several forms of accounts share.

use maud::Markup;

use crate::kernel::Language;
use crate::web::PageContext;
use crate::web::forms::{self, Errors, Input};

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

/// The choice of a language.
pub(super) fn language(context: &PageContext, errors: Errors<'_>, chosen: Language) -> Markup {
    let options: Vec<_> = Language::ALL.iter().map(|language| (language.as_str().to_owned(), crate::web::language::own_name(*language).to_owned())).collect();
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
    let field = Input::new(name, label, "").kind("password").autocomplete(autocomplete).max(200).required(true);
    if autocomplete == "new-password" { field.hint("accounts-password-hint").show(context, errors) } else { field.show(context, errors) }
}

/// A line of input that the browser may fill in.
pub(super) fn input(context: &PageContext, errors: Errors<'_>, (name, kind, label): (&str, &str, &str), value: &str, autocomplete: &str) -> Markup {
    Input::new(name, label, value).kind(kind).autocomplete(autocomplete).required(true).show(context, errors)
}
