//! All SQL of the referrals.
//!
//! Every query goes by an index; lists are read with one query, and a second for what belongs to its rows.

mod dispute;
mod figures;
mod offer;
mod prospect;
mod referral;

pub(in crate::referrals) use dispute::{DisputeRow, disputes_in, insert_dispute, open_dispute, open_disputes_in, save_dispute, take_out_words};
pub(in crate::referrals) use figures::{answers_since, outcomes_since};
pub(in crate::referrals) use offer::{
    OfferRow, answers_in, answers_of, insert_offer, introduced_among, introduced_since, offer, offer_to, offers_of, parties, passed_since,
    passed_to_each_since, passed_to_since, received, save_offer, waiting_offers,
};
pub(in crate::referrals) use prospect::{ProspectRow, claimed, prospect, prospect_names, prospects, save_prospect, wipe};
pub(in crate::referrals) use referral::{
    ReferralRow, ended_in, given, in_circle, insert_referral, labels, moved_lately, places_filled, referral, referrals, save_referral, spin_offs_of, trades,
    waiting_of_giver, waiting_of_receiver,
};
