//! Registration: what is typed, and what it becomes.

use serde::Deserialize;

use super::model::TimeZone;
use super::password::{Password, PasswordHash};
use crate::businesses::model::NewBusiness;
use crate::kernel::region::Region;
use crate::kernel::text::Name;
use crate::kernel::{Answer, EmailAddress, Fields, Language};

/// As many characters of the own postal code make the region of those who name none.
const USUAL_PREFIX_LENGTH: usize = 2;

/// A business and its first person, as they were typed.
#[derive(Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistrationInput {
    /// The business's name.
    pub business_name: String,
    /// The country of its seat, two letters.
    pub country: String,
    /// The postal code of its seat.
    pub postal_code: String,
    /// The town of its seat.
    pub city: String,
    /// What it does: one to five codes of trades.
    pub trades: Vec<String>,
    /// Where it works; the surroundings of its seat when left out.
    #[serde(default)]
    pub regions: Vec<RegionInput>,
    /// The person's name.
    pub name: String,
    /// The person's address.
    pub email: String,
    /// At least ten characters.
    pub password: String,
    /// The language of screens and mails; English when left out.
    pub language: Option<Language>,
    /// A name of the IANA database; Europe/Berlin when left out.
    pub time_zone: Option<String>,
}

/// A region, as it was typed.
#[derive(Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegionInput {
    /// Two letters.
    pub country: String,
    /// The beginning of the postal codes; empty for the whole country.
    #[serde(default)]
    pub postal_code: String,
}

/// A business and its first person: with the password, then with its hash.
#[derive(Debug, Clone)]
pub struct Registration<P = PasswordHash> {
    /// The business.
    pub business: NewBusiness,
    /// The person's name.
    pub name: Name,
    /// The person's address.
    pub email: EmailAddress,
    /// The password, or its hash.
    pub password: P,
    /// The language of screens and mails.
    pub language: Language,
    /// The person's time zone.
    pub time_zone: TimeZone,
}

impl Registration<Password> {
    /// The same with the password hashed.
    pub fn hashed(self, password: PasswordHash) -> Registration {
        Registration { business: self.business, name: self.name, email: self.email, password, language: self.language, time_zone: self.time_zone }
    }
}

impl RegistrationInput {
    /// Reads every field, and tells of all that cannot be used.
    pub fn parse(self) -> Answer<Registration<Password>> {
        let mut fields = Fields::new();
        let regions = self.regions.iter().map(|region| Region::parse(&region.country, &region.postal_code)).collect();
        let regions = fields.take("regions", regions).map(|named: Vec<Region>| if named.is_empty() { self.surroundings() } else { named });
        let seat = (self.country.as_str(), self.postal_code.as_str(), self.city.as_str());
        let business = NewBusiness::parse(&mut fields, &self.business_name, seat, &self.trades, regions);
        let name = fields.take("name", Name::parse(&self.name));
        let email = fields.take("email", EmailAddress::parse(&self.email));
        let about = [self.email.trim(), self.name.trim(), self.business_name.trim()];
        let password = fields.take("password", Password::choose(&self.password, &about));
        let time_zone = fields.take("time_zone", self.time_zone.as_deref().map_or_else(|| Ok(TimeZone::usual()), TimeZone::parse));
        let language = self.language.unwrap_or(Language::En);
        let whole = || Some(Registration { business: business?, name: name?, email: email?, password: password?, language, time_zone: time_zone? });
        fields.into_result(whole())
    }

    /// The region of those who name none; nothing when the seat itself cannot be read.
    fn surroundings(&self) -> Vec<Region> {
        let near = |seat: Region| Region { country: seat.country, postal_code: seat.postal_code.chars().take(USUAL_PREFIX_LENGTH).collect() };
        Region::parse(&self.country, &self.postal_code).map(near).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Failure;

    fn typed() -> RegistrationInput {
        RegistrationInput {
            business_name: "Arch & Co".to_owned(),
            country: "de".to_owned(),
            postal_code: "10115".to_owned(),
            city: "Berlin".to_owned(),
            trades: vec!["roofer".to_owned()],
            regions: Vec::new(),
            name: "Anna Arch".to_owned(),
            email: "anna@arch.example".to_owned(),
            password: "correct horse".to_owned(),
            language: Some(Language::De),
            time_zone: None,
        }
    }

    #[test]
    fn what_is_left_out_is_taken_from_the_seat() {
        let registration = typed().parse().unwrap();
        assert_eq!(registration.business.regions.as_slice(), [Region::parse("DE", "10").unwrap()]);
        assert_eq!(registration.time_zone.as_str(), "Europe/Berlin");
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let wrong = RegistrationInput {
            business_name: String::new(),
            country: "Germany".to_owned(),
            postal_code: "?".to_owned(),
            city: String::new(),
            trades: vec!["building".to_owned()],
            regions: vec![RegionInput { country: "D".to_owned(), postal_code: String::new() }],
            name: "\u{202e}".to_owned(),
            email: "anna".to_owned(),
            password: "anna".to_owned(),
            language: None,
            time_zone: Some("Berlin".to_owned()),
        };
        let Err(Failure::Invalid(errors)) = wrong.parse() else { panic!("accepted") };
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["regions", "business_name", "country", "city", "trades", "name", "email", "password", "time_zone"]);
    }
}
