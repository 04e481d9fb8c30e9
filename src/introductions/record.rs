//! The consent record and the suppression list: what is kept to prove a consent, and to respect a refusal.

use diesel::prelude::*;

use crate::db::schema::{consent, suppression};
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{BusinessId, CircleId, ConsentId, IntroductionId, PersonId, ReferralId, SuppressionId};
use crate::kernel::{KeyedHash, Language};

crate::coded_enum! {
    /// What a line of the record says.
    pub enum ConsentKind {
        /// The person was asked.
        Asked = 1 "asked",
        /// Somebody attests that the person agreed before.
        Attested = 2 "attested",
        /// The person agreed.
        Given = 3 "given",
        /// The person confirmed the consent that was attested.
        Confirmed = 4 "confirmed",
        /// The person refused.
        Refused = 5 "refused",
        /// The person said "not now".
        NotNow = 6 "not_now",
        /// The person withdrew the consent.
        Withdrawn = 7 "withdrawn",
        /// The person took the last answer back within the time for it.
        TakenBack = 8 "taken_back",
    }
}

crate::coded_enum! {
    /// By which way something was said.
    pub enum Channel {
        /// On the recipient's page.
        Page = 1 "page",
        /// By a mail of ours.
        Mail = 2 "mail",
        /// By the personal link that the giver sends himself.
        Link = 3 "link",
        /// In person.
        InPerson = 4 "in_person",
        /// By phone.
        Phone = 5 "phone",
        /// By a letter or on a form.
        Writing = 6 "writing",
        /// By the stop button of a mail program.
        OneClick = 7 "one_click",
        /// By a mail to the giver.
        Email = 8 "email",
        /// By a message to the giver.
        Message = 9 "message",
    }
}

impl Channel {
    /// Whether a consent given before can have been given this way.
    pub const fn is_personal(self) -> bool {
        matches!(self, Self::InPerson | Self::Phone | Self::Writing | Self::Email | Self::Message)
    }
}

crate::coded_enum! {
    /// Which mails an address does not want.
    pub enum SuppressionScope {
        /// None at all.
        Everything = 1 "everything",
        /// None from one circle.
        Circle = 2 "circle",
        /// No reminders.
        Reminders = 3 "reminders",
        /// No digests.
        Digests = 4 "digests",
    }
}

crate::coded_enum! {
    /// Why an address is on the list.
    pub enum SuppressionReason {
        /// The prospect answered "never again".
        NeverAgain = 1 "never_again",
        /// Stopped by a mail's link.
        StopLink = 2 "stop_link",
        /// An operator was told so.
        Operator = 3 "operator",
        /// Mails to it came back.
        Bounced = 4 "bounced",
    }
}

impl SuppressionReason {
    /// Whether the person put the address there and can take it off again.
    pub const fn is_the_persons(self) -> bool {
        matches!(self, Self::NeverAgain | Self::StopLink)
    }
}

/// One line of the consent record.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = consent)]
pub struct Consent {
    /// Its id.
    pub id: ConsentId,
    /// Of which introduction.
    pub introduction_id: IntroductionId,
    /// Of which referral.
    pub referral_id: ReferralId,
    /// What it says.
    pub kind: ConsentKind,
    /// Keyed hash of the person's address or phone number.
    pub person_key: KeyedHash,
    /// What the consent is for.
    pub purpose: String,
    /// To whom it is given.
    pub receiver_business_id: BusinessId,
    /// The receiver's name at that time.
    pub receiver_name: String,
    /// The exact words.
    pub wording: String,
    /// Which version of our words.
    pub wording_version: String,
    /// In which language.
    pub language: Language,
    /// By which way.
    pub channel: Channel,
    /// Who witnessed it.
    pub witness_person_id: Option<PersonId>,
    /// When it was said, where that was before it was recorded.
    pub given_at: Option<Timestamp>,
    /// When it was recorded.
    pub at: Timestamp,
}

/// An address that wants no mail.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, serde::Serialize, utoipa::ToSchema)]
#[diesel(table_name = suppression)]
pub struct Suppression {
    /// Its id.
    pub id: SuppressionId,
    /// Keyed hash of the address.
    #[serde(skip)]
    pub address_key: KeyedHash,
    /// Which mails.
    pub scope: SuppressionScope,
    /// Of which circle; the zero id where the scope is no circle.
    #[serde(skip)]
    pub circle_id: CircleId,
    /// Why.
    pub reason: SuppressionReason,
    /// Since when.
    pub created_at: Timestamp,
}
