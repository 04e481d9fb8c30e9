//! Referrals that move with their introduction, and the news about them by mail.

use crate::businesses::commands as businesses;
use crate::db::Tx;
use crate::kernel::id::{OfferId, ReferralId};
use crate::kernel::{Answer, Event, EventKind};
use crate::outbox::{self, MailKind};
use crate::referrals::mails::{self, News};
use crate::referrals::model::{CloseReason, ReferralState};
use crate::referrals::{commands, views};

/// Lets follow what follows from an event.
pub fn react(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    let Some(referral) = event.referral else { return Ok(()) };
    match event.kind {
        EventKind::IntroductionMade => commands::mark_introduced(tx, referral),
        EventKind::ProspectRefused | EventKind::ConsentWithdrawn => commands::close_without_introduction(tx, referral, CloseReason::Refused),
        EventKind::ProspectNotNow => commands::close_without_introduction(tx, referral, CloseReason::NotNow),
        EventKind::ProspectStopped => commands::close_without_introduction(tx, referral, CloseReason::Stopped),
        EventKind::IntroductionExpired => commands::close_without_introduction(tx, referral, CloseReason::NoAnswer),
        EventKind::IntroductionWiped => commands::wipe_prospect(tx, referral),
        EventKind::ProspectWiped => outbox::wipe_referral(tx, referral),
        EventKind::ReferralOffered => {
            name_spin_off(tx, referral)?;
            offer(tx, event, referral, MailKind::Offer)
        }
        EventKind::OfferReminded => offer(tx, event, referral, MailKind::OfferReminder),
        EventKind::ReferralWon => {
            if let Some(receiver) = event.business {
                let keys = views::prospect_keys(tx, referral)?;
                businesses::remember_customer(tx, receiver, &keys)?;
            }
            tell_giver(tx, event, referral)
        }
        EventKind::ReferralClosed | EventKind::ReferralWithdrawn => {
            tell_receiver(tx, event, referral)?;
            tell_giver(tx, event, referral)
        }
        EventKind::ContactReminded => {
            let mail = mails::contact_reminder(tx, referral)?;
            queue(tx, mail)
        }
        EventKind::ReferralNudged => {
            let silent_days = event.data.get("days").and_then(serde_json::Value::as_u64).unwrap_or_default();
            let mail = mails::nudge(tx, referral, silent_days)?;
            queue(tx, mail)
        }
        EventKind::ReferralDisputed => tell_of_dispute(tx, event, referral, "opened"),
        EventKind::ReferralInvalid => tell_of_dispute(tx, event, referral, "upheld"),
        EventKind::DisputeRejected => tell_of_dispute(tx, event, referral, "rejected"),
        _ => tell_giver(tx, event, referral),
    }
}

fn queue(tx: &mut Tx<'_>, mail: impl IntoIterator<Item = outbox::NewMail>) -> Answer<()> {
    for mail in mail {
        outbox::queue(tx, mail)?;
    }
    Ok(())
}

fn offer(tx: &mut Tx<'_>, event: &Event, referral: ReferralId, kind: MailKind) -> Answer<()> {
    let Some(offer) = offer_of(event) else { return Ok(()) };
    let mail = mails::offer(tx, kind, referral, offer)?;
    queue(tx, Some(mail))
}

/// The offer that an event is about.
pub fn offer_of(event: &Event) -> Option<OfferId> {
    event.data.get("offer").and_then(serde_json::Value::as_str).and_then(|text| text.parse().ok())
}

/// The origin's timeline names what came out of it, when that is passed for the first time.
fn name_spin_off(tx: &mut Tx<'_>, referral: ReferralId) -> Answer<()> {
    match views::facts(tx, referral)?.origin {
        Some(origin) => commands::note_spin_off(tx, origin, referral),
        None => Ok(()),
    }
}

/// The name under which the giver hears of an event, and whether it can still be taken back.
const fn news_of(kind: EventKind) -> Option<(&'static str, bool)> {
    match kind {
        EventKind::OfferAccepted => Some(("accepted", false)),
        EventKind::OfferDeclined => Some(("declined", false)),
        EventKind::OfferExpired => Some(("expired", false)),
        EventKind::ReferralIntroduced => Some(("introduced", false)),
        EventKind::ReferralContacted => Some(("contacted", true)),
        EventKind::ReferralQuoted => Some(("quoted", true)),
        EventKind::ReferralWon => Some(("won", false)),
        EventKind::ReferralLost => Some(("lost", true)),
        EventKind::ReferralClosed => Some(("closed", false)),
        _ => None,
    }
}

fn tell_giver(tx: &mut Tx<'_>, event: &Event, referral: ReferralId) -> Answer<()> {
    let Some((name, undoable)) = news_of(event.kind) else { return Ok(()) };
    let undoable = undoable && event.actor.person().is_some();
    let news = News { name, receiver: event.business, note: event.note.as_deref(), event: event.id, undoable };
    let mail = mails::giver_news(tx, referral, &news)?;
    queue(tx, Some(mail))
}

/// A receiver who had accepted hears that nothing comes of it.
fn tell_receiver(tx: &mut Tx<'_>, event: &Event, referral: ReferralId) -> Answer<()> {
    let had_accepted = event.data.get("from").and_then(serde_json::Value::as_str) == Some(ReferralState::Accepted.as_str());
    let Some(receiver) = event.business.filter(|_| had_accepted) else { return Ok(()) };
    let reason = event.data.get("reason").and_then(serde_json::Value::as_str).and_then(CloseReason::parse);
    let news = match reason {
        _ if event.kind == EventKind::ReferralWithdrawn => "withdrawn",
        Some(CloseReason::Refused | CloseReason::Stopped) => "refused",
        Some(CloseReason::NotNow) => "not_now",
        Some(CloseReason::NoAnswer) | None => "no_answer",
    };
    let mail = mails::receiver_news(tx, referral, receiver, news, event.note.as_deref())?;
    queue(tx, Some(mail))
}

fn tell_of_dispute(tx: &mut Tx<'_>, event: &Event, referral: ReferralId, stage: &'static str) -> Answer<()> {
    let mails = mails::dispute(tx, referral, stage, event.note.as_deref().unwrap_or_default(), event.actor.person())?;
    queue(tx, mails)
}
