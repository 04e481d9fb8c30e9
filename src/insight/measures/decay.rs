//! Half-life: older credits weigh less in a view. Nothing in the ledger changes.
//!
//! Both sides of a transfer get the same whole number, so decayed balances add up to zero exactly. The weight 2^(−age/half-life)
//! is computed in whole numbers: the half-lives that are over are a shift, and the rest of the age is written in binary, each
//! digit a factor √½, √√½, … that comes out of repeated square roots. The weight is rounded down and lies below the true one by a
//! relative error of at most 2⁻⁴⁷; at whole half-lives it is exact.

/// After so many days a transfer weighs half, where nothing else is said.
pub const HALF_LIFE_DAYS: u32 = 180;
/// A decayed amount counts in 2⁻³² of a credit.
pub const FRACTION_BITS: u32 = 32;
/// The greatest amount whose decayed value is sure to fit; a transfer moves less.
pub const AMOUNT_MAX: u64 = 1 << 60;

/// 1 as a weight.
const ONE: u128 = 1 << WEIGHT_BITS;
const WEIGHT_BITS: u32 = 63;
/// So many binary digits of the part of a half-life that has begun are looked at.
const DIGITS: usize = 48;
/// By what the n-th binary digit after the point multiplies: 2^(−2^−n), rounded down.
const FACTORS: [u128; DIGITS] = factors();

const fn factors() -> [u128; DIGITS] {
    let mut factors = [0; DIGITS];
    let mut last = ONE / 2;
    let mut digit = 0;
    while digit < DIGITS {
        // The root of a weight, as a weight: √(x/2⁶³) = √(x·2⁶³)/2⁶³.
        last = (last << WEIGHT_BITS).isqrt();
        factors[digit] = last;
        digit += 1;
    }
    factors
}

/// `⌊amount · 2^(−age/half-life) · 2³²⌋`: what an amount weighs after a time, in 2⁻³² credits. Age and half-life are in the same
/// unit; a half-life of 0 forgets at once. At most 48 multiplications.
///
/// Amounts past [`AMOUNT_MAX`] count as that.
pub fn decayed(amount: u64, age: u64, half_life: u64) -> u128 {
    if half_life == 0 {
        return 0;
    }
    let (halvings, rest) = (age / half_life, age % half_life);
    let mut weight = ONE;
    let mut rest = u128::from(rest);
    for factor in FACTORS {
        rest *= 2;
        if rest >= u128::from(half_life) {
            rest -= u128::from(half_life);
            weight = (weight * factor) >> WEIGHT_BITS;
        }
    }
    let whole = u128::from(amount.min(AMOUNT_MAX)) * weight;
    let shift = u64::from(WEIGHT_BITS - FRACTION_BITS).saturating_add(halvings);
    u32::try_from(shift).ok().and_then(|shift| whole.checked_shr(shift)).unwrap_or(0)
}
