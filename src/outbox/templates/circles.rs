//! Mails about circles and their members.

use super::content::{Block, Content, Writer};
use crate::kernel::Answer;
use crate::outbox::model::MailKind;

pub(super) fn content(writer: Writer<'_>) -> Answer<Content> {
    let (subject, blocks, footer) = match writer.kind() {
        MailKind::CircleInvitation => (writer.text("mail-circle-invitation-subject"), invitation(&writer), "mail-footer-account"),
        MailKind::MemberApplied => (writer.text("mail-member-applied-subject"), application(&writer), "mail-footer-partner"),
        MailKind::MemberAdmitted => member(&writer, "mail-member-admitted-subject", "mail-member-admitted-words"),
        MailKind::MemberRefused => member(&writer, "mail-member-refused-subject", "mail-member-refused-words"),
        MailKind::MemberWaiting => member(&writer, "mail-member-waiting-subject", "mail-member-waiting-words"),
        MailKind::MemberLeft => member(&writer, "mail-member-left-subject", "mail-member-left-words"),
        MailKind::RingsSettled => rings(&writer),
        MailKind::TrustCase => (writer.text("mail-trust-case-subject"), trust_case(&writer), "mail-footer-partner"),
        _ => member(&writer, "mail-circle-handed-over-subject", "mail-circle-handed-over-words"),
    };
    writer.finish(subject, blocks, footer)
}

fn invitation(writer: &Writer<'_>) -> Vec<Block> {
    let mut blocks = vec![
        writer.greeting(),
        writer.paragraph("mail-circle-invitation-words"),
        writer.table(&[("mail-label-circle", writer.fact("circle_name")), ("mail-label-circle-kind", writer.coded("mail-circle-kind", "circle_kind"))]),
    ];
    blocks.extend(writer.quote("mail-circle-invitation-quote", "words"));
    blocks.push(writer.button("mail-circle-invitation-button", "join"));
    blocks.push(writer.small("mail-circle-invitation-small"));
    blocks
}

fn application(writer: &Writer<'_>) -> Vec<Block> {
    let mut blocks = vec![
        writer.greeting(),
        writer.paragraph("mail-member-applied-words"),
        writer.table(&[("mail-label-business", writer.fact("business_name")), ("mail-label-trade", writer.fact("trade"))]),
    ];
    blocks.extend(writer.quote("mail-member-applied-quote", "words"));
    blocks.push(writer.button("mail-member-applied-button", "review"));
    blocks
}

fn member(writer: &Writer<'_>, subject: &str, words: &str) -> (String, Vec<Block>, &'static str) {
    let blocks = vec![
        writer.greeting(),
        writer.paragraph(words),
        writer.table(&[
            ("mail-label-circle", writer.fact("circle_name")),
            ("mail-label-business", writer.fact("business_name")),
            ("mail-label-trade", writer.fact("trade")),
        ]),
        writer.button("mail-member-button", "circle"),
    ];
    (writer.text(subject), blocks, "mail-footer-partner")
}

/// The stage says whether rings were settled or a settlement was taken back; a business that was in none of them closed 0.
fn rings(writer: &Writer<'_>) -> (String, Vec<Block>, &'static str) {
    let stage = writer.variant("stage");
    let blocks = vec![
        writer.greeting(),
        writer.paragraph(&format!("mail-rings-{stage}")),
        writer.paragraph(&format!("mail-rings-{stage}-own")),
        writer.paragraph("mail-rings-balance"),
        writer.table(&[("mail-label-circle", writer.fact("circle_name")), ("mail-label-business", writer.fact("business_name"))]),
        writer.button("mail-rings-button", "circle"),
    ];
    (writer.text(&format!("mail-rings-{stage}-subject")), blocks, "mail-footer-partner")
}

/// Figures and a link: who it is about stands on the page alone, and nobody is accused of anything.
fn trust_case(writer: &Writer<'_>) -> Vec<Block> {
    vec![
        writer.greeting(),
        writer.paragraph("mail-trust-case-words"),
        writer.paragraph("mail-trust-case-reasons"),
        writer.table(&[
            ("mail-label-circle", writer.fact("circle_name")),
            ("mail-trust-case-members", writer.number("members")),
            ("mail-trust-case-referrals", writer.number("referrals")),
            ("mail-trust-case-confirmed", writer.number("confirmed")),
        ]),
        writer.button("mail-trust-case-button", "case"),
        writer.small("mail-trust-case-small"),
    ]
}
