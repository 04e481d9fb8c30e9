//! An introduction and its life: one table of what follows from what.
//!
//! `Made` is reached only through both agreements. An answer counts at once and takes effect when the time for undoing is
//! over: until then `undo_until` is set and the answer can be taken back.

use std::time::Duration;

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::record::Channel;
use crate::circles::policy::ConsentPath;
use crate::db::schema::introduction;
use crate::kernel::clock::{Timestamp, days};
use crate::kernel::id::{BusinessId, CapabilityId, CircleId, IntroductionId, ReferralId};
use crate::kernel::{KeyedHash, Language};

/// For how long an answer can be taken back.
pub const UNDO_TIME: Duration = Duration::from_secs(120);
/// For how long the prospect can answer.
pub const ANSWER_TIME: Duration = days(14);
/// After this time the data of an undecided introduction is wiped, in days.
pub const RETENTION_DAYS: u32 = 30;
/// How many introductions one address gets in [`YEAR`].
pub const PER_ADDRESS_AND_YEAR: i64 = 3;
/// The year of the limit per address.
pub const YEAR: Duration = days(365);
/// An answer that comes sooner after the delivery looks like a machine's.
pub const TOO_SOON: Duration = Duration::from_secs(10);
/// Two different answers within this time look like a machine's.
pub const CONTRADICTION: Duration = Duration::from_secs(60);
/// How many answers are taken, taking back included: whoever plays with the buttons comes to an end.
pub const ANSWERS_MAX: i32 = 20;
/// How often the code may be mistyped.
pub const CODE_FAILURES_MAX: i32 = 5;

crate::coded_enum! {
    /// Where an introduction stands. That its data was wiped is a mark beside this.
    pub enum IntroductionState {
        /// One side or both have not agreed yet.
        Awaiting = 1 "awaiting",
        /// Both agreed; the time for undoing runs.
        Agreed = 2 "agreed",
        /// Both were connected.
        Made = 3 "made",
        /// The prospect said no.
        Refused = 4 "refused",
        /// The prospect said "not now".
        NotNow = 5 "not_now",
        /// The prospect wants no such mail ever again.
        Stopped = 6 "stopped",
        /// The prospect did not answer in time.
        Expired = 7 "expired",
        /// Its referral went another way, or the consent was withdrawn, before it was made.
        Closed = 8 "closed",
    }
}

crate::coded_enum! {
    /// What a prospect can answer; each is as easy as the others.
    pub enum ProspectAnswer {
        /// Yes, introduce us.
        Yes = 1 "yes",
        /// No.
        No = 2 "no",
        /// Not now.
        NotNow = 3 "not_now",
        /// No, and never ask again.
        NeverAgain = 4 "never_again",
    }
}

impl ProspectAnswer {
    /// The state an answer leads to while the receiver has, or has not, agreed.
    const fn leads_to(self, receiver_agreed: bool) -> IntroductionState {
        match self {
            Self::Yes if receiver_agreed => IntroductionState::Agreed,
            Self::Yes => IntroductionState::Awaiting,
            Self::No => IntroductionState::Refused,
            Self::NotNow => IntroductionState::NotNow,
            Self::NeverAgain => IntroductionState::Stopped,
        }
    }
}

/// What can happen to an introduction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The prospect answers.
    Answer(ProspectAnswer),
    /// The receiver accepts the offer.
    ReceiverAgrees,
    /// The prospect takes the answer back, within the time for it.
    TakeBack,
    /// The time for undoing is over.
    UndoTimeEnds,
    /// The time for answering is over.
    AnswerTimeEnds,
    /// The referral goes another way.
    Close,
    /// The prospect withdraws a consent given before.
    Withdraw,
}

/// The part of an introduction that steps change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Where it stands.
    pub state: IntroductionState,
    /// What the prospect said, unless it was taken back.
    pub answer: Option<ProspectAnswer>,
    /// Whether the receiver agreed.
    pub receiver_agreed: bool,
}

impl Standing {
    /// How every introduction begins.
    pub const NEW: Self = Self { state: IntroductionState::Awaiting, answer: None, receiver_agreed: false };

    /// What a step makes of it; none when the step is not possible now.
    pub fn after(self, step: Step) -> Option<Self> {
        use IntroductionState::{Agreed, Awaiting, Closed, Expired, Made, NotNow, Refused, Stopped};
        let to = |state, answer| Some(Self { state, answer, ..self });
        match (self.state, self.answer, step) {
            (Awaiting, None, Step::Answer(answer)) => to(answer.leads_to(self.receiver_agreed), Some(answer)),
            (Awaiting, answer, Step::ReceiverAgrees) if !self.receiver_agreed => {
                let state = answer.map_or(Awaiting, |answer| answer.leads_to(true));
                Some(Self { state, answer, receiver_agreed: true })
            }
            // The refusal may still be taken back; then the receiver's agreement counts.
            (Refused | NotNow | Stopped, answer, Step::ReceiverAgrees) if !self.receiver_agreed => Some(Self { answer, receiver_agreed: true, ..self }),
            (Awaiting | Agreed | Refused | NotNow | Stopped, Some(_), Step::TakeBack) => to(Awaiting, None),
            (Agreed, answer, Step::UndoTimeEnds) => to(Made, answer),
            (Refused | NotNow | Stopped, _, Step::UndoTimeEnds | Step::Close) => Some(self),
            (Awaiting, None, Step::AnswerTimeEnds) => to(Expired, None),
            (Awaiting | Agreed, answer, Step::Close) => to(Closed, answer),
            (Awaiting, Some(_), Step::Withdraw) | (Agreed, _, Step::Withdraw) => to(Closed, self.answer),
            (Made, _, Step::Withdraw) => Some(self),
            _ => None,
        }
    }
}

/// The consent of both sides for one referral and one receiver.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = introduction, treat_none_as_null = true)]
pub struct Introduction {
    /// Its id.
    pub id: IntroductionId,
    /// Of which referral.
    pub referral_id: ReferralId,
    /// Who receives the contact data.
    pub receiver_business_id: BusinessId,
    /// In which circle.
    pub circle_id: CircleId,
    /// Who introduces.
    pub giver_business_id: BusinessId,
    /// Where it stands.
    pub state: IntroductionState,
    /// How the prospect is reached.
    pub consent_path: ConsentPath,
    /// In which language the prospect is addressed.
    pub language: Language,
    /// What the prospect said.
    pub prospect_answer: Option<ProspectAnswer>,
    /// When.
    pub prospect_answered_at: Option<Timestamp>,
    /// When the receiver agreed.
    pub receiver_agreed_at: Option<Timestamp>,
    /// When the prospect was asked, or the giver got the link.
    pub asked_at: Option<Timestamp>,
    /// When our mail was taken by the prospect's server; never on the path "share".
    pub delivered_at: Option<Timestamp>,
    /// Until when the prospect can answer.
    pub expires_at: Timestamp,
    /// Until when the last answer can be taken back; empty once it took effect.
    pub undo_until: Option<Timestamp>,
    /// How a consent given before was given.
    pub attested_how: Option<Channel>,
    /// When it was given.
    pub attested_when: Option<Timestamp>,
    /// In which words.
    pub attested_words: Option<String>,
    /// How many answers were taken.
    pub answers_count: i32,
    /// Whether an answer looked like a machine's: agreeing needs the code then.
    pub scanner_suspected: bool,
    /// Four digits, printed in the mail and shown to the giver on the path "share".
    pub code: String,
    /// How often a wrong code was typed.
    pub code_failures: i32,
    /// Keyed hash of the prospect's address, of the phone number when there is no address.
    pub address_key: Option<KeyedHash>,
    /// Keyed hash of the prospect's phone number.
    pub phone_key: Option<KeyedHash>,
    /// The link by which the prospect answers.
    pub answer_link_id: CapabilityId,
    /// The link by which he stops mails.
    pub stop_link_id: CapabilityId,
    /// When the prospect withdrew the consent.
    pub withdrawn_at: Option<Timestamp>,
    /// When its data was wiped.
    pub wiped_at: Option<Timestamp>,
    /// When it was opened.
    pub created_at: Timestamp,
    /// Rises with every change.
    pub version: i32,
    /// Keyed hash of the prospect's tax number.
    pub tax_key: Option<KeyedHash>,
}

impl Introduction {
    /// The part that steps change.
    pub fn standing(&self) -> Standing {
        Standing { state: self.state, answer: self.prospect_answer, receiver_agreed: self.receiver_agreed_at.is_some() }
    }

    /// Makes a step at a moment; false and unchanged when it is not possible.
    pub fn step(&mut self, step: Step, now: Timestamp) -> bool {
        let Some(next) = self.standing().after(step) else { return false };
        self.state = next.state;
        if next.answer != self.prospect_answer {
            self.prospect_answer = next.answer;
            self.prospect_answered_at = next.answer.map(|_| now);
        }
        if next.receiver_agreed && self.receiver_agreed_at.is_none() {
            self.receiver_agreed_at = Some(now);
        }
        true
    }

    /// Whether the last answer can be taken back.
    pub fn can_undo(&self, now: Timestamp) -> bool {
        let in_time = self.undo_until.is_some_and(|end| now < end) && self.answers_count < ANSWERS_MAX;
        in_time && self.standing().after(Step::TakeBack).is_some()
    }

    /// Whether the prospect can answer for the first time, or again after taking an answer back.
    pub fn can_answer(&self, now: Timestamp) -> bool {
        self.state == IntroductionState::Awaiting && self.prospect_answer.is_none() && now < self.expires_at && self.wiped_at.is_none()
    }

    /// Whether the prospect's consent stands and can be withdrawn.
    pub fn can_withdraw(&self) -> bool {
        self.withdrawn_at.is_none() && self.wiped_at.is_none() && self.standing().after(Step::Withdraw).is_some()
    }

    /// Whether its link leads anywhere at this moment. A link that ran out unanswered looks like one that never was; a consent
    /// that stands, or was withdrawn, stays readable.
    pub fn is_readable(&self, now: Timestamp) -> bool {
        now < self.expires_at && self.wiped_at.is_none() || self.can_withdraw() || self.withdrawn_at.is_some() || self.can_undo(now)
    }

    /// Whether an answer at this moment looks like a machine's: sooner than a person reads, or contradicting the one before.
    pub fn looks_mechanical(&self, answer: ProspectAnswer, now: Timestamp) -> bool {
        let by_mail = self.consent_path != ConsentPath::Share;
        let too_soon = by_mail && self.delivered_at.is_none_or(|delivered| now < delivered.after(TOO_SOON));
        let last = self.prospect_answer.zip(self.prospect_answered_at);
        let contradicts = last.is_some_and(|(before, at)| before != answer && now < at.after(CONTRADICTION));
        too_soon || contradicts
    }

    /// Whether this is a code that still may be tried, and the right one.
    pub fn accepts_code(&self, typed: &str) -> bool {
        self.code_failures < CODE_FAILURES_MAX && aws_lc_rs::constant_time::verify_slices_are_equal(typed.trim().as_bytes(), self.code.as_bytes()).is_ok()
    }
}

/// What a giver says about a consent that was given before. Travels in the event that offers the referral.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Attestation {
    /// In person, by phone, in writing, by e-mail or message.
    pub how: Channel,
    /// When.
    pub when: Timestamp,
    /// In which words, at most 300 characters.
    pub words: String,
}

#[cfg(test)]
mod tests;
