//! What happened lately to the referrals of a business, done by others or by the clock.

use super::audience::parties;
use super::timeline::is_step;
use super::whole::business_names;
use crate::businesses::trade::TradeCode;
use crate::db::AnyConn;
use crate::events;
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{BusinessId, EventId, ReferralId};
use crate::kernel::{Answer, EventKind};
use crate::referrals::store;

/// How many events are told.
const TOLD_MAX: usize = 6;
/// Among how many referrals of each side they are looked for: those that moved last.
const MOVED_MAX: i64 = 12;
/// Among how many events.
const EVENTS_MAX: i64 = 300;

/// Something that happened to a referral of one's own.
#[derive(Debug, Clone)]
pub struct Happened {
    /// The event.
    pub id: EventId,
    /// What happened.
    pub kind: EventKind,
    /// When.
    pub at: Timestamp,
    /// To which referral.
    pub referral: ReferralId,
    /// The trade that is needed.
    pub trade: Option<TradeCode>,
    /// The receiver that the event is about.
    pub receiver: Option<String>,
    /// The other business.
    pub partner: Option<String>,
    /// Whether the reader may still open the referral.
    pub is_open_to_reader: bool,
}

/// The newest first. What the business did itself it knows; and it hears of nothing that its timelines do not show.
pub fn lately(connection: &mut AnyConn, business: BusinessId) -> Answer<Vec<Happened>> {
    let rows = store::moved_lately(connection, business, MOVED_MAX)?;
    let ids: Vec<ReferralId> = rows.iter().map(|row| row.id).collect();
    let parties = parties(connection, &ids)?;
    let mut told = events::of_referrals(connection, &ids, EVENTS_MAX)?;
    told.retain(|event| {
        let hears = event.referral.and_then(|id| parties.get(&id)).is_some_and(|parties| parties.hearing(event).contains(&business));
        hears && tells(event.kind) && event.actor.business() != Some(business)
    });
    told.truncate(TOLD_MAX);
    let others = rows.iter().flat_map(|row| [Some(row.giver_business_id), row.receiver_business_id]);
    let names = business_names(connection, others.chain(told.iter().map(|event| event.business)).flatten().collect())?;
    let happened = |event: &crate::kernel::Event| {
        let row = rows.iter().find(|row| Some(row.id) == event.referral)?;
        let partner = if row.giver_business_id == business { row.receiver_business_id } else { Some(row.giver_business_id) };
        Some(Happened {
            id: event.id,
            kind: event.kind,
            at: event.at,
            referral: row.id,
            trade: row.trade(),
            receiver: event.business.and_then(|receiver| names.get(&receiver).cloned()),
            partner: partner.and_then(|partner| names.get(&partner).cloned()),
            is_open_to_reader: parties.get(&row.id).is_some_and(|parties| parties.is_party(business)),
        })
    };
    Ok(told.iter().filter_map(happened).collect())
}

/// The steps that are news: not the passing itself, which waits for its receiver, nor the wiping.
const fn tells(kind: EventKind) -> bool {
    is_step(kind) && !matches!(kind, EventKind::ReferralOffered | EventKind::ProspectWiped)
}
