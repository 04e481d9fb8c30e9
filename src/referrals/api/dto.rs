//! Bodies and queries of the API.

use serde::{Deserialize, Serialize};

use crate::introductions::model::Attestation;
use crate::kernel::id::{BusinessId, CircleId};
use crate::kernel::money::Money;
use crate::kernel::phone::PhoneNumber;
use crate::kernel::tax_number::TaxNumber;
use crate::kernel::{Answer, EmailAddress, Failure, Fields, PageQuery, Secret};
use crate::referrals::commands::Verdict;
use crate::referrals::input::address_key;
use crate::referrals::model::{DeclineReason, DisputeReason, DisputeState, LoseReason, ReferralState};
use crate::referrals::views::{ListFilter, Sought};

crate::coded_enum! {
    /// Which side of the referrals.
    pub enum Side {
        /// What the own business gave.
        Given = 1 "given",
        /// What was offered to it.
        Received = 2 "received",
    }
}

/// `?side=&state=&limit=&cursor=`
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReferralsQuery {
    /// Given (the default) or received.
    #[param(inline)]
    pub side: Option<Side>,
    /// One or several states, separated by commas; all when left out.
    pub state: Option<String>,
    /// Only what was passed in this circle.
    pub circle: Option<CircleId>,
    /// Words that must all be found in the need, in the prospect's name where the caller may know it, or in the partner's. A page
    /// looks through a bounded number of referrals: it may be short, and go on by its cursor.
    pub words: Option<String>,
    /// 1 to 100, 25 when left out.
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl ReferralsQuery {
    /// What is sought.
    pub fn sought(&self) -> Answer<ListFilter> {
        ListFilter::parse(self.states()?, self.circle, self.words.as_deref().unwrap_or_default())
    }

    fn states(&self) -> Answer<Vec<ReferralState>> {
        let named = self.state.as_deref().unwrap_or("").split(',').map(str::trim).filter(|name| !name.is_empty());
        named.map(|name| ReferralState::parse(name).ok_or_else(|| Failure::field("state", "unknown_state", format!("{name} is no state")))).collect()
    }

    /// The page asked for.
    pub fn page(self) -> PageQuery {
        PageQuery { limit: self.limit, cursor: self.cursor }
    }
}

/// `?state=&limit=&cursor=`
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DisputesQuery {
    /// Where they stand; all when left out.
    pub state: Option<DisputeState>,
    /// 1 to 100, 25 when left out.
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Whether this person may be referred to this receiver.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DuplicateQuestion {
    /// In which circle.
    pub circle: CircleId,
    /// To whom.
    pub receiver: BusinessId,
    /// The e-mail address.
    pub email: Option<String>,
    /// The phone number with its country code.
    pub phone: Option<String>,
    /// The tax number with the letters of its country.
    pub tax_number: Option<String>,
}

impl DuplicateQuestion {
    /// The question by keyed hashes.
    pub fn parse(&self, secret: &Secret) -> Answer<Sought> {
        let mut fields = Fields::new();
        let email = fields.take("email", self.email.as_deref().map(EmailAddress::parse).transpose()).flatten();
        let phone = fields.take("phone", self.phone.as_deref().map(|phone| PhoneNumber::parse(phone, "")).transpose()).flatten();
        let tax_number = fields.take("tax_number", self.tax_number.as_deref().map(|number| TaxNumber::parse(number, "")).transpose()).flatten();
        if self.email.is_none() && self.phone.is_none() && self.tax_number.is_none() {
            fields.add("email", "required", "give an address, a phone number or a tax number");
        }
        fields.finish()?;
        Ok(Sought {
            circle: self.circle,
            receiver: self.receiver,
            email_key: email.map(|email| address_key(secret, &email)),
            phone_key: phone.map(|phone| secret.keyed_hash("phone", phone.as_str())),
            tax_key: tax_number.map(|number| number.key(secret)),
        })
    }
}

/// Yes or no.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DuplicateAnswer {
    /// Already the receiver's customer, or already referred to somebody in this circle.
    pub duplicate: bool,
}

/// What passing needs beside the draft.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PassInput {
    /// How, when and in which words the prospect agreed before; for the path `attested`.
    pub attestation: Option<Attestation>,
    /// Whether the best suggestion gets it, whoever the draft names. Not for the path `attested`, where the prospect agreed to one
    /// receiver.
    #[serde(default)]
    pub suggest: bool,
}

/// To whom it is passed on.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PassOnInput {
    /// The next receiver; the best suggestion when left out.
    pub receiver: Option<BusinessId>,
    /// How, when and in which words the prospect agreed to this receiver; for the path `attested`.
    pub attestation: Option<Attestation>,
}

/// A move with nothing but a note.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteInput {
    /// At most 500 characters; the other side reads it. It must not name the prospect.
    pub note: Option<String>,
}

/// No to an offer.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclineInput {
    /// Why.
    pub reason: DeclineReason,
    /// At most 500 characters.
    pub note: Option<String>,
}

/// Business was closed.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WinInput {
    /// What it is worth; the giver never sees it.
    pub value: Option<Money>,
    /// At most 500 characters.
    pub note: Option<String>,
}

/// No business came of it.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LoseInput {
    /// Why.
    pub reason: LoseReason,
    /// At most 500 characters.
    pub note: Option<String>,
}

/// An objection.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeInput {
    /// Why.
    pub reason: DisputeReason,
    /// What the organiser should know, at most 500 characters.
    pub words: String,
}

/// What the organiser decides.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionInput {
    /// Upheld: the referral is invalid. Rejected: it goes on.
    pub verdict: Verdict,
    /// Why, at most 500 characters.
    pub words: String,
}

/// A body that says nothing.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NothingInput {}
