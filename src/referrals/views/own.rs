//! The own referrals one by one, to take along: the same as the page of each shows, a page of many in a few looks.

use std::collections::HashMap;

use serde::Serialize;

use super::whole::{BusinessRef, ProspectView, WorthView, business_names, knows_prospect, named, prospect_view, reason_name, won_value, worth};
use crate::businesses::trade::TradeCode;
use crate::circles::policy::ConsentPath;
use crate::db::AnyConn;
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{BusinessId, CircleId, OfferId, ReferralId};
use crate::kernel::money::Money;
use crate::kernel::region::Region;
use crate::kernel::{Answer, Page, PageQuery, Principal};
use crate::referrals::model::{ContactBy, OfferState, ReferralState, Relation};
use crate::referrals::store::{self, OfferRow, ProspectRow, ReferralRow};

/// A referral as the giver or the receiver may take it along.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct OwnReferral {
    /// Its id.
    pub id: ReferralId,
    /// Giver or receiver.
    pub role: Relation,
    /// Where it was passed.
    pub circle: CircleId,
    /// The other business.
    pub partner: Option<BusinessRef>,
    /// What became of the offer to the reader; none for what he gave.
    pub offer: Option<OfferState>,
    /// The trade that is needed.
    #[schema(value_type = Option<String>)]
    pub trade: Option<TradeCode>,
    /// When it reached its state, or the offer its outcome.
    pub since: Timestamp,
    /// Everything else; not for those who declined.
    pub content: Option<OwnContent>,
}

/// What a referral says.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct OwnContent {
    /// Where it stands.
    pub state: ReferralState,
    /// What is needed.
    pub need: String,
    /// What the giver expects of the receiver.
    pub expectation: Option<String>,
    /// Where.
    pub region: Region,
    /// What it might be worth.
    pub worth: Option<WorthView>,
    /// What the giver did for it, 1 to 5.
    pub effort: i16,
    /// Who makes the first contact.
    pub contact_by: ContactBy,
    /// Within how many hours after the introduction.
    pub contact_within_hours: u32,
    /// How the prospect is asked.
    pub consent_path: ConsentPath,
    /// Whether the giver's own business buys.
    pub inside: bool,
    /// The third person, for those who may know.
    pub prospect: Option<ProspectView>,
    /// Why it was lost, closed or found invalid.
    pub reason: Option<&'static str>,
    /// What was won; for the receiver only.
    pub won_value: Option<Money>,
    /// The referral it came out of.
    pub origin: Option<ReferralId>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When both sides were introduced.
    pub introduced_at: Option<Timestamp>,
    /// When it ended.
    pub closed_at: Option<Timestamp>,
}

/// What the person's business gave, newest first; the cursor is a referral.
pub fn given_whole(connection: &mut AnyConn, principal: &Principal, query: &PageQuery) -> Answer<Page<OwnReferral>> {
    let rows = store::given(connection, principal.business()?, &[], None, query.below(), query.limit() as i64 + 1)?;
    let page = Page::of(rows, query.limit(), |row| row.id);
    let names = business_names(connection, page.items.iter().filter_map(|row| row.receiver_business_id).collect())?;
    let mut prospects = store::prospects(connection, &page.items.iter().map(|row| row.id).collect::<Vec<_>>())?;
    let own = |row: &ReferralRow| {
        let content = content(row, Relation::Giver, &mut prospects)?;
        Ok(OwnReferral { since: row.state_since, content: Some(content), ..outline(row, Relation::Giver, row.receiver_business_id, &names) })
    };
    Ok(Page { items: page.items.iter().map(own).collect::<Answer<_>>()?, next_cursor: page.next_cursor })
}

/// What was offered to the person's business, newest first; the cursor is an offer. Who declined sees only that.
pub fn received_whole(connection: &mut AnyConn, principal: &Principal, query: &PageQuery) -> Answer<Page<OwnReferral>> {
    let rows = store::received(connection, principal.business()?, &[], None, query.below::<OfferId>(), query.limit() as i64 + 1)?;
    let page = Page::of(rows, query.limit(), |(offer, _)| offer.id);
    let names = business_names(connection, page.items.iter().map(|(offer, _)| offer.giver_business_id).collect())?;
    let known: Vec<ReferralId> =
        page.items.iter().filter(|(offer, row)| offer.state.shows_referral() && knows_prospect(row, Relation::Receiver)).map(|(_, row)| row.id).collect();
    let mut prospects = store::prospects(connection, &known)?;
    let own = |(offer, row): &(OfferRow, ReferralRow)| {
        let shown = offer.state.shows_referral();
        Ok(OwnReferral {
            offer: Some(offer.state),
            since: if shown { row.state_since } else { offer.answered_at.unwrap_or(offer.offered_at) },
            content: if shown { Some(content(row, Relation::Receiver, &mut prospects)?) } else { None },
            ..outline(row, Relation::Receiver, Some(offer.giver_business_id), &names)
        })
    };
    Ok(Page { items: page.items.iter().map(own).collect::<Answer<_>>()?, next_cursor: page.next_cursor })
}

fn outline(row: &ReferralRow, role: Relation, partner: Option<BusinessId>, names: &HashMap<BusinessId, String>) -> OwnReferral {
    let partner = partner.map(|partner| named(names, partner));
    OwnReferral { id: row.id, role, circle: row.circle_id, partner, offer: None, trade: row.trade(), since: row.state_since, content: None }
}

fn content(row: &ReferralRow, role: Relation, prospects: &mut HashMap<ReferralId, ProspectRow>) -> Answer<OwnContent> {
    let prospect = prospects.remove(&row.id).filter(|_| knows_prospect(row, role));
    Ok(OwnContent {
        state: row.state,
        need: row.need.clone(),
        expectation: row.expectation.clone(),
        region: row.region(),
        worth: worth(row)?,
        effort: row.effort,
        contact_by: row.contact_by,
        contact_within_hours: row.contact_within_hours(),
        consent_path: row.consent_path,
        inside: row.inside,
        prospect: prospect.map(|prospect| prospect_view(prospect, role)),
        reason: reason_name(row),
        won_value: won_value(row, role)?,
        origin: row.origin_referral_id,
        created_at: row.created_at,
        introduced_at: row.introduced_at,
        closed_at: row.closed_at,
    })
}
