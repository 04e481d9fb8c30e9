//! What a giver writes about a referral, from the API and from the form, read onto a draft.
//!
//! What is left out stays as it is; an empty text clears an optional one. Everything given is parsed here, so that a row
//! never holds what could not be passed; what is required is asked for when the referral is passed.

use serde::Deserialize;

use super::model::{CONTACT_WITHIN_HOURS_MAX, ContactBy, Effort, NEED_MAX, WORDS_MAX};
use super::store::{ProspectRow, ReferralRow};
use crate::businesses::trade::TradeCode;
use crate::circles::policy::ConsentPath;
use crate::kernel::failure::FieldProblem;
use crate::kernel::id::{BusinessId, CircleId};
use crate::kernel::money::{Currency, Money};
use crate::kernel::phone::PhoneNumber;
use crate::kernel::region::Region;
use crate::kernel::tax_number::TaxNumber;
use crate::kernel::text::{Line, NAME_MAX, Name, Prose, has_link_or_number};
use crate::kernel::{EmailAddress, Fields, Language, Secret};

/// What a referral says. Everything may be left out of a draft.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReferralInput {
    /// Where it is passed: named when a referral is begun, and not changed afterwards.
    pub circle: Option<CircleId>,
    /// To whom it will be put.
    pub receiver: Option<BusinessId>,
    /// The code of the trade that is needed.
    pub trade: Option<String>,
    /// What is needed, at most 1,000 characters, without the prospect's name, address or number.
    pub need: Option<String>,
    /// What the giver expects of the receiver, at most 300 characters.
    pub expectation: Option<String>,
    /// Where; the giver's own place when left out.
    pub region: Option<RegionInput>,
    /// What it might be worth.
    pub worth: Option<WorthInput>,
    /// What the giver did for it, 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    pub effort: Option<i64>,
    /// Who makes the first contact.
    pub contact_by: Option<ContactBy>,
    /// Within how many hours after the introduction.
    pub contact_within_hours: Option<i64>,
    /// How the prospect is asked.
    pub consent_path: Option<ConsentPath>,
    /// Whether the giver's own business buys.
    pub inside: Option<bool>,
    /// The third person.
    pub prospect: Option<ProspectInput>,
    /// What a form could not even read as numbers: told together with what is wrong with the rest.
    #[serde(skip)]
    #[schema(ignore)]
    pub unread: Fields,
}

/// Where the need is.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegionInput {
    /// Two letters.
    pub country: String,
    /// The postal code, or its beginning.
    #[serde(default)]
    pub postal_code: String,
}

/// A range of money in the currency's smallest unit.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorthInput {
    /// At least.
    pub min_minor: i64,
    /// At most.
    pub max_minor: i64,
    /// ISO 4217.
    #[schema(value_type = String, example = "EUR")]
    pub currency: Currency,
}

/// The third person. An address or a number is needed to pass the referral.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProspectInput {
    /// The name.
    pub name: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The phone number.
    pub phone: Option<String>,
    /// The business of the prospect.
    pub company: Option<String>,
    /// VAT number of that business, or what the country has in its place. Only compared, by a keyed hash; it is neither kept nor shown.
    pub tax_number: Option<String>,
    /// The language to write in.
    pub language: Option<Language>,
    /// The giver's words to the prospect, at most 300 characters, without links and phone numbers.
    pub words: Option<String>,
}

/// A draft while it is written.
pub(super) struct Draft<'d> {
    pub row: &'d mut ReferralRow,
    pub prospect: &'d mut ProspectRow,
}

impl Draft<'_> {
    /// Reads what was written onto the draft; errors of several fields are collected.
    pub fn apply(&mut self, input: &ReferralInput, secret: &Secret) -> Fields {
        let mut fields = input.unread.clone();
        self.apply_need(input, &mut fields);
        self.apply_terms(input, &mut fields);
        if let Some(prospect) = &input.prospect {
            self.apply_prospect(prospect, secret, &mut fields);
        }
        self.prospect.email_key = self.prospect.email.as_deref().and_then(|email| EmailAddress::parse(email).ok()).map(|email| address_key(secret, &email));
        self.prospect.phone_key = self.prospect.phone.as_deref().map(|phone| secret.keyed_hash("phone", phone));
        fields
    }

    fn apply_need(&mut self, input: &ReferralInput, fields: &mut Fields) {
        let row = &mut *self.row;
        if let Some(receiver) = input.receiver {
            row.receiver_business_id = Some(receiver);
        }
        if let Some(text) = written(input.trade.as_ref()) {
            row.trade = fields.take("trade", parse_trade(text)).map_or_else(String::new, |code| code.as_str().to_owned());
        }
        if let Some(text) = &input.need {
            row.need = fields.take("need", Prose::<NEED_MAX>::optional(Some(text))).flatten().map_or_else(String::new, Prose::into_string);
        }
        if let Some(text) = &input.expectation {
            row.expectation = fields.take("expectation", Prose::<WORDS_MAX>::optional(Some(text))).flatten().map(Prose::into_string);
        }
        if let Some(region) = input.region.as_ref().and_then(|region| fields.take("region", Region::parse(&region.country, &region.postal_code))) {
            row.country = region.country;
            row.postal_code = region.postal_code;
        }
    }

    fn apply_terms(&mut self, input: &ReferralInput, fields: &mut Fields) {
        let row = &mut *self.row;
        if let Some((min, max, currency)) = input.worth.as_ref().and_then(|worth| fields.take("worth", parse_worth(worth))) {
            (row.worth_min_minor, row.worth_max_minor, row.currency) = (Some(min), Some(max), currency.to_string());
        }
        if let Some(effort) = input.effort.and_then(|raw| fields.take("effort", Effort::parse(raw))) {
            row.effort = effort.value();
        }
        if let Some(hours) = input.contact_within_hours.and_then(|raw| fields.take("contact_within_hours", parse_hours(raw))) {
            row.contact_within_hours = hours;
        }
        row.contact_by = input.contact_by.unwrap_or(row.contact_by);
        row.consent_path = input.consent_path.unwrap_or(row.consent_path);
        row.inside = input.inside.unwrap_or(row.inside);
    }

    fn apply_prospect(&mut self, input: &ProspectInput, secret: &Secret, fields: &mut Fields) {
        let country = self.row.country.clone();
        let row = &mut *self.prospect;
        if let Some(text) = written(input.name.as_ref()) {
            row.name = fields.take("prospect.name", Name::parse(text)).map_or_else(String::new, Name::into_string);
        }
        if let Some(text) = &input.email {
            let parsed = written(Some(text)).map(EmailAddress::parse).transpose();
            row.email = fields.take("prospect.email", parsed).flatten().map(|email| email.as_str().to_owned());
        }
        if let Some(text) = &input.phone {
            let parsed = written(Some(text)).map(|text| PhoneNumber::parse(text, &country)).transpose();
            row.phone = fields.take("prospect.phone", parsed).flatten().map(|phone| phone.as_str().to_owned());
        }
        if let Some(text) = &input.company {
            row.company = fields.take("prospect.company", Line::<NAME_MAX>::optional(Some(text))).flatten().map(Line::into_string);
        }
        if let Some(text) = &input.tax_number {
            let parsed = written(Some(text)).map(|text| TaxNumber::parse(text, &country)).transpose();
            row.tax_key = fields.take("prospect.tax_number", parsed).flatten().map(|number| number.key(secret));
        }
        if let Some(text) = &input.words {
            row.words = fields.take("prospect.words", parse_words(text)).flatten();
        }
        row.language = input.language.unwrap_or(row.language);
    }
}

/// The keyed hash by which an address is compared everywhere.
pub(super) fn address_key(secret: &Secret, email: &EmailAddress) -> crate::kernel::KeyedHash {
    secret.keyed_hash("address", email.normalised())
}

/// Reads the code of a trade, never of a group.
pub(super) fn parse_trade(text: &str) -> Result<TradeCode, FieldProblem> {
    TradeCode::parse(text).filter(|code| !code.is_group()).ok_or_else(|| FieldProblem::new("unknown_trade", "choose a trade from the list"))
}

fn written(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

fn parse_worth(worth: &WorthInput) -> Result<(i64, i64, Currency), FieldProblem> {
    for amount_minor in [worth.min_minor, worth.max_minor] {
        Money { amount_minor, currency: worth.currency }.check()?;
    }
    if worth.min_minor > worth.max_minor {
        return Err(FieldProblem::new("range_reversed", "the least is more than the most"));
    }
    Ok((worth.min_minor, worth.max_minor, worth.currency))
}

fn parse_hours(raw: i64) -> Result<i32, FieldProblem> {
    i32::try_from(raw)
        .ok()
        .filter(|hours| (1..=CONTACT_WITHIN_HOURS_MAX.cast_signed()).contains(hours))
        .ok_or_else(|| FieldProblem::new("out_of_range", format!("between 1 and {CONTACT_WITHIN_HOURS_MAX} hours")))
}

fn parse_words(text: &str) -> Result<Option<String>, FieldProblem> {
    let words = Prose::<WORDS_MAX>::optional(Some(text))?.map(Prose::into_string);
    match words {
        Some(words) if has_link_or_number(&words) => Err(FieldProblem::new("link_or_number", "links and phone numbers are not allowed here")),
        words => Ok(words),
    }
}
