//! What is kept about a business, for its owners.

use serde::Serialize;

use super::{List, gather};
use crate::accounts::views::{self as accounts, Colleague, ColleagueInvitation};
use crate::businesses::model::{Direction, Profile};
use crate::businesses::views as businesses;
use crate::circles::views::{self as circles, OwnMembership};
use crate::db::AnyConn;
use crate::http::State;
use crate::kernel::id::BusinessId;
use crate::kernel::{Answer, Principal};
use crate::reciprocity::views::{self as reciprocity, CircleBalance, TransferCard};
use crate::referrals::views::{self as referrals, OwnReferral};

/// What is kept about a business.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct BusinessPart {
    /// The profile.
    pub profile: Profile,
    /// Whether it stated a tax number; kept as a keyed hash only.
    pub has_tax_number: bool,
    /// Its people.
    pub people: Vec<Colleague>,
    /// Who is invited to become one of them.
    pub invited: Vec<ColleagueInvitation>,
    /// From whom it takes nothing, and to whom it gives nothing.
    pub exclusions: Vec<Exclusion>,
    /// How many customers it named, so that they are not referred to it; kept as keyed hashes only.
    pub customer_keys_count: i64,
    /// Its memberships of circles, also those that are over.
    pub memberships: Vec<OwnMembership>,
    /// Where it stands in each circle.
    pub balances: Vec<CircleBalance>,
    /// What it gave, drafts included.
    pub referrals_given: List<OwnReferral>,
    /// What was offered to it.
    pub referrals_received: List<OwnReferral>,
    /// The entries of the ledgers in which it gave or received.
    pub transfers: List<TransferCard>,
}

/// A business with which no referrals are exchanged.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Exclusion {
    /// Which.
    pub business: BusinessId,
    /// Its name.
    pub name: String,
    /// Which way is closed.
    pub direction: Direction,
}

pub(super) async fn gather(state: &State, principal: Principal, id: BusinessId) -> Answer<BusinessPart> {
    let now = state.now();
    let read = move |connection: &mut AnyConn| {
        let people = (accounts::colleagues(connection, &principal)?, accounts::colleague_invitations(connection, &principal, now)?);
        let standing = (circles::memberships_of(connection, id)?, reciprocity::circle_balances_of(connection, id)?);
        let profile = (businesses::profile(connection, id)?, businesses::has_tax_number(connection, id)?);
        Ok((profile, people, exclusions(connection, id)?, businesses::customers_count(connection, id)?, standing))
    };
    let ((profile, has_tax_number), (people, invited), exclusions, customer_keys_count, (memberships, balances)) = state.db.read(read).await?;
    Ok(BusinessPart {
        profile,
        has_tax_number,
        people,
        invited,
        exclusions,
        customer_keys_count,
        memberships,
        balances,
        referrals_given: gather::all(state, move |connection, query| referrals::given_whole(connection, &principal, query)).await?,
        referrals_received: gather::all(state, move |connection, query| referrals::received_whole(connection, &principal, query)).await?,
        transfers: gather::all(state, move |connection, query| reciprocity::transfers_page(connection, id, None, query)).await?,
    })
}

fn exclusions(connection: &mut AnyConn, id: BusinessId) -> Answer<Vec<Exclusion>> {
    let found = businesses::exclusions(connection, id)?;
    let cards = businesses::cards(connection, &found.iter().map(|(_, other)| *other).collect::<Vec<_>>())?;
    let named = |(direction, business)| Some(Exclusion { business, name: cards.get(&business)?.name.clone(), direction });
    Ok(found.into_iter().filter_map(named).collect())
}
