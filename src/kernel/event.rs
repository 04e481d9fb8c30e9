//! The vocabulary of what happens.
//!
//! A command changes something and records one event. The page of a referral is its timeline; `reactions.rs` reads each
//! event and causes what follows from it, inside the same transaction.

use super::actor::Actor;
use super::clock::Timestamp;
use super::id::{BusinessId, CircleId, EventId, PersonId, ReferralId};

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// Made when it is recorded.
    pub id: EventId,
    /// What.
    pub kind: EventKind,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub actor: Actor,
    /// In which circle.
    pub circle: Option<CircleId>,
    /// To which business it happened (the receiver of an offer, the applicant …).
    pub business: Option<BusinessId>,
    /// To which person it happened.
    pub person: Option<PersonId>,
    /// To which referral.
    pub referral: Option<ReferralId>,
    /// What the actor wrote about it, as the other side may read it.
    pub note: Option<String>,
    /// Small facts: reasons, amounts, versions. Never a prospect's data.
    pub data: serde_json::Value,
    /// What the reactions of the same transaction are handed and the log does not keep: [`HANDED`] of the recorded data.
    pub handed: serde_json::Value,
}

/// What stands in an event's data under this name is handed to its reactions and not written.
pub const HANDED: &str = "handed";

/// An event that is about to be recorded.
#[derive(Debug, Clone)]
pub struct NewEvent {
    pub(crate) kind: EventKind,
    pub(crate) actor: Actor,
    pub(crate) circle: Option<CircleId>,
    pub(crate) business: Option<BusinessId>,
    pub(crate) person: Option<PersonId>,
    pub(crate) referral: Option<ReferralId>,
    pub(crate) note: Option<String>,
    pub(crate) data: serde_json::Value,
}

impl NewEvent {
    /// An event of this kind by this actor.
    pub fn new(kind: EventKind, actor: Actor) -> Self {
        Self { kind, actor, circle: None, business: None, person: None, referral: None, note: None, data: serde_json::Value::Null }
    }

    /// In this circle.
    pub fn circle(mut self, circle: CircleId) -> Self {
        self.circle = Some(circle);
        self
    }

    /// To this business.
    pub fn business(mut self, business: BusinessId) -> Self {
        self.business = Some(business);
        self
    }

    /// To this person.
    pub fn person(mut self, person: PersonId) -> Self {
        self.person = Some(person);
        self
    }

    /// To this referral.
    pub fn referral(mut self, referral: ReferralId) -> Self {
        self.referral = Some(referral);
        self
    }

    /// With this note.
    pub fn note(mut self, note: Option<String>) -> Self {
        self.note = note;
        self
    }

    /// With these small facts.
    pub fn data(mut self, data: serde_json::Value) -> Self {
        self.data = data;
        self
    }
}

crate::coded_enum! {
    /// What happened. Names and numbers are published.
    pub enum EventKind {
        /// A business and its first person registered.
        BusinessRegistered = 1 "business.registered",
        /// A person confirmed the address.
        AddressConfirmed = 2 "person.address_confirmed",
        /// Somebody asked for a new password.
        PasswordForgotten = 3 "person.password_forgotten",
        /// A password was changed.
        PasswordChanged = 4 "person.password_changed",
        /// A colleague was invited.
        ColleagueInvited = 5 "business.colleague_invited",
        /// A colleague joined.
        ColleagueJoined = 6 "business.colleague_joined",
        /// A colleague was removed.
        ColleagueRemoved = 7 "business.colleague_removed",
        /// A colleague's role was changed.
        ColleagueRoleChanged = 8 "business.colleague_role_changed",
        /// A refresh token was used twice: its family was ended.
        TokenReused = 9 "person.token_reused",
        /// Somebody registered with an address that has an account already.
        RegisteredAgain = 10 "person.registered_again",
        /// Somebody who had not confirmed his address asked for another link.
        ConfirmationAsked = 11 "person.confirmation_asked",
        /// An invitation of a colleague was taken back.
        ColleagueInvitationRevoked = 12 "business.colleague_invitation_revoked",
        /// A person asked to be forgotten.
        ErasureAsked = 13 "person.erasure_asked",
        /// A person took that back.
        ErasureTakenBack = 14 "person.erasure_taken_back",
        /// A person was forgotten.
        AccountErased = 15 "person.erased",
        /// A business was closed: its last person went.
        BusinessClosed = 16 "business.closed",
        /// Somebody who was removed from a business asked for what is kept about him.
        FormerAsked = 17 "person.former_asked",
        /// A business changed its profile.
        ProfileChanged = 20 "business.profile_changed",
        /// A business takes no referrals for a while.
        BusinessPaused = 21 "business.paused",
        /// A business takes referrals again.
        BusinessResumed = 22 "business.resumed",
        /// A circle was created.
        CircleCreated = 40 "circle.created",
        /// A circle got a new version of its policy.
        PolicyChanged = 41 "circle.policy_changed",
        /// The links of a value chain were changed, or the seats of a networking circle.
        LinksChanged = 42 "circle.links_changed",
        /// A business was invited.
        MemberInvited = 43 "circle.member_invited",
        /// A business applied.
        MemberApplied = 44 "circle.member_applied",
        /// A business waits for a seat that is taken.
        MemberWaiting = 45 "circle.member_waiting",
        /// A business became a member.
        MemberAdmitted = 46 "circle.member_admitted",
        /// An application was refused.
        MemberRefused = 47 "circle.member_refused",
        /// A member left.
        MemberLeft = 48 "circle.member_left",
        /// A member was removed.
        MemberRemoved = 49 "circle.member_removed",
        /// The circle was handed over.
        CircleHandedOver = 50 "circle.handed_over",
        /// A circle's name or description changed.
        CircleChanged = 51 "circle.changed",
        /// An invitation was taken back.
        InvitationRevoked = 52 "circle.invitation_revoked",
        /// A member may neither pass nor receive.
        MemberSuspended = 53 "circle.member_suspended",
        /// A suspended member may pass and receive again.
        MemberReinstated = 54 "circle.member_reinstated",
        /// A referral was drafted.
        ReferralDrafted = 60 "referral.drafted",
        /// A referral was offered to a receiver (the first, or passed on to the next).
        ReferralOffered = 61 "referral.offered",
        /// The receiver was reminded of the offer.
        OfferReminded = 62 "referral.offer_reminded",
        /// The receiver accepted.
        OfferAccepted = 63 "referral.accepted",
        /// The receiver declined.
        OfferDeclined = 64 "referral.declined",
        /// The receiver did not answer in time.
        OfferExpired = 65 "referral.expired",
        /// The prospect and the receiver were introduced.
        ReferralIntroduced = 66 "referral.introduced",
        /// First contact was made.
        ReferralContacted = 67 "referral.contacted",
        /// A quote was made.
        ReferralQuoted = 68 "referral.quoted",
        /// Business was closed.
        ReferralWon = 69 "referral.won",
        /// No business came of it.
        ReferralLost = 70 "referral.lost",
        /// Closed without an introduction.
        ReferralClosed = 71 "referral.closed",
        /// The giver withdrew it.
        ReferralWithdrawn = 72 "referral.withdrawn",
        /// The receiver disputes it.
        ReferralDisputed = 73 "referral.disputed",
        /// The organiser found it invalid.
        ReferralInvalid = 74 "referral.invalid",
        /// The organiser found the dispute unfounded.
        DisputeRejected = 75 "referral.dispute_rejected",
        /// The receiver was reminded of the first contact.
        ContactReminded = 76 "referral.contact_reminded",
        /// The receiver was asked what became of it.
        ReferralNudged = 77 "referral.nudged",
        /// The prospect's data was wiped.
        ProspectWiped = 78 "referral.prospect_wiped",
        /// A move was taken back.
        MoveUndone = 79 "referral.move_undone",
        /// Another referral came out of it and was passed.
        SpinOffPassed = 80 "referral.spin_off_passed",
        /// The prospect was asked, or the giver got the personal link.
        ProspectAsked = 90 "introduction.asked",
        /// The prospect agreed.
        ProspectAgreed = 91 "introduction.agreed",
        /// The prospect refused.
        ProspectRefused = 92 "introduction.refused",
        /// The prospect said "not now".
        ProspectNotNow = 93 "introduction.not_now",
        /// The prospect wants no such mail ever again.
        ProspectStopped = 94 "introduction.stopped",
        /// An answer was taken back within the time for it.
        AnswerUndone = 95 "introduction.answer_undone",
        /// An answer looked like a machine's.
        ScannerSuspected = 96 "introduction.scanner_suspected",
        /// Both agreed: the three-way mail is on its way.
        IntroductionScheduled = 97 "introduction.scheduled",
        /// Nobody answered in time.
        IntroductionExpired = 98 "introduction.expired",
        /// The prospect withdrew the consent.
        ConsentWithdrawn = 99 "introduction.consent_withdrawn",
        /// The time for undoing is over: both are introduced now.
        IntroductionMade = 100 "introduction.made",
        /// An undecided introduction was kept long enough: the prospect's data goes.
        IntroductionWiped = 101 "introduction.wiped",
        /// Credits were posted.
        TransferPosted = 110 "ledger.posted",
        /// The rings of a circle were settled.
        RingsSettled = 111 "ledger.settled",
        /// A settlement was taken back as a whole.
        SettlementUndone = 112 "ledger.settlement_undone",
        /// A group was found that an organiser should look at.
        TrustCaseOpened = 130 "trust.case_opened",
        /// An organiser decided what became of it.
        TrustCaseDecided = 131 "trust.case_decided",
        /// A circle planned a meeting.
        MeetingPlanned = 140 "meeting.planned",
        /// A meeting got another time, place or words.
        MeetingChanged = 141 "meeting.changed",
        /// A meeting was called off.
        MeetingCalledOff = 142 "meeting.called_off",
        /// A meeting that was called off takes place all the same.
        MeetingPutBack = 143 "meeting.put_back",
        /// A mail's fate is unknown.
        MailUnknown = 120 "mail.unknown",
        /// A mail came back.
        MailBounced = 121 "mail.bounced",
        /// A mail of an introduction was taken by the recipient's server.
        MailSent = 122 "mail.sent",
        /// A mail of an introduction could not be delivered.
        MailFailed = 123 "mail.failed",
    }
}
