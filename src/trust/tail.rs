//! Tail probabilities of the Poisson and the binomial distribution.
//!
//! Summed from their largest term in logarithms, so that neither a factorial nor a power leaves the range of `f64`. Both need
//! as many steps as the count; counts here are referrals of half a year.

/// P(K ≥ `count`) of a Poisson variable with this mean. 1 for a count of 0, 0 for a mean of 0.
pub fn poisson_at_least(count: u32, mean: f64) -> f64 {
    if count == 0 {
        return 1.0;
    }
    if mean <= 0.0 {
        return 0.0;
    }
    let below = (1..=count).fold(0.0, |sum, factor| sum + f64::from(factor).ln());
    let mut term = (f64::from(count).mul_add(mean.ln(), -mean) - below).exp();
    let mut sum = 0.0;
    let mut at = f64::from(count);
    // The terms rise up to the mean and then fall; past both, what is left adds nothing any more.
    loop {
        sum += term;
        at += 1.0;
        term *= mean / at;
        if at > mean && term < sum * 1e-16 {
            return sum.min(1.0);
        }
    }
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
