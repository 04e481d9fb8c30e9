//! The life of a mail's row.
//!
//! [`MailMove::table`] is the whole state machine; the store builds its `WHERE status IN …` from it, so that no statement can
//! make a move that the table does not have.

crate::coded_enum! {
    /// Where a mail's row stands.
    pub enum MailStatus {
        /// Waits for its time.
        Queued = 1 "queued",
        /// A worker has it.
        Sending = 2 "sending",
        /// Tried and put off.
        Deferred = 3 "deferred",
        /// The other server took it.
        Sent = 4 "sent",
        /// The recipient does not exist, or time ran out.
        Dead = 5 "dead",
        /// Nobody knows whether the other server took it.
        Unknown = 6 "unknown",
        /// Came back after it was sent.
        Bounced = 7 "bounced",
        /// The address wants no such mail.
        Suppressed = 8 "suppressed",
        /// Its matter ended before it was sent.
        Cancelled = 9 "cancelled",
    }
}

/// What can happen to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MailMove {
    /// A worker takes it.
    Claim,
    /// A worker gives it back before anything of it was transmitted, or its lease ran out before that.
    Release,
    /// The other server took it.
    Accept,
    /// Not now.
    Defer,
    /// Never for this recipient.
    Refuse,
    /// No answer came after the final dot, or the lease ran out during the transmission.
    Lose,
    /// Sent once more after its fate stayed unknown.
    Resend,
    /// Its time ran out.
    Expire,
    /// The address wants no such mail; the worker sees it when it has taken the mail.
    Suppress,
    /// Its matter ended.
    Cancel,
    /// It came back.
    Bounce,
}

impl MailMove {
    /// Every move.
    pub const ALL: [Self; 11] = [
        Self::Claim,
        Self::Release,
        Self::Accept,
        Self::Defer,
        Self::Refuse,
        Self::Lose,
        Self::Resend,
        Self::Expire,
        Self::Suppress,
        Self::Cancel,
        Self::Bounce,
    ];

    /// From which states a move is possible, and where it leads.
    const fn table(self) -> (&'static [MailStatus], MailStatus) {
        use MailStatus::{Bounced, Cancelled, Dead, Deferred, Queued, Sending, Sent, Suppressed, Unknown};
        match self {
            Self::Claim => (&[Queued, Deferred], Sending),
            Self::Release => (&[Sending], Queued),
            Self::Accept => (&[Sending], Sent),
            Self::Defer => (&[Sending], Deferred),
            Self::Refuse => (&[Sending], Dead),
            Self::Lose => (&[Sending], Unknown),
            Self::Resend => (&[Unknown], Queued),
            Self::Expire => (&[Queued, Deferred], Dead),
            Self::Suppress => (&[Sending], Suppressed),
            Self::Cancel => (&[Queued, Deferred], Cancelled),
            Self::Bounce => (&[Sent, Unknown], Bounced),
        }
    }

    /// The states from which this move is possible.
    pub fn from(self) -> Vec<MailStatus> {
        self.table().0.to_vec()
    }

    /// Where it leads.
    pub const fn to(self) -> MailStatus {
        self.table().1
    }

    /// The state after this move, if it is possible.
    pub fn after(self, status: MailStatus) -> Option<MailStatus> {
        let (from, to) = self.table();
        from.contains(&status).then_some(to)
    }
}

impl MailStatus {
    /// Whether nothing more will be sent: names, addresses and facts are wiped then. An unknown mail may be sent once more.
    pub const fn is_finished(self) -> bool {
        matches!(self, Self::Sent | Self::Dead | Self::Bounced | Self::Suppressed | Self::Cancelled)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_state_is_reached_and_finished_ones_are_left_only_by_a_bounce() {
        for status in MailStatus::ALL {
            assert!(*status == MailStatus::Queued || MailMove::ALL.iter().any(|step| step.to() == *status), "{status}");
            let ways_out: Vec<_> = MailMove::ALL.into_iter().filter(|step| step.after(*status).is_some()).collect();
            match status {
                MailStatus::Sent => assert_eq!(ways_out, [MailMove::Bounce]),
                finished if finished.is_finished() => assert!(ways_out.is_empty(), "{status}: {ways_out:?}"),
                _ => assert!(!ways_out.is_empty(), "{status}"),
            }
        }
    }

    proptest! {
        /// Whatever happens in whatever order: a mail is transmitted only while a worker has it, what was sent is never sent
        /// again, and a mail whose fate is unknown goes out again only by the one move for it.
        #[test]
        fn a_mail_is_sent_once_or_marked_unknown(steps in prop::collection::vec(prop::sample::select(MailMove::ALL.to_vec()), 0..60)) {
            let (mut status, mut accepted, mut lost, mut resent) = (MailStatus::Queued, 0, 0, 0);
            for step in steps {
                let Some(next) = step.after(status) else { continue };
                match step {
                    MailMove::Accept => { prop_assert_eq!(status, MailStatus::Sending); accepted += 1; }
                    MailMove::Lose => { prop_assert_eq!(status, MailStatus::Sending); lost += 1; }
                    MailMove::Resend => { prop_assert_eq!(status, MailStatus::Unknown); resent += 1; }
                    _ => {}
                }
                prop_assert_eq!(next == MailStatus::Sending, step == MailMove::Claim);
                status = next;
            }
            prop_assert!(accepted <= 1);
            prop_assert!(resent <= lost && lost <= resent + 1);
        }
    }
}
