//! What the figures are, and how they are made of postings, answers and outcomes. Pure.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::measures::{self, FRACTION_BITS, HALF_LIFE_DAYS, Ratio, Returning, TriadClass, census, decayed, gini, median};
use crate::kernel::clock::days;
use crate::kernel::id::BusinessId;
use crate::kernel::{Answer, Failure, Timestamp};
use crate::reciprocity::views::{Named, Posted};
use crate::referrals::model::{OfferState, ReferralState};
use crate::referrals::views::OfferAnswer;

/// How many members took part. Members whose trade is regulated are not counted: nothing is posted for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Participation {
    /// Members now, and former ones who gave or received in the period.
    pub members: u32,
    /// Members who gave.
    pub gave: u32,
    /// Members who received.
    pub received: u32,
    /// Members who gave and received.
    pub both: u32,
    /// Members now who stand outside the ledger because of their trade.
    pub outside: u32,
}

/// How evenly credits are spread over the members: 0 when everybody has the same, towards 1 when one has all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Evenness {
    /// The Gini coefficient of what members gave; null when nothing was given.
    pub given: Option<Ratio>,
    /// The Gini coefficient of what members received; null when nothing was given.
    pub received: Option<Ratio>,
}

/// How much of what was given comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Reciprocity {
    /// Credits that were given.
    pub credits: i64,
    /// The share that comes back from the one it was given to; null when nothing was given.
    pub pairs: Option<Ratio>,
    /// The share that comes back in pairs, and in rings once pairs are even.
    pub rings: Option<Ratio>,
    /// The greatest share that comes back in pairs and rings of any kind.
    pub most: Option<Ratio>,
}

/// How often a pattern of three members occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct TriadCount {
    /// The pattern's name in the literature; 030C is the ring of three.
    #[schema(inline)]
    pub class: TriadClass,
    /// The pattern in arrows from giver to receiver.
    pub picture: &'static str,
    /// How many threes.
    pub count: u64,
}

/// What became of the offers that were made in the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Acceptance {
    /// Accepted.
    pub accepted: u32,
    /// Declined.
    pub declined: u32,
    /// Not answered in time.
    pub expired: u32,
    /// Accepted of all three; null when there are none.
    pub share: Option<Ratio>,
    /// How long the receiver took to answer, in whole seconds: as many answered faster as slower. Null when nobody answered.
    pub median_response_seconds: Option<i64>,
}

/// What became of the referrals that were introduced in the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, utoipa::ToSchema)]
pub struct Outcomes {
    /// All of them.
    pub introduced: u32,
    /// Business was closed.
    pub won: u32,
    /// No business came of it.
    pub lost: u32,
    /// Found invalid.
    pub invalid: u32,
    /// Not over yet.
    pub under_way: u32,
    /// Won of won and lost; null when there are none.
    pub conversion: Option<Ratio>,
    /// Invalid of all introduced; null when there are none.
    pub invalid_share: Option<Ratio>,
}

/// One member in the figures; for organisers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct MemberFigures {
    /// The member.
    pub business: Named,
    /// Whether it is a member now.
    pub is_active: bool,
    /// Credits for what it gave.
    pub given: i64,
    /// Credits for what it received.
    pub received: i64,
    /// To how many members it gave.
    pub partners_given_to: u32,
    /// From how many members it received.
    pub partners_received_from: u32,
    /// Given less received, whatever the period: every credit is weighed by its age, half after each half-life. The newest 200,000
    /// entries of the circle count. Those of everybody who ever gave or received add up to 0.
    pub faded_balance: Ratio,
}

/// Credits that passed among members by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gift {
    pub giver: u32,
    pub receiver: u32,
    pub credits: i64,
}

/// What passed among the members of a circle, made ready for the measures.
#[derive(Debug, Default)]
pub(super) struct Gifts {
    members: usize,
    flows: BTreeMap<(u32, u32), i64>,
    given: Vec<i64>,
    received: Vec<i64>,
    partners_given_to: Vec<u32>,
    partners_received_from: Vec<u32>,
}

impl Gifts {
    /// From postings; members are numbered by their places in `members`, and what is not among them fails.
    pub fn of(members: &[BusinessId], postings: &[Posted]) -> Answer<Self> {
        let numbers: BTreeMap<BusinessId, u32> = members.iter().copied().zip(0..).collect();
        let number = |business: BusinessId| numbers.get(&business).copied().ok_or_else(|| Failure::internal(format!("{business} is not among the members")));
        let gifts = postings.iter().map(|row| Ok(Gift { giver: number(row.giver)?, receiver: number(row.receiver)?, credits: row.credits }));
        Ok(Self::sums(members.len(), &gifts.collect::<Answer<Vec<_>>>()?))
    }

    /// Adds gifts up. Every sum stays in bounds: a circle's counters do.
    fn sums(members: usize, gifts: &[Gift]) -> Self {
        let mut sums = Self { members, ..Self::default() };
        for list in [&mut sums.given, &mut sums.received] {
            list.resize(members, 0);
        }
        sums.partners_given_to.resize(members, 0);
        sums.partners_received_from.resize(members, 0);
        for gift in gifts {
            let (giver, receiver) = (gift.giver as usize, gift.receiver as usize);
            *sums.flows.entry((gift.giver, gift.receiver)).or_default() += gift.credits;
            sums.given[giver] += gift.credits;
            sums.received[receiver] += gift.credits;
        }
        for (giver, receiver) in sums.flows.keys() {
            sums.partners_given_to[*giver as usize] += 1;
            sums.partners_received_from[*receiver as usize] += 1;
        }
        sums
    }

    pub fn participation(&self, outside: usize) -> Participation {
        let givers = self.given.iter().filter(|credits| **credits > 0).count();
        let receivers = self.received.iter().filter(|credits| **credits > 0).count();
        let both = self.given.iter().zip(&self.received).filter(|(given, received)| **given > 0 && **received > 0).count();
        Participation { members: small(self.members), gave: small(givers), received: small(receivers), both: small(both), outside: small(outside) }
    }

    pub fn evenness(&self) -> Evenness {
        Evenness { given: gini(&sizes(&self.given)), received: gini(&sizes(&self.received)) }
    }

    pub fn reciprocity(&self) -> Answer<Reciprocity> {
        let flows = self.flows.iter().map(|((giver, receiver), credits)| (*giver, *receiver, *credits));
        let found: Returning = measures::returning(self.members, flows).map_err(|error| Failure::internal(format!("what was given: {error}")))?;
        Ok(Reciprocity { credits: found.total, pairs: found.pair_share(), rings: found.ring_share(), most: found.most_share() })
    }

    pub fn triads(&self) -> Vec<TriadCount> {
        let arrows: BTreeSet<(u32, u32)> = self.flows.keys().copied().collect();
        let found = census(small(self.members), &arrows);
        TriadClass::ALL.into_iter().map(|class| TriadCount { class, picture: class.picture(), count: found.count(class) }).collect()
    }

    /// The figures of the member with this number.
    pub fn member(&self, number: usize, business: Named, is_active: bool, faded: &Faded) -> MemberFigures {
        MemberFigures {
            faded_balance: faded.balance(business.id),
            business,
            is_active,
            given: self.given[number],
            received: self.received[number],
            partners_given_to: self.partners_given_to[number],
            partners_received_from: self.partners_received_from[number],
        }
    }

    /// What each member gave, and what each received.
    pub fn given_and_received(&self) -> (Vec<u64>, Vec<u64>) {
        (sizes(&self.given), sizes(&self.received))
    }
}

/// Balances in which older credits weigh less, in 2⁻³² credits; the sum is 0.
#[derive(Debug, Default)]
pub(super) struct Faded(BTreeMap<BusinessId, i128>);

impl Faded {
    /// From everything that was posted. A posting weighs at most 2⁹², so that no sum of a circle's leaves its bounds.
    pub fn of(postings: &[Posted], now: Timestamp) -> Self {
        let mut balances = BTreeMap::new();
        for row in postings {
            let weight = weight(row.credits, row.at, now);
            *balances.entry(row.giver).or_default() += weight;
            *balances.entry(row.receiver).or_default() -= weight;
        }
        Self(balances)
    }

    fn balance(&self, business: BusinessId) -> Ratio {
        let weight = self.0.get(&business).copied().unwrap_or(0);
        Ratio::of(weight, 1 << FRACTION_BITS).unwrap_or(Ratio::ZERO)
    }
}

/// What a posting weighs now, in 2⁻³² credits.
fn weight(credits: i64, at: Timestamp, now: Timestamp) -> i128 {
    let micros = |span: std::time::Duration| u64::try_from(span.as_micros()).unwrap_or(u64::MAX);
    let weight = decayed(credits.unsigned_abs(), micros(now.since(at)), micros(days(HALF_LIFE_DAYS)));
    // An amount has 60 bits at the most, and 32 are added.
    i128::try_from(weight).unwrap_or(i128::MAX)
}

/// Counters never fall below 0.
fn sizes(credits: &[i64]) -> Vec<u64> {
    credits.iter().map(|credits| credits.unsigned_abs()).collect()
}

/// What became of the offers.
pub(super) fn acceptance(answers: &[OfferAnswer]) -> Acceptance {
    let count = |outcome: OfferState| answers.iter().filter(|answer| answer.outcome == outcome).count();
    let (accepted, declined, expired) = (count(OfferState::Accepted), count(OfferState::Declined), count(OfferState::Expired));
    // An offer that ran out says how long the clock was, not how fast the receiver is.
    let answered = answers.iter().filter(|answer| answer.outcome != OfferState::Expired);
    let spans: Vec<u64> = answered.filter_map(|answer| Some(answer.answered_at?.since(answer.offered_at).as_secs())).collect();
    Acceptance {
        accepted: small(accepted),
        declined: small(declined),
        expired: small(expired),
        share: share(accepted, accepted + declined + expired),
        median_response_seconds: median(&spans).map(Ratio::rounded),
    }
}

/// What became of the referrals.
pub(super) fn outcomes(states: &[(ReferralState, i64)]) -> Outcomes {
    let mut outcomes = Outcomes::default();
    for (state, count) in states {
        let count = u32::try_from(*count).unwrap_or(u32::MAX);
        outcomes.introduced += count;
        match state {
            ReferralState::Won => outcomes.won += count,
            ReferralState::Lost => outcomes.lost += count,
            ReferralState::Invalid => outcomes.invalid += count,
            _ => outcomes.under_way += count,
        }
    }
    let of = |part: u32, whole: u32| share(part as usize, whole as usize);
    outcomes.conversion = of(outcomes.won, outcomes.won + outcomes.lost);
    outcomes.invalid_share = of(outcomes.invalid, outcomes.introduced);
    outcomes
}

fn share(part: usize, whole: usize) -> Option<Ratio> {
    Ratio::of(i128::try_from(part).ok()?, i128::try_from(whole).ok()?)
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    const NOW: Timestamp = Timestamp::from_micros(1_772_438_400_000_000);

    fn posted(giver: u32, receiver: u32, credits: i64, days_ago: u32) -> Posted {
        Posted { giver: business(giver), receiver: business(receiver), credits, at: NOW.before(days(days_ago)) }
    }

    fn business(number: u32) -> BusinessId {
        crate::kernel::id::Identifier::from_raw(i64::from(number) + 1)
    }

    fn sums(members: u32, postings: &[Posted]) -> Gifts {
        Gifts::of(&(0..members).map(business).collect::<Vec<_>>(), postings).unwrap()
    }

    #[test]
    fn a_hundred_fades_to_fifty_and_to_twenty_five() {
        let postings = [posted(0, 3, 100, 0), posted(1, 3, 100, 180), posted(2, 3, 100, 360)];
        let (sums, faded) = (sums(4, &postings), Faded::of(&postings, NOW));
        let member = |number: u32| sums.member(number as usize, Named { id: business(number), name: String::new() }, true, &faded);
        let balances: Vec<String> = (0..5).map(|number| faded.balance(business(number)).to_string()).collect();
        assert_eq!(balances, ["100", "50", "25", "-175", "0"]);
        let last = member(3);
        assert_eq!((last.received, last.partners_received_from, last.partners_given_to, last.faded_balance.to_string().as_str()), (300, 3, 0, "-175"));
    }

    #[test]
    fn answers_and_outcomes_are_counted() {
        let answer = |outcome, seconds: u64| OfferAnswer { outcome, offered_at: NOW, answered_at: Some(NOW.after(std::time::Duration::from_secs(seconds))) };
        let found = acceptance(&[
            answer(OfferState::Accepted, 60),
            answer(OfferState::Accepted, 600),
            answer(OfferState::Declined, 301),
            answer(OfferState::Expired, 172_800),
        ]);
        assert_eq!((found.accepted, found.declined, found.expired, found.median_response_seconds), (2, 1, 1, Some(301)));
        assert_eq!(found.share, Ratio::of(1, 2));
        assert_eq!(acceptance(&[]).share, None);
        let found = outcomes(&[(ReferralState::Introduced, 2), (ReferralState::Won, 3), (ReferralState::Lost, 1), (ReferralState::Invalid, 1)]);
        assert_eq!((found.introduced, found.won, found.lost, found.invalid, found.under_way), (7, 3, 1, 1, 2));
        assert_eq!((found.conversion, found.invalid_share), (Ratio::of(3, 4), Ratio::of(1, 7)));
    }

    proptest! {
        #[test]
        fn faded_balances_add_up_to_nothing(list in vec((0..9_u32, 0..9_u32, 1..1_000_000_000_000_i64, 0..4_000_u32), 0..80)) {
            let postings: Vec<Posted> = list.into_iter().filter(|(giver, receiver, ..)| giver != receiver)
                .map(|(giver, receiver, credits, days_ago)| posted(giver, receiver, credits, days_ago)).collect();
            prop_assert_eq!(Faded::of(&postings, NOW).0.values().sum::<i128>(), 0);
            let sums = sums(9, &postings);
            prop_assert_eq!(sums.given.iter().sum::<i64>(), sums.received.iter().sum::<i64>());
            prop_assert_eq!(sums.partners_given_to.iter().sum::<u32>(), sums.partners_received_from.iter().sum::<u32>());
            let part = sums.participation(0);
            prop_assert!(part.both <= part.gave.min(part.received) && part.gave.max(part.received) <= part.members);
            prop_assert_eq!(sums.reciprocity().unwrap().credits, sums.given.iter().sum::<i64>());
        }
    }
}
