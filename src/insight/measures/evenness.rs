//! How evenly something is spread.

use super::Ratio;

/// The Gini coefficient: 0 when everybody has the same, towards 1 when one has all; nothing when there is nothing to spread.
///
/// `Σ (2i − n − 1)·xᵢ / (n·Σ xᵢ)` over the values in ascending order, i from 1 (C. Gini, 1912; the mean absolute difference of
/// all pairs, divided by twice the mean). O(n log n). Exact for up to 2³¹ values, whatever they are: the sum stays below 2¹²⁷.
pub fn gini(values: &[u64]) -> Option<Ratio> {
    let mut ascending = values.to_vec();
    ascending.sort_unstable();
    let count = i128::try_from(ascending.len()).ok()?;
    let mut weight = 1 - count;
    let (mut weighted, mut sum) = (0_i128, 0_i128);
    for value in ascending {
        weighted += weight * i128::from(value);
        sum += i128::from(value);
        weight += 2;
    }
    Ratio::of(weighted, count * sum)
}

/// The median: the middle value, or the mean of the two in the middle. O(n log n).
pub fn median(values: &[u64]) -> Option<Ratio> {
    let mut ascending = values.to_vec();
    ascending.sort_unstable();
    let upper = *ascending.get(ascending.len() / 2)?;
    let lower = if ascending.len().is_multiple_of(2) { ascending[ascending.len() / 2 - 1] } else { upper };
    Ratio::of(i128::from(lower) + i128::from(upper), 2)
}

/// From where to where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Range {
    /// The lower end.
    pub from: u64,
    /// The upper end.
    pub to: u64,
}

/// Between which values the middle half lies: the first and third quartile, each a value that occurs (nearest rank). O(n log n).
pub fn quartiles(values: &[u64]) -> Option<Range> {
    let mut ascending = values.to_vec();
    ascending.sort_unstable();
    // The nearest rank of a quarter is ⌈n/4⌉, counted from 1; from the top it is the same.
    let rank = ascending.len().div_ceil(4).checked_sub(1)?;
    Some(Range { from: ascending[rank], to: ascending[ascending.len() - 1 - rank] })
}
