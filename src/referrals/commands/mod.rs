//! What is done with referrals: one function, one transaction, one event.
//!
//! Each takes the referral's lock first, so that of two who move it at once one wins and the other is told what is possible
//! now. Functions that clocks and other rooms call check whether their matter still stands and otherwise do nothing.

mod answering;
mod clocks;
mod closing;
mod disputing;
mod drafting;
mod following;
mod forgetting;
mod introducing;
mod matter;
mod passing;
mod wiping;

pub use answering::{Reply, accept, answer_by_link, decline};
pub use clocks::{end_silent, expire_offer, nudge, remind_contact, remind_offer};
pub use closing::end_all_of;
pub use disputing::{Verdict, decide_dispute, dispute};
pub use drafting::{draft, edit, rewrite, spin_off};
pub use following::{contact, lose, note_spin_off, quote, undo, win, withdraw};
pub use forgetting::take_out_words;
pub use introducing::{close_without_introduction, mark_introduced};
pub(in crate::referrals) use matter::{EVENTS_MAX, Matter, relations};
pub use passing::{Passed, pass, pass_on};
pub use wiping::wipe_prospect;
