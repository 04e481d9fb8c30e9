//! What a suggestion says, and how it is kept with a referral.

use serde::{Deserialize, Serialize};

use super::score::Parts;
use crate::kernel::id::BusinessId;
use crate::referrals::model::Hindrance;

/// How many candidates are shown.
pub const SHOWN_MAX: usize = 5;

crate::coded_enum! {
    /// Why a member is no candidate.
    pub enum LeftOut {
        /// It takes no referrals at present.
        Paused = 1 "paused",
        /// It has as many open referrals as it can take.
        AtCapacity = 2 "at_capacity",
        /// It and the giver exchange no referrals.
        Excluded = 3 "excluded",
        /// It was asked for this referral already.
        AskedAlready = 4 "asked_already",
        /// The prospect belongs to it.
        IsParty = 5 "is_party",
        /// It does not do what is needed.
        TradeNotServed = 6 "trade_not_served",
        /// It does not work there.
        RegionNotServed = 7 "region_not_served",
        /// It and the giver have one phone number or tax number.
        LinkedToGiver = 8 "linked_to_giver",
        /// The giver passed it as many this month as the circle allows.
        PairFull = 9 "pair_full",
    }
}

impl LeftOut {
    /// The reason that is this hindrance; who gives or is no member is not spoken of.
    pub const fn of(hindrance: Hindrance) -> Option<Self> {
        match hindrance {
            Hindrance::SameBusiness | Hindrance::NotAMember => None,
            Hindrance::Paused => Some(Self::Paused),
            Hindrance::AtCapacity => Some(Self::AtCapacity),
            Hindrance::Excluded => Some(Self::Excluded),
            Hindrance::AskedAlready => Some(Self::AskedAlready),
            Hindrance::IsParty => Some(Self::IsParty),
        }
    }
}

crate::coded_enum! {
    /// A reason that speaks for a candidate.
    pub enum SuggestionReason {
        /// A ring closes.
        ClosesRing = 1 "closes_ring",
        /// Rings close that did not before, though none of them by this lead alone.
        ClosesMore = 2 "closes_more",
        /// More is owed to it than to the giver and to every other candidate.
        IsOwedMost = 3 "is_owed_most",
        /// It waits for its turn the longest.
        IsItsTurn = 4 "is_its_turn",
        /// It answers soon.
        AnswersSoon = 5 "answers_soon",
        /// Business comes of at least every second referral, as far as so few can tell.
        OftenWins = 6 "often_wins",
        /// It names the trade and the place.
        FitsWell = 7 "fits_well",
        /// It has a neighbouring trade; nobody who can be asked has the very one.
        NeighbouringTrade = 8 "neighbouring_trade",
        /// Most of its places are free.
        HasRoom = 9 "has_room",
    }
}

/// A candidate as it is kept with an offer: everything in exact figures. The version of the policy, kept beside, says what counted how much.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptCandidate {
    /// The business.
    pub business: BusinessId,
    /// Its parts.
    pub parts: Parts,
    /// The weighted mean of the parts in basis points.
    pub score: i64,
    /// What spoke for it, the strongest first.
    pub reasons: Vec<SuggestionReason>,
    /// The ring that it would have closed: each owes the next.
    pub ring: Vec<BusinessId>,
    /// The median time it took to answer an offer, in seconds.
    pub answer_median_seconds: Option<i64>,
}
