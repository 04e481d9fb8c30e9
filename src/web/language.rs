//! The choice of a language at the foot of a page, for visitors without an account; people with one have it in their settings.

use maud::{Markup, html};

use super::context::PageContext;
use super::forms;
use crate::kernel::Language;

/// What a language calls itself.
pub fn own_name(language: Language) -> &'static str {
    match language {
        Language::En => "English",
        Language::De => "Deutsch",
        Language::Ru => "Русский",
    }
}

/// The languages as the options of a choice, each by its own name.
pub fn own_names() -> Vec<(String, String)> {
    Language::ALL.iter().map(|language| (language.as_str().to_owned(), own_name(*language).to_owned())).collect()
}

/// A button for each other language; nothing for somebody who is signed in.
pub fn language_choice(context: &PageContext) -> Markup {
    html! {
        @if context.caller.is_none() {
            form method="post" action="/language" class="row" aria-label=(context.t("language-choice")) {
                (forms::csrf(context))
                @for language in Language::ALL.iter().filter(|language| **language != context.language) {
                    button class="quiet" name="language" value=(language.as_str()) lang=(language.as_str()) { (own_name(*language)) }
                }
            }
        }
    }
}
