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
        customise: |bundle| {
            // Isolation marks would stand in the middle of names and addresses.
            bundle.set_use_isolating(false);
            // A text may be lent from English: its own language says how its numbers are written.
            bundle.set_formatter(Some(match bundle.locales.first().map(|of| of.language.as_str()) {
                Some("de") => |value, _| number(Language::De, value),
                Some("ru") => |value, _| number(Language::Ru, value),
                _ => |value, _| number(Language::En, value),
            }));
        },
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

/// A whole number as a language writes it, thousands apart. Which plural form it takes is chosen by the number itself.
fn number(language: Language, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.value.fract() == 0.0 => Some(language.number(number.value as i64)),
        _ => None,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(language: Language, key: &str, count: i64) -> String {
        text_with(language, key, &[("count", count.into())])
    }

    #[test]
    fn numbers_in_texts_are_written_as_each_language_does() {
        let key = "businesses-customers-count";
        assert_eq!(counted(Language::En, key, 5_000), "5,000 addresses and numbers are remembered.");
        assert_eq!(counted(Language::De, key, 5_000), "5.000 Adressen und Nummern sind gemerkt.");
        assert_eq!(counted(Language::Ru, key, 5_000), "Сохранено 5\u{a0}000 адресов и номеров.");
        assert_eq!(text_with(Language::De, "insight-percent", &[("number", 12.into())]), "12\u{a0}%");
        assert_eq!(text_with(Language::Ru, "insight-percent", &[("number", 12.into())]), "12\u{a0}%");
    }

    #[test]
    fn a_number_that_is_written_apart_still_chooses_its_plural_form() {
        for (count, shown) in [
            (1, "1 участник"),
            (2, "2 участника"),
            (5, "5 участников"),
            (11, "11 участников"),
            (21, "21 участник"),
            (22, "22 участника"),
            (112, "112 участников"),
            (1_001, "1\u{a0}001 участник"),
            (2_004, "2\u{a0}004 участника"),
            (12_345, "12\u{a0}345 участников"),
        ] {
            assert_eq!(counted(Language::Ru, "circles-members-count", count), shown);
        }
        assert_eq!(counted(Language::De, "circles-members-count", 1), "Ein Mitglied");
        assert_eq!(counted(Language::De, "circles-members-count", 1_001), "1.001 Mitglieder");
    }
}
