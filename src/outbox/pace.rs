//! How fast one recipient's domain is written to: a bucket of tokens each.

use std::collections::HashMap;

use crate::kernel::clock::Timestamp;

/// Domains remembered at the most; full buckets are forgotten first.
const DOMAINS_MAX: usize = 10_000;
/// A bucket holds as much as two seconds give.
const BURST_SECONDS: f64 = 2.0;

/// The buckets of this process.
#[derive(Debug)]
pub struct Pace {
    per_second: f64,
    buckets: HashMap<String, Bucket>,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    tokens: f64,
    at: Timestamp,
}

impl Pace {
    /// So many mails a second to one domain; 0 for no limit.
    pub fn new(per_second: u32) -> Self {
        Self { per_second: f64::from(per_second), buckets: HashMap::new() }
    }

    /// Counts a mail. A batch that was taken already may overdraw its bucket; the domain then rests longer.
    pub fn take(&mut self, domain: &str, now: Timestamp) {
        if self.per_second <= 0.0 {
            return;
        }
        if self.buckets.len() >= DOMAINS_MAX {
            let (per_second, full) = (self.per_second, self.full());
            self.buckets.retain(|_, bucket| bucket.filled(now, per_second).tokens < full);
        }
        let fresh = Bucket { tokens: self.full(), at: now };
        let bucket = self.buckets.entry(domain.to_owned()).or_insert(fresh);
        *bucket = bucket.filled(now, self.per_second);
        bucket.tokens -= 1.0;
    }

    /// The domains that have had enough for the moment.
    pub fn closed(&self, now: Timestamp) -> Vec<String> {
        let empty = |bucket: &Bucket| bucket.filled(now, self.per_second).tokens < 1.0;
        self.buckets.iter().filter(|(_, bucket)| empty(bucket)).map(|(domain, _)| domain.clone()).collect()
    }

    fn full(&self) -> f64 {
        self.per_second * BURST_SECONDS
    }
}

impl Bucket {
    fn filled(self, now: Timestamp, per_second: f64) -> Self {
        let gained = now.since(self.at).as_secs_f64() * per_second;
        Self { tokens: (self.tokens + gained).min(per_second * BURST_SECONDS), at: now }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_domain_rests_when_its_bucket_is_empty_and_others_do_not() {
        let now = Timestamp::from_micros(0);
        let mut pace = Pace::new(2);
        for _ in 0..4 {
            assert!(pace.closed(now).is_empty());
            pace.take("a.example", now);
        }
        pace.take("b.example", now);
        assert_eq!(pace.closed(now), ["a.example"]);
        assert_eq!(pace.closed(now.after(Duration::from_millis(499))), ["a.example"]);
        assert!(pace.closed(now.after(Duration::from_millis(500))).is_empty());
        let mut unlimited = Pace::new(0);
        (0..1_000).for_each(|_| unlimited.take("a.example", now));
        assert!(unlimited.closed(now).is_empty());
    }
}
