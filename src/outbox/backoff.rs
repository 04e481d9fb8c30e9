//! When a mail that was put off is tried again.

use std::time::Duration;

use crate::kernel::{Answer, Random};

const FIRST: Duration = Duration::from_secs(30);
const LONGEST: Duration = Duration::from_secs(2 * 3_600);

/// 30 s · 3ⁿ, at most two hours, a quarter more or less, so that mails refused together do not come back together.
pub fn wait(attempts: i32, random: &dyn Random) -> Answer<Duration> {
    let tripled = 3_u32.saturating_pow(attempts.saturating_sub(1).clamp(0, 12).cast_unsigned());
    let base = FIRST.saturating_mul(tripled).min(LONGEST);
    let mut bytes = [0; 2];
    random.fill(&mut bytes)?;
    let jitter = 0.75 + f64::from(u16::from_be_bytes(bytes)) / f64::from(u16::MAX) / 2.0;
    Ok(base.mul_f64(jitter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::random::SeededRandom;

    #[test]
    fn the_waits_grow_to_two_hours_and_vary_by_a_quarter() {
        let random = SeededRandom::new(1);
        for (attempts, seconds) in [(0, 30.0), (1, 30.0), (2, 90.0), (3, 270.0), (6, 7_200.0), (i32::MAX, 7_200.0), (i32::MIN, 30.0)] {
            let waits: Vec<f64> = (0..200).map(|_| wait(attempts, &random).unwrap().as_secs_f64() / seconds).collect();
            assert!(waits.iter().all(|wait| (0.75..=1.25).contains(wait)), "{attempts}");
            assert!(waits.iter().any(|wait| *wait < 0.85) && waits.iter().any(|wait| *wait > 1.15), "{attempts}");
        }
    }
}
