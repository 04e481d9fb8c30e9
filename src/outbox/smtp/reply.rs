//! What a server's answer means for a mail.
//!
//! [`classify`] is the one place that decides whose fault a failure is. Whatever might be a wrong set-up of ours kills no mail:
//! it either pauses the queue or is tried again until the mail expires.

use std::fmt;

use lettre::transport::smtp::{Error, response::Response};

/// A reply's text is kept for the operator, and bounded because a server writes it.
const TEXT_MAX_CHARACTERS: usize = 500;

/// Where in the conversation an answer was awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Name look-up and TCP.
    Connect,
    /// The TLS handshake, and STARTTLS before it.
    Tls,
    /// Greeting and EHLO.
    Hello,
    /// AUTH.
    Authentication,
    /// MAIL FROM.
    MailFrom,
    /// RCPT TO.
    Recipient,
    /// DATA.
    Data,
    /// The message, up to but without the final dot.
    Body,
    /// From the first byte of the final dot on.
    FinalAnswer,
}

/// An enhanced status code (RFC 3463).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnhancedCode {
    /// 2, 4 or 5.
    pub class: u8,
    /// 1 address, 2 mailbox, 3 system, 4 network, 5 protocol, 6 content, 7 policy.
    pub subject: u16,
    /// Means something only together with the subject.
    pub detail: u16,
}

/// A well-formed reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Three digits.
    pub code: u16,
    /// If the text begins with one.
    pub enhanced: Option<EnhancedCode>,
    /// One line, bounded.
    pub text: String,
}

/// What came back, if anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A reply, of whatever kind.
    Reply(Reply),
    /// Nothing within the step's time.
    TimedOut,
    /// The connection ended, or something came that is no reply.
    Lost(String),
}

/// The transport's fault: no mail dies of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{step}: {answer}")]
pub struct Fault {
    /// Where.
    pub step: Step,
    /// What.
    pub answer: Answer,
}

/// What became of one mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The server has taken the mail over.
    Accepted {
        /// Its words, often with a queue id.
        reply: Reply,
    },
    /// Not now: try again until the mail expires.
    Deferred(Reply),
    /// Never for this recipient: the mail is dead.
    RecipientRefused(Reply),
    /// The mail is untouched; the transport needs a pause.
    TransportFault(Fault),
    /// The final dot was on its way and no answer came: the mail may have been taken.
    Unknown {
        /// Why there is no answer.
        answer: Answer,
    },
}

/// Who has to change something before a refused mail can go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Blame {
    Nobody,
    Recipient,
    Transport,
}

/// Reads an answer: `Ok` when the conversation may go on, else what becomes of the mail.
pub fn classify(step: Step, answer: Answer) -> Result<Reply, Outcome> {
    match answer {
        Answer::Reply(reply) if is_wanted(step, reply.code) => Ok(reply),
        Answer::Reply(reply) if (400..600).contains(&reply.code) => Err(match blame(step, &reply) {
            Blame::Nobody => Outcome::Deferred(reply),
            Blame::Recipient => Outcome::RecipientRefused(reply),
            Blame::Transport => Outcome::TransportFault(Fault { step, answer: Answer::Reply(reply) }),
        }),
        answer if step == Step::FinalAnswer => Err(Outcome::Unknown { answer }),
        answer => Err(Outcome::TransportFault(Fault { step, answer })),
    }
}

/// Only DATA is answered by 354. Should answers ever lag behind the commands, that is where it shows, before any body is sent.
fn is_wanted(step: Step, code: u16) -> bool {
    if step == Step::Data { code == 354 } else { (200..300).contains(&code) }
}

/// The table; the first line that fits decides.
fn blame(step: Step, reply: &Reply) -> Blame {
    let (class, subject, detail) = reply.enhanced.map_or((0, 0, 0), |code| (code.class, code.subject, code.detail));
    match (step, reply.code, (class, subject, detail)) {
        (Step::Connect | Step::Tls | Step::Hello | Step::Authentication, _, _) => Blame::Transport,
        // Temporary, out of space, mailbox full.
        (_, 400..=499 | 552, _) | (_, _, (_, 2, 2)) => Blame::Nobody,
        (Step::MailFrom, _, _) => Blame::Transport,
        // 5xx and 4.y.z contradict each other.
        (_, _, (4, _, _)) => Blame::Nobody,
        // Our sender address, our login, our SPF, DKIM, DMARC or reverse DNS.
        (_, 530..=538, _) | (_, _, (_, 1, 7 | 8)) | (_, _, (_, 7, 8 | 9 | 11 | 20..=27)) => Blame::Transport,
        // The address or the mailbox.
        (_, _, (_, 1 | 2, _)) => Blame::Recipient,
        // Commands that the server does not understand, or a host that takes no mail at all.
        (Step::Recipient | Step::Data | Step::Body, 500..=504 | 521 | 555, _) => Blame::Transport,
        // Its system or its network: it may recover.
        (_, _, (_, 3 | 4, _)) => Blame::Nobody,
        // The message was read and refused.
        (Step::FinalAnswer, _, _) => Blame::Recipient,
        // "Relay access denied" and "you may not write to this person" look the same: neither kill nor stop the others.
        (_, _, (_, 6 | 7, _)) => Blame::Nobody,
        (_, 550 | 551 | 553 | 556, _) => Blame::Recipient,
        _ => Blame::Nobody,
    }
}

impl Outcome {
    /// Whether the server has answered in full, so that after RSET the connection can carry the next mail.
    pub(super) fn leaves_connection_in_step(&self) -> bool {
        match self {
            Outcome::Accepted { .. } => true,
            // 421 announces that the server hangs up.
            Outcome::Deferred(reply) | Outcome::RecipientRefused(reply) => reply.code != 421,
            Outcome::TransportFault(_) | Outcome::Unknown { .. } => false,
        }
    }
}

impl Reply {
    fn new(code: u16, text: &str) -> Self {
        let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(TEXT_MAX_CHARACTERS).collect();
        let text = line.trim().to_owned();
        let enhanced = text.split(' ').next().and_then(EnhancedCode::parse);
        Self { code, enhanced, text }
    }
}

impl EnhancedCode {
    fn parse(word: &str) -> Option<Self> {
        let number = |part: &str| (part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse::<u16>().ok()).flatten();
        let mut parts = word.split('.').map(number);
        let (class, subject, detail) = (parts.next()??, parts.next()??, parts.next()??);
        match (class, parts.next()) {
            (2 | 4 | 5, None) => Some(Self { class: u8::try_from(class).ok()?, subject, detail }),
            _ => None,
        }
    }
}

impl From<Response> for Answer {
    fn from(response: Response) -> Self {
        Answer::Reply(Reply::new(response.code().into(), &response.message().collect::<Vec<_>>().join(" ")))
    }
}

impl From<Error> for Answer {
    fn from(error: Error) -> Self {
        // lettre makes an error of every 4xx and 5xx; the server's words are its source.
        let words = std::error::Error::source(&error).map(ToString::to_string);
        match error.status() {
            Some(code) => Answer::Reply(Reply::new(code.into(), &words.unwrap_or_default())),
            None => Answer::Lost(Reply::new(0, &error.to_string()).text),
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Reply(reply) => reply.fmt(f),
            Answer::TimedOut => f.write_str("no answer in time"),
            Answer::Lost(reason) => f.write_str(reason),
        }
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.text)
    }
}

impl fmt::Display for EnhancedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Step::Connect => "connect",
            Step::Tls => "tls",
            Step::Hello => "hello",
            Step::Authentication => "authentication",
            Step::MailFrom => "mail_from",
            Step::Recipient => "recipient",
            Step::Data => "data",
            Step::Body => "body",
            Step::FinalAnswer => "final_answer",
        })
    }
}

#[cfg(test)]
mod tests;
