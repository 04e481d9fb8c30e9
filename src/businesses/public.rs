//! A business's public page: off until its owner switches it on, at an address made of its name once and kept.

pub mod vcard;

use serde::{Deserialize, Serialize};

/// The longest part of an address that comes from a name.
const SLUG_LETTERS_MAX: usize = 48;
/// What an address begins with when its name has no letters that fit.
const NAMELESS: &str = "business";

/// Whether a business shows itself to everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicChoice {
    /// Whether there is a page.
    pub is_on: bool,
    /// Whether search engines may list it.
    pub is_indexed: bool,
}

/// The beginning of an address: the name in small Latin letters, digits and hyphens.
pub fn slug_base(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for letter in name.chars().flat_map(char::to_lowercase) {
        let spelled = spell(letter);
        if spelled.is_empty() {
            // Signs between words become one hyphen; those that Cyrillic does not speak vanish.
            if !matches!(letter, 'ъ' | 'ь' | '\'' | '’') && !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        } else {
            slug.push_str(&spelled);
        }
        if slug.len() >= SLUG_LETTERS_MAX {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { NAMELESS.to_owned() } else { slug.to_owned() }
}

/// The first address with this beginning that is not taken.
pub fn free_slug(base: &str, taken: &[String]) -> String {
    let numbered = |number: usize| if number == 1 { base.to_owned() } else { format!("{base}-{number}") };
    // One more than there are taken ones: one of them is free.
    (1..=taken.len() + 1).map(numbered).find(|slug| !taken.contains(slug)).unwrap_or_else(|| numbered(taken.len() + 2))
}

fn spell(letter: char) -> std::borrow::Cow<'static, str> {
    if letter.is_ascii_alphanumeric() {
        return letter.to_string().into();
    }
    match letter {
        'ä' | 'æ' => "ae",
        'ö' | 'œ' | 'ø' => "oe",
        'ü' => "ue",
        'ß' => "ss",
        'à' | 'á' | 'â' | 'ã' | 'å' | 'а' => "a",
        'é' | 'è' | 'ê' | 'ë' | 'е' | 'ё' | 'э' => "e",
        'í' | 'ì' | 'î' | 'ï' | 'и' => "i",
        'ó' | 'ò' | 'ô' | 'õ' | 'о' => "o",
        'ú' | 'ù' | 'û' | 'у' => "u",
        'ç' | 'ć' | 'č' => "c",
        'ñ' | 'ń' | 'н' => "n",
        'ł' | 'л' => "l",
        'š' | 'ś' => "s",
        'ž' | 'ź' | 'ż' | 'з' => "z",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'ж' => "zh",
        'й' | 'ы' => "y",
        'к' => "k",
        'м' => "m",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ю' => "yu",
        'я' => "ya",
        _ => "",
    }
    .into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_is_read_from_the_name() {
        for (name, slug) in [
            ("Müller & Söhne GmbH", "mueller-soehne-gmbh"),
            ("  Ермакова Электротехника ", "ermakova-elektrotekhnika"),
            ("Объект", "obekt"),
            ("O’Brien + Co.", "obrien-co"),
            ("日本", "business"),
            ("", "business"),
        ] {
            assert_eq!(slug_base(name), slug, "{name}");
        }
    }

    #[test]
    fn a_taken_address_gets_a_number() {
        let taken = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(free_slug("ott", &[]), "ott");
        assert_eq!(free_slug("ott", &taken(&["ott"])), "ott-2");
        assert_eq!(free_slug("ott", &taken(&["ott", "ott-3", "ott-2"])), "ott-4");
        assert_eq!(free_slug("ott", &taken(&["ott-2"])), "ott");
    }

    proptest! {
        #[test]
        fn an_address_holds_nothing_that_addresses_escape(name in ".{0,120}") {
            let slug = slug_base(&name);
            prop_assert!(!slug.is_empty() && slug.len() <= SLUG_LETTERS_MAX + 4);
            prop_assert!(slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'));
            prop_assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"));
        }
    }
}
