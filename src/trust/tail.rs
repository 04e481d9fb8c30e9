//! Tail probabilities of the Poisson and the binomial distribution.
//!
//! Summed from a term that is found by its logarithm, so that neither a factorial nor a power leaves the range of `f64`. Both need
//! as many steps as the count; counts here are referrals of half a year.

/// P(K ≥ `count`) of a Poisson variable with this mean. 1 for a count of 0, 0 for a mean of 0.
///
/// Summed from the mean outwards: above it the tail itself, up to it one less what lies below. Either way the terms only fall, so
/// that the sum ends even where its first term is too small for an `f64`.
pub fn poisson_at_least(count: u32, mean: f64) -> f64 {
    if count == 0 {
        return 1.0;
    }
    if mean <= 0.0 {
        return 0.0;
    }
    let mut sum = 0.0;
    if f64::from(count) <= mean {
        let mut term = poisson_at(count - 1, mean);
        for below in (0..count).rev() {
            sum += term;
            term *= f64::from(below) / mean;
        }
        return (1.0 - sum).max(0.0);
    }
    let mut term = poisson_at(count, mean);
    let mut at = f64::from(count);
    while term > sum * 1e-16 {
        sum += term;
        at += 1.0;
        term *= mean / at;
    }
    sum.min(1.0)
}

/// P(K = `count`), by its logarithm.
fn poisson_at(count: u32, mean: f64) -> f64 {
    let factorial = (1..=count).fold(0.0, |sum, factor| sum + f64::from(factor).ln());
    (f64::from(count).mul_add(mean.ln(), -mean) - factorial).exp()
}

/// P(X ≤ `hits`) of `tries` trials that succeed with this chance.
pub fn binomial_at_most(hits: u32, tries: u32, chance: f64) -> f64 {
    if hits >= tries || chance <= 0.0 {
        return 1.0;
    }
    if chance >= 1.0 {
        return 0.0;
    }
    let (yes, no) = (chance.ln(), (-chance).ln_1p());
    let mut choose = 0.0;
    let mut sum = 0.0;
    for hit in 0..=hits {
        if hit > 0 {
            choose += f64::from(tries - hit + 1).ln() - f64::from(hit).ln();
        }
        sum += (choose + f64::from(hit) * yes + f64::from(tries - hit) * no).exp();
    }
    sum.min(1.0)
}

/// The lower end of the Wilson interval (Wilson 1927, z = 1.96) of a share: a cautious reading of few observations. 0 of nothing.
pub fn share_at_least(hits: u32, tries: u32) -> f64 {
    const Z: f64 = 1.96;
    if tries == 0 {
        return 0.0;
    }
    let (tries, share) = (f64::from(tries), f64::from(hits) / f64::from(tries));
    let square = Z * Z;
    let spread = Z * (share * (1.0 - share) / tries + square / (4.0 * tries * tries)).sqrt();
    ((share + square / (2.0 * tries) - spread) / (1.0 + square / tries)).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(is: f64, expected: f64) -> bool {
        (is - expected).abs() <= 1e-9_f64.max(expected * 1e-6)
    }

    #[test]
    fn poisson_tails_are_those_of_the_tables() {
        for (count, mean, expected) in [(0, 2.0, 1.0), (1, 1.0, 0.632_120_558_8), (3, 0.5, 0.014_387_678), (10, 2.0, 4.649_807_5e-5), (5, 5.0, 0.559_506_714_9)]
        {
            assert!(near(poisson_at_least(count, mean), expected), "{count} {mean}: {}", poisson_at_least(count, mean));
        }
        assert_eq!(poisson_at_least(3, 0.0), 0.0);
        assert!(poisson_at_least(900, 1_000.0) > 0.99 && poisson_at_least(1_200, 1_000.0) < 1e-8);
    }

    #[test]
    fn poisson_tails_end_where_a_term_is_too_small_for_a_number() {
        for (count, mean) in [(3, 810.0), (20, 5_000.0), (1, 1e6), (100_000, 200_000.0)] {
            assert_eq!(poisson_at_least(count, mean), 1.0, "{count} {mean}");
        }
        for (count, mean) in [(5_000, 1.0), (100_000, 20_000.0)] {
            assert_eq!(poisson_at_least(count, mean), 0.0, "{count} {mean}");
        }
    }

    #[test]
    fn both_sides_of_the_mean_are_one_curve() {
        for mean in [0.3, 4.0, 4.5, 60.0, 700.0, 900.0] {
            let tails: Vec<f64> = (0..1_500).map(|count| poisson_at_least(count, mean)).collect();
            for (count, pair) in (0_u32..).zip(tails.windows(2)) {
                assert!((pair[0] - pair[1] - poisson_at(count, mean)).abs() < 1e-11, "{count} {mean}: {pair:?}");
            }
        }
    }

    #[test]
    fn binomial_tails_are_those_of_the_tables() {
        for (hits, tries, chance, expected) in [(0, 5, 0.5, 0.031_25), (2, 10, 0.5, 0.054_687_5), (5, 5, 0.1, 1.0), (1, 18, 0.6, 1.924_145_348e-6)] {
            assert!(near(binomial_at_most(hits, tries, chance), expected), "{hits} {tries} {chance}: {}", binomial_at_most(hits, tries, chance));
        }
        assert_eq!(binomial_at_most(0, 10, 0.0), 1.0);
        assert_eq!(binomial_at_most(3, 10, 1.0), 0.0);
    }

    #[test]
    fn few_observations_are_read_cautiously() {
        for (hits, tries, expected) in [(1, 1, 0.206_543), (9, 10, 0.595_844), (90, 100, 0.825_633), (0, 5, 0.0), (0, 0, 0.0)] {
            assert!((share_at_least(hits, tries) - expected).abs() < 1e-5, "{hits}/{tries}: {}", share_at_least(hits, tries));
        }
    }
}
