//! Phone numbers in E.164.

use std::fmt;

use super::failure::FieldProblem;

/// A number as `+` and 8 to 15 digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PhoneNumber(String);

/// Calling codes of the countries in which a national number (leading 0) is understood.
const CALLING_CODES: &[(&str, &str)] = &[
    ("DE", "49"),
    ("AT", "43"),
    ("CH", "41"),
    ("LI", "423"),
    ("LU", "352"),
    ("BE", "32"),
    ("NL", "31"),
    ("FR", "33"),
    ("GB", "44"),
    ("IE", "353"),
    ("PL", "48"),
    ("CZ", "420"),
    ("DK", "45"),
    ("SE", "46"),
    ("RU", "7"),
    ("UA", "380"),
];

impl PhoneNumber {
    /// Reads a number: international (`+49 …`, `0049 …`), or national in `country` (two letters) when it starts with one 0.
    pub fn parse(raw: &str, country: &str) -> Result<Self, FieldProblem> {
        let wrong = || FieldProblem::new("not_a_phone_number", "write the number with its country code, e.g. +49 30 123456");
        let raw = raw.trim();
        if raw.chars().any(|c| !c.is_ascii_digit() && !" +-/().".contains(c)) || raw.rfind('+').is_some_and(|at| at > 0) {
            return Err(wrong());
        }
        let digits: String = raw.chars().filter(char::is_ascii_digit).collect();
        let international = if raw.starts_with('+') {
            digits
        } else if let Some(rest) = digits.strip_prefix("00") {
            rest.to_owned()
        } else {
            let national = digits.strip_prefix('0').ok_or_else(wrong)?;
            let (_, code) = CALLING_CODES.iter().find(|(name, _)| *name == country).ok_or_else(wrong)?;
            format!("{code}{national}")
        };
        if !(8..=15).contains(&international.len()) || international.starts_with('0') {
            return Err(wrong());
        }
        Ok(Self(format!("+{international}")))
    }

    /// `+` and digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_in_several_dresses_is_one() {
        for raw in ["+49 30 1234567", "0049 (30) 123-4567", "030/1234567", "030.1234567"] {
            assert_eq!(PhoneNumber::parse(raw, "DE").unwrap().as_str(), "+49301234567", "{raw}");
        }
        for raw in ["", "12345678", "+0123456789", "+49 30 x", "+49+30123456", "030", "+1234567890123456"] {
            assert!(PhoneNumber::parse(raw, "DE").is_err(), "{raw}");
        }
    }
}
