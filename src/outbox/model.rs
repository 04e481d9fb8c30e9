//! What a mail is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::kernel::Language;
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{CapabilityId, CircleId, ReferralId};

crate::coded_enum! {
    /// Every mail Kularing writes; each has a template in every language.
    pub enum MailKind {
        /// Confirm your address (to a new person).
        ConfirmAddress = 1 "confirm_address",
        /// Somebody registered with your address, which has an account already.
        AlreadyRegistered = 2 "already_registered",
        /// Set a new password.
        ResetPassword = 3 "reset_password",
        /// Your password was changed.
        PasswordChanged = 4 "password_changed",
        /// Join a business as a colleague.
        ColleagueInvitation = 5 "colleague_invitation",
        /// Your account will be erased; until when that can be taken back.
        ErasureAsked = 6 "erasure_asked",
        /// What is kept about you since you were removed from a business.
        FormerAccount = 7 "former_account",
        /// Join a circle.
        CircleInvitation = 10 "circle_invitation",
        /// A business applied (to organisers).
        MemberApplied = 11 "member_applied",
        /// You are a member now.
        MemberAdmitted = 12 "member_admitted",
        /// Your application was refused.
        MemberRefused = 13 "member_refused",
        /// You wait for a seat.
        MemberWaiting = 14 "member_waiting",
        /// A member left or was removed (to organisers, or to the removed).
        MemberLeft = 15 "member_left",
        /// The circle was handed over to you.
        CircleHandedOver = 16 "circle_handed_over",
        /// The rings of a circle were settled, or a settlement was taken back.
        RingsSettled = 17 "rings_settled",
        /// Something in a circle is worth a look (to organisers).
        TrustCase = 18 "trust_case",
        /// A referral is offered to you.
        Offer = 30 "offer",
        /// An offer waits for your answer.
        OfferReminder = 31 "offer_reminder",
        /// News of a referral you gave.
        GiverNews = 32 "giver_news",
        /// News of a referral you received (withdrawn, refused by the prospect …).
        ReceiverNews = 33 "receiver_news",
        /// Make the first contact.
        ContactReminder = 34 "contact_reminder",
        /// What became of it?
        Nudge = 35 "nudge",
        /// A dispute was opened or decided (to organisers, giver, receiver).
        Dispute = 36 "dispute",
        /// Somebody wants to introduce you (to the prospect).
        Introduction = 50 "introduction",
        /// Confirm the consent you gave before (to the prospect, path "attested").
        IntroductionAttested = 51 "introduction_attested",
        /// The mail that connects both.
        ThreeWay = 52 "three_way",
    }
}

crate::coded_enum! {
    /// What a person can switch off, or keep.
    pub enum MailTopic {
        /// Referrals that are offered and wait for an answer.
        Offers = 1 "offers",
        /// What became of the referrals one gave or received.
        News = 2 "news",
        /// What was not done yet.
        Reminders = 3 "reminders",
        /// Members who apply, come and go, and what organisers should look at.
        Circles = 4 "circles",
        /// Rings that were settled.
        Settlements = 5 "settlements",
    }
}

impl MailKind {
    /// By which topic it is switched off; none for what is always sent: the own account, invitations, disputes that wait for
    /// somebody, and the mails of an introduction.
    pub const fn topic(self) -> Option<MailTopic> {
        match self {
            Self::Offer => Some(MailTopic::Offers),
            Self::GiverNews | Self::ReceiverNews => Some(MailTopic::News),
            Self::OfferReminder | Self::ContactReminder | Self::Nudge => Some(MailTopic::Reminders),
            Self::MemberApplied
            | Self::MemberAdmitted
            | Self::MemberRefused
            | Self::MemberWaiting
            | Self::MemberLeft
            | Self::CircleHandedOver
            | Self::TrustCase => Some(MailTopic::Circles),
            Self::RingsSettled => Some(MailTopic::Settlements),
            Self::ConfirmAddress
            | Self::AlreadyRegistered
            | Self::ResetPassword
            | Self::PasswordChanged
            | Self::ColleagueInvitation
            | Self::ErasureAsked
            | Self::FormerAccount
            | Self::CircleInvitation
            | Self::Dispute
            | Self::Introduction
            | Self::IntroductionAttested
            | Self::ThreeWay => None,
        }
    }

    /// Asked again of somebody who has not acted: such a mail carries a link that stops them.
    pub const fn is_reminder(self) -> bool {
        matches!(self, Self::OfferReminder | Self::ContactReminder | Self::Nudge)
    }

    /// Goes to a prospect who has not agreed to anything yet.
    pub const fn is_question(self) -> bool {
        matches!(self, Self::Introduction | Self::IntroductionAttested)
    }

    /// Whose fate the giver is told also when all goes well: he waits for it.
    pub const fn is_reported(self) -> bool {
        self.is_question() || matches!(self, Self::ThreeWay)
    }

    /// Worth sending a second time when nobody knows whether it arrived: its recipient waits for it.
    pub const fn is_resent_once(self) -> bool {
        self.is_question() || matches!(self, Self::ThreeWay | Self::ConfirmAddress | Self::AlreadyRegistered | Self::ResetPassword)
    }
}

/// A name and an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailbox {
    /// Shown name.
    pub name: String,
    /// Address.
    pub email: String,
}

/// Where a link in a mail leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkTo {
    /// A capability: the token is derived when the mail is rendered.
    Capability(CapabilityId),
    /// A page of the application, e.g. `/referrals/ref_…`.
    Page(String),
}

/// A mail to be queued.
#[derive(Debug, Clone)]
pub struct NewMail {
    /// Which template.
    pub kind: MailKind,
    /// In which language.
    pub language: Language,
    /// To whom it is sent.
    pub recipient: Mailbox,
    /// Everybody named in the To header beside the recipient (the other side of a three-way mail).
    pub also_to: Vec<Mailbox>,
    /// The shown name before "via Kularing"; empty for mails from Kularing itself.
    pub from_name: Option<String>,
    /// Where answers go.
    pub reply_to: Vec<Mailbox>,
    /// Named texts and numbers for the template. Wiped when the mail is finished and when its subject is wiped.
    pub facts: BTreeMap<String, String>,
    /// Named links for the template.
    pub links: BTreeMap<String, LinkTo>,
    /// The raw id of what the mail is about; [`super::cancel`] finds it by this.
    pub subject_id: i64,
    /// In which circle, for suppression by circle.
    pub circle: Option<CircleId>,
    /// About which referral; mails of one referral form a thread.
    pub referral: Option<ReferralId>,
    /// Not before this moment.
    pub not_before: Timestamp,
    /// Not after this moment.
    pub expires_at: Timestamp,
}

/// What a row's `headers` column holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Headers {
    pub also_to: Vec<Mailbox>,
    pub from_name: Option<String>,
    pub reply_to: Vec<Mailbox>,
    pub links: BTreeMap<String, LinkTo>,
}

impl Headers {
    pub(super) fn of(new: &NewMail) -> Self {
        Self { also_to: new.also_to.clone(), from_name: new.from_name.clone(), reply_to: new.reply_to.clone(), links: new.links.clone() }
    }
}
