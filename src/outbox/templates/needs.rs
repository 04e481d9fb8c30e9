//! Which facts and links each kind of mail needs.
//!
//! The one table by which a mail is checked when it is queued, so that no row waits that could not be rendered.

use std::collections::BTreeMap;

use crate::kernel::{Answer, Failure};
use crate::outbox::model::MailKind;

/// What a template asks for. A fact may be empty where the sentence can do without it; it may not be absent.
#[derive(Debug, Clone, Copy)]
pub struct Needs {
    /// Names of facts.
    pub facts: &'static [&'static str],
    /// Names of links.
    pub links: &'static [&'static str],
}

const MEMBER: Needs = Needs { facts: &["circle_name", "business_name", "trade"], links: &["circle"] };

const OFFER_FACTS: &[&str] = &[
    "giver_name",
    "giver_business",
    "circle_name",
    "trade",
    "need",
    "region",
    "worth",
    "effort",
    "expectation",
    "contact_by",
    "contact_within_hours",
    "answer_by",
];

/// What a kind of mail needs. A reminder's `stop` link is added when it is queued, so it is not asked for here.
pub const fn needs(kind: MailKind) -> Needs {
    match kind {
        MailKind::ConfirmAddress => Needs { facts: &["name"], links: &["confirm"] },
        MailKind::AlreadyRegistered => Needs { facts: &["name"], links: &["sign_in", "reset"] },
        MailKind::ResetPassword => Needs { facts: &["name"], links: &["reset"] },
        MailKind::PasswordChanged => Needs { facts: &["name", "at"], links: &[] },
        MailKind::ErasureAsked => Needs { facts: &["name", "at"], links: &["keep"] },
        MailKind::FormerAccount => Needs { facts: &["name", "business_name"], links: &["data"] },
        MailKind::ColleagueInvitation => Needs { facts: &["inviter_name", "business_name"], links: &["join"] },
        MailKind::CircleInvitation => Needs { facts: &["inviter_name", "business_name", "circle_name", "circle_kind", "words"], links: &["join"] },
        MailKind::MemberApplied => Needs { facts: &["circle_name", "business_name", "trade", "words"], links: &["review"] },
        MailKind::MemberAdmitted | MailKind::MemberRefused | MailKind::MemberWaiting | MailKind::MemberLeft | MailKind::CircleHandedOver => MEMBER,
        MailKind::RingsSettled => Needs { facts: &["stage", "circle_name", "business_name", "rings", "total", "closed"], links: &["circle"] },
        MailKind::TrustCase => Needs { facts: &["circle_name", "members", "referrals", "confirmed"], links: &["case"] },
        MailKind::Offer | MailKind::OfferReminder => Needs { facts: OFFER_FACTS, links: &["answer", "referral"] },
        MailKind::GiverNews => Needs { facts: &["news", "receiver_business", "need", "note"], links: &["referral"] },
        MailKind::ReceiverNews => Needs { facts: &["news", "giver_business", "need", "note"], links: &["referral"] },
        MailKind::ContactReminder => Needs { facts: &["giver_business", "need", "prospect_name"], links: &["referral"] },
        MailKind::Nudge => Needs { facts: &["giver_business", "need", "days"], links: &["referral"] },
        MailKind::Dispute => Needs { facts: &["stage", "giver_business", "receiver_business", "need", "words"], links: &["referral"] },
        MailKind::Introduction => Needs { facts: INTRODUCTION_FACTS, links: &["answer", "stop"] },
        MailKind::IntroductionAttested => Needs { facts: ATTESTED_FACTS, links: &["answer", "stop"] },
        MailKind::ThreeWay => Needs { facts: THREE_WAY_FACTS, links: &[] },
    }
}

const INTRODUCTION_FACTS: &[&str] =
    &["prospect_name", "giver_name", "giver_business", "receiver_business", "need", "shared", "words", "retention_days", "code", "commission"];

const ATTESTED_FACTS: &[&str] = &[
    "prospect_name",
    "giver_name",
    "giver_business",
    "receiver_business",
    "need",
    "shared",
    "words",
    "retention_days",
    "code",
    "commission",
    "attested_how",
    "attested_when",
];

const THREE_WAY_FACTS: &[&str] = &[
    "prospect_name",
    "prospect_email",
    "prospect_phone",
    "receiver_name",
    "receiver_business",
    "receiver_email",
    "receiver_phone",
    "giver_name",
    "giver_business",
    "need",
    "contact_by",
    "words",
    "commission",
];

/// Fails when a fact or a link is absent, naming it.
pub fn check<L>(kind: MailKind, facts: &BTreeMap<String, String>, links: &BTreeMap<String, L>) -> Answer<()> {
    let needs = needs(kind);
    let lacking_fact = needs.facts.iter().find(|name| !facts.contains_key(**name)).map(|name| ("fact", name));
    let lacking = lacking_fact.or_else(|| needs.links.iter().find(|name| !links.contains_key(**name)).map(|name| ("link", name)));
    match lacking {
        None => Ok(()),
        Some((what, name)) => Err(Failure::internal(format!("a mail of kind {kind} lacks its {what} {name}"))),
    }
}
