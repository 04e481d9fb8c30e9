//! What a giver reads of a suggestion: an order, levels and words.
//!
//! Balances are their owners' affair. A level is a quarter of a part, so that neither a balance nor a number of open referrals can
//! be read from it; that somebody is owed most, and the ring that closes, is said, because that is the reason.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use super::compute::{Computed, compute};
use super::model::{KeptCandidate, LeftOut, SHOWN_MAX, SuggestionReason};
use super::score::{Parts, WHOLE};
use super::sentence::sentence;
use super::store;
use crate::businesses;
use crate::circles::views as circles;
use crate::db::AnyConn;
use crate::kernel::id::{BusinessId, CircleId, ReferralId};
use crate::kernel::{Answer, EmailAddress, Failure, Language, Principal, Timestamp};
use crate::reciprocity::rings::Clearings;
use crate::reciprocity::views::Named;
use crate::referrals::model::{Move, Relation};
use crate::referrals::views::{self as referrals, Need};

/// How much speaks for a candidate, part by part: 0 nothing, 1 up to a quarter of what is possible, … 4 more than three quarters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Levels {
    /// Trade and region.
    #[schema(maximum = 4)]
    pub fit: u8,
    /// Business that came of what was received.
    #[schema(maximum = 4)]
    pub conversion: u8,
    /// Quick answers.
    #[schema(maximum = 4)]
    pub response: u8,
    /// Free places.
    #[schema(maximum = 4)]
    pub load: u8,
    /// What comes round through rings.
    #[schema(maximum = 4)]
    pub ring: u8,
    /// How much more is owed to it than to the giver.
    #[schema(maximum = 4)]
    pub evenness: u8,
    /// Whose turn it is.
    #[schema(maximum = 4)]
    pub turn: u8,
}

impl Levels {
    fn of(parts: &Parts) -> Self {
        // A part lies between 0 and 10,000, so a level lies between 0 and 4.
        let level = |part: i64| u8::try_from((part.clamp(0, WHOLE) * 4 + WHOLE - 1) / WHOLE).unwrap_or(0);
        Self {
            fit: level(parts.fit),
            conversion: level(parts.conversion),
            response: level(parts.response),
            load: level(parts.load),
            ring: level(parts.ring),
            evenness: level(parts.evenness),
            turn: level(parts.turn),
        }
    }

    /// The levels with the names of their parts, in the order in which they are shown.
    pub const fn named(&self) -> [(&'static str, u8); 7] {
        [
            ("fit", self.fit),
            ("conversion", self.conversion),
            ("response", self.response),
            ("load", self.load),
            ("ring", self.ring),
            ("evenness", self.evenness),
            ("turn", self.turn),
        ]
    }
}

/// Somebody who might be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CandidateView {
    /// The business.
    pub business: Named,
    /// 1 for the best.
    pub rank: u32,
    /// How much speaks for it, part by part.
    pub levels: Levels,
    /// What speaks for it, the strongest first.
    pub reasons: Vec<SuggestionReason>,
    /// The ring that closes: each owes the next, the last owes the first. Empty when none closes.
    pub ring: Vec<Named>,
    /// The strongest reasons in the reader's language.
    pub sentence: String,
}

/// A member who is not suggested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LeftOutView {
    /// The business.
    pub business: Named,
    /// Why.
    pub reasons: Vec<LeftOut>,
}

/// Who should get a lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SuggestionsView {
    /// In which circle.
    pub circle: CircleId,
    /// The version of the policy whose weights counted.
    pub policy_version: i32,
    /// How many could be asked.
    pub candidates_count: u32,
    /// The best five, the best first; of a referral that was passed also the one that was chosen.
    pub candidates: Vec<CandidateView>,
    /// The other members and why; not kept with a referral.
    pub left_out: Vec<LeftOutView>,
    /// To whom the referral was passed.
    pub chosen: Option<BusinessId>,
    /// When it was passed: what follows is what was known then.
    pub kept_at: Option<Timestamp>,
}

/// Who should get what is needed. For the active members of the circle, as givers.
pub fn suggest(connection: &mut AnyConn, kept: &Clearings, need: &Need, language: Language, now: Timestamp) -> Answer<SuggestionsView> {
    circles::require_member(connection, need.circle, Some(need.giver))?;
    let Computed { policy_version, candidates, left_out } = compute(connection, kept, need, now)?;
    let shown = &candidates[..candidates.len().min(SHOWN_MAX)];
    let names = names(connection, shown, left_out.iter().map(|(business, _)| *business))?;
    Ok(SuggestionsView {
        circle: need.circle,
        policy_version,
        candidates_count: u32::try_from(candidates.len()).unwrap_or(u32::MAX),
        candidates: (1..).zip(shown).map(|(rank, candidate)| shown_candidate(candidate, rank, language, &names)).collect(),
        left_out: left_out.into_iter().map(|(business, reasons)| LeftOutView { business: named(&names, business), reasons }).collect(),
        chosen: None,
        kept_at: None,
    })
}

/// The best candidate. An error of the field `receiver` when nobody fits.
pub fn best(connection: &mut AnyConn, kept: &Clearings, need: &Need, now: Timestamp) -> Answer<BusinessId> {
    circles::require_member(connection, need.circle, Some(need.giver))?;
    let best = compute(connection, kept, need, now)?.candidates.first().map(|candidate| candidate.business);
    best.ok_or_else(|| Failure::field("receiver", "nobody_fits", "nobody who can be asked does this there: choose a receiver yourself"))
}

/// Who should get a referral that can be passed, or what was suggested when it was. For its giver alone.
pub fn of_referral(
    connection: &mut AnyConn,
    clearings: &Clearings,
    principal: &Principal,
    id: ReferralId,
    language: Language,
    now: Timestamp,
) -> Answer<SuggestionsView> {
    let view = referrals::whole(connection, principal, id, now)?;
    if view.role != Relation::Giver {
        return Err(Failure::NotFound("suggestion"));
    }
    if !view.possible.iter().any(|made| matches!(made, Move::Pass | Move::PassOn)) {
        return kept(connection, id, language);
    }
    let trade = view.trade.ok_or_else(|| Failure::field("trade", "required", "choose the trade that is needed"))?;
    let email = view.prospect.as_ref().and_then(|prospect| prospect.email.as_deref());
    let need = Need {
        circle: view.circle,
        giver: view.giver.id,
        referral: Some(id),
        trade: Some(trade),
        region: view.region,
        prospect_email: email.and_then(|email| EmailAddress::parse(email).ok()),
        prospect_phone: view.prospect.as_ref().and_then(|prospect| prospect.phone.clone()),
        prospect_tax_key: referrals::prospect_tax_key(connection, id)?,
    };
    suggest(connection, clearings, &need, language, now)
}

/// What was suggested when a referral was last put to somebody. Whoever shows it asks first whether the reader is its giver.
pub fn kept(connection: &mut AnyConn, id: ReferralId, language: Language) -> Answer<SuggestionsView> {
    let row = store::latest(connection, id)?.ok_or(Failure::NotFound("suggestion"))?;
    let candidates = row.candidates()?;
    let shown: Vec<(u32, &KeptCandidate)> =
        (1_u32..).zip(&candidates).filter(|(rank, candidate)| *rank as usize <= SHOWN_MAX || candidate.business == row.receiver_business_id).collect();
    let names = names(connection, &candidates, std::iter::once(row.receiver_business_id))?;
    Ok(SuggestionsView {
        circle: row.circle_id,
        policy_version: row.policy_version,
        candidates_count: u32::try_from(candidates.len()).unwrap_or(u32::MAX),
        candidates: shown.into_iter().map(|(rank, candidate)| shown_candidate(candidate, rank, language, &names)).collect(),
        left_out: Vec::new(),
        chosen: Some(row.receiver_business_id),
        kept_at: Some(row.created_at),
    })
}

fn shown_candidate(candidate: &KeptCandidate, rank: u32, language: Language, names: &HashMap<BusinessId, String>) -> CandidateView {
    let ring: Vec<Named> = candidate.ring.iter().map(|member| named(names, *member)).collect();
    let ring_names: Vec<&str> = ring.iter().map(|member| member.name.as_str()).collect();
    CandidateView {
        business: named(names, candidate.business),
        rank,
        levels: Levels::of(&candidate.parts),
        reasons: candidate.reasons.clone(),
        sentence: sentence(language, &candidate.reasons, &ring_names, candidate.answer_median_seconds),
        ring,
    }
}

fn names(connection: &mut AnyConn, shown: &[KeptCandidate], others: impl Iterator<Item = BusinessId>) -> Answer<HashMap<BusinessId, String>> {
    let of_shown = shown.iter().flat_map(|candidate| candidate.ring.iter().copied().chain([candidate.business]));
    let ids: Vec<BusinessId> = of_shown.chain(others).collect::<BTreeSet<_>>().into_iter().collect();
    Ok(businesses::views::cards(connection, &ids)?.into_iter().map(|(id, card)| (id, card.name)).collect())
}

fn named(names: &HashMap<BusinessId, String>, id: BusinessId) -> Named {
    Named { id, name: names.get(&id).cloned().unwrap_or_default() }
}
