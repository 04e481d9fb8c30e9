//! Who may hear of what happens to a referral: whoever's timeline shows it, and he whose offer ends by it.

use std::collections::HashMap;

use super::timeline::shows;
use crate::db::AnyConn;
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{BusinessId, ReferralId};
use crate::kernel::{Answer, Event, EventKind};
use crate::referrals::model::{OfferState, ReferralState, Relation};
use crate::referrals::store;

/// The businesses that have to do with a referral.
#[derive(Debug, Clone)]
pub struct Parties {
    giver: BusinessId,
    is_draft: bool,
    offers: Vec<Put>,
}

/// An offer to one receiver.
#[derive(Debug, Clone, Copy)]
struct Put {
    receiver: BusinessId,
    state: OfferState,
    offered_at: Timestamp,
    ended_at: Option<Timestamp>,
}

/// The parties of these referrals, in one query.
pub fn parties(connection: &mut AnyConn, ids: &[ReferralId]) -> Answer<HashMap<ReferralId, Parties>> {
    let mut found: HashMap<ReferralId, Parties> = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    for (id, giver, state, offer) in store::parties(connection, ids)? {
        let parties = found.entry(id).or_insert_with(|| Parties { giver, is_draft: state == ReferralState::Draft, offers: Vec::new() });
        parties.offers.extend(offer.map(|(receiver, state, offered_at, ended_at)| Put { receiver, state, offered_at, ended_at }));
    }
    Ok(found)
}

impl Parties {
    /// Giver and receivers who may hear of an event.
    pub fn hearing(&self, event: &Event) -> Vec<BusinessId> {
        let giver = shows(Relation::Giver, None, None, event).then_some(self.giver);
        let receivers = self.offers.iter().filter(|offer| !self.is_draft && offer.hears(event)).map(|offer| offer.receiver);
        giver.into_iter().chain(receivers).collect()
    }

    /// Whether organisers of the circle who are no party may hear of it.
    pub fn lets_organisers_hear(&self, event: &Event) -> bool {
        !self.is_draft && shows(Relation::Organiser, None, None, event)
    }

    /// Whether a business gave it or is its present receiver, so that it reads as a party, whatever else it is.
    pub fn is_party(&self, business: BusinessId) -> bool {
        business == self.giver || self.offers.iter().any(|offer| offer.receiver == business && offer.state.shows_referral())
    }
}

impl Put {
    fn hears(&self, event: &Event) -> bool {
        if self.state.shows_referral() {
            return shows(Relation::Receiver, Some(self.receiver), Some(self.offered_at), event);
        }
        // His list says how the offer ended; what came before it he heard of while it was open, and nothing after it.
        event.business == Some(self.receiver) && self.ended_at == Some(event.at) && ends_offer(event.kind)
    }
}

/// The events by which an open offer ends, as its receiver may know of it.
const fn ends_offer(kind: EventKind) -> bool {
    matches!(kind, EventKind::OfferDeclined | EventKind::OfferExpired | EventKind::ReferralWithdrawn | EventKind::ReferralClosed)
}
