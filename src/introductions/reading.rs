//! Who may see what of an introduction and of the consent record.
//!
//! The giver sees all of his referral's record; a receiver what concerns him, once he was introduced; an organiser the record
//! of a referral that was disputed in his circle. Everybody else is told that there is nothing.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::Serialize;

use super::model::{Introduction, IntroductionState};
use super::record::{Channel, Consent, ConsentKind};
use super::share::{self, Share};
use super::store;
use super::views::IntroductionStatus;
use crate::accounts::views as accounts;
use crate::circles::views as circles;
use crate::db::AnyConn;
use crate::events;
use crate::kernel::id::{BusinessId, CircleId, ConsentId, IntroductionId, PersonId, ReferralId};
use crate::kernel::{Answer, EventKind, Failure, Language, Principal, Secret, Timestamp};
use crate::referrals::views as referrals;

/// How far a referral's timeline is read for a dispute.
const TIMELINE_MAX: i64 = 500;

/// An introduction, and for the giver of a shared one the link to send.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct IntroductionView {
    /// Where it stands.
    #[serde(flatten)]
    pub status: IntroductionStatus,
    /// For the giver on the path "share", while the prospect can answer: what he sends.
    pub share: Option<Share>,
}

/// One line of the consent record.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ConsentLine {
    /// Its id.
    pub id: ConsentId,
    /// Of which introduction.
    pub introduction: IntroductionId,
    /// What it says.
    pub kind: ConsentKind,
    /// The person, as a keyed fingerprint of the address.
    pub person: String,
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
    /// Who witnessed it.
    pub witness: Option<String>,
    /// When it was said, where that was before it was recorded.
    pub given_at: Option<Timestamp>,
    /// When it was recorded.
    pub at: Timestamp,
}

/// An introduction as its giver, its receiver or an organiser sees it.
pub fn introduction(
    connection: &mut AnyConn,
    principal: &Principal,
    id: IntroductionId,
    secret: &Secret,
    base_url: &str,
    now: Timestamp,
) -> Answer<IntroductionView> {
    let found = store::by_id(connection, id)?;
    let business = principal.business()?;
    let is_giver = found.giver_business_id == business;
    if !is_giver && !receiver_sees(&found, business) && !organises(connection, found.circle_id, business)? {
        return Err(Failure::NotFound("introduction"));
    }
    let share = if is_giver { share::of(connection, secret, base_url, &found, now)? } else { None };
    Ok(IntroductionView { status: IntroductionStatus::from(&found), share })
}

/// The receiver of an open or accepted offer; one who declined or did not answer sees nothing more.
fn receiver_sees(introduction: &Introduction, business: BusinessId) -> bool {
    let concerned = introduction.receiver_agreed_at.is_some() || introduction.state == IntroductionState::Awaiting;
    introduction.receiver_business_id == business && concerned
}

fn organises(connection: &mut AnyConn, circle: CircleId, business: BusinessId) -> Answer<bool> {
    Ok(circles::organisers(connection, circle)?.contains(&business))
}

/// How much of a consent record somebody sees.
enum Part {
    /// Every line.
    Whole,
    /// The lines of the introduction that was made to him.
    Of(IntroductionId),
}

fn part_of_record(connection: &mut AnyConn, principal: &Principal, referral: ReferralId) -> Answer<Option<Part>> {
    let business = principal.business()?;
    let facts = referrals::facts(connection, referral)?;
    if facts.giver == business {
        return Ok(Some(Part::Whole));
    }
    let made = store::of_referral(connection, referral)?.into_iter().find(|one| one.receiver_business_id == business && one.state == IntroductionState::Made);
    Ok(match made {
        Some(made) => Some(Part::Of(made.id)),
        None if organises(connection, facts.circle, business)? && was_disputed(connection, referral)? => Some(Part::Whole),
        None => None,
    })
}

/// Whether [`record`] has anything to show to this person.
pub fn sees_record(connection: &mut AnyConn, principal: &Principal, referral: ReferralId) -> Answer<bool> {
    part_of_record(connection, principal, referral).map(|part| part.is_some())
}

/// The consent record of a referral as far as this person may see it, the oldest line first.
pub fn record(connection: &mut AnyConn, principal: &Principal, referral: ReferralId) -> Answer<Vec<ConsentLine>> {
    let part = part_of_record(connection, principal, referral)?.ok_or(Failure::NotFound("referral"))?;
    let mut lines = store::consent_of_referral(connection, referral)?;
    if let Part::Of(made) = part {
        lines.retain(|line| line.introduction_id == made);
    }
    let witnesses = witnesses(connection, &lines)?;
    Ok(lines.into_iter().map(|line| shown(line, &witnesses)).collect())
}

fn was_disputed(connection: &mut AnyConn, referral: ReferralId) -> Answer<bool> {
    Ok(events::of_referral(connection, referral, TIMELINE_MAX)?.iter().any(|event| event.kind == EventKind::ReferralDisputed))
}

/// The names of the few people who witnessed the lines of one record.
fn witnesses(connection: &mut AnyConn, lines: &[Consent]) -> Answer<HashMap<PersonId, String>> {
    let mut names = HashMap::new();
    for person in lines.iter().filter_map(|line| line.witness_person_id) {
        if let Entry::Vacant(vacant) = names.entry(person) {
            vacant.insert(accounts::person(connection, person)?.name);
        }
    }
    Ok(names)
}

fn shown(line: Consent, witnesses: &HashMap<PersonId, String>) -> ConsentLine {
    ConsentLine {
        id: line.id,
        introduction: line.introduction_id,
        kind: line.kind,
        person: line.person_key.as_str().to_owned(),
        purpose: line.purpose,
        receiver: line.receiver_business_id,
        receiver_name: line.receiver_name,
        wording: line.wording,
        wording_version: line.wording_version,
        language: line.language,
        channel: line.channel,
        witness: line.witness_person_id.and_then(|person| witnesses.get(&person).cloned()),
        given_at: line.given_at,
        at: line.at,
    }
}
