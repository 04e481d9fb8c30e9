//! E-mail addresses.

use std::fmt;

use super::failure::FieldProblem;

/// An address as it was typed, with its normalised form for comparison and sending.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EmailAddress {
    shown: String,
    normalised: String,
}

impl EmailAddress {
    /// Reads an address: an ASCII local part of at most 64 characters, a domain name (IDN allowed), 254 in all.
    pub fn parse(raw: &str) -> Result<Self, FieldProblem> {
        let wrong = |detail: &str| FieldProblem::new("not_an_email_address", detail);
        let shown = raw.trim();
        let (local, domain) = shown.rsplit_once('@').ok_or_else(|| wrong("an address has an @"))?;
        if local.is_empty() || local.len() > 64 || !local.split('.').all(is_atom) {
            return Err(wrong("the part before the @ has 1 to 64 letters, digits and .!#$%&'*+-/=?^_`{|}~"));
        }
        let ascii = idna::domain_to_ascii_cow(domain.as_bytes(), idna::AsciiDenyList::STD3).map_err(|_| wrong("the domain is no domain name"))?;
        let labels: Vec<&str> = ascii.split('.').collect();
        if labels.len() < 2 || labels.iter().any(|label| label.is_empty() || label.len() > 63) {
            return Err(wrong("the domain is no domain name"));
        }
        let normalised = format!("{}@{ascii}", local.to_ascii_lowercase());
        if normalised.len() > 254 || shown.len() > 254 {
            return Err(wrong("an address has at most 254 characters"));
        }
        Ok(Self { shown: shown.to_owned(), normalised })
    }

    /// As it was typed.
    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// Lower-case, the domain in A-labels: for comparing, hashing and the envelope.
    pub fn normalised(&self) -> &str {
        &self.normalised
    }

    /// The domain in A-labels.
    pub fn domain(&self) -> &str {
        self.normalised.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

fn is_atom(atom: &str) -> bool {
    !atom.is_empty() && atom.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_normalised() {
        let address = EmailAddress::parse(" Anna.Müller@x.y ").unwrap_err();
        assert_eq!(address.code, "not_an_email_address");
        let address = EmailAddress::parse(" Anna@BÜCHER.example ").unwrap();
        assert_eq!(address.as_str(), "Anna@BÜCHER.example");
        assert_eq!(address.normalised(), "anna@xn--bcher-kva.example");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for raw in ["", "a", "@b.c", "a@", "a@b", "a b@c.de", "a@b..c", "a\r\n@b.de", "a@b.de\r\nBcc: c@d.de", "<a@b.de>", "a..b@c.de", "a@[127.0.0.1]"] {
            assert!(EmailAddress::parse(raw).is_err(), "{raw:?}");
        }
    }
}
