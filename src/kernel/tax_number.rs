//! Tax numbers: they are compared by a keyed hash and kept nowhere.

use super::failure::FieldProblem;
use super::secret::{KeyedHash, Secret};

/// A VAT number, or what a country has in its place: its two letters, and 5 to 20 letters and digits with at least 5 digits. It is
/// neither printed nor stored. No check digits are computed: every country has rules of its own, and nothing is proven by them.
#[derive(Clone, PartialEq, Eq)]
pub struct TaxNumber(String);

const LENGTH_LEAST: usize = 5;
const LENGTH_MOST: usize = 20;
const DIGITS_LEAST: usize = 5;

impl TaxNumber {
    /// Reads a number as people write it, with spaces, dots, hyphens and strokes; without letters before it, it is one of `country`.
    pub fn parse(raw: &str, country: &str) -> Result<Self, FieldProblem> {
        let wrong = || FieldProblem::new("not_a_tax_number", "write the number with the letters of its country, e.g. DE123456789");
        let number: String = raw.chars().filter(|c| !c.is_whitespace() && !".-/".contains(*c)).collect::<String>().to_ascii_uppercase();
        let digits = number.chars().filter(char::is_ascii_digit).count();
        let is_usual = number.chars().all(|c| c.is_ascii_alphanumeric()) && (LENGTH_LEAST..=LENGTH_MOST).contains(&number.len());
        if !is_usual || digits < DIGITS_LEAST {
            return Err(wrong());
        }
        if number.chars().take(2).all(|c| c.is_ascii_alphabetic()) {
            return Ok(Self(number));
        }
        let country = country.trim().to_ascii_uppercase();
        let is_country = country.len() == 2 && country.chars().all(|c| c.is_ascii_alphabetic());
        if is_country { Ok(Self(format!("{country}{number}"))) } else { Err(wrong()) }
    }

    /// By what it is compared.
    pub fn key(&self, secret: &Secret) -> KeyedHash {
        secret.keyed_hash("tax", &self.0)
    }
}

impl std::fmt::Debug for TaxNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TaxNumber(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_in_several_dresses_is_one() {
        let secret = Secret::new(&[7; 32]).unwrap();
        let key = |raw: &str, country: &str| TaxNumber::parse(raw, country).unwrap().key(&secret);
        for raw in ["DE 123 456 789", "de123456789", "123.456.789", "DE-123/456-789", "123456789"] {
            assert_eq!(key(raw, "de"), key("DE123456789", ""), "{raw}");
        }
        assert_ne!(key("123456789", "AT"), key("123456789", "DE"));
        assert_ne!(key("123456789", "DE"), secret.keyed_hash("phone", "DE123456789"), "a hash says what it is of");
        assert_eq!(key("7707083893", "RU"), key("RU7707083893", "DE"));
        assert_eq!(key("ATU12345678", "DE"), key("atu 12345678", ""));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for (raw, country) in [
            ("", "DE"),
            ("1234", "DE"),
            ("DE1234", "DE"),
            ("ABCDEFGH", "DE"),
            ("123456789", ""),
            ("123456789", "Germany"),
            ("ИНН 7707083893", "RU"),
            ("123456789012345678901", "DE"),
            ("12345_6789", "DE"),
        ] {
            assert_eq!(TaxNumber::parse(raw, country).unwrap_err().code, "not_a_tax_number", "{raw} {country}");
        }
        assert!(!format!("{:?}", TaxNumber::parse("DE123456789", "").unwrap()).contains("123"));
    }
}
