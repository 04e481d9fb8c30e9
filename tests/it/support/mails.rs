//! Mails as their recipients see them.

use diesel::prelude::*;
use kularing::db::schema::{mail, mailbox_message};
use kularing::kernel::EmailAddress;
use kularing::outbox::{MailKind, MailStatus};
use mail_parser::MessageParser;

use super::TestApp;

/// A mail that arrived in the development mailbox.
#[derive(Debug, Clone)]
pub struct TestMail {
    pub kind: MailKind,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// Every address in the text part, in its order, without the installation's base.
    pub links: Vec<String>,
    /// The message as it would have been sent.
    pub raw: String,
}

impl TestMail {
    /// The first link whose path begins so, e.g. `/confirm/`.
    #[track_caller]
    pub fn link(&self, beginning: &str) -> String {
        let found = self.links.iter().find(|link| link.starts_with(beginning));
        found.unwrap_or_else(|| panic!("no link {beginning}… in: {}\n{}", self.subject, self.text)).clone()
    }

    /// What follows a link's beginning.
    #[track_caller]
    pub fn token(&self, beginning: &str) -> String {
        self.link(beginning)[beginning.len()..].to_owned()
    }

    fn read(kind: MailKind, raw: String, base_url: &str) -> Self {
        let message = MessageParser::default().parse(raw.as_bytes()).expect("the mailbox holds a message");
        let text = message.body_text(0).expect("a text part").replace("\r\n", "\n");
        let html = message.body_html(0).expect("an HTML part").into_owned();
        let words = text.split_whitespace().filter_map(|word| word.strip_prefix(base_url));
        let links = words.map(str::to_owned).collect();
        let subject = message.subject().unwrap_or_default().to_owned();
        Self { kind, subject, text, html, links, raw }
    }
}

impl TestApp {
    /// Everything that arrived at an address, oldest first. Run [`TestApp::run_due`] first.
    pub async fn mails_to(&self, address: &str) -> Vec<TestMail> {
        let address = EmailAddress::parse(address).unwrap().normalised().to_owned();
        let query = move |connection: &mut kularing::db::AnyConn| {
            let joined = mailbox_message::table.inner_join(mail::table.on(mail::id.eq(mailbox_message::mail_id)));
            let of_address = joined.filter(mailbox_message::recipient_email.eq(address)).order(mailbox_message::mail_id.asc());
            Ok(of_address.select((mail::kind, mailbox_message::raw)).load::<(MailKind, String)>(connection)?)
        };
        let rows = self.state.db.read(query).await.unwrap();
        rows.into_iter().map(|(kind, raw)| TestMail::read(kind, raw, &self.state.config.server.base_url)).collect()
    }

    /// The newest mail of a kind that arrived at an address.
    pub async fn mail_of(&self, address: &str, kind: MailKind) -> TestMail {
        let all = self.mails_to(address).await;
        let had: Vec<_> = all.iter().map(|mail| mail.kind.as_str()).collect();
        all.iter().rev().find(|mail| mail.kind == kind).cloned().unwrap_or_else(|| panic!("no {kind} at {address}, only {had:?}"))
    }

    /// Where every mail stands, oldest first.
    pub async fn mail_states(&self) -> Vec<(MailKind, MailStatus)> {
        let query = |connection: &mut kularing::db::AnyConn| Ok(mail::table.order(mail::id.asc()).select((mail::kind, mail::status)).load(connection)?);
        self.state.db.read(query).await.unwrap()
    }
}
