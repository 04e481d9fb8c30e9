//! The form as it was typed, and what it means.

use serde::Deserialize;

use super::{Begin, Choices};
use crate::businesses::fields::typed_code;
use crate::circles::policy::ConsentPath;
use crate::introductions::preview::Draft;
use crate::kernel::id::{BusinessId, CircleId, ReferralId};
use crate::kernel::money::{Currency, parse_amount};
use crate::kernel::phone::PhoneNumber;
use crate::kernel::region::Region;
use crate::kernel::tax_number::TaxNumber;
use crate::kernel::{Answer, EmailAddress, Fields, Language, Principal, Secret};
use crate::referrals::input::{ProspectInput, ReferralInput, RegionInput, WorthInput, parse_trade};
use crate::referrals::model::ContactBy;
use crate::referrals::views::{Need, Prospect, ReferralView};

/// Everything as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub(super) circle: String,
    /// Which version of the draft was changed; 0 for a new one.
    pub(super) version: i32,
    pub(super) origin: String,
    pub(super) receiver: String,
    /// The card that is marked, when partners are suggested.
    pub(super) suggested: String,
    /// Set by the button that suggests partners instead of keeping the draft.
    pub(super) suggest: String,
    pub(super) trade: String,
    pub(super) need: String,
    pub(super) expectation: String,
    pub(super) country: String,
    pub(super) postal_code: String,
    pub(super) worth_min: String,
    pub(super) worth_max: String,
    pub(super) currency: String,
    pub(super) effort: String,
    pub(super) contact_by: String,
    pub(super) contact_within_hours: String,
    pub(super) consent_path: String,
    pub(super) inside: String,
    #[serde(rename = "prospect.name")]
    pub(super) name: String,
    #[serde(rename = "prospect.email")]
    pub(super) email: String,
    #[serde(rename = "prospect.phone")]
    pub(super) phone: String,
    #[serde(rename = "prospect.company")]
    pub(super) company: String,
    #[serde(rename = "prospect.tax_number")]
    pub(super) tax_number: String,
    #[serde(rename = "prospect.language")]
    pub(super) language: String,
    #[serde(rename = "prospect.words")]
    pub(super) words: String,
}

impl Typed {
    /// With what the form begins.
    pub(super) fn begin(begin: &Begin, choices: &Choices, reader: Language) -> Self {
        Self {
            circle: choices.circle.id.to_string(),
            origin: begin.origin.clone(),
            receiver: begin.receiver.clone(),
            trade: crate::businesses::trade::TradeCode::parse(&begin.trade).map_or_else(String::new, |code| code.name(reader).to_owned()),
            country: choices.country.clone(),
            postal_code: choices.postal_code.clone(),
            currency: Currency::EUR.to_string(),
            effort: "1".to_owned(),
            contact_by: ContactBy::Receiver.as_str().to_owned(),
            contact_within_hours: choices.hours.to_string(),
            consent_path: choices.paths.first().map_or_else(String::new, |path| path.as_str().to_owned()),
            language: choices.circle.language.as_str().to_owned(),
            ..Self::default()
        }
    }

    /// A draft as it would have been typed.
    pub(super) fn of_view(view: &ReferralView, reader: Language) -> Self {
        let prospect = view.prospect.clone();
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Self {
            circle: view.circle.to_string(),
            version: view.version,
            origin: String::new(),
            suggested: String::new(),
            suggest: String::new(),
            receiver: view.receiver.as_ref().map(|receiver| receiver.id.to_string()).unwrap_or_default(),
            trade: view.trade.map_or_else(String::new, |code| code.name(reader).to_owned()),
            need: text(&view.need),
            expectation: text(&view.expectation),
            country: view.region.country.clone(),
            postal_code: view.region.postal_code.clone(),
            worth_min: view.worth.map(|worth| reader.amount_to_type(worth.min_minor, worth.currency)).unwrap_or_default(),
            worth_max: view.worth.map(|worth| reader.amount_to_type(worth.max_minor, worth.currency)).unwrap_or_default(),
            currency: view.worth.map_or_else(|| Currency::EUR.to_string(), |worth| worth.currency.to_string()),
            effort: view.effort.to_string(),
            contact_by: view.contact_by.as_str().to_owned(),
            contact_within_hours: view.contact_within_hours.to_string(),
            consent_path: view.consent_path.as_str().to_owned(),
            inside: if view.inside { "yes".to_owned() } else { String::new() },
            name: prospect.as_ref().map(|prospect| prospect.name.clone()).unwrap_or_default(),
            email: prospect.as_ref().map(|prospect| text(&prospect.email)).unwrap_or_default(),
            phone: prospect.as_ref().map(|prospect| text(&prospect.phone)).unwrap_or_default(),
            company: prospect.as_ref().map(|prospect| text(&prospect.company)).unwrap_or_default(),
            // What is kept of it cannot be shown.
            tax_number: String::new(),
            language: prospect.as_ref().map_or_else(String::new, |prospect| prospect.language.as_str().to_owned()),
            words: prospect.as_ref().map(|prospect| text(&prospect.words)).unwrap_or_default(),
        }
    }

    /// As the API would be sent it; what cannot be read goes along as an error of its field.
    pub(super) fn read(&self, reader: Language) -> ReferralInput {
        let mut fields = Fields::new();
        let worth = self.worth(&mut fields);
        let effort = self.effort.trim().parse().ok();
        let hours: Option<i64> = self.contact_within_hours.trim().parse().ok();
        if hours.is_none() && !self.contact_within_hours.trim().is_empty() {
            fields.add("contact_within_hours", "out_of_range", "whole hours");
        }
        ReferralInput {
            circle: self.circle.parse().ok(),
            receiver: self.chosen(),
            trade: Some(typed_code(&self.trade, reader)),
            need: Some(self.need.clone()),
            expectation: Some(self.expectation.clone()),
            region: Some(RegionInput { country: self.country.clone(), postal_code: self.postal_code.clone() }),
            worth,
            effort,
            contact_by: ContactBy::parse(&self.contact_by),
            contact_within_hours: hours,
            consent_path: ConsentPath::parse(&self.consent_path),
            inside: Some(self.inside == "yes"),
            prospect: Some(ProspectInput {
                name: Some(self.name.clone()),
                email: Some(self.email.clone()),
                phone: Some(self.phone.clone()),
                company: Some(self.company.clone()),
                // It is not shown again, so that an empty field does not mean that it goes.
                tax_number: Some(self.tax_number.clone()).filter(|text| !text.trim().is_empty()),
                language: Language::parse(&self.language),
                words: Some(self.words.clone()),
            }),
            unread: fields,
        }
    }

    /// What is needed, as far as suggestions ask for it.
    pub(super) fn need(&self, giver: BusinessId, circle: CircleId, referral: Option<ReferralId>, reader: Language, secret: &Secret) -> Answer<Need> {
        let mut fields = Fields::new();
        let trade = fields.take("trade", parse_trade(&typed_code(&self.trade, reader)));
        let region = fields.take("country", Region::parse(&self.country, &self.postal_code));
        let (trade, region) = fields.into_result(trade.zip(region))?;
        let prospect_email = EmailAddress::parse(self.email.trim()).ok();
        let prospect_phone = PhoneNumber::parse(self.phone.trim(), &region.country).ok().map(|phone| phone.as_str().to_owned());
        let prospect_tax_key = TaxNumber::parse(&self.tax_number, &region.country).ok().map(|number| number.key(secret));
        Ok(Need { circle, giver, referral, trade: Some(trade), region, prospect_email, prospect_phone, prospect_tax_key })
    }

    /// Marks a suggestion when none is marked.
    pub(super) fn mark(&mut self, best: Option<BusinessId>) {
        if let Some(best) = best.filter(|_| self.suggested.is_empty()) {
            self.suggested = best.to_string();
        }
        if self.receiver == super::suggested::BEST {
            self.receiver.clear();
        }
    }

    /// Who is chosen: by name, otherwise the marked card.
    pub(super) fn chosen(&self) -> Option<BusinessId> {
        self.receiver.parse().or_else(|_| self.suggested.parse()).ok()
    }

    /// What the prospect would read, as soon as enough of it is typed.
    pub(super) fn for_prospect(&self, principal: &Principal, choices: &Choices) -> Option<Draft> {
        let receiver = self.chosen().filter(|receiver| choices.members.iter().any(|member| member.business == *receiver))?;
        let text = |typed: &str| Some(typed.trim().to_owned()).filter(|text| !text.is_empty());
        let phone = PhoneNumber::parse(self.phone.trim(), &self.country).ok();
        let prospect = Prospect {
            name: text(&self.name)?,
            email: EmailAddress::parse(self.email.trim()).ok(),
            phone,
            company: text(&self.company),
            language: Language::parse(&self.language).unwrap_or(choices.circle.language),
            words: text(&self.words),
        };
        let is_reachable = prospect.email.is_some() || prospect.phone.is_some();
        let path = ConsentPath::parse(&self.consent_path).filter(|path| choices.paths.contains(path))?;
        let (circle, need) = (choices.circle.id, text(&self.need).filter(|_| is_reachable)?);
        Some(Draft { circle, giver: principal.business?, giver_person: principal.person, receiver, need, path, prospect, attestation: None })
    }

    /// One amount alone is both ends of the range.
    fn worth(&self, fields: &mut Fields) -> Option<WorthInput> {
        let (low, high) = (self.worth_min.trim(), self.worth_max.trim());
        if low.is_empty() && high.is_empty() {
            return None;
        }
        let currency = fields.take("currency", Currency::parse(self.currency.trim()))?;
        let min = fields.take("worth_min", parse_amount(if low.is_empty() { high } else { low }, currency));
        let max = fields.take("worth_max", parse_amount(if high.is_empty() { low } else { high }, currency));
        Some(WorthInput { min_minor: min?, max_minor: max?, currency })
    }
}
