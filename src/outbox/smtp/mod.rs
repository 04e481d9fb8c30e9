//! Handing mails to a relay over SMTP: own connections, one a worker, one mail and one recipient a transaction.
//!
//! lettre speaks the protocol; its pool is not used, because it leaves Nagle's algorithm on (23 mails a second) and takes a
//! connection back that a timeout has left in the middle of a conversation. Here each step has a time of its own, each answer is
//! judged by [`reply::classify`], and a connection that is not known to be in step is dropped.

mod connection;
mod reply;
mod settings;
mod tls;

use std::time::Duration;

use secrecy::SecretString;
use serde::Deserialize;

pub use connection::SmtpConnection;
pub use reply::{Answer, EnhancedCode, Fault, Outcome, Reply, Step, classify};

/// How to reach the relay.
#[derive(Debug, Clone)]
pub struct SmtpSettings {
    /// A name or an IP address; with TLS also what the certificate must be for.
    pub host: String,
    /// 465, 587 or 25, as a rule.
    pub port: u16,
    /// Whether and when TLS begins.
    pub security: Security,
    /// Login, if the relay wants one.
    pub credentials: Option<Credentials>,
    /// The name that EHLO gives.
    pub hello_name: String,
    /// How long each step may take.
    pub timeouts: PhaseTimeouts,
    /// After as many transactions a connection is given up, so that a relay's several machines share the load.
    pub max_messages_per_connection: u32,
    /// A connection that rested longer is asked whether it still lives before it carries a mail.
    pub check_after_idle: Duration,
    /// Certificates (PEM) trusted beside the public ones, for a relay with its own authority.
    pub additional_root_pem: Option<String>,
}

/// Whether and when TLS begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// From the first byte (port 465).
    Implicit,
    /// After STARTTLS, which the server must offer: never silently without.
    StartTls,
    /// Not at all: for a relay on the same machine or network.
    None,
}

/// A login. The password is never printed.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The account at the relay.
    pub user: String,
    /// Its password.
    pub password: SecretString,
}

/// How long each step may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhaseTimeouts {
    /// Name look-up and TCP, over all of the host's addresses.
    pub connect: Duration,
    /// Each of: greeting with EHLO, the TLS handshake, AUTH.
    pub hello: Duration,
    /// Each of: MAIL, RCPT, DATA, RSET, NOOP, QUIT.
    pub envelope: Duration,
    /// The whole message up to the final dot.
    pub body: Duration,
    /// The answer to the final dot. Too short a time makes unknown mails: servers scan before they answer.
    pub final_answer: Duration,
}

impl PhaseTimeouts {
    /// The longest that one transaction, with the RSET after it, can take on an open connection: a claim's lease must outlast it.
    pub fn longest_transaction(&self) -> Duration {
        self.envelope * 4 + self.body + self.final_answer
    }
}

impl Default for PhaseTimeouts {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { connect: seconds(10), hello: seconds(30), envelope: seconds(30), body: seconds(60), final_answer: seconds(120) }
    }
}

// The integration tests play the same server.
#[cfg(test)]
#[path = "../../../tests/it/support/fault_server.rs"]
mod fault_server;
#[cfg(test)]
mod tests;
