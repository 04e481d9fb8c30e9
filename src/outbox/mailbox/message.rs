//! A kept message, read back for showing.

use mail_parser::MessageParser;

use crate::kernel::{Answer, Failure};

/// The parts of a message that the mailbox shows.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Name and value of every header, unfolded, in their order.
    pub headers: Vec<(String, String)>,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
}

impl Shown {
    /// Reads a message that was kept.
    pub fn read(raw: &str) -> Answer<Self> {
        let message = MessageParser::default().parse(raw.as_bytes()).ok_or_else(|| Failure::internal("the mailbox holds what is no message"))?;
        let headers = message.headers_raw().map(|(name, value)| (name.to_owned(), unfolded(value))).collect();
        let text = message.body_text(0).unwrap_or_default().replace("\r\n", "\n");
        let html = message.body_html(0).unwrap_or_default().into_owned();
        Ok(Self { headers, text, html })
    }

    /// Every address in the text part.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        self.text.split_whitespace().filter(|word| is_link(word))
    }

    /// Where a mail program's stop button leads.
    pub fn stop_link(&self) -> Option<&str> {
        let value = self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("list-unsubscribe")).map(|(_, value)| value.as_str())?;
        value.strip_prefix('<')?.strip_suffix('>')
    }
}

/// Whether a word of a text is an address of a page.
pub fn is_link(word: &str) -> bool {
    word.starts_with("http://") || word.starts_with("https://")
}

fn unfolded(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}
