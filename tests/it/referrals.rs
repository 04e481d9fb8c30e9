//! The life of a referral, from the draft to the wiped prospect, and everything that must not happen on the way.

mod checks;
mod clocks;
mod disputes;
mod drafts;
mod life;
mod moves;
mod news;
mod offers_by_mail;
mod pages;
mod searching;
mod visibility;

use kularing::kernel::id::CircleId;

use crate::support::TestApp;
use crate::support::accounts::{TestPerson, signed_in};
use crate::support::circles::value_chain;

/// A circle of four businesses, and somebody who belongs to none.
pub struct Cast {
    pub circle: CircleId,
    /// Organises the circle.
    pub otto: TestPerson,
    pub anna: TestPerson,
    pub erik: TestPerson,
    pub rita: TestPerson,
    pub stranger: TestPerson,
}

pub async fn cast(app: &TestApp) -> Cast {
    let otto = signed_in(app, "Otto Organiser", "builder").await;
    let anna = signed_in(app, "Anna Giver", "carpenter").await;
    let erik = signed_in(app, "Erik Electric", "electrician").await;
    let rita = signed_in(app, "Rita Roof", "roofer").await;
    let stranger = signed_in(app, "Stella Stranger", "painter").await;
    let circle = value_chain(app, &otto, &[(&anna, "carpenter"), (&erik, "electrician"), (&rita, "roofer")]).await;
    Cast { circle, otto, anna, erik, rita, stranger }
}
