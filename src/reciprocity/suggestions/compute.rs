//! A suggestion in exact figures, read with a fixed number of queries. Not for anybody's eyes as it is.

use std::collections::{HashMap, HashSet};

use super::model::{KeptCandidate, LeftOut, SuggestionReason};
use super::ring::{RingGain, ring_gains};
use super::score::{Candidate, Measures, Parts, WHOLE, rank, usual_balance};
use super::store;
use super::turns::Turn;
use crate::businesses::model::{RegionFit, TradeFit};
use crate::circles::policy::{Policy, Weights};
use crate::circles::views as circles;
use crate::db::AnyConn;
use crate::kernel::id::BusinessId;
use crate::kernel::{Answer, Timestamp};
use crate::reciprocity::rings::Clearings;
use crate::reciprocity::rings::views::rings_of;
use crate::reciprocity::store as ledger;
use crate::referrals::views::{self as referrals, Need, Receiver, Record};

/// An answer within so many seconds is soon.
const SOON_SECONDS: i64 = 4 * 3_600;

/// Who is suggested and who is not.
pub(super) struct Computed {
    /// The version of the policy whose weights counted.
    pub policy_version: i32,
    /// The best first.
    pub candidates: Vec<KeptCandidate>,
    /// The other members but the giver, with the reasons.
    pub left_out: Vec<(BusinessId, Vec<LeftOut>)>,
}

/// Who could take what is needed, in the order of the circle's weights. What closes by now is taken from `kept` when it lies there.
pub(super) fn compute(connection: &mut AnyConn, kept: &Clearings, need: &Need, now: Timestamp) -> Answer<Computed> {
    let (policy_version, policy) = circles::policy(connection, need.circle, None)?;
    let members = circles::active_businesses(connection, need.circle)?;
    let receivers = referrals::receivers(connection, need, &members)?;
    let giver_is_regulated = receivers.iter().any(|receiver| receiver.card.id == need.giver && receiver.card.is_regulated);
    let full = referrals::full_pairs(connection, need, &policy, now)?;
    let (able, left_out) = sort_out(&receivers, &full);
    let facts = Facts::read(connection, kept, need, &policy, (&members, &able), now)?;
    let measured: Vec<(&Receiver, Measures, &RingGain)> = able
        .iter()
        .zip(&facts.gains)
        .map(|(receiver, gain)| (*receiver, facts.measures(receiver, gain, receiver.card.is_regulated || giver_is_regulated), gain))
        .collect();
    let candidates = ranked(&measured, &policy.weights);
    Ok(Computed { policy_version, candidates, left_out })
}

/// Who can be asked, and why the others cannot. A neighbouring trade is asked when nobody with the very one can be.
fn sort_out<'r>(receivers: &'r [Receiver], full: &HashSet<BusinessId>) -> (Vec<&'r Receiver>, Vec<(BusinessId, Vec<LeftOut>)>) {
    let can_be_asked = |receiver: &Receiver| {
        let eligibility = &receiver.eligibility;
        eligibility.hindrances().is_empty() && !full.contains(&receiver.card.id) && !eligibility.linked_to_giver && eligibility.region != RegionFit::None
    };
    let has_exact = receivers.iter().any(|receiver| can_be_asked(receiver) && receiver.eligibility.trade == TradeFit::Exact);
    let least = if has_exact { TradeFit::Exact } else { TradeFit::Neighbouring };
    let (mut able, mut left_out) = (Vec::new(), Vec::new());
    for receiver in receivers.iter().filter(|receiver| !receiver.eligibility.is_giver) {
        let eligibility = &receiver.eligibility;
        let mut reasons: Vec<LeftOut> = eligibility.hindrances().into_iter().filter_map(LeftOut::of).collect();
        if eligibility.trade < least {
            reasons.push(LeftOut::TradeNotServed);
        }
        if full.contains(&receiver.card.id) {
            reasons.push(LeftOut::PairFull);
        }
        if eligibility.linked_to_giver {
            reasons.push(LeftOut::LinkedToGiver);
        }
        if eligibility.region == RegionFit::None {
            reasons.push(LeftOut::RegionNotServed);
        }
        if reasons.is_empty() { able.push(receiver) } else { left_out.push((receiver.card.id, reasons)) }
    }
    (able, left_out)
}

/// What the circle knows of its members.
struct Facts {
    records: HashMap<BusinessId, Record>,
    turns: HashMap<BusinessId, Turn>,
    balances: HashMap<BusinessId, i64>,
    usual_balance: i64,
    giver_balance: i64,
    gains: Vec<RingGain>,
    credits: i64,
}

impl Facts {
    fn read(
        connection: &mut AnyConn,
        kept: &Clearings,
        need: &Need,
        policy: &Policy,
        (members, able): (&[BusinessId], &[&Receiver]),
        now: Timestamp,
    ) -> Answer<Self> {
        let credits = policy.credits.introduced.saturating_add(policy.credits.won);
        let balances: HashMap<BusinessId, i64> =
            ledger::balances_in(connection, need.circle)?.into_iter().map(|(business, counters)| (business, counters.balance())).collect();
        let of_members: Vec<i64> = members.iter().map(|member| balances.get(member).copied().unwrap_or(0)).collect();
        let candidates: Vec<BusinessId> = able.iter().map(|receiver| receiver.card.id).collect();
        let rings = rings_of(connection, kept, need.circle)?;
        Ok(Self {
            records: referrals::records(connection, need.circle, now)?,
            turns: store::turns_in(connection, need.circle)?,
            usual_balance: usual_balance(&of_members),
            giver_balance: balances.get(&need.giver).copied().unwrap_or(0),
            balances,
            gains: ring_gains(&rings, need.giver, &candidates, credits)?,
            credits,
        })
    }

    /// Between these two nothing is posted when one of them is exempt: no ring closes and no balance changes.
    fn measures(&self, receiver: &Receiver, gain: &RingGain, exempt: bool) -> Measures {
        let (id, eligibility) = (receiver.card.id, receiver.eligibility);
        let record = self.records.get(&id).copied().unwrap_or_default();
        Measures {
            trade: eligibility.trade,
            region: eligibility.region,
            won: record.won,
            ended: record.ended,
            answer_median_seconds: record.answer_median_seconds,
            open: eligibility.open,
            capacity: eligibility.capacity,
            ring_gain: if exempt { 0 } else { gain.credits },
            credits: self.credits,
            owed_more: if exempt { 0 } else { self.balances.get(&id).copied().unwrap_or(0).saturating_sub(self.giver_balance) },
            usual_balance: self.usual_balance,
            turn: self.turns.get(&id).copied().unwrap_or_default(),
        }
    }
}

fn ranked(measured: &[(&Receiver, Measures, &RingGain)], weights: &Weights) -> Vec<KeptCandidate> {
    let candidate =
        |(receiver, measures, _): &(&Receiver, Measures, &RingGain)| Candidate { business: receiver.card.id, parts: Parts::of(measures), turn: measures.turn };
    let mut order: Vec<Candidate> = measured.iter().map(candidate).collect();
    rank(&mut order, weights);
    let most_owed = only_most(measured.iter().map(|(_, measures, _)| measures.owed_more));
    let longest_waiting = only_most(order.iter().map(|candidate| candidate.turn.deficit));
    let by_id: HashMap<BusinessId, (&Measures, &RingGain)> = measured.iter().map(|(receiver, measures, gain)| (receiver.card.id, (measures, *gain))).collect();
    let kept = |candidate: &Candidate| {
        let (measures, gain) = by_id.get(&candidate.business)?;
        let ring = if measures.ring_gain > 0 { gain.ring.clone() } else { Vec::new() };
        let is_owed_most = Some(measures.owed_more) == most_owed;
        let is_its_turn = Some(candidate.turn.deficit) == longest_waiting;
        Some(KeptCandidate {
            business: candidate.business,
            parts: candidate.parts,
            score: candidate.parts.score(weights),
            reasons: reasons(candidate, measures, !ring.is_empty(), is_owed_most, is_its_turn),
            ring,
            answer_median_seconds: measures.answer_median_seconds,
        })
    };
    order.iter().filter_map(kept).collect()
}

/// The greatest value, if it is above 0 and only one has it.
fn only_most(values: impl Iterator<Item = i64> + Clone) -> Option<i64> {
    let most = values.clone().max().filter(|most| *most > 0)?;
    (values.filter(|value| *value == most).count() == 1).then_some(most)
}

/// What speaks for a candidate, the strongest first.
fn reasons(candidate: &Candidate, measures: &Measures, closes_ring: bool, is_owed_most: bool, is_its_turn: bool) -> Vec<SuggestionReason> {
    let parts = &candidate.parts;
    let all = [
        (measures.trade == TradeFit::Neighbouring, SuggestionReason::NeighbouringTrade),
        (closes_ring, SuggestionReason::ClosesRing),
        (measures.ring_gain > 0 && !closes_ring, SuggestionReason::ClosesMore),
        (is_owed_most, SuggestionReason::IsOwedMost),
        (measures.answer_median_seconds.is_some_and(|seconds| seconds <= SOON_SECONDS), SuggestionReason::AnswersSoon),
        (is_its_turn, SuggestionReason::IsItsTurn),
        (parts.conversion >= WHOLE / 2, SuggestionReason::OftenWins),
        (parts.fit == WHOLE, SuggestionReason::FitsWell),
        (parts.load > WHOLE / 2, SuggestionReason::HasRoom),
    ];
    all.into_iter().filter(|(holds, _)| *holds).map(|(_, reason)| reason).collect()
}
