//! Mails about a referral, to its giver, its receiver and the organisers.

use super::content::{Block, Content, Writer};
use crate::kernel::Answer;
use crate::outbox::model::MailKind;

pub(super) fn content(writer: Writer<'_>) -> Answer<Content> {
    let (subject, mut blocks) = match writer.kind() {
        MailKind::Offer => (writer.text("mail-offer-subject"), offer(&writer, "mail-offer-words")),
        MailKind::OfferReminder => (writer.text("mail-offer-reminder-subject"), offer(&writer, "mail-offer-reminder-words")),
        MailKind::GiverNews => news(&writer, "mail-giver-news", "receiver_business"),
        MailKind::ReceiverNews => news(&writer, "mail-receiver-news", "giver_business"),
        MailKind::ContactReminder => (writer.text("mail-contact-reminder-subject"), contact_reminder(&writer)),
        MailKind::Nudge => (writer.text("mail-nudge-subject"), nudge(&writer)),
        _ => dispute(&writer),
    };
    blocks.extend(writer.optional_link("mail-stop-reminders", "stop"));
    writer.finish(subject, blocks, "mail-footer-partner")
}

fn offer(writer: &Writer<'_>, words: &str) -> Vec<Block> {
    let contact = [writer.coded("mail-contact-by", "contact_by"), within(writer)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    vec![
        writer.greeting(),
        writer.paragraph(words),
        writer.table(&[
            ("mail-label-need", writer.fact("need")),
            ("mail-label-trade", writer.fact("trade")),
            ("mail-label-region", writer.fact("region")),
            ("mail-label-worth", writer.fact("worth")),
            ("mail-label-effort", writer.fact("effort")),
            ("mail-label-expectation", writer.fact("expectation")),
            ("mail-label-first-contact", contact),
            ("mail-label-answer-by", writer.moment("answer_by")),
        ]),
        writer.button("mail-offer-button", "answer"),
        writer.link("mail-offer-look", "referral"),
        writer.small("mail-offer-small"),
    ]
}

fn within(writer: &Writer<'_>) -> String {
    if writer.fact("contact_within_hours").is_empty() { String::new() } else { writer.text("mail-contact-within") }
}

fn news(writer: &Writer<'_>, prefix: &str, other_side: &str) -> (String, Vec<Block>) {
    let news = writer.variant("news");
    let mut blocks = vec![
        writer.greeting(),
        writer.paragraph(&format!("{prefix}-{news}")),
        writer.table(&[("mail-label-need", writer.fact("need")), ("mail-label-business", writer.fact(other_side))]),
    ];
    blocks.extend(writer.quote("mail-note", "note"));
    blocks.push(writer.button("mail-referral-button", "referral"));
    (writer.text(&format!("{prefix}-{news}-subject")), blocks)
}

fn contact_reminder(writer: &Writer<'_>) -> Vec<Block> {
    vec![
        writer.greeting(),
        writer.paragraph("mail-contact-reminder-words"),
        writer.table(&[
            ("mail-label-prospect", writer.fact("prospect_name")),
            ("mail-label-need", writer.fact("need")),
            ("mail-label-giver", writer.fact("giver_business")),
        ]),
        writer.button("mail-contact-reminder-button", "referral"),
    ]
}

fn nudge(writer: &Writer<'_>) -> Vec<Block> {
    vec![
        writer.greeting(),
        writer.paragraph("mail-nudge-words"),
        writer.table(&[("mail-label-need", writer.fact("need")), ("mail-label-giver", writer.fact("giver_business"))]),
        writer.button("mail-nudge-button", "referral"),
    ]
}

fn dispute(writer: &Writer<'_>) -> (String, Vec<Block>) {
    let stage = writer.variant("stage");
    let mut blocks = vec![
        writer.greeting(),
        writer.paragraph(&format!("mail-dispute-{stage}")),
        writer.table(&[
            ("mail-label-need", writer.fact("need")),
            ("mail-label-giver", writer.fact("giver_business")),
            ("mail-label-receiver", writer.fact("receiver_business")),
        ]),
    ];
    blocks.extend(writer.quote("mail-note", "words"));
    blocks.push(writer.button("mail-referral-button", "referral"));
    (writer.text(&format!("mail-dispute-{stage}-subject")), blocks)
}
