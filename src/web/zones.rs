//! The choice of a time zone: the usual ones, and whichever is in use.

use maud::Markup;

use super::context::PageContext;
use super::forms::{self, Errors};

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

/// The field `time_zone`; `label` is a text's key.
pub fn select(context: &PageContext, errors: Errors<'_>, label: &str, chosen: &str) -> Markup {
    let unusual = (!ZONES.contains(&chosen) && !chosen.is_empty()).then_some(chosen);
    let options: Vec<_> = unusual.into_iter().chain(ZONES.iter().copied()).map(|zone| (zone.to_owned(), zone.replace('_', " "))).collect();
    forms::select(context, errors, "time_zone", label, &options, chosen)
}
