//! A letter becomes the bytes of an RFC 5322 message.
//!
//! The same letter always gives the same bytes: identifier and date come with it, and the boundary is derived from the identifier.
//! Nothing in a letter can add a header or a part: free text is stripped of control characters and encoded, everything else
//! is checked and refused. The headers are assembled here and not by lettre's `MessageBuilder`, which reads the display names it
//! has written back with a parser that does not know all of them.

use std::time::{Duration, SystemTime};

use aws_lc_rs::digest;
use lettre::Address;
use lettre::message::header::{ContentTransferEncoding, ContentType, Date, From, HeaderName, HeaderValue, Headers, MIME_VERSION_1_0, ReplyTo, Subject, To};
use lettre::message::{Body, Mailboxes, MultiPart, SinglePart};

use super::message_bytes::{MessageBytes, NotAMessage};

/// A subject's greatest length.
pub const SUBJECT_MAX_CHARACTERS: usize = 150;
/// A display name's greatest length; what is longer is cut.
pub const NAME_MAX_CHARACTERS: usize = 120;
/// Above this Gmail cuts a message off; the text part has the same limit.
pub const PART_MAX_BYTES: usize = 60_000;
const MAILBOXES_MAX: usize = 10;
const REFERENCES_MAX: usize = 50;
const TOKEN_MAX_BYTES: usize = 250;
const URL_MAX_BYTES: usize = 900;
/// The end of the year 9999, the last that the date header can write.
const DATE_MAX_UNIX_SECONDS: i64 = 253_402_300_799;

/// Everything a message says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// `left@right`, with or without angle brackets: fixed when the mail was queued.
    pub message_id: String,
    /// The thread, oldest first; the last one is what this letter answers.
    pub references: Vec<String>,
    /// Who writes.
    pub from: Mailbox,
    /// Who is shown as addressed; the envelope has its own recipient.
    pub to: Vec<Mailbox>,
    /// Where answers go; empty means to the sender.
    pub reply_to: Vec<Mailbox>,
    /// Cut to [`SUBJECT_MAX_CHARACTERS`].
    pub subject: String,
    /// When the mail was queued.
    pub date_unix_seconds: i64,
    /// A language tag: `de`, `pt-BR`.
    pub language: String,
    /// Asks responders to keep quiet.
    pub auto_generated: bool,
    /// Takes the RFC 8058 POST.
    pub list_unsubscribe: Option<String>,
    /// `circle.domain`, without angle brackets.
    pub list_id: Option<String>,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
}

/// A name and an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// Shown; may be empty.
    pub name: String,
    /// The domain may be internationalised, the local part not.
    pub email: String,
}

/// Why a letter is no message. Says nothing of what stood in the letter, so that it may be logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// A message id, also one of the references.
    #[error("a message id is left@right in printable ASCII")]
    MessageId,
    /// Too long a thread.
    #[error("a letter has at most 50 references")]
    TooManyReferences,
    /// No recipient in the header, or too many mailboxes in one.
    #[error("a letter is addressed to 1 to 10 mailboxes")]
    MailboxCount,
    /// Would need SMTPUTF8, which many servers do not speak.
    #[error("the part before the @ is not ASCII")]
    NonAsciiLocalPart,
    /// Not an address.
    #[error("not a mail address")]
    Address,
    /// Before 1970 or after 9999.
    #[error("the date is out of range")]
    Date,
    /// Not a language tag.
    #[error("not a language tag")]
    Language,
    /// Not an address of a page, or too long.
    #[error("the unsubscribe link is no printable http(s) URL of at most 900 bytes")]
    UnsubscribeUrl,
    /// Not a list id.
    #[error("a list id has letters, digits, dots, hyphens and underscores")]
    ListId,
    /// Text or HTML.
    #[error("text and HTML have less than 60,000 bytes each")]
    PartTooLong,
    /// The encoder refused a part.
    #[error("a part could not be encoded")]
    Encoding,
    /// What came out could not travel.
    #[error(transparent)]
    NotAMessage(#[from] NotAMessage),
}

/// Builds the message.
pub fn build(letter: &Letter) -> Result<MessageBytes, LetterError> {
    if letter.text.len() >= PART_MAX_BYTES || letter.html.len() >= PART_MAX_BYTES {
        return Err(LetterError::PartTooLong);
    }
    let message_id = bracketed_id(&letter.message_id)?;
    let body = MultiPart::alternative()
        .boundary(boundary(&message_id))
        .singlepart(part(ContentType::TEXT_PLAIN, &letter.text)?)
        .singlepart(part(ContentType::TEXT_HTML, &letter.html)?);
    let headers = headers(letter, message_id)?;
    let mut bytes = headers.to_string().into_bytes();
    bytes.extend(body.formatted());
    Ok(MessageBytes::parse(bytes)?)
}

/// The address as the envelope and the headers spell it: ASCII, the domain in A-labels.
pub fn ascii_address(email: &str) -> Result<Address, LetterError> {
    let (local, domain) = email.rsplit_once('@').ok_or(LetterError::Address)?;
    if !local.is_ascii() {
        return Err(LetterError::NonAsciiLocalPart);
    }
    // A quoted local part may hold spaces and brackets; nobody we write to has one.
    if local.starts_with('"') {
        return Err(LetterError::Address);
    }
    let domain = idna::domain_to_ascii_strict(domain).map_err(|_| LetterError::Address)?;
    Address::new(local, domain).map_err(|_| LetterError::Address)
}

fn headers(letter: &Letter, message_id: String) -> Result<Headers, LetterError> {
    if letter.to.is_empty() {
        return Err(LetterError::MailboxCount);
    }
    let mut headers = Headers::new();
    headers.set(date(letter.date_unix_seconds)?);
    headers.set(From::from(mailboxes(std::slice::from_ref(&letter.from))?));
    headers.set(To::from(mailboxes(&letter.to)?));
    if !letter.reply_to.is_empty() {
        headers.set(ReplyTo::from(mailboxes(&letter.reply_to)?));
    }
    headers.set(Subject::from(subject(&letter.subject)));
    headers.insert_raw(header("Message-ID", message_id));
    insert_thread(&mut headers, &letter.references)?;
    headers.insert_raw(header("Content-Language", language(&letter.language)?));
    if letter.auto_generated {
        headers.insert_raw(header("Auto-Submitted", "auto-generated".to_owned()));
    }
    if let Some(url) = &letter.list_unsubscribe {
        headers.insert_raw(header("List-Unsubscribe", unsubscribe_link(url)?));
        headers.insert_raw(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
    }
    if let Some(id) = &letter.list_id {
        headers.insert_raw(header("List-ID", list_id(id)?));
    }
    headers.set(MIME_VERSION_1_0);
    Ok(headers)
}

fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

fn insert_thread(headers: &mut Headers, references: &[String]) -> Result<(), LetterError> {
    if references.len() > REFERENCES_MAX {
        return Err(LetterError::TooManyReferences);
    }
    let ids = references.iter().map(|id| bracketed_id(id)).collect::<Result<Vec<_>, _>>()?;
    if let Some(answered) = ids.last() {
        headers.insert_raw(header("References", ids.join(" ")));
        headers.insert_raw(header("In-Reply-To", answered.clone()));
    }
    Ok(())
}

fn bracketed_id(id: &str) -> Result<String, LetterError> {
    let bare = id.strip_prefix('<').and_then(|id| id.strip_suffix('>')).unwrap_or(id);
    let is_atom = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>()[]\\,;:@\"".contains(&byte));
    match bare.split_once('@') {
        Some((left, right)) if bare.len() <= TOKEN_MAX_BYTES && is_atom(left) && is_atom(right) => Ok(format!("<{bare}>")),
        _ => Err(LetterError::MessageId),
    }
}

fn mailboxes(all: &[Mailbox]) -> Result<Mailboxes, LetterError> {
    if all.len() > MAILBOXES_MAX {
        return Err(LetterError::MailboxCount);
    }
    all.iter()
        .map(|mailbox| {
            let name = one_line(&mailbox.name, NAME_MAX_CHARACTERS);
            Ok(lettre::message::Mailbox::new((!name.is_empty()).then_some(name), ascii_address(&mailbox.email)?))
        })
        .collect()
}

/// A subject may be ASCII and still look like an encoded word; it must be shown as it was written, not decoded.
fn subject(raw: &str) -> String {
    one_line(&one_line(raw, SUBJECT_MAX_CHARACTERS).replace("=?", "= ?"), SUBJECT_MAX_CHARACTERS)
}

/// One line without control and direction-changing characters, cut between two characters.
fn one_line(raw: &str, max_characters: usize) -> String {
    let visible: String = raw.chars().map(|c| if is_invisible(c) { ' ' } else { c }).collect();
    let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= max_characters {
        return line;
    }
    let kept: String = line.chars().take(max_characters.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn date(unix_seconds: i64) -> Result<Date, LetterError> {
    match u64::try_from(unix_seconds) {
        Ok(seconds) if unix_seconds <= DATE_MAX_UNIX_SECONDS => Ok(Date::new(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))),
        _ => Err(LetterError::Date),
    }
}

fn language(tag: &str) -> Result<String, LetterError> {
    let is_subtag = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if tag.len() <= 35 && tag.split('-').all(is_subtag) { Ok(tag.to_owned()) } else { Err(LetterError::Language) }
}

fn unsubscribe_link(url: &str) -> Result<String, LetterError> {
    // RFC 8058 wants https; plain http is for the dev mailbox.
    let has_scheme = url.starts_with("https://") || url.starts_with("http://");
    let printable = url.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>,\"\\".contains(&byte));
    if has_scheme && printable && url.len() <= URL_MAX_BYTES { Ok(format!("<{url}>")) } else { Err(LetterError::UnsubscribeUrl) }
}

fn list_id(id: &str) -> Result<String, LetterError> {
    let is_label = |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if id.len() <= TOKEN_MAX_BYTES && id.split('.').all(is_label) { Ok(format!("<{id}>")) } else { Err(LetterError::ListId) }
}

/// `=_` occurs in neither encoding that [`part`] uses, so no text can close a part, even by somebody who knows the message id.
fn boundary(message_id: &str) -> String {
    let hash = digest::digest(&digest::SHA256, message_id.as_bytes());
    let digits: String = hash.as_ref().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("=_{digits}")
}

/// Never 7bit: see [`boundary`]. Quoted-printable stays readable; it triples every other byte, so mostly foreign text is base64.
fn part(content_type: ContentType, text: &str) -> Result<SinglePart, LetterError> {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n");
    let foreign = lines.bytes().filter(|byte| !byte.is_ascii()).count();
    let encoding = if foreign > lines.len() / 6 { ContentTransferEncoding::Base64 } else { ContentTransferEncoding::QuotedPrintable };
    let body = Body::new_with_encoding(lines, encoding).map_err(|_| LetterError::Encoding)?;
    Ok(SinglePart::builder().content_type(content_type).body(body))
}

#[cfg(test)]
mod tests;
