//! One connection to the relay, used by one worker.
//!
//! Invariants: a connection carries a mail only while every answer so far was read in full. The session leaves the struct for the
//! length of a transaction, so that a future dropped half-way, an error or a timeout closes it without anybody having to remember.
//! The final dot is sent only after the caller's `before_body` has succeeded.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials as Login, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream};
use lettre::transport::smtp::commands::{Data, Mail, Noop, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;
use secrecy::ExposeSecret;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

use super::reply::{Answer, Fault, Outcome, Step, classify};
use super::{Credentials, PhaseTimeouts, Security, SmtpSettings, tls};
use crate::outbox::message_bytes::MessageBytes;

/// An open connection.
pub struct SmtpConnection {
    session: Option<AsyncSmtpConnection>,
    timeouts: PhaseTimeouts,
    transactions_left: u32,
    check_after_idle: Duration,
    last_used: Instant,
}

impl SmtpConnection {
    /// Connects, encrypts, says hello and logs in. Every failure is the transport's.
    ///
    /// In a task of its own, because lettre panics on an EHLO line of blanks; given up half-way, the task ends by its timeouts.
    pub async fn open(settings: &SmtpSettings) -> Result<Self, Fault> {
        match tokio::spawn(Self::open_unguarded(settings.clone())).await {
            Ok(opened) => opened,
            Err(_panicked) => Err(Fault { step: Step::Hello, answer: Answer::Lost("the server's greeting was unreadable".to_owned()) }),
        }
    }

    async fn open_unguarded(settings: SmtpSettings) -> Result<Self, Fault> {
        let settings = &settings;
        let tcp = dial(settings).await?;
        let mut session = match settings.security {
            Security::None => greet(Box::new(tcp), settings).await?,
            Security::Implicit => {
                let wrapped = timeout(settings.timeouts.hello, tls::wrap(tcp, settings)).await;
                greet(Box::new(opened(Step::Tls, wrapped)?), settings).await?
            }
            Security::StartTls => start_tls(greet(Box::new(tcp), settings).await?, settings).await?,
        };
        if let Some(credentials) = &settings.credentials {
            log_in(&mut session, credentials, settings.timeouts.hello).await?;
        }
        Ok(Self {
            session: Some(session),
            timeouts: settings.timeouts,
            transactions_left: settings.max_messages_per_connection.max(1),
            check_after_idle: settings.check_after_idle,
            last_used: Instant::now(),
        })
    }

    /// Whether it can carry another mail; after a rest the server is asked. If not, open another one: nothing is lost by it.
    pub async fn is_ready(&mut self) -> bool {
        if self.transactions_left == 0 || self.session.is_none() {
            return false;
        }
        if self.last_used.elapsed() < self.check_after_idle {
            return true;
        }
        let Some(mut session) = self.session.take() else { return false };
        let alive = matches!(timeout(self.timeouts.envelope, session.command(Noop)).await, Ok(Ok(_)));
        if alive {
            self.session = Some(session);
            self.last_used = Instant::now();
        }
        alive
    }

    /// Sends one mail to one recipient.
    ///
    /// `before_body` runs when the server waits for the message: there the caller commits that it is being transmitted. If that
    /// fails nothing is sent, the connection is closed and the caller gets its own error back. Its time is the caller's to bound.
    pub async fn send<Hook, Committed, E>(
        &mut self,
        envelope_from: &Address,
        recipient: &Address,
        message: &MessageBytes,
        before_body: Hook,
    ) -> Result<Outcome, E>
    where
        Hook: FnOnce() -> Committed,
        Committed: Future<Output = Result<(), E>>,
    {
        let Some(mut session) = self.session.take() else {
            let answer = Answer::Lost("the connection was given up before".to_owned());
            return Ok(Outcome::TransportFault(Fault { step: Step::MailFrom, answer }));
        };
        let outcome = match announce(&mut session, self.timeouts.envelope, envelope_from, recipient).await {
            Err(outcome) => outcome,
            Ok(()) => {
                before_body().await?;
                transmit(&mut session, &self.timeouts, message).await
            }
        };
        self.transactions_left = self.transactions_left.saturating_sub(1);
        if self.transactions_left > 0 && is_in_step(&mut session, self.timeouts.envelope, &outcome).await {
            self.session = Some(session);
            self.last_used = Instant::now();
        }
        Ok(outcome)
    }

    /// Says goodbye. Dropping the connection does as well, only less politely.
    pub async fn close(mut self) {
        if let Some(mut session) = self.session.take() {
            // Whatever the server says to QUIT changes nothing for any mail.
            let _goodbye = timeout(self.timeouts.envelope, session.quit()).await;
        }
    }
}

/// Without TCP_NODELAY each command waits for the acknowledgement of the last one: 23 mails a second.
pub(super) async fn dial(settings: &SmtpSettings) -> Result<TcpStream, Fault> {
    let connected = timeout(settings.timeouts.connect, TcpStream::connect((settings.host.as_str(), settings.port))).await;
    let tcp = opened(Step::Connect, connected)?;
    opened(Step::Connect, Ok(tcp.set_nodelay(true)))?;
    Ok(tcp)
}

async fn greet(stream: Box<dyn AsyncTokioStream>, settings: &SmtpSettings) -> Result<AsyncSmtpConnection, Fault> {
    let name = ClientId::Domain(settings.hello_name.clone());
    let greeted = timeout(settings.timeouts.hello, AsyncSmtpConnection::connect_with_transport(stream, &name)).await;
    spoken(Step::Hello, greeted)
}

async fn start_tls(mut session: AsyncSmtpConnection, settings: &SmtpSettings) -> Result<AsyncSmtpConnection, Fault> {
    let parameters = spoken(Step::Tls, Ok(tls::parameters(settings)))?;
    let name = ClientId::Domain(settings.hello_name.clone());
    let encrypted = timeout(settings.timeouts.hello, session.starttls(parameters, &name)).await;
    spoken(Step::Tls, encrypted)?;
    Ok(session)
}

async fn log_in(session: &mut AsyncSmtpConnection, credentials: &Credentials, limit: Duration) -> Result<(), Fault> {
    let login = Login::new(credentials.user.clone(), credentials.password.expose_secret().to_owned());
    let answered = timeout(limit, session.auth(DEFAULT_MECHANISMS, &login)).await;
    let response = spoken(Step::Authentication, answered)?;
    // Any other positive answer is not one to AUTH.
    if response.has_code(235) { Ok(()) } else { Err(Fault { step: Step::Authentication, answer: response.into() }) }
}

/// MAIL, RCPT and DATA; `Ok` when the server waits for the message.
async fn announce(session: &mut AsyncSmtpConnection, limit: Duration, from: &Address, to: &Address) -> Result<(), Outcome> {
    let mail = timeout(limit, session.command(Mail::new(Some(from.clone()), Vec::new()))).await;
    classify(Step::MailFrom, answer(mail))?;
    let recipient = timeout(limit, session.command(Rcpt::new(to.clone(), Vec::new()))).await;
    classify(Step::Recipient, answer(recipient))?;
    let data = timeout(limit, session.command(Data)).await;
    classify(Step::Data, answer(data))?;
    Ok(())
}

/// lettre sends message and dot and reads the answer in one future. It asks its iterator for more only when everything before has
/// been written, and sends the dot when there is no more: that question is the border between "not sent" and "unknown".
async fn transmit(session: &mut AsyncSmtpConnection, timeouts: &PhaseTimeouts, message: &MessageBytes) -> Outcome {
    let dot_begun = AtomicBool::new(false);
    let end = std::iter::from_fn(|| {
        dot_begun.store(true, Ordering::Relaxed);
        None
    });
    let mut sending = pin!(session.message_iter(std::iter::once(message.without_last_line_end()).chain(end)));
    let until_dot = poll_fn(|context| match sending.as_mut().poll(context) {
        Poll::Ready(answered) => Poll::Ready(Some(answered)),
        Poll::Pending if dot_begun.load(Ordering::Relaxed) => Poll::Ready(None),
        Poll::Pending => Poll::Pending,
    });
    let answered = match timeout(timeouts.body, until_dot).await {
        Ok(Some(answered)) => Ok(answered),
        Ok(None) => timeout(timeouts.final_answer, sending).await,
        Err(elapsed) => Err(elapsed),
    };
    let step = if dot_begun.load(Ordering::Relaxed) { Step::FinalAnswer } else { Step::Body };
    match classify(step, answer(answered)) {
        Ok(reply) => Outcome::Accepted { reply },
        Err(outcome) => outcome,
    }
}

/// Whether the next mail may follow: a refused transaction must be reset first, anything doubtful ends the connection.
async fn is_in_step(session: &mut AsyncSmtpConnection, limit: Duration, outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Accepted { .. } => true,
        refused if refused.leaves_connection_in_step() => matches!(timeout(limit, session.command(Rset)).await, Ok(Ok(_))),
        _ => false,
    }
}

/// What a step's work gave, within its time.
type Answered<T, E> = Result<Result<T, E>, tokio::time::error::Elapsed>;

fn answer(answered: Answered<Response, Error>) -> Answer {
    match answered {
        Ok(Ok(response)) => response.into(),
        Ok(Err(error)) => error.into(),
        Err(_elapsed) => Answer::TimedOut,
    }
}

fn spoken<T>(step: Step, answered: Answered<T, Error>) -> Result<T, Fault> {
    match answered {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(Fault { step, answer: error.into() }),
        Err(_elapsed) => Err(Fault { step, answer: Answer::TimedOut }),
    }
}

fn opened<T>(step: Step, answered: Answered<T, std::io::Error>) -> Result<T, Fault> {
    match answered {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(Fault { step, answer: Answer::Lost(error.to_string()) }),
        Err(_elapsed) => Err(Fault { step, answer: Answer::TimedOut }),
    }
}
