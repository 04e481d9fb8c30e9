//! Mails about a person's account.

use super::content::{Content, Writer};
use crate::kernel::Answer;
use crate::outbox::model::MailKind;

pub(super) fn content(writer: Writer<'_>) -> Answer<Content> {
    let (subject, blocks) = match writer.kind() {
        MailKind::ConfirmAddress => (
            writer.text("mail-confirm-address-subject"),
            vec![
                writer.greeting(),
                writer.paragraph("mail-confirm-address-words"),
                writer.button("mail-confirm-address-button", "confirm"),
                writer.small("mail-confirm-address-small"),
            ],
        ),
        MailKind::AlreadyRegistered => (
            writer.text("mail-already-registered-subject"),
            vec![
                writer.greeting(),
                writer.paragraph("mail-already-registered-words"),
                writer.button("mail-already-registered-button", "sign_in"),
                writer.link("mail-already-registered-reset", "reset"),
                writer.small("mail-already-registered-small"),
            ],
        ),
        MailKind::ResetPassword => (
            writer.text("mail-reset-password-subject"),
            vec![
                writer.greeting(),
                writer.paragraph("mail-reset-password-words"),
                writer.button("mail-reset-password-button", "reset"),
                writer.small("mail-reset-password-small"),
            ],
        ),
        MailKind::PasswordChanged => (
            writer.text("mail-password-changed-subject"),
            vec![
                writer.greeting(),
                writer.paragraph("mail-password-changed-words"),
                writer.table(&[("mail-password-changed-at", writer.moment("at"))]),
                writer.small("mail-password-changed-small"),
            ],
        ),
        MailKind::ErasureAsked => (
            writer.text("mail-erasure-asked-subject"),
            vec![
                writer.greeting(),
                writer.paragraph("mail-erasure-asked-words"),
                writer.table(&[("mail-erasure-asked-at", writer.moment("at"))]),
                writer.button("mail-erasure-asked-button", "keep"),
                writer.small("mail-erasure-asked-small"),
            ],
        ),
        MailKind::FormerAccount => (
            writer.text("mail-former-account-subject"),
            vec![
                writer.greeting(),
                writer.paragraph("mail-former-account-words"),
                writer.button("mail-former-account-button", "data"),
                writer.small("mail-former-account-small"),
            ],
        ),
        _ => (
            writer.text("mail-colleague-invitation-subject"),
            vec![
                writer.greeting(),
                writer.paragraph("mail-colleague-invitation-words"),
                writer.button("mail-colleague-invitation-button", "join"),
                writer.small("mail-colleague-invitation-small"),
            ],
        ),
    };
    writer.finish(subject, blocks, "mail-footer-account")
}
