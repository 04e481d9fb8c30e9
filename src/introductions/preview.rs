//! Exactly what a prospect would get, before anything is sent.

use std::collections::BTreeMap;

use serde::Serialize;

use super::mails;
use super::model::Attestation;
use super::share;
use super::sources::{self, Sources};
use crate::circles::policy::ConsentPath;
use crate::db::AnyConn;
use crate::kernel::Answer;
use crate::kernel::id::{BusinessId, CircleId, PersonId};
use crate::outbox::templates;
use crate::referrals::views::Prospect;

/// What stands for the code that is made when the referral is passed.
const CODE: &str = "····";
/// What stands for the token of a link.
const TOKEN: &str = "…";

/// A referral that is still being written.
#[derive(Debug, Clone)]
pub struct Draft {
    /// In which circle.
    pub circle: CircleId,
    /// Who introduces.
    pub giver: BusinessId,
    /// The giver's person.
    pub giver_person: PersonId,
    /// To whom.
    pub receiver: BusinessId,
    /// What is needed.
    pub need: String,
    /// How the prospect is reached.
    pub path: ConsentPath,
    /// The third person.
    pub prospect: Prospect,
    /// What is said about a consent given before.
    pub attestation: Option<Attestation>,
}

/// A mail, or the text that the giver sends himself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Preview {
    /// The mail's subject; empty on the path "share".
    pub subject: String,
    /// The text. Links and the code are made when the referral is passed.
    pub text: String,
}

/// Renders it with the very template and facts of the real mail.
pub fn preview(connection: &mut AnyConn, base_url: &str, draft: &Draft) -> Answer<Preview> {
    let about = sources::of_draft(connection, draft)?;
    let language = draft.prospect.language;
    let link = |path: &str| format!("{base_url}{path}{TOKEN}");
    let Some(kind) = mails::kind(draft.path) else {
        let text = share::text(language, &about, &link("/i/"), CODE).unwrap_or_default();
        return Ok(Preview { subject: String::new(), text });
    };
    let facts = facts(draft, &about);
    let links = BTreeMap::from([("answer".to_owned(), link("/i/")), ("stop".to_owned(), link("/stop/"))]);
    let rendered = templates::render(kind, language, &facts, &links)?;
    Ok(Preview { subject: rendered.subject, text: rendered.text })
}

fn facts(draft: &Draft, about: &Sources) -> mails::Facts {
    let attested = draft.attestation.as_ref().map(|told| (told.how.as_str(), told.when));
    let mut facts = mails::question_facts(draft.prospect.language, &draft.prospect, about, CODE, attested);
    // The worker adds the recipient's name for the greeting when it writes the real mail.
    facts.insert("recipient_name".to_owned(), draft.prospect.name.clone());
    facts
}
