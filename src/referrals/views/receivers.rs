//! Who can be asked to take a referral, and how receivers have dealt with what they received. A fixed number of queries for any number
//! of businesses.

use std::collections::{HashMap, HashSet};

use crate::businesses::model::{RegionFit, TradeFit};
use crate::businesses::trade::TradeCode;
use crate::businesses::views::{self as businesses, BusinessCard};
use crate::circles::policy::Policy;
use crate::circles::views as circles;
use crate::db::AnyConn;
use crate::kernel::clock::{Timestamp, days};
use crate::kernel::id::{BusinessId, CircleId, ReferralId};
use crate::kernel::region::Region;
use crate::kernel::{Answer, EmailAddress, KeyedHash};
use crate::referrals::honesty;
use crate::referrals::model::{Eligibility, OfferState, ReferralState};
use crate::referrals::store;

/// How far back the record of a receiver goes, in days.
pub const RECORD_DAYS: u32 = 365;

/// What is needed, by whom, where.
#[derive(Debug, Clone)]
pub struct Need {
    /// In which circle it is passed.
    pub circle: CircleId,
    /// Who passes it.
    pub giver: BusinessId,
    /// The referral, when it is written already: whoever was asked for it is not asked again, and it takes none of its places.
    pub referral: Option<ReferralId>,
    /// The trade, when it is known.
    pub trade: Option<TradeCode>,
    /// Where.
    pub region: Region,
    /// The prospect's address, when it is known.
    pub prospect_email: Option<EmailAddress>,
    /// The prospect's phone number as it is stored, when it is known.
    pub prospect_phone: Option<String>,
    /// By what the prospect's tax number is compared, when it is known.
    pub prospect_tax_key: Option<KeyedHash>,
}

/// A business that might be asked.
#[derive(Debug, Clone)]
pub struct Receiver {
    /// The business.
    pub card: BusinessCard,
    /// What decides whether it can be asked.
    pub eligibility: Eligibility,
}

/// Whether each of these businesses can be asked, in their order, in at most fifteen queries; unknown ids are left out.
pub fn receivers(connection: &mut AnyConn, need: &Need, candidates: &[BusinessId]) -> Answer<Vec<Receiver>> {
    let active = circles::active_among(connection, need.circle, candidates)?;
    let mut cards = businesses::cards(connection, candidates)?;
    let regions = businesses::regions_of(connection, candidates)?;
    let excluded = businesses::excluded_from(connection, need.giver, candidates)?;
    let open = store::places_filled(connection, candidates, need.referral)?;
    let asked = asked(connection, need.referral)?;
    let prospects = honesty::businesses_of(connection, need.prospect_email.as_ref(), need.prospect_phone.as_deref(), need.prospect_tax_key.as_ref())?;
    let prospects = prospects.concat();
    let prospects = if prospects.is_empty() { prospects } else { businesses::linked(connection, &prospects)? };
    let linked_to_giver = businesses::linked(connection, &[need.giver])?;
    let receiver = |id: &BusinessId| {
        let card = cards.remove(id)?;
        let eligibility = Eligibility {
            is_giver: *id == need.giver,
            is_active: active.contains_key(id),
            // Others need not know that a member is suspended.
            paused: card.paused || active.get(id).is_some_and(|is_suspended| *is_suspended),
            open: open.get(id).copied().unwrap_or(0),
            capacity: u32::try_from(card.open_referrals_max).unwrap_or(0),
            excluded: excluded.contains(id),
            asked: asked.contains(id),
            is_prospect: prospects.contains(id),
            linked_to_giver: linked_to_giver.contains(id),
            trade: need.trade.map_or(TradeFit::Exact, |wanted| TradeFit::of(&card.trades, wanted)),
            region: RegionFit::of(regions.get(id).map_or(&[], Vec::as_slice), &need.region),
        };
        Some(Receiver { card, eligibility })
    };
    Ok(candidates.iter().filter_map(receiver).collect())
}

/// To whom the giver may pass no more within this month. One query.
pub fn full_pairs(connection: &mut AnyConn, need: &Need, policy: &Policy, now: Timestamp) -> Answer<HashSet<BusinessId>> {
    honesty::full_pairs(connection, need, policy, now)
}

/// Whoever was asked for a referral and is asked no more. The offer that is open is the one that is being made.
fn asked(connection: &mut AnyConn, referral: Option<ReferralId>) -> Answer<HashSet<BusinessId>> {
    let offers = referral.map_or(Ok(Vec::new()), |referral| store::offers_of(connection, referral))?;
    Ok(offers.into_iter().filter(|offer| offer.state != OfferState::Open).map(|offer| offer.receiver_business_id).collect())
}

/// How a receiver dealt with what it received in a circle within the last [`RECORD_DAYS`] days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Record {
    /// From how many referrals business came.
    pub won: u32,
    /// How many ended after the introduction, won or lost.
    pub ended: u32,
    /// The median time from an offer to its answer, in seconds; an offer that expired counts with its whole time. None below
    /// [`ANSWERS_MIN`] answers.
    pub answer_median_seconds: Option<i64>,
}

/// The records of a circle's receivers, in two queries.
pub fn records(connection: &mut AnyConn, circle: CircleId, now: Timestamp) -> Answer<HashMap<BusinessId, Record>> {
    let since = now.before(days(RECORD_DAYS));
    let mut records: HashMap<BusinessId, Record> = HashMap::new();
    for (receiver, state, count) in store::ended_in(connection, circle, since)? {
        let record = records.entry(receiver).or_default();
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        record.ended = record.ended.saturating_add(count);
        record.won = if state == ReferralState::Won { record.won.saturating_add(count) } else { record.won };
    }
    let mut answers: HashMap<BusinessId, Vec<i64>> = HashMap::new();
    for (receiver, offered_at, answered_at) in store::answers_in(connection, circle, since)? {
        answers.entry(receiver).or_default().push(answered_at.since(offered_at).as_secs().cast_signed());
    }
    for (receiver, seconds) in answers.into_iter().filter(|(_, seconds)| seconds.len() >= ANSWERS_MIN) {
        records.entry(receiver).or_default().answer_median_seconds = median(seconds);
    }
    Ok(records)
}

/// Of fewer answers nothing typical can be said.
pub const ANSWERS_MIN: usize = 5;

/// How a business usually answers what is offered to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answering {
    /// The median time to the answer, in seconds; an offer that expired counts with its whole time.
    pub median_seconds: i64,
    /// How many of a hundred it accepts.
    pub accepted_percent: u32,
}

/// How a business answered within the last [`RECORD_DAYS`] days, in whatever circle; nothing below [`ANSWERS_MIN`] answers. One query.
pub fn answering(connection: &mut AnyConn, receiver: BusinessId, now: Timestamp) -> Answer<Option<Answering>> {
    let answers = store::answers_of(connection, receiver, now.before(days(RECORD_DAYS)))?;
    if answers.len() < ANSWERS_MIN {
        return Ok(None);
    }
    let accepted = answers.iter().filter(|(state, _, _)| *state == OfferState::Accepted).count();
    let accepted_percent = u32::try_from((accepted * 200 + answers.len()) / (answers.len() * 2)).unwrap_or(100);
    let seconds = answers.iter().map(|(_, offered_at, answered_at)| answered_at.since(*offered_at).as_secs().cast_signed());
    Ok(median(seconds.collect()).map(|median_seconds| Answering { median_seconds, accepted_percent }))
}

/// The lower median: an answer that was really given.
fn median(mut values: Vec<i64>) -> Option<i64> {
    values.sort_unstable();
    values.get(values.len().saturating_sub(1) / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_one_of_the_values() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![7]), Some(7));
        assert_eq!(median(vec![9, 1]), Some(1));
        assert_eq!(median(vec![9, 1, 4]), Some(4));
    }
}
