//! Exactly what the prospect would read, before anything is sent.

use serde::Deserialize;

use super::commands::{Matter, relations};
use super::model::{Move, ReferralState};
use super::{checks, store, views};
use crate::circles::views as circles;
use crate::db::AnyConn;
use crate::introductions::model::Attestation;
use crate::introductions::preview as introductions;
use crate::kernel::clock::Timestamp;
use crate::kernel::id::{BusinessId, ReferralId};
use crate::kernel::{Answer, Failure, Principal};

pub use introductions::Preview;

/// Which referral, to whom.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewQuestion {
    /// A complete draft, or a referral that is about to be passed on.
    pub referral: ReferralId,
    /// The receiver, if it is another than the draft names.
    pub receiver: Option<BusinessId>,
    /// How, when and in which words the prospect agreed before; for the path `attested`.
    pub attestation: Option<Attestation>,
}

/// The very text, made by the template and the facts of the real mail.
pub fn preview(connection: &mut AnyConn, principal: &Principal, base_url: &str, question: &PreviewQuestion, now: Timestamp) -> Answer<Preview> {
    let matter = Matter::load(connection, question.referral, now)?;
    let relations = relations(connection, &matter, principal)?;
    if relations.is_empty() {
        return Err(Failure::NotFound("referral"));
    }
    let wanted = if matter.row.state == ReferralState::Draft { Move::Pass } else { Move::PassOn };
    matter.situation().require(wanted, &relations)?;
    let stored = store::prospect(connection, matter.row.id)?.ok_or_else(|| Failure::conflict("prospect_wiped", "the prospect's data was wiped"))?;
    let (_, policy) = circles::policy(connection, matter.row.circle_id, None)?;
    let mut row = matter.row;
    row.receiver_business_id = question.receiver.or(row.receiver_business_id);
    checks::complete(&row, &stored, &policy).finish()?;
    let lacking = || Failure::internal("a complete draft has a receiver and a prospect");
    let draft = introductions::Draft {
        circle: row.circle_id,
        giver: row.giver_business_id,
        giver_person: principal.person,
        receiver: row.receiver_business_id.ok_or_else(lacking)?,
        need: row.need,
        path: row.consent_path,
        prospect: views::prospect(connection, row.id)?.ok_or_else(lacking)?,
        attestation: question.attestation.clone(),
    };
    introductions::preview(connection, base_url, &draft)
}
