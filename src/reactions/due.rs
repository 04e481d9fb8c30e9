//! What a due timer does.

use crate::accounts::commands::erasure as accounts;
use crate::db::Tx;
use crate::introductions::commands as introductions;
use crate::kernel::Answer;
use crate::kernel::id::Identifier;
use crate::kernel::id::{CircleId, IntroductionId, OfferId, PersonId, ReferralId, TrustCaseId};
use crate::referrals::commands as referrals;
use crate::timers::{Timer, TimerKind};
use crate::trust;

/// Does what a due timer is for; checks first whether its matter still stands.
pub fn due(tx: &mut Tx<'_>, timer: &Timer) -> Answer<()> {
    let offer = || OfferId::from_raw(timer.subject_id);
    let referral = || ReferralId::from_raw(timer.subject_id);
    let introduction = || IntroductionId::from_raw(timer.subject_id);
    match timer.kind {
        TimerKind::OfferReminder => referrals::remind_offer(tx, offer()),
        TimerKind::OfferExpiry => referrals::expire_offer(tx, offer()),
        TimerKind::ContactReminder => referrals::remind_contact(tx, referral()),
        TimerKind::ReferralNudge => referrals::nudge(tx, referral()),
        TimerKind::ReferralEnd => referrals::end_silent(tx, referral()),
        TimerKind::IntroductionDue => introductions::introduce_due(tx, introduction()),
        TimerKind::IntroductionExpiry => introductions::expire(tx, introduction()),
        TimerKind::IntroductionWipe => introductions::wipe(tx, introduction()),
        TimerKind::ProspectWipe => referrals::wipe_prospect(tx, referral()),
        TimerKind::AccountErase => accounts::erase_due(tx, PersonId::from_raw(timer.subject_id)),
        TimerKind::TrustTakeBack => super::trust::take_back_more(tx, TrustCaseId::from_raw(timer.subject_id)),
        TimerKind::TrustLook => trust::commands::look(tx, CircleId::from_raw(timer.subject_id)),
    }
}
