//! Pauses the queue while the relay is at fault, so that no mail is used up by it.

use std::time::Duration;

use crate::kernel::clock::Timestamp;

const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// Counts faults in a row; each doubles the pause, a success ends it.
#[derive(Debug, Default)]
pub struct Breaker {
    faults: u32,
    paused_until: Option<Timestamp>,
}

impl Breaker {
    /// Whether mails may be tried now.
    pub fn allows(&self, now: Timestamp) -> bool {
        self.paused_until.is_none_or(|until| until <= now)
    }

    /// The relay was at fault. What other lanes meet during the same pause counts once.
    pub fn fault(&mut self, now: Timestamp) {
        if self.allows(now) {
            let pause = FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(self.faults)).min(LONGEST_PAUSE);
            self.faults = self.faults.saturating_add(1);
            self.paused_until = Some(now.after(pause));
            metrics::counter!("kularing_mail_pauses_total").increment(1);
        }
    }

    /// The relay answered as it should.
    pub fn success(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_to_five_minutes_and_end_with_a_success() {
        let mut now = Timestamp::from_micros(0);
        let mut breaker = Breaker::default();
        for seconds in [5, 10, 20, 40, 80, 160, 300, 300] {
            assert!(breaker.allows(now));
            breaker.fault(now);
            breaker.fault(now.after(Duration::from_secs(1)));
            let end = now.after(Duration::from_secs(seconds));
            assert!(!breaker.allows(end.before(Duration::from_micros(1))) && breaker.allows(end), "{seconds}");
            now = end;
        }
        breaker.fault(now);
        breaker.success();
        assert!(breaker.allows(now));
    }
}
