//! How often somebody may try: sign-ins and mails, by account and by network address.
//!
//! Kept in memory, each process for itself. What is counted is what was typed, whether there is such an account or not, so
//! that a limit tells nothing either.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use governor::clock::Clock as GovernorClock;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use super::visitor::Visitor;
use crate::kernel::clock::Clock;
use crate::kernel::{Answer, Failure};

/// Names a limiter remembers; beyond that nobody gets through until some are forgotten.
const NAMES_MAX: usize = 100_000;
/// At this many names those that have nothing left to remember are forgotten.
const NAMES_SWEPT: usize = 10_000;

/// Kularing's clock, as governor asks for it.
#[derive(Clone)]
struct LimitClock(Arc<dyn Clock>);

impl GovernorClock for LimitClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_micros(self.0.now().as_micros().max(0).cast_unsigned())
    }
}

/// One limit: so many at once, and then one each period.
struct Limit {
    limiter: RateLimiter<String, DashMapStateStore<String>, LimitClock, NoOpMiddleware<Duration>>,
    clock: LimitClock,
}

impl Limit {
    fn new(at_once: NonZeroU32, period: Duration, clock: &LimitClock) -> Self {
        let quota = Quota::with_period(period).unwrap_or_else(|| Quota::per_minute(at_once)).allow_burst(at_once);
        Self { limiter: RateLimiter::dashmap_with_clock(quota, clock.clone()), clock: clock.clone() }
    }

    fn check(&self, name: String, code: &'static str) -> Answer<()> {
        if self.limiter.len() >= NAMES_SWEPT {
            self.limiter.retain_recent();
            if self.limiter.len() >= NAMES_MAX {
                return Err(Failure::TooMany { code, retry_after_seconds: 60 });
            }
        }
        self.limiter.check_key(&name).map_err(|refused| {
            let wait = refused.wait_time_from(self.clock.now());
            Failure::TooMany { code, retry_after_seconds: u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1) }
        })
    }
}

/// Every limit of accounts.
pub(super) struct Limits {
    sign_in_here: Limit,
    sign_in_account: Limit,
    sign_in_visitor: Limit,
    mail_recipient: Limit,
    mail_visitor: Limit,
}

const fn count(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}

impl Limits {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        let clock = LimitClock(clock);
        let limit = |at_once, seconds| Limit::new(count(at_once), Duration::from_secs(seconds), &clock);
        Self {
            sign_in_here: limit(20, 30),
            sign_in_account: limit(100, 30),
            sign_in_visitor: limit(300, 1),
            mail_recipient: limit(5, 600),
            mail_visitor: limit(100, 30),
        }
    }

    /// An attempt to sign in, or to show the password for another reason.
    pub(super) fn sign_in(&self, visitor: &Visitor, account: &str) -> Answer<()> {
        let code = "too_many_sign_ins";
        self.sign_in_visitor.check(visitor.network.clone(), code)?;
        self.sign_in_here.check(format!("{} {account}", visitor.network), code)?;
        self.sign_in_account.check(account.to_owned(), code)
    }

    /// A mail to an address that the visitor typed.
    pub(super) fn mail(&self, visitor: &Visitor, recipient: &str) -> Answer<()> {
        let code = "too_many_mails";
        self.mail_visitor.check(visitor.network.clone(), code)?;
        self.mail_recipient.check(recipient.to_owned(), code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Timestamp;
    use crate::kernel::clock::ManualClock;

    fn visitor(network: &str) -> Visitor {
        Visitor { network: network.to_owned(), user_agent: String::new() }
    }

    fn wait(outcome: Answer<()>) -> Option<u32> {
        match outcome {
            Err(Failure::TooMany { retry_after_seconds, .. }) => Some(retry_after_seconds),
            _ => None,
        }
    }

    #[test]
    fn a_guesser_is_slowed_down_and_harms_only_himself() {
        let clock = Arc::new(ManualClock::new(Timestamp::from_micros(1_772_438_400_000_000)));
        let limits = Limits::new(Arc::clone(&clock) as Arc<dyn Clock>);
        let guesser = visitor("203.0.113.9");
        for _ in 0..20 {
            limits.sign_in(&guesser, "anna@a.example").unwrap();
        }
        let seconds = wait(limits.sign_in(&guesser, "anna@a.example")).unwrap();
        assert!((1..=31).contains(&seconds), "{seconds}");
        limits.sign_in(&guesser, "ben@b.example").unwrap();
        limits.sign_in(&visitor("198.51.100.7"), "anna@a.example").unwrap();
        clock.advance(Duration::from_secs(u64::from(seconds)));
        limits.sign_in(&guesser, "anna@a.example").unwrap();
    }

    #[test]
    fn many_guessers_of_one_account_are_slowed_down_too() {
        let clock = Arc::new(ManualClock::new(Timestamp::from_micros(1_772_438_400_000_000)));
        let limits = Limits::new(clock);
        let refused = (0..200).filter(|number| wait(limits.sign_in(&visitor(&format!("203.0.113.{number}")), "anna@a.example")).is_some()).count();
        assert_eq!(refused, 100);
    }

    #[test]
    fn nobody_is_flooded_with_mails() {
        let clock = Arc::new(ManualClock::new(Timestamp::from_micros(1_772_438_400_000_000)));
        let limits = Limits::new(clock);
        let sent = (0..50).filter(|number| limits.mail(&visitor(&format!("203.0.113.{number}")), "anna@a.example").is_ok()).count();
        assert_eq!(sent, 5);
    }
}
