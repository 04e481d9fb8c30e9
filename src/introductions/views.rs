//! What others may know of introductions.

use super::model::{Introduction, IntroductionState, ProspectAnswer};
use super::record::{Channel, Consent, ConsentKind, Suppression, SuppressionScope};
use super::store;
use crate::capabilities::{self, Purpose};
use crate::circles::policy::ConsentPath;
use crate::db::AnyConn;
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{BusinessId, CircleId, ConsentId, Identifier, IntroductionId, ReferralId};
use crate::kernel::{Answer, Failure, KeyedHash, Language, Page, PageQuery};

/// Where an introduction stands, without any data of the prospect.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct IntroductionStatus {
    /// Its id.
    pub id: IntroductionId,
    /// Of which referral.
    pub referral: ReferralId,
    /// To which receiver.
    pub receiver: BusinessId,
    /// How the prospect is reached.
    pub consent_path: ConsentPath,
    /// Where it stands.
    pub state: IntroductionState,
    /// What the prospect said. A refusal appears when it can no longer be taken back.
    pub prospect_answer: Option<ProspectAnswer>,
    /// When.
    pub prospect_answered_at: Option<Timestamp>,
    /// When the receiver agreed.
    pub receiver_agreed_at: Option<Timestamp>,
    /// When the prospect was asked, or the giver got the link.
    pub asked_at: Option<Timestamp>,
    /// When our mail was taken by the prospect's server.
    pub delivered_at: Option<Timestamp>,
    /// Until when the prospect can answer.
    pub expires_at: Timestamp,
    /// Both agreed: when the mail that connects them is sent.
    pub introduced_from: Option<Timestamp>,
    /// Whether an answer looked like a machine's.
    pub scanner_suspected: bool,
    /// When the prospect withdrew the consent.
    pub withdrawn_at: Option<Timestamp>,
    /// When the prospect's data was wiped.
    pub wiped_at: Option<Timestamp>,
}

impl From<&Introduction> for IntroductionStatus {
    fn from(from: &Introduction) -> Self {
        // While a refusal can be taken back nobody is told, so that taking it back leaves no trace with the others.
        let unsettled = from.undo_until.is_some() && from.prospect_answer.is_some_and(|answer| answer != ProspectAnswer::Yes);
        Self {
            id: from.id,
            referral: from.referral_id,
            receiver: from.receiver_business_id,
            consent_path: from.consent_path,
            state: if unsettled { IntroductionState::Awaiting } else { from.state },
            prospect_answer: from.prospect_answer.filter(|_| !unsettled),
            prospect_answered_at: from.prospect_answered_at.filter(|_| !unsettled),
            receiver_agreed_at: from.receiver_agreed_at,
            asked_at: from.asked_at,
            delivered_at: from.delivered_at,
            expires_at: from.expires_at,
            introduced_from: from.undo_until.filter(|_| from.state == IntroductionState::Agreed),
            scanner_suspected: from.scanner_suspected,
            withdrawn_at: from.withdrawn_at,
            wiped_at: from.wiped_at,
        }
    }
}

/// The newest introduction of a referral.
pub fn of_referral(connection: &mut AnyConn, referral: ReferralId) -> Answer<Option<IntroductionStatus>> {
    Ok(store::of_referral(connection, referral)?.first().map(IntroductionStatus::from))
}

/// Of these referrals those whose prospect was heard himself: he agreed in answer to a mail that reached his own address. An
/// answer by a link that the giver sends himself is no such sign, because whoever has it can answer.
pub fn heard_from_prospect(connection: &mut AnyConn, referrals: &[ReferralId]) -> Answer<Vec<ReferralId>> {
    store::answered_by_mail(connection, referrals)
}

/// Where somebody was introduced by another giver: in which circle, to whom, for which referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IntroducedBefore {
    /// In which circle.
    pub circle: CircleId,
    /// To whom.
    pub receiver: BusinessId,
    /// For which referral.
    pub referral: ReferralId,
}

/// Where a person, by keyed hashes of address, phone and tax number, was introduced by others than one giver since a moment. The hashes
/// stay when the person's data is wiped.
pub fn introduced_before(
    connection: &mut AnyConn,
    giver: BusinessId,
    [address, phone, tax_number]: [Option<&KeyedHash>; 3],
    since: Timestamp,
) -> Answer<Vec<IntroducedBefore>> {
    let made = store::made_by_others(connection, giver, [address.or(phone), phone, tax_number], since)?;
    let before = |one: Introduction| IntroducedBefore { circle: one.circle_id, receiver: one.receiver_business_id, referral: one.referral_id };
    Ok(made.into_iter().map(before).collect())
}

/// An introduction by its id.
pub fn introduction(connection: &mut AnyConn, id: IntroductionId) -> Answer<Introduction> {
    store::by_id(connection, id)
}

/// The newest introduction of a referral, whole; for this room and its reactions.
pub fn newest(connection: &mut AnyConn, referral: ReferralId) -> Answer<Option<Introduction>> {
    Ok(store::of_referral(connection, referral)?.into_iter().next())
}

/// The introduction that the prospect's link leads to. Unknown and run out look alike.
pub fn by_answer_link(connection: &mut AnyConn, token: &str, now: Timestamp) -> Answer<Introduction> {
    let link = capabilities::find(connection, Purpose::AnswerIntroduction, token, now)?;
    let found = store::by_id(connection, IntroductionId::from_raw(link.subject_id))?;
    if found.is_readable(now) { Ok(found) } else { Err(Failure::NotFound("link")) }
}

/// The introduction whose mail carried this stop link. It never ends.
pub fn by_stop_link(connection: &mut AnyConn, token: &str, now: Timestamp) -> Answer<Introduction> {
    let link = capabilities::find(connection, Purpose::StopMails, token, now)?;
    store::by_id(connection, IntroductionId::from_raw(link.subject_id))
}

/// Whether an address wants no mail of this scope, in this circle.
pub fn suppressed(connection: &mut AnyConn, address: &KeyedHash, scope: SuppressionScope, circle: Option<CircleId>) -> Answer<bool> {
    store::is_suppressed(connection, address, scope, circle)
}

/// The suppression list, the newest first; of one address when it is given.
pub fn suppressions(connection: &mut AnyConn, address: Option<KeyedHash>, page: &PageQuery) -> Answer<Page<Suppression>> {
    let rows = store::suppressions(connection, address, page.below(), page.limit() + 1)?;
    Ok(Page::of(rows, page.limit(), |row| row.id))
}

/// What somebody was asked, or said, as a prospect: as he read it himself.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct OwnConsent {
    /// Its id.
    pub id: ConsentId,
    /// What it says.
    pub kind: ConsentKind,
    /// What the consent is for.
    pub purpose: String,
    /// To whom it is given.
    pub receiver: BusinessId,
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
    /// When it was said, where that was before it was recorded.
    pub given_at: Option<Timestamp>,
    /// When it was recorded.
    pub at: Timestamp,
}

impl From<Consent> for OwnConsent {
    fn from(line: Consent) -> Self {
        Self {
            id: line.id,
            kind: line.kind,
            purpose: line.purpose,
            receiver: line.receiver_business_id,
            receiver_name: line.receiver_name,
            wording: line.wording,
            wording_version: line.wording_version,
            language: line.language,
            channel: line.channel,
            given_at: line.given_at,
            at: line.at,
        }
    }
}

/// What the holder of an address was asked and said as a prospect, newest first.
pub fn consents_of_address(connection: &mut AnyConn, address: &KeyedHash, query: &PageQuery) -> Answer<Page<OwnConsent>> {
    let rows = store::consent_of_person(connection, address, query.below(), query.limit() + 1)?;
    Ok(Page::of(rows, query.limit(), |row| row.id).map(OwnConsent::from))
}
