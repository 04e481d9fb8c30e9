//! What a mail says, before it is laid out: a subject and blocks of plain text.
//!
//! Both parts of a message are written from the same blocks, each by its own hand: `text.rs` and `layout.rs`. A block holds
//! plain text only; escaping is the layout's business and happens there for everything.

use std::cell::RefCell;
use std::collections::BTreeMap;

use fluent_templates::fluent_bundle::FluentValue;

use super::needs::needs;
use crate::kernel::{Answer, Failure, Language, Timestamp};
use crate::outbox::model::MailKind;
use crate::web::texts;

/// A piece of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// Running text.
    Paragraph(String),
    /// The title of what follows.
    Heading(String),
    /// Label and value, one a line.
    Table(Vec<(String, String)>),
    /// Somebody's own words.
    Quote(String),
    /// The one thing to do.
    Button { label: String, url: String },
    /// Another way.
    Link { label: String, url: String },
    /// Small print.
    Small(String),
}

/// A mail before it is laid out.
#[derive(Debug, Clone)]
pub(super) struct Content {
    pub subject: String,
    pub blocks: Vec<Block>,
    pub footer: String,
}

/// Facts whose number chooses a plural form.
const NUMBERS: [&str; 9] = ["retention_days", "days", "contact_within_hours", "rings", "total", "closed", "members", "referrals", "confirmed"];

/// Looks texts up for one mail and notes what was missing.
pub(super) struct Writer<'m> {
    kind: MailKind,
    language: Language,
    facts: &'m BTreeMap<String, String>,
    links: &'m BTreeMap<String, String>,
    missing: RefCell<Option<String>>,
}

impl<'m> Writer<'m> {
    pub(super) fn new(kind: MailKind, language: Language, facts: &'m BTreeMap<String, String>, links: &'m BTreeMap<String, String>) -> Self {
        Self { kind, language, facts, links, missing: RefCell::new(None) }
    }

    pub(super) fn kind(&self) -> MailKind {
        self.kind
    }

    /// The text with this key, filled with every fact of the mail.
    pub(super) fn text(&self, key: &str) -> String {
        let arguments: Vec<(&'static str, FluentValue<'static>)> = needs(self.kind).facts.iter().map(|name| (*name, self.argument(name))).collect();
        self.looked_up(key, &arguments)
    }

    fn argument(&self, name: &str) -> FluentValue<'static> {
        let value = self.fact(name);
        match value.parse::<i64>() {
            Ok(number) if NUMBERS.contains(&name) => FluentValue::from(number),
            _ => FluentValue::from(value),
        }
    }

    fn looked_up(&self, key: &str, arguments: &[(&'static str, FluentValue<'static>)]) -> String {
        let text = texts::text_with(self.language, key, arguments);
        if text == key {
            self.missing.replace(Some(key.to_owned()));
        }
        text
    }

    /// A fact on one line.
    pub(super) fn fact(&self, name: &str) -> String {
        self.facts.get(name).map(|value| value.split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default()
    }

    /// A fact that is a number, as the reader writes it.
    pub(super) fn number(&self, name: &str) -> String {
        let value = self.fact(name);
        value.parse().map_or(value, |number| self.language.number(number))
    }

    /// A moment as the reader writes it. Whoever knows the reader's time zone hands in a finished text, which is kept.
    pub(super) fn moment(&self, name: &str) -> String {
        let value = self.fact(name);
        let written = |moment: jiff::Timestamp| self.language.date_time(Timestamp::from_micros(moment.as_microsecond()), "UTC");
        value.parse().map_or(value, |moment| format!("{} UTC", written(moment)))
    }

    /// A fact that is a stable code, in the reader's words; a code without words is a text that is missing, and no mail shows
    /// it. Anything else is shown as it is.
    pub(super) fn coded(&self, prefix: &str, name: &str) -> String {
        let value = self.fact(name);
        if is_code(&value) { self.looked_up(&format!("{prefix}-{}", value.replace('_', "-")), &[]) } else { value }
    }

    /// The part of a key that a coded fact chooses, such as the news.
    pub(super) fn variant(&self, name: &str) -> String {
        self.fact(name).replace('_', "-")
    }

    pub(super) fn paragraph(&self, key: &str) -> Block {
        Block::Paragraph(self.text(key))
    }

    pub(super) fn heading(&self, key: &str) -> Block {
        Block::Heading(self.text(key))
    }

    pub(super) fn small(&self, key: &str) -> Block {
        Block::Small(self.text(key))
    }

    pub(super) fn greeting(&self) -> Block {
        let own = match self.kind {
            MailKind::Introduction | MailKind::IntroductionAttested => "prospect_name",
            _ => "name",
        };
        let name = [own, "recipient_name"].into_iter().map(|name| self.fact(name)).find(|name| !name.is_empty());
        Block::Paragraph(match name {
            Some(name) => self.looked_up("mail-greeting-name", &[("greeted", FluentValue::from(name))]),
            None => self.looked_up("mail-greeting", &[]),
        })
    }

    /// Lines of label and value; those without a value are left out.
    pub(super) fn table(&self, rows: &[(&str, String)]) -> Block {
        Block::Table(rows.iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (self.text(key), value.clone())).collect())
    }

    /// A person's own words with what stands before them, if there are any.
    pub(super) fn quote(&self, intro: &str, name: &str) -> Vec<Block> {
        match self.facts.get(name).map(|words| words.trim()).filter(|words| !words.is_empty()) {
            Some(words) => vec![self.paragraph(intro), Block::Quote(words.to_owned())],
            None => Vec::new(),
        }
    }

    pub(super) fn button(&self, key: &str, link: &str) -> Block {
        Block::Button { label: self.text(key), url: self.url(link) }
    }

    pub(super) fn link(&self, key: &str, link: &str) -> Block {
        Block::Link { label: self.text(key), url: self.url(link) }
    }

    /// The link, when the mail has it.
    pub(super) fn optional_link(&self, key: &str, link: &str) -> Vec<Block> {
        if self.links.contains_key(link) { vec![self.link(key, link)] } else { Vec::new() }
    }

    fn url(&self, link: &str) -> String {
        self.links.get(link).cloned().unwrap_or_else(|| {
            self.missing.replace(Some(format!("link {link}")));
            String::new()
        })
    }

    /// The finished content, or what was missing.
    pub(super) fn finish(self, subject: String, blocks: Vec<Block>, footer: &str) -> Answer<Content> {
        let footer = self.text(footer);
        match self.missing.into_inner() {
            None => Ok(Content { subject, blocks, footer }),
            Some(missing) => Err(Failure::internal(format!("the mail {} in {} lacks {missing}", self.kind, self.language))),
        }
    }
}

fn is_code(value: &str) -> bool {
    !value.is_empty() && value.len() <= 40 && value.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}
