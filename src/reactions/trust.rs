//! What the detection of made-up leads begins with, who is told of a case, and what an organiser's decision causes in other rooms.

use super::circles::mail;
use crate::accounts::views::reader;
use crate::circles::commands as circles;
use crate::circles::views as circle_views;
use crate::db::Tx;
use crate::kernel::clock::days;
use crate::kernel::id::{Identifier, ReferralId, TrustCaseId};
use crate::kernel::{Actor, Answer, Event, EventKind};
use crate::outbox::{self, LinkTo, MailKind, Mailbox};
use crate::reciprocity::commands as reciprocity;
use crate::reciprocity::views as ledger;
use crate::timers::{self, TimerKind};
use crate::trust::commands;
use crate::trust::model::Outcome;
use crate::trust::views;

/// A case can wait; who reads of it after a week finds it on the pages as well.
const WORTH_SENDING_DAYS: u32 = 7;
/// The most referrals whose credits one transaction takes back: the circle's ledger, and with SQLite every writer, waits for all
/// of them. What is left follows by a timer, part after part; until then none of it brings new credits.
const TAKEN_BACK_AT_ONCE: usize = 250;

/// Lets follow what follows from an event.
pub fn react(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    match event.kind {
        EventKind::ReferralIntroduced => event.circle.map_or(Ok(()), |circle| commands::wind(tx, circle)),
        EventKind::TrustCaseOpened => opened(tx, event),
        EventKind::TrustCaseDecided => decided(tx, event),
        _ => Ok(()),
    }
}

/// Every organiser who may decide is told once: figures and where to look, no names.
fn opened(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    let opened = views::opened(tx, event)?;
    let circle = circle_views::circle(tx, opened.circle)?;
    let expires_at = tx.now().after(days(WORTH_SENDING_DAYS));
    for organiser in circle_views::organisers(tx, circle.id)?.into_iter().filter(|organiser| !opened.members.contains(organiser)) {
        let to = reader(tx, organiser, MailKind::TrustCase)?;
        let recipient = Mailbox { name: to.name.clone(), email: to.email.clone() };
        let mut mail = mail(tx, MailKind::TrustCase, &circle, recipient, to.language, expires_at);
        mail.facts = [
            ("circle_name", circle.name.clone()),
            ("members", opened.members.len().to_string()),
            ("referrals", opened.facts.referrals_inside.to_string()),
            ("confirmed", opened.facts.confirmed_inside.to_string()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        mail.links.insert("case".to_owned(), LinkTo::Page(format!("/circles/{}/trust/{}", circle.id, opened.case)));
        outbox::queue(tx, mail)?;
    }
    Ok(())
}

fn decided(tx: &mut Tx<'_>, event: &Event) -> Answer<()> {
    let decided = views::decided(tx, event)?;
    match decided.outcome {
        Outcome::Dismissed | Outcome::Talked => Ok(()),
        Outcome::Suspended => decided.members.into_iter().try_for_each(|member| circles::suspend(tx, decided.circle, member, event.actor)),
        Outcome::Reversed => take_back(tx, decided.case, &decided.referrals, event.actor),
    }
}

/// Takes back the credits of the first referrals for which something stands, and winds a timer where that was not all. Whatever
/// was taken back before stays as it is: a transfer is reversed once.
fn take_back(tx: &mut Tx<'_>, case: TrustCaseId, referrals: &[ReferralId], actor: Actor) -> Answer<()> {
    let standing = ledger::standing(tx, referrals)?;
    for referral in standing.iter().take(TAKEN_BACK_AT_ONCE) {
        reciprocity::reverse_referral(tx, *referral, actor)?;
    }
    if standing.len() > TAKEN_BACK_AT_ONCE {
        let now = tx.now();
        timers::schedule(tx, TimerKind::TrustTakeBack, case.raw(), now)?;
    }
    Ok(())
}

/// Goes on where the last part ended, in the name of whoever decided.
pub(super) fn take_back_more(tx: &mut Tx<'_>, case: TrustCaseId) -> Answer<()> {
    let (referrals, decided_by) = views::taken_back(tx, case)?;
    let actor = decided_by.map_or(Actor::Clock, |person| Actor::Person { person, business: None });
    take_back(tx, case, &referrals, actor)
}
