//! Words that people type: normalised, bounded, without anything invisible.

use unicode_normalization::UnicodeNormalization;
use unicode_security::MixedScript;

use super::failure::FieldProblem;

/// One line of at most `MAX` characters: NFC, trimmed, not empty, no control or direction-changing characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Line<const MAX: usize>(String);

/// Text of at most `MAX` characters that may hold line breaks; otherwise as [`Line`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Prose<const MAX: usize>(String);

/// A person's or a business's name: a line whose words do not mix scripts (no Cyrillic а among Latin letters).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(String);

/// A name's greatest length in characters.
pub const NAME_MAX: usize = 100;

impl<const MAX: usize> Line<MAX> {
    /// Reads one line.
    pub fn parse(raw: &str) -> Result<Self, FieldProblem> {
        let text: String = raw.nfc().collect();
        let text = text.trim();
        if text.chars().any(is_forbidden) {
            return Err(FieldProblem::new("control_characters", "control characters and line breaks are not allowed"));
        }
        checked_length(text, MAX).map(Self)
    }

    /// Reads one line that may be left empty.
    pub fn optional(raw: Option<&str>) -> Result<Option<Self>, FieldProblem> {
        raw.filter(|text| !text.trim().is_empty()).map(Self::parse).transpose()
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl<const MAX: usize> Prose<MAX> {
    /// Reads text with line breaks; CR LF becomes LF.
    pub fn parse(raw: &str) -> Result<Self, FieldProblem> {
        let text: String = raw.replace("\r\n", "\n").nfc().collect();
        let text = text.trim();
        if text.chars().any(|c| c != '\n' && c != '\t' && is_forbidden(c)) {
            return Err(FieldProblem::new("control_characters", "control characters are not allowed"));
        }
        checked_length(text, MAX).map(Self)
    }

    /// Reads text that may be left empty.
    pub fn optional(raw: Option<&str>) -> Result<Option<Self>, FieldProblem> {
        raw.filter(|text| !text.trim().is_empty()).map(Self::parse).transpose()
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl Name {
    /// Reads a name.
    pub fn parse(raw: &str) -> Result<Self, FieldProblem> {
        let line = Line::<NAME_MAX>::parse(raw)?;
        if line.as_str().split_whitespace().any(|word| !word.is_single_script()) {
            return Err(FieldProblem::new("mixed_scripts", "a word of a name must not mix scripts"));
        }
        if !line.as_str().chars().any(char::is_alphanumeric) {
            return Err(FieldProblem::new("no_letters", "a name needs at least one letter or digit"));
        }
        Ok(Self(line.into_string()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Whether a text carries a link or a phone number: what may not stand in words that a stranger reads.
pub fn has_link_or_number(text: &str) -> bool {
    let lower = text.to_lowercase();
    let link = ["://", "www.", "mailto:"].iter().any(|mark| lower.contains(mark))
        || lower.split_whitespace().any(|word| looks_like_domain(word) || word.contains('@'));
    link || longest_digit_run(text) >= 7
}

fn looks_like_domain(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.split('/').next().and_then(|host| host.rsplit_once('.')).is_some_and(|(name, end)| {
        !name.is_empty()
            && end.len() >= 2
            && end.chars().all(|c| c.is_ascii_alphabetic())
            && !name.ends_with('.')
            && name.chars().any(char::is_alphabetic)
            && ["com", "org", "net", "info", "biz", "eu", "de", "at", "ch", "ru", "io", "uk", "fr", "it", "nl", "pl", "shop", "app", "dev"].contains(&end)
    })
}

/// The longest run of digits, reading over the usual separators of phone numbers.
fn longest_digit_run(text: &str) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        match c {
            _ if c.is_ascii_digit() => run += 1,
            ' ' | '-' | '/' | '(' | ')' | '.' | '+' => {}
            _ => run = 0,
        }
        longest = longest.max(run);
    }
    longest
}

fn checked_length(text: &str, max: usize) -> Result<String, FieldProblem> {
    match text.chars().count() {
        0 => Err(FieldProblem::new("required", "must not be empty")),
        count if count > max => Err(FieldProblem::new("too_long", format!("at most {max} characters, not {count}"))),
        _ => Ok(text.to_owned()),
    }
}

/// Control characters, line and paragraph separators, direction overrides, byte-order marks, tag characters.
fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether a text holds one of these words (or rows of words), or a word that begins so: languages put endings to names.
pub fn holds_any(text: &str, words: &[String]) -> bool {
    let begins = |at: usize| text[..at].chars().next_back().is_none_or(|letter| !letter.is_alphanumeric());
    words.iter().filter(|word| !word.is_empty()).any(|word| text.match_indices(word.as_str()).any(|(at, _)| begins(at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_with_its_endings_and_not_inside_of_words() {
        let words = ["Anna Arch", "Lang", "a@b.example", ""].map(str::to_owned);
        for text in ["Anna Arch", "Best wishes, Anna Arch!", "(Lang)", "write to a@b.example.", "Langs Haus", "Jo Lang"] {
            assert!(holds_any(text, &words), "{text}");
        }
        for text in ["", "lang", "Anna", "aa@b.example", "ÖLang", "entLang"] {
            assert!(!holds_any(text, &words), "{text}");
        }
    }

    #[test]
    fn a_line_is_normalised_and_bounded() {
        assert_eq!(Line::<5>::parse("  u\u{308}  ").unwrap().as_str(), "ü");
        assert_eq!(Line::<5>::parse("").unwrap_err().code, "required");
        assert_eq!(Line::<5>::parse("abcdef").unwrap_err().code, "too_long");
        assert_eq!(Line::<50>::parse("a\r\nBcc: x").unwrap_err().code, "control_characters");
        assert_eq!(Line::<50>::parse("a\u{202e}b").unwrap_err().code, "control_characters");
        assert_eq!(Prose::<50>::parse("a\r\nb").unwrap().as_str(), "a\nb");
        assert_eq!(Prose::<50>::parse("a\0b").unwrap_err().code, "control_characters");
    }

    #[test]
    fn names_take_every_language_and_no_disguise() {
        for name in ["Анна Миллер", "Müller & Söhne", "李小龍", "Anna Мюллер", "O’Neill", "Studio 5", "Zoë 🌿"] {
            assert!(Name::parse(name).is_ok(), "{name}");
        }
        assert_eq!(Name::parse("Аnnа").unwrap_err().code, "mixed_scripts");
        assert_eq!(Name::parse("🌿🌿").unwrap_err().code, "no_letters");
    }

    #[test]
    fn links_and_numbers_are_seen() {
        for text in ["see https://x.y", "www.example.org", "write to a@b.c", "call 0176 123 45 67", "go to example.com!"] {
            assert!(has_link_or_number(text), "{text}");
        }
        for text in ["Anna plans a house of 140 m².", "We talked on 12.3. about it.", "e.g. three rooms", "costs 12,500 or so"] {
            assert!(!has_link_or_number(text), "{text}");
        }
    }
}
