//! How well a candidate suits, in parts. Pure and in integers: a part lies between 0 and 10,000 basis points, so that the same
//! facts give the same order on every machine.

use serde::{Deserialize, Serialize};

use super::turns::{ONE_LEAD, Turn};
use crate::businesses::model::{RegionFit, TradeFit};
use crate::circles::policy::Weights;
use crate::kernel::id::BusinessId;

/// A whole part, in basis points.
pub const WHOLE: i64 = 10_000;
/// After so many seconds an answer counts half.
const ANSWER_HALVES_SECONDS: i64 = 4 * 3_600;
/// A ring of so many members, or longer, is worth a whole part.
const RING_WHOLE: i64 = 4;
/// z² of a 95 % confidence interval (z = 1.96), in ten-thousandths.
const Z_SQUARED: u128 = 38_416;
/// More trials than this change nothing that anybody could see.
const TRIALS_MAX: u32 = 1_000_000;

/// The parts of a score, in basis points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// How well trade and region fit.
    pub fit: i64,
    /// How often business came of what was received: the lower bound of the Wilson interval.
    pub conversion: i64,
    /// How soon offers are answered: halved every four hours.
    pub response: i64,
    /// How much room there is.
    pub load: i64,
    /// How much more the circle's rings would clear.
    pub ring: i64,
    /// Whether more is owed to the candidate than to the giver.
    pub evenness: i64,
    /// Whose turn it is.
    pub turn: i64,
}

/// What the parts are made of.
#[derive(Debug, Clone, Copy)]
pub struct Measures {
    /// Whether the candidate does what is needed.
    pub trade: TradeFit,
    /// Whether it works there.
    pub region: RegionFit,
    /// From how many of its referrals business came.
    pub won: u32,
    /// How many of its referrals ended, won or lost.
    pub ended: u32,
    /// The median time it takes to answer an offer; none when it answered too few to tell.
    pub answer_median_seconds: Option<i64>,
    /// How many of its places are taken.
    pub open: u32,
    /// How many places it has.
    pub capacity: u32,
    /// What clearing would gain if it owed the giver `credits` more.
    pub ring_gain: i64,
    /// The credits that the lead would post.
    pub credits: i64,
    /// Its balance less the giver's.
    pub owed_more: i64,
    /// The circle's usual balance: the median of the absolute balances.
    pub usual_balance: i64,
    /// Where it stands in the order of turns.
    pub turn: Turn,
}

impl Parts {
    /// The parts of these measures.
    pub fn of(measures: &Measures) -> Self {
        Self {
            fit: fit(measures.trade, measures.region),
            conversion: wilson_lower_bound(measures.won, measures.ended) / 100,
            response: measures.answer_median_seconds.map_or(WHOLE / 2, |seconds| halved(seconds, ANSWER_HALVES_SECONDS)),
            load: share(i64::from(measures.capacity) - i64::from(measures.open), measures.capacity.into()),
            ring: share(measures.ring_gain, measures.credits.saturating_mul(RING_WHOLE)),
            evenness: share(measures.owed_more, measures.usual_balance.max(1).saturating_mul(2)),
            turn: share(measures.turn.deficit.saturating_add(ONE_LEAD), 2 * ONE_LEAD),
        }
    }

    /// The parts in the order of [`Weights::named`].
    pub const fn all(&self) -> [i64; 7] {
        [self.fit, self.conversion, self.response, self.load, self.ring, self.evenness, self.turn]
    }

    /// The parts by weight, added up: 0 to `WHOLE` times the sum of the weights. What is compared.
    pub fn weighted(&self, weights: &Weights) -> i64 {
        self.all().iter().zip(weights.named()).fold(0, |sum, (part, (_, weight))| sum + part * i64::from(weight))
    }

    /// The weighted mean of the parts in basis points, rounded down.
    pub fn score(&self, weights: &Weights) -> i64 {
        self.weighted(weights) / i64::from(weights.sum().max(1))
    }
}

/// A part of a whole, in basis points within 0 and `WHOLE`; nothing of a whole that is nothing.
fn share(part: i64, whole: i64) -> i64 {
    if whole <= 0 {
        return 0;
    }
    let share = i128::from(part.max(0)) * i128::from(WHOLE) / i128::from(whole);
    i64::try_from(share).map_or(WHOLE, |share| share.min(WHOLE))
}

/// The very trade counts whole and a neighbouring one half; so do a named region and the whole country.
fn fit(trade: TradeFit, region: RegionFit) -> i64 {
    let trade_halves = match trade {
        TradeFit::Exact => 2,
        TradeFit::Neighbouring => 1,
        TradeFit::None => 0,
    };
    let region_halves = match region {
        RegionFit::Exact => 2,
        RegionFit::Country => 1,
        RegionFit::None => 0,
    };
    WHOLE * trade_halves * region_halves / 4
}

/// The lower bound of the Wilson score interval (E. B. Wilson, "Probable inference", 1927) with z = 1.96, in millionths,
/// rounded: what share of referrals brings business at least, as far as so few can tell. 0 when there were none.
///
/// (s + z²/2 − z·√(s(n−s)/n + z²/4)) / (n + z²), in integers: the root is taken of the square times 10¹⁶.
pub fn wilson_lower_bound(won: u32, ended: u32) -> i64 {
    let trials = u128::from(ended.min(TRIALS_MAX));
    if trials == 0 {
        return 0;
    }
    let successes = u128::from(won.min(ended)) * trials / u128::from(ended);
    let under_root = Z_SQUARED * (40_000 * successes * (trials - successes) + Z_SQUARED * trials) * 10_u128.pow(16) / (400_000_000 * trials);
    let numerator = (successes * 100_000_000 + Z_SQUARED * 5_000).saturating_sub(under_root.isqrt());
    let denominator = 100_000_000 * (trials * 10_000 + Z_SQUARED);
    let doubled = numerator * 20_000_000_000 / denominator;
    i64::try_from(doubled.div_ceil(2)).unwrap_or(i64::MAX).min(1_000_000)
}

/// 2^(−seconds/half) in basis points, rounded down: by whole halvings and then by the binary digits of the rest, with
/// 2^(−1/2), 2^(−1/4), … in 32 binary places.
pub fn halved(seconds: i64, half_seconds: i64) -> i64 {
    const ROOTS: [u64; 12] = [
        3_037_000_499,
        3_611_622_602,
        3_938_502_375,
        4_112_874_773,
        4_202_935_003,
        4_248_701_964,
        4_271_771_996,
        4_283_353_945,
        4_289_156_690,
        4_292_061_009,
        4_293_513_906,
        4_294_240_539,
    ];
    let seconds = seconds.max(0);
    let halvings = seconds / half_seconds;
    if halvings >= 14 {
        return 0;
    }
    let mut rest = seconds % half_seconds;
    let mut value = 1_u64 << 32;
    for root in ROOTS {
        rest *= 2;
        if rest >= half_seconds {
            rest -= half_seconds;
            value = (value * root) >> 32;
        }
    }
    i64::try_from((value * WHOLE.cast_unsigned()) >> (32 + halvings)).unwrap_or(WHOLE)
}

/// The median of the absolute values, the lower one of two; 0 when there are none.
pub fn usual_balance(balances: &[i64]) -> i64 {
    let mut sizes: Vec<u64> = balances.iter().map(|balance| balance.unsigned_abs()).collect();
    sizes.sort_unstable();
    sizes.get(sizes.len().saturating_sub(1) / 2).map_or(0, |size| i64::try_from(*size).unwrap_or(i64::MAX))
}

/// A candidate with its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The business.
    pub business: BusinessId,
    /// Its parts.
    pub parts: Parts,
    /// Where it stands in the order of turns.
    pub turn: Turn,
}

/// Puts the best first. Of equals the one that is owed more turns comes first, then the one that waits longer, then the lower id.
pub fn rank(candidates: &mut [Candidate], weights: &Weights) {
    candidates.sort_unstable_by_key(|candidate| {
        let Turn { deficit, received_at } = candidate.turn;
        (std::cmp::Reverse(candidate.parts.weighted(weights)), std::cmp::Reverse(deficit), received_at, candidate.business)
    });
}
