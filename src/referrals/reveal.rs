//! Whether words name the prospect: what is shown before the consent, or kept in the log for ever, must not.

use super::store::ProspectRow;

/// Names shorter than this are ordinary words too often.
const NAME_LEAST: usize = 4;

/// Whether a text holds the prospect's whole name, address or number.
pub fn names(prospect: &ProspectRow, text: &str) -> bool {
    let lower = text.to_lowercase();
    let name = prospect.name.to_lowercase();
    let named = name.chars().count() >= NAME_LEAST && lower.contains(&name);
    let addressed = prospect.email.as_deref().is_some_and(|email| lower.contains(&email.to_lowercase()));
    named || addressed || prospect.phone.as_deref().is_some_and(|phone| holds_number(text, phone))
}

/// Whether the digits of a number stand in a text, with or without country code and separators.
fn holds_number(text: &str, phone: &str) -> bool {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let wanted = phone.trim_start_matches('+');
    // The end of a number is the same with +49, 0049 and 0.
    let end = wanted.get(wanted.len().saturating_sub(8)..).unwrap_or(wanted);
    !end.is_empty() && digits.contains(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Language;
    use crate::kernel::id::{Identifier, ReferralId};

    #[test]
    fn names_addresses_and_numbers_are_seen_in_every_dress() {
        let prospect = ProspectRow {
            referral_id: ReferralId::from_raw(1),
            name: "Paula Prospect".to_owned(),
            email: Some("Paula@Example.org".to_owned()),
            phone: Some("+493012345678".to_owned()),
            company: None,
            language: Language::En,
            words: None,
            email_key: None,
            phone_key: None,
            tax_key: None,
        };
        for text in ["ask paula prospect", "PAULA@example.ORG", "call 030 / 123 45 678", "+49 30 12345678"] {
            assert!(names(&prospect, text), "{text}");
        }
        for text in ["Paula plans a house", "a budget of 123,456", "org"] {
            assert!(!names(&prospect, text), "{text}");
        }
    }
}
