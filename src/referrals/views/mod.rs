//! What others may know of referrals, and what each party sees.

mod audience;
mod facts;
mod figures;
mod filter;
mod introduced;
mod lately;
mod lists;
mod offer;
mod own;
mod receivers;
mod taken;
mod timeline;
mod waiting;
mod whole;

pub use audience::{Parties, parties};
pub use facts::{Prospect, ReferralFacts, Worth, facts, labels, prospect, prospect_keys, prospect_tax_key, trades};
pub use figures::{OfferAnswer, answers_since, outcomes_since};
pub use filter::{ListFilter, SOUGHT_MAX};
pub use introduced::{Introduced, IntroducedAmong, introduced_among, introduced_since};
pub use lately::{Happened, lately};
pub use lists::{ListEntry, disputes, given, of_circle, received};
pub use offer::{OfferLook, offer_by_link};
pub use own::{OwnReferral, given_whole, received_whole};
pub use receivers::{ANSWERS_MIN, Answering, Need, RECORD_DAYS, Receiver, Record, answering, full_pairs, receivers, records};
pub(in crate::referrals) use taken::is_duplicate;
pub use taken::{Sought, is_taken};
pub use timeline::{TimelineEntry, timeline};
pub use waiting::{Waiting, WaitingFor, waiting_for};
pub use whole::{BusinessRef, DisputeView, OfferView, ProspectView, ReferralView, WorthView, whole};
