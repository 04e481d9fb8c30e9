//! Texts of the screens and mails in every language, embedded in the binary.
//!
//! One Fluent file a feature under `locales/<language>/`. A test holds the languages against each other, and every key that
//! the code names against the files.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, static_loader};
use unic_langid::langid;

use crate::kernel::Language;

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "en",
        // Isolation marks would stand in the middle of names and addresses.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static EN: LanguageIdentifier = langid!("en");
static DE: LanguageIdentifier = langid!("de");
static RU: LanguageIdentifier = langid!("ru");

fn identifier(language: Language) -> &'static LanguageIdentifier {
    match language {
        Language::En => &EN,
        Language::De => &DE,
        Language::Ru => &RU,
    }
}

/// The text with this key; the key itself, loudly logged, when there is none.
pub fn text(language: Language, key: &str) -> String {
    found(LOCALES.try_lookup(identifier(language), key), language, key)
}

/// The text with this key and its arguments. Numbers choose plural forms.
pub fn text_with(language: Language, key: &str, arguments: &[(&'static str, FluentValue<'static>)]) -> String {
    let arguments: HashMap<Cow<'static, str>, FluentValue<'static>> = arguments.iter().map(|(name, value)| (Cow::Borrowed(*name), value.clone())).collect();
    found(LOCALES.try_lookup_with_args(identifier(language), key, &arguments), language, key)
}

/// Whether there is a text with this key in this very language.
pub fn exists(language: Language, key: &str) -> bool {
    LOCALES.try_lookup(identifier(language), key).is_some()
}

fn found(text: Option<String>, language: Language, key: &str) -> String {
    text.unwrap_or_else(|| {
        tracing::error!(%language, key, "a text is missing");
        key.to_owned()
    })
}
