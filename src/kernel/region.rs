//! Where: a country and the beginning of a postal code.

use super::failure::FieldProblem;

/// A country of two letters and a postal code or its beginning; an empty one means the whole country.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, utoipa::ToSchema)]
pub struct Region {
    /// ISO 3166-1, two capital letters.
    pub country: String,
    /// Up to ten letters and digits; empty for the whole country.
    pub postal_code: String,
}

impl Region {
    /// Reads a region; lower case is raised, blanks in the postal code are dropped.
    pub fn parse(country: &str, postal_code: &str) -> Result<Self, FieldProblem> {
        let country = country.trim().to_ascii_uppercase();
        if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
            return Err(FieldProblem::new("not_a_country", "a country has two letters, e.g. DE"));
        }
        let postal_code: String = postal_code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>().to_ascii_uppercase();
        if postal_code.len() > 10 || !postal_code.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(FieldProblem::new("not_a_postal_code", "a postal code has up to ten letters and digits"));
        }
        Ok(Self { country, postal_code })
    }

    /// Whether a business that serves this region serves `place`.
    pub fn covers(&self, place: &Self) -> bool {
        self.country == place.country && place.postal_code.starts_with(&self.postal_code)
    }
}

impl std::fmt::Display for Region {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.postal_code.is_empty() { f.write_str(&self.country) } else { write!(f, "{} {}", self.country, self.postal_code) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_covers_what_begins_with_it() {
        let place = Region::parse("de", "10 115").unwrap();
        assert!(Region::parse("DE", "10").unwrap().covers(&place));
        assert!(Region::parse("DE", "").unwrap().covers(&place));
        assert!(!Region::parse("AT", "").unwrap().covers(&place));
        assert!(!Region::parse("DE", "101156").unwrap().covers(&place));
        assert!(Region::parse("D", "").is_err());
        assert!(Region::parse("DE", "1/2").is_err());
    }
}
