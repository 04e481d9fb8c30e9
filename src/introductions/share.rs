//! The path "share": the giver sends the personal link himself, with a ready text to copy.

use serde::Serialize;

use super::model::Introduction;
use super::sources::{self, Sources};
use super::store;
use crate::capabilities;
use crate::circles::policy::ConsentPath;
use crate::db::AnyConn;
use crate::kernel::id::ReferralId;
use crate::kernel::{Answer, Language, Secret, Timestamp};
use crate::web::texts;

/// What the giver sends to the prospect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Share {
    /// The personal link.
    pub link: String,
    /// The code, should the page ask for it.
    pub code: String,
    /// A text to copy, link and code included.
    pub text: String,
}

/// The giver's link and text, while the prospect can still answer; none on the paths where we write.
pub fn of(connection: &mut AnyConn, secret: &Secret, base_url: &str, introduction: &Introduction, now: Timestamp) -> Answer<Option<Share>> {
    if introduction.consent_path != ConsentPath::Share || !introduction.can_answer(now) {
        return Ok(None);
    }
    let about = sources::of(connection, introduction)?;
    let path = capabilities::by_id(connection, introduction.answer_link_id)?.link_path(secret);
    let link = format!("{base_url}{path}");
    let text = text(introduction.language, &about, &link, &introduction.code);
    Ok(text.map(|text| Share { link, code: introduction.code.clone(), text }))
}

/// The link and text of a referral's newest introduction, for the giver alone: who has it can answer as the prospect.
pub fn of_referral(connection: &mut AnyConn, secret: &Secret, base_url: &str, referral: ReferralId, now: Timestamp) -> Answer<Option<Share>> {
    match store::of_referral(connection, referral)?.first() {
        Some(introduction) => of(connection, secret, base_url, introduction, now),
        None => Ok(None),
    }
}

/// The ready text; none when the prospect's data was wiped.
pub(super) fn text(language: Language, about: &Sources, link: &str, code: &str) -> Option<String> {
    let prospect = about.prospect.as_ref()?;
    let arguments = [
        ("prospect", prospect.name.clone().into()),
        ("receiver", about.names.receiver_business.clone().into()),
        ("need", about.names.need.clone().into()),
        ("link", link.to_owned().into()),
        ("code", code.to_owned().into()),
        ("giver", about.names.giver_name.clone().into()),
        ("giver_business", about.names.giver_business.clone().into()),
    ];
    Some(texts::text_with(language, "introductions-share-text", &arguments))
}
