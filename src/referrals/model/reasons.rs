//! Why: coded reasons, so that they can be counted and shown in every language.

crate::coded_enum! {
    /// Why a receiver declines.
    pub enum DeclineReason {
        /// Too much to do.
        NoCapacity = 1 "no_capacity",
        /// Somebody else's trade.
        NotMyTrade = 2 "not_my_trade",
        /// Too far away.
        NotMyRegion = 3 "not_my_region",
        /// A conflict of interest.
        ConflictOfInterest = 4 "conflict_of_interest",
        /// Something else; the note may say what.
        Other = 5 "other",
    }
}

crate::coded_enum! {
    /// Why no business came of it.
    pub enum LoseReason {
        /// Too expensive.
        Price = 1 "price",
        /// Not the right time.
        Timing = 2 "timing",
        /// The prospect chose another business.
        ChoseOther = 3 "chose_other",
        /// There was no need after all.
        NoNeed = 4 "no_need",
        /// They never spoke.
        NoContact = 5 "no_contact",
        /// Something else; the note may say what.
        Other = 6 "other",
    }
}

crate::coded_enum! {
    /// Why a referral ended without an introduction.
    pub enum CloseReason {
        /// The prospect refused.
        Refused = 1 "refused",
        /// The prospect said "not now".
        NotNow = 2 "not_now",
        /// Nobody answered in time.
        NoAnswer = 3 "no_answer",
        /// The prospect wants no such mail ever again.
        Stopped = 4 "stopped",
    }
}

crate::coded_enum! {
    /// Why a receiver disputes a referral; upheld, it is why the referral is invalid.
    pub enum DisputeReason {
        /// The prospect never had this need.
        NoNeed = 1 "no_need",
        /// Address or number are wrong.
        WrongContact = 2 "wrong_contact",
        /// The receiver knew the prospect already.
        Duplicate = 3 "duplicate",
        /// The prospect had not agreed.
        NotAgreed = 4 "not_agreed",
        /// Something else; the words say what.
        Other = 5 "other",
    }
}
