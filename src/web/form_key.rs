//! The key of a form: by it a second press is known, and leads where the first led ([`crate::http::form_once`]).

use maud::{Markup, html};

use super::context::PageContext;
use crate::http::page_form::{FORM_KEY, PRESSED};

/// The hidden key of a form that creates something: whenever the same is sent again, from the same page, it is the same.
pub fn form_key(context: &PageContext) -> Markup {
    hidden(context, "")
}

/// The hidden key of a form that moves something which can be moved back: only a press that follows at once is the same.
pub fn press_key(context: &PageContext) -> Markup {
    hidden(context, PRESSED)
}

fn hidden(context: &PageContext, kind: &str) -> Markup {
    html! { @if !context.form_key.is_empty() { input type="hidden" name=(FORM_KEY) value={ (kind) (context.form_key) }; } }
}
