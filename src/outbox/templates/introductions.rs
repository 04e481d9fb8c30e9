//! Mails to a prospect, and the one that connects both sides.
//!
//! A prospect's first mail is a question and nothing else: who asks, for whom, where the data comes from, what it is for, how
//! long it is kept, which rights there are. No logo, no offer, no praise of anybody, Kularing included.

use super::content::{Block, Content, Writer};
use crate::kernel::Answer;
use crate::outbox::model::MailKind;

pub(super) fn content(writer: Writer<'_>) -> Answer<Content> {
    let (subject, blocks) = match writer.kind() {
        MailKind::Introduction => (writer.text("mail-introduction-subject"), question(&writer, "mail-introduction-words")),
        MailKind::IntroductionAttested => (writer.text("mail-introduction-subject"), question(&writer, "mail-introduction-attested-words")),
        _ => (writer.text("mail-three-way-subject"), three_way(&writer)),
    };
    writer.finish(subject, blocks, "mail-footer-prospect")
}

fn question(writer: &Writer<'_>, words: &str) -> Vec<Block> {
    let mut blocks = vec![writer.greeting(), writer.paragraph(words)];
    if writer.kind() == MailKind::IntroductionAttested {
        blocks.push(writer.table(&[
            ("mail-label-attested-how", writer.coded("mail-attested-how", "attested_how")),
            ("mail-label-attested-when", writer.fact("attested_when")),
        ]));
    }
    blocks.push(writer.table(&[("mail-label-need", writer.fact("need"))]));
    blocks.extend(writer.quote("mail-introduction-quote", "words"));
    blocks.extend([
        writer.paragraph("mail-introduction-choice"),
        writer.button("mail-introduction-button", "answer"),
        writer.small("mail-introduction-code"),
        commission(writer),
        writer.heading("mail-introduction-data"),
        writer.small("mail-introduction-source"),
        writer.small("mail-introduction-purpose"),
        writer.small("mail-introduction-shared"),
        writer.small("mail-introduction-retention"),
        writer.small("mail-introduction-rights"),
        writer.link("mail-introduction-stop", "stop"),
    ]);
    blocks
}

/// A sentence that nobody can remove: either what is paid, or that nothing is.
fn commission(writer: &Writer<'_>) -> Block {
    let stated = writer.fact("commission");
    if stated.is_empty() { writer.paragraph("mail-no-commission") } else { Block::Paragraph(stated) }
}

fn three_way(writer: &Writer<'_>) -> Vec<Block> {
    let mut blocks = vec![
        writer.paragraph("mail-three-way-greeting"),
        writer.paragraph("mail-three-way-words"),
        writer.table(&[("mail-label-need", writer.fact("need")), ("mail-label-first-contact", writer.coded("mail-contact-by", "contact_by"))]),
        Block::Heading(writer.fact("prospect_name")),
        writer.table(&[("mail-label-email", writer.fact("prospect_email")), ("mail-label-phone", writer.fact("prospect_phone"))]),
        writer.heading("mail-three-way-receiver"),
        writer.table(&[("mail-label-email", writer.fact("receiver_email")), ("mail-label-phone", writer.fact("receiver_phone"))]),
    ];
    blocks.extend(writer.quote("mail-introduction-quote", "words"));
    blocks.push(writer.paragraph("mail-three-way-reply"));
    blocks.push(commission(writer));
    blocks
}
