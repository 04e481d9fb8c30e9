//! Form fields: a label, the typed value, and the error beside it.

use maud::{Markup, html};

use super::context::PageContext;
use crate::kernel::FieldError;

/// What a form shows again after a failed attempt: the errors of its fields.
#[derive(Debug, Clone, Copy, Default)]
pub struct Errors<'e>(pub &'e [FieldError]);

impl Errors<'_> {
    fn of(&self, field: &str) -> Option<&FieldError> {
        self.0.iter().find(|error| error.field == field)
    }
}

/// One line of input. `kind` is the HTML input type; `label` a text's key.
pub fn input(context: &PageContext, errors: Errors<'_>, name: &str, kind: &str, label: &str, value: &str, required: bool) -> Markup {
    let error = errors.of(name);
    html! {
        p class="field" {
            label for=(name) { (context.t(label)) }
            input id=(name) name=(name) type=(kind) value=(value) required[required] aria-invalid[error.is_some()]
                aria-describedby=[error.map(|_| format!("{name}-error"))];
            (error_line(context, name, error))
        }
    }
}

/// Several lines of input.
pub fn area(context: &PageContext, errors: Errors<'_>, name: &str, label: &str, value: &str, max: usize, required: bool) -> Markup {
    let error = errors.of(name);
    html! {
        p class="field" {
            label for=(name) { (context.t(label)) }
            textarea id=(name) name=(name) rows="4" maxlength=(max) required[required] aria-invalid[error.is_some()]
                aria-describedby=[error.map(|_| format!("{name}-error"))] { (value) }
            (error_line(context, name, error))
        }
    }
}

/// A choice from a list of (value, shown text).
pub fn select(context: &PageContext, errors: Errors<'_>, name: &str, label: &str, options: &[(String, String)], chosen: &str) -> Markup {
    let error = errors.of(name);
    html! {
        p class="field" {
            label for=(name) { (context.t(label)) }
            select id=(name) name=(name) aria-invalid[error.is_some()] aria-describedby=[error.map(|_| format!("{name}-error"))] {
                @for (value, shown) in options { option value=(value) selected[value == chosen] { (shown) } }
            }
            (error_line(context, name, error))
        }
    }
}

/// A box to tick.
pub fn checkbox(context: &PageContext, name: &str, label: &str, checked: bool) -> Markup {
    html! {
        p class="field check" {
            input id=(name) name=(name) type="checkbox" value="yes" checked[checked];
            label for=(name) { (context.t(label)) }
        }
    }
}

/// The hidden token every form carries.
pub fn csrf(context: &PageContext) -> Markup {
    html! { input type="hidden" name="csrf" value=(context.csrf()); }
}

/// Errors that belong to no field that the form shows.
pub fn summary(context: &PageContext, errors: Errors<'_>) -> Markup {
    html! {
        @if !errors.0.is_empty() {
            div class="errors" role="alert" { p { (context.t("form-has-errors")) } }
        }
    }
}

fn error_line(context: &PageContext, name: &str, error: Option<&FieldError>) -> Markup {
    html! {
        @if let Some(error) = error {
            span class="error" id=(format!("{name}-error")) { (error_text(context, error)) }
        }
    }
}

/// The reader's words for a field's error: `field-<code>`, or the English detail when there are none.
pub fn error_text(context: &PageContext, error: &FieldError) -> String {
    let key = format!("field-{}", error.code.replace('_', "-"));
    if super::texts::exists(context.language, &key) { context.t(&key) } else { error.detail.clone() }
}
