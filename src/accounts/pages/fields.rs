//! Fields that several forms of accounts share.

use maud::Markup;

use crate::kernel::Language;
use crate::web::forms::{self, Errors, Input};
use crate::web::language::own_names;
use crate::web::{PageContext, zones};

/// A form that says nothing but that its button was pressed.
#[derive(serde::Deserialize)]
pub(super) struct Nothing {}

/// The choice of a language.
pub(super) fn language(context: &PageContext, errors: Errors<'_>, chosen: Language) -> Markup {
    forms::select(context, errors, "language", "accounts-language", &own_names(), chosen.as_str())
}

/// The choice of a time zone.
pub(super) fn time_zone(context: &PageContext, errors: Errors<'_>, chosen: &str) -> Markup {
    zones::select(context, errors, "accounts-time-zone", chosen)
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
