//! A receiver objects; an organiser who is no party decides. While a dispute is open, nothing else moves the referral.

use serde_json::json;

use super::Matter;
use crate::db::Tx;
use crate::kernel::id::{DisputeId, ReferralId};
use crate::kernel::text::Prose;
use crate::kernel::{Answer, EventKind, Failure, Principal};
use crate::referrals::model::{DisputeReason, DisputeState, Move, NOTE_MAX, ReferralState};
use crate::referrals::store::{self, DisputeRow};

crate::coded_enum! {
    /// What the organiser decides.
    pub enum Verdict {
        /// The objection is right: the referral is invalid and its credits are reversed.
        Uphold = 1 "uphold",
        /// The objection is unfounded: the referral goes on.
        Reject = 2 "reject",
    }
}

/// The receiver objects to a referral he was introduced by.
pub fn dispute(tx: &mut Tx<'_>, principal: &Principal, id: ReferralId, reason: DisputeReason, words: &str) -> Answer<DisputeId> {
    let mut matter = Matter::locked(tx, id)?;
    matter.require(tx, principal, Move::Dispute)?;
    let words = words_of(tx, &matter, words)?;
    let row = DisputeRow {
        id: tx.new_id(),
        referral_id: id,
        circle_id: matter.row.circle_id,
        state: DisputeState::Open,
        reason,
        words: words.clone(),
        opened_by: principal.person,
        opened_at: tx.now(),
        decided_by: None,
        decided_at: None,
        decision_words: None,
    };
    store::insert_dispute(tx, &row)?;
    let dispute = row.id;
    matter.dispute = Some(row);
    matter.record(tx, EventKind::ReferralDisputed, principal.actor(), Some(words), json!({ "dispute": dispute, "reason": reason }))?;
    Ok(dispute)
}

/// An organiser who is no party decides the open dispute; an operator when every organiser is a party.
pub fn decide_dispute(tx: &mut Tx<'_>, principal: &Principal, id: ReferralId, verdict: Verdict, words: &str) -> Answer<()> {
    let mut matter = Matter::locked(tx, id)?;
    let made = match verdict {
        Verdict::Uphold => Move::Uphold,
        Verdict::Reject => Move::Reject,
    };
    matter.require(tx, principal, made)?;
    let words = words_of(tx, &matter, words)?;
    let mut row = matter.dispute.take().ok_or_else(|| Failure::internal("the table allows a verdict only on an open dispute"))?;
    row.state = if verdict == Verdict::Uphold { DisputeState::Upheld } else { DisputeState::Rejected };
    row.decided_by = Some(principal.person);
    row.decided_at = Some(tx.now());
    row.decision_words = Some(words.clone());
    store::save_dispute(tx, &row)?;
    let data = json!({ "dispute": row.id, "reason": row.reason });
    match verdict {
        Verdict::Uphold => {
            matter.row.reason = Some(row.reason.code());
            matter.enter(tx, ReferralState::Invalid, EventKind::ReferralInvalid, principal.actor(), Some(words), data)?;
        }
        Verdict::Reject => {
            matter.record(tx, EventKind::DisputeRejected, principal.actor(), Some(words), data)?;
        }
    }
    Ok(())
}

fn words_of(tx: &mut Tx<'_>, matter: &Matter, raw: &str) -> Answer<String> {
    let words = Prose::<NOTE_MAX>::parse(raw).map_err(|problem| problem.of("words"))?.into_string();
    matter.forbid_prospect(tx, "words", &words)?;
    Ok(words)
}
