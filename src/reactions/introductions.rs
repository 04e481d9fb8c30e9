//! Introductions that open and close with a referral's moves, and their mails. What an introduction does to its referral is in
//! `reactions/referrals.rs`.

use crate::accounts;
use crate::circles;
use crate::db::Tx;
use crate::introductions::commands::{self, NewIntroduction};
use crate::introductions::model::{Attestation, IntroductionState};
use crate::introductions::{mails, sources, views, wording};
use crate::kernel::id::{BusinessId, Identifier, IntroductionId, ReferralId};
use crate::kernel::{Answer, Event, EventKind, Failure};
use crate::outbox::{self, MailKind};
use crate::referrals;

/// The mails that ask a prospect.
const QUESTIONS: &[MailKind] = &[MailKind::Introduction, MailKind::IntroductionAttested];
/// Every mail of an introduction.
const EVERY_MAIL: &[MailKind] = &[MailKind::Introduction, MailKind::IntroductionAttested, MailKind::ThreeWay];

/// Lets follow what follows from an event.
pub fn react(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    let Some(referral) = event.referral else { return Ok(()) };
    match event.kind {
        EventKind::ReferralOffered => open(tx, referral, event),
        EventKind::ProspectAsked => ask(tx, referral),
        EventKind::OfferAccepted => commands::receiver_agreed(tx, referral, event.actor),
        EventKind::OfferDeclined | EventKind::OfferExpired | EventKind::ReferralWithdrawn | EventKind::ReferralClosed => close(tx, referral),
        EventKind::ReferralIntroduced => connect(tx, referral),
        EventKind::ProspectRefused | EventKind::ProspectNotNow | EventKind::ProspectStopped | EventKind::IntroductionExpired => hush(tx, referral, QUESTIONS),
        EventKind::ConsentWithdrawn => {
            // The data goes at once, and with it every mail that still waits; the news that follow name nobody.
            hush(tx, referral, EVERY_MAIL)?;
            referrals::commands::wipe_prospect(tx, referral)
        }
        _ => Ok(()),
    }
}

/// The prospect's server took the mail that asks.
pub fn mail_sent(tx: &mut Tx<'_>, subject_id: i64) -> Answer<()> {
    let now = tx.now();
    commands::delivered(tx, IntroductionId::from_raw(subject_id), now)
}

/// A referral was put to a receiver: the prospect is asked at the same time.
fn open(tx: &mut Tx<'_>, referral: ReferralId, event: &Event) -> Answer<()> {
    let facts = referrals::views::facts(tx, referral)?;
    let receiver = receiver_of(facts.receiver, referral)?;
    let about = sources::gather(tx, &facts, receiver)?;
    let Some(prospect) = about.prospect.as_ref() else {
        return Err(Failure::conflict("prospect_wiped", "the prospect's data was wiped: the referral cannot be passed any more"));
    };
    let (_, policy) = circles::views::policy(tx, facts.circle, Some(facts.policy_version))?;
    let new = NewIntroduction {
        referral,
        receiver,
        receiver_name: about.names.receiver_business.clone(),
        circle: facts.circle,
        giver: facts.giver,
        giver_person: facts.giver_person,
        path: facts.consent_path,
        allowed_paths: policy.consent_paths,
        email: prospect.email.clone(),
        phone: prospect.phone.as_ref().map(|phone| phone.as_str().to_owned()),
        tax_key: referrals::views::prospect_tax_key(tx, referral)?,
        language: prospect.language,
        attestation: attestation(event)?,
        question: wording::question(prospect.language, &about.names, about.shared()),
    };
    commands::open(tx, &new).map(drop)
}

fn attestation(event: &Event) -> Answer<Option<Attestation>> {
    let Some(told) = event.handed.get("attestation").filter(|told| !told.is_null()) else { return Ok(None) };
    serde_json::from_value(told.clone()).map(Some).map_err(|error| Failure::internal(format!("attestation of event {}: {error}", event.id)))
}

/// The mail that asks; none where the giver sends the link himself.
fn ask(tx: &mut Tx<'_>, referral: ReferralId) -> Answer<()> {
    let Some(introduction) = views::newest(tx, referral)? else { return Ok(()) };
    let about = sources::of(tx, &introduction)?;
    match mails::question(&introduction, &about) {
        Some(mail) => outbox::queue(tx, mail).map(drop),
        None => Ok(()),
    }
}

fn close(tx: &mut Tx<'_>, referral: ReferralId) -> Answer<()> {
    for closed in commands::close(tx, referral)? {
        outbox::cancel(tx, closed.raw(), QUESTIONS)?;
    }
    Ok(())
}

/// Both agreed and are introduced: the mail that connects them goes to each. Never without the introduction itself, whatever
/// the referral says.
fn connect(tx: &mut Tx<'_>, referral: ReferralId) -> Answer<()> {
    let made = views::newest(tx, referral)?.filter(|newest| newest.state == IntroductionState::Made);
    let Some(introduction) = made else { return Ok(()) };
    let facts = referrals::views::facts(tx, referral)?;
    let about = sources::gather(tx, &facts, introduction.receiver_business_id)?;
    let receiver = accounts::views::responsible(tx, introduction.receiver_business_id)?;
    let now = tx.now();
    for mail in mails::three_way(&introduction, &about, &receiver, facts.contact_by, now) {
        outbox::queue(tx, mail)?;
    }
    Ok(())
}

/// Holds back what still waits of these mails.
fn hush(tx: &mut Tx<'_>, referral: ReferralId, kinds: &[MailKind]) -> Answer<()> {
    match views::newest(tx, referral)? {
        Some(introduction) => outbox::cancel(tx, introduction.id.raw(), kinds).map(drop),
        None => Ok(()),
    }
}

fn receiver_of(receiver: Option<BusinessId>, referral: ReferralId) -> Answer<BusinessId> {
    receiver.ok_or_else(|| Failure::internal(format!("{referral} is offered to nobody")))
}
