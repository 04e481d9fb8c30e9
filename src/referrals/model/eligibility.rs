//! Whether a business can be asked to take a referral. Pure: passing and suggesting ask the same questions here.

use crate::businesses::model::{RegionFit, TradeFit};

crate::coded_enum! {
    /// Something that does not hinder, but that the giver should know.
    pub enum Warning {
        /// The receiver does not name this trade.
        TradeNotServed = 1 "trade_not_served",
        /// The receiver does not name this region.
        RegionNotServed = 2 "region_not_served",
    }
}

crate::coded_enum! {
    /// Why a business cannot be asked.
    pub enum Hindrance {
        /// It is the giver itself.
        SameBusiness = 1 "same_business",
        /// It is no active member of the circle.
        NotAMember = 2 "not_a_member",
        /// It takes no referrals at present.
        Paused = 3 "paused",
        /// It has as many open referrals as it can take.
        AtCapacity = 4 "at_capacity",
        /// It and the giver exchange no referrals.
        Excluded = 5 "excluded",
        /// It was asked for this referral already.
        AskedAlready = 6 "asked_already",
        /// The prospect belongs to it.
        IsParty = 7 "is_party",
    }
}

impl Hindrance {
    /// The words of the API.
    pub const fn detail(self) -> &'static str {
        match self {
            Self::SameBusiness => "giver and receiver are the same business",
            Self::NotAMember => "the receiver is no active member of the circle",
            Self::Paused => "the receiver takes no referrals at present",
            Self::AtCapacity => "the receiver has as many open referrals as it can take",
            Self::Excluded => "these two businesses exchange no referrals",
            Self::AskedAlready => "this business was asked already: choose another",
            Self::IsParty => "this is an address of the giver or the receiver",
        }
    }
}

/// What decides whether a business can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Eligibility {
    /// Whether it is the giver itself.
    pub is_giver: bool,
    /// Whether it is an active member of the circle.
    pub is_active: bool,
    /// Whether it takes none for a while.
    pub paused: bool,
    /// How many of its places are taken.
    pub open: u32,
    /// How many places it has.
    pub capacity: u32,
    /// Whether it takes nothing from the giver, or the giver gives nothing to it.
    pub excluded: bool,
    /// Whether it was asked for this referral before.
    pub asked: bool,
    /// Whether the prospect belongs to it.
    pub is_prospect: bool,
    /// Whether it and the giver share a phone number: nobody is hindered by that, but it is not suggested either.
    pub linked_to_giver: bool,
    /// Whether it does what is needed; `Exact` while that is not known.
    pub trade: TradeFit,
    /// Whether it works there.
    pub region: RegionFit,
}

impl Eligibility {
    /// Every reason why it cannot be asked; empty when it can.
    pub fn hindrances(&self) -> Vec<Hindrance> {
        if self.is_giver {
            return vec![Hindrance::SameBusiness];
        }
        if !self.is_active {
            return vec![Hindrance::NotAMember];
        }
        let found = [
            (self.paused, Hindrance::Paused),
            (!self.paused && self.open >= self.capacity, Hindrance::AtCapacity),
            (self.excluded, Hindrance::Excluded),
            (self.asked, Hindrance::AskedAlready),
            (self.is_prospect, Hindrance::IsParty),
        ];
        found.into_iter().filter(|(holds, _)| *holds).map(|(_, hindrance)| hindrance).collect()
    }

    /// What the giver should know; a strange trade makes the region unimportant.
    pub fn warnings(&self) -> Vec<Warning> {
        if self.trade != TradeFit::Exact {
            vec![Warning::TradeNotServed]
        } else if self.region == RegionFit::None {
            vec![Warning::RegionNotServed]
        } else {
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIT: Eligibility = Eligibility {
        is_giver: false,
        is_active: true,
        paused: false,
        open: 0,
        capacity: 1,
        excluded: false,
        asked: false,
        is_prospect: false,
        linked_to_giver: false,
        trade: TradeFit::Exact,
        region: RegionFit::Country,
    };

    #[test]
    fn each_question_has_its_hindrance() {
        assert_eq!(FIT.hindrances(), []);
        for (eligibility, hindrance) in [
            (Eligibility { is_giver: true, paused: true, ..FIT }, Hindrance::SameBusiness),
            (Eligibility { is_active: false, paused: true, ..FIT }, Hindrance::NotAMember),
            (Eligibility { paused: true, open: 1, ..FIT }, Hindrance::Paused),
            (Eligibility { open: 1, ..FIT }, Hindrance::AtCapacity),
            (Eligibility { excluded: true, ..FIT }, Hindrance::Excluded),
            (Eligibility { asked: true, ..FIT }, Hindrance::AskedAlready),
            (Eligibility { is_prospect: true, ..FIT }, Hindrance::IsParty),
        ] {
            assert_eq!(eligibility.hindrances(), [hindrance]);
        }
        let both = Eligibility { paused: true, excluded: true, ..FIT };
        assert_eq!(both.hindrances(), [Hindrance::Paused, Hindrance::Excluded]);
    }

    #[test]
    fn a_strange_trade_or_region_warns() {
        assert_eq!(FIT.warnings(), []);
        assert_eq!(Eligibility { trade: TradeFit::Neighbouring, region: RegionFit::None, ..FIT }.warnings(), [Warning::TradeNotServed]);
        assert_eq!(Eligibility { region: RegionFit::None, ..FIT }.warnings(), [Warning::RegionNotServed]);
    }
}
