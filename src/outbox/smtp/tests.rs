//! Every way in which a relay can fail, played by [`FaultServer`].

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lettre::Address;
use secrecy::SecretString;

use super::fault_server::{Act, FaultServer, Script, ServerTls};
use super::*;
use crate::outbox::message_bytes::MessageBytes;

const SHORT: Duration = Duration::from_millis(200);
const LONG: Duration = Duration::from_secs(20);

fn settings(server: &FaultServer) -> SmtpSettings {
    SmtpSettings {
        host: "localhost".to_owned(),
        port: server.address.port(),
        security: Security::None,
        credentials: None,
        hello_name: "kularing.example".to_owned(),
        timeouts: PhaseTimeouts { connect: LONG, hello: LONG, envelope: LONG, body: LONG, final_answer: LONG },
        max_messages_per_connection: 100,
        check_after_idle: LONG,
        additional_root_pem: None,
    }
}

async fn start(script: Script) -> (FaultServer, SmtpConnection) {
    let server = FaultServer::start([script, Script::default()]).await;
    let connection = SmtpConnection::open(&settings(&server)).await.unwrap();
    (server, connection)
}

fn address(text: &str) -> Address {
    text.parse().unwrap()
}

fn message() -> MessageBytes {
    MessageBytes::parse(b"Subject: dots\r\n\r\n.\r\n..\r\n.a\r\nb.\r\n\r\n.\r\nend\r\n".to_vec()).unwrap()
}

/// More than loopback's buffers hold.
fn long_message() -> MessageBytes {
    MessageBytes::parse(b"0123456789abcdef0123456789abcdef\r\n".repeat(1_000_000)).unwrap()
}

async fn send(connection: &mut SmtpConnection) -> Outcome {
    send_message(connection, &message()).await
}

async fn send_message(connection: &mut SmtpConnection, message: &MessageBytes) -> Outcome {
    let sent = connection.send(&address("b+1.ab@bounce.example"), &address("anna@b.example"), message, async || Ok::<(), Infallible>(())).await;
    match sent {
        Ok(outcome) => outcome,
        Err(never) => match never {},
    }
}

fn code_of(answer: &Answer) -> u16 {
    match answer {
        Answer::Reply(reply) => reply.code,
        other => panic!("no reply: {other}"),
    }
}

fn fault_of(outcome: Outcome) -> Fault {
    match outcome {
        Outcome::TransportFault(fault) => fault,
        other => panic!("no fault of the transport: {other:?}"),
    }
}

async fn open_fault(settings: &SmtpSettings) -> Fault {
    match SmtpConnection::open(settings).await {
        Err(fault) => fault,
        Ok(_) => panic!("the connection was opened"),
    }
}

#[tokio::test]
async fn a_mail_arrives_byte_for_byte_and_the_connection_is_used_again() {
    let (server, mut connection) = start(Script::default()).await;
    for _ in 0..3 {
        let Outcome::Accepted { reply } = send(&mut connection).await else { panic!("not accepted") };
        assert_eq!((reply.code, reply.text.as_str()), (250, "2.0.0 queued as 4711"));
        assert!(connection.is_ready().await);
    }
    connection.close().await;
    let seen = server.seen();
    assert_eq!(seen.connections, 1);
    assert_eq!(seen.messages, vec![message().as_bytes().to_vec(); 3]);
    let transaction = ["MAIL FROM:<b+1.ab@bounce.example>", "RCPT TO:<anna@b.example>", "DATA"];
    let wanted = [["EHLO kularing.example"].as_slice(), &transaction, &transaction, &transaction, &["QUIT"]].concat();
    assert_eq!(seen.commands, wanted);
}

#[tokio::test]
async fn small_packets_are_not_held_back() {
    let server = FaultServer::start([Script::default()]).await;
    assert!(connection::dial(&settings(&server)).await.unwrap().nodelay().unwrap());
}

#[tokio::test]
async fn a_refused_recipient_costs_neither_the_connection_nor_a_commit() {
    let (server, mut connection) = start(Script { recipient: Act::Say("550 5.1.1 no such user"), ..Script::default() }).await;
    let commits = AtomicUsize::new(0);
    let count = async || {
        commits.fetch_add(1, Ordering::Relaxed);
        Ok::<(), Infallible>(())
    };
    let outcome = connection.send(&address("a@b.example"), &address("c@d.example"), &message(), count).await;
    let Ok(Outcome::RecipientRefused(reply)) = outcome else { panic!("{outcome:?}") };
    assert_eq!((reply.code, reply.enhanced.map(|code| code.to_string())), (550, Some("5.1.1".to_owned())));
    assert_eq!(commits.load(Ordering::Relaxed), 0);
    assert!(connection.is_ready().await);
    assert_eq!((server.count("RSET"), server.count("DATA"), server.seen().messages.len()), (1, 0, 0));
}

#[tokio::test]
async fn temporary_refusals_are_deferred() {
    let happy = Script::default();
    for script in [
        Script { mail: Act::Say("451 4.3.0 later"), ..happy },
        Script { recipient: Act::Say("450-4.2.0 grey\r\n450 4.2.0 listed"), ..happy },
        Script { data: Act::Say("451 4.7.1 later"), ..happy },
        Script { final_answer: Act::Say("451 4.3.0 later"), ..happy },
        Script { final_answer: Act::Say("552 5.3.4 no space"), ..happy },
        Script { final_answer: Act::Say("550 5.2.2 mailbox full"), ..happy },
    ] {
        let (server, mut connection) = start(script).await;
        let outcome = send(&mut connection).await;
        assert!(matches!(outcome, Outcome::Deferred(_)), "{script:?}: {outcome:?}");
        assert!(connection.is_ready().await);
        assert_eq!(server.count("RSET"), 1);
    }
}

#[tokio::test]
async fn a_refusal_after_the_message_is_the_recipients() {
    let (_server, mut connection) = start(Script { final_answer: Act::Say("550 5.1.1 no such user"), ..Script::default() }).await;
    assert!(matches!(send(&mut connection).await, Outcome::RecipientRefused(reply) if reply.code == 550));
}

#[tokio::test]
async fn a_server_that_hangs_up_politely_is_not_asked_again() {
    let (server, mut connection) = start(Script { recipient: Act::SayAndClose("421 4.3.2 closing"), ..Script::default() }).await;
    assert!(matches!(send(&mut connection).await, Outcome::Deferred(reply) if reply.code == 421));
    assert!(!connection.is_ready().await);
    assert_eq!(server.count("RSET"), 0);
}

#[tokio::test]
async fn a_reset_that_fails_ends_the_connection() {
    let refusing = Script { recipient: Act::Say("550 5.1.1 no"), ..Script::default() };
    for reset in [Act::Say("500 what?"), Act::Close] {
        let (_server, mut connection) = start(Script { reset, ..refusing }).await;
        assert!(matches!(send(&mut connection).await, Outcome::RecipientRefused(_)));
        assert!(!connection.is_ready().await, "{reset:?}");
    }
}

#[tokio::test]
async fn a_refused_sender_is_the_transports_fault() {
    let (_server, mut connection) = start(Script { mail: Act::Say("550 5.7.1 not for you"), ..Script::default() }).await;
    let fault = fault_of(send(&mut connection).await);
    assert_eq!((fault.step, code_of(&fault.answer)), (Step::MailFrom, 550));
    assert!(!connection.is_ready().await);
    let again = fault_of(send(&mut connection).await);
    assert!(matches!(again.answer, Answer::Lost(_)), "{again}");
}

#[tokio::test]
async fn a_connection_lost_before_the_message_is_the_transports_fault() {
    let happy = Script::default();
    for (script, step) in [
        (Script { mail: Act::Close, ..happy }, Step::MailFrom),
        (Script { recipient: Act::Close, ..happy }, Step::Recipient),
        (Script { data: Act::Close, ..happy }, Step::Data),
        (Script { recipient: Act::Say("no reply at all"), ..happy }, Step::Recipient),
    ] {
        let (server, mut connection) = start(script).await;
        let fault = fault_of(send(&mut connection).await);
        assert!(fault.step == step && matches!(fault.answer, Answer::Lost(_)), "{fault}");
        assert!(!connection.is_ready().await);
        assert!(server.seen().messages.is_empty());
    }
}

#[tokio::test]
async fn answers_that_lag_behind_are_noticed_before_the_message() {
    let (server, mut connection) = start(Script { mail: Act::Say("250 ok\r\n250 one too many"), ..Script::default() }).await;
    let fault = fault_of(send(&mut connection).await);
    assert_eq!((fault.step, code_of(&fault.answer)), (Step::Data, 250));
    assert!(server.seen().messages.is_empty());
}

#[tokio::test]
async fn silence_before_the_message_is_the_transports_fault() {
    let happy = Script::default();
    for (script, step) in [
        (Script { mail: Act::Stall, ..happy }, Step::MailFrom),
        (Script { recipient: Act::Stall, ..happy }, Step::Recipient),
        (Script { data: Act::Stall, ..happy }, Step::Data),
    ] {
        let server = FaultServer::start([script]).await;
        let mut patient = settings(&server);
        patient.timeouts.envelope = SHORT;
        let mut connection = SmtpConnection::open(&patient).await.unwrap();
        assert_eq!(fault_of(send(&mut connection).await), Fault { step, answer: Answer::TimedOut });
        assert!(!connection.is_ready().await);
    }
}

#[tokio::test]
async fn without_an_answer_to_the_final_dot_the_outcome_is_unknown() {
    for act in [Act::Close, Act::Stall, Act::Say("nonsense"), Act::Say("354 more?")] {
        let server = FaultServer::start([Script { final_answer: act, ..Script::default() }]).await;
        let mut impatient = settings(&server);
        impatient.timeouts.final_answer = SHORT;
        let mut connection = SmtpConnection::open(&impatient).await.unwrap();
        let started = Instant::now();
        let Outcome::Unknown { answer } = send(&mut connection).await else { panic!("not unknown") };
        assert_eq!(matches!(act, Act::Stall), answer == Answer::TimedOut, "{answer}");
        assert!(started.elapsed() < LONG / 4, "the final answer has its own time, not the body's");
        assert!(!connection.is_ready().await);
        assert_eq!(server.seen().messages.len(), 1);
    }
}

#[tokio::test]
async fn a_message_that_is_not_taken_to_its_end_was_not_sent() {
    for (act, timed_out) in [(Act::Stall, true), (Act::Close, false)] {
        let server = FaultServer::start([Script { body: Some(act), ..Script::default() }]).await;
        let mut impatient = settings(&server);
        impatient.timeouts.body = SHORT;
        let mut connection = SmtpConnection::open(&impatient).await.unwrap();
        let fault = fault_of(send_message(&mut connection, &long_message()).await);
        assert_eq!((fault.step, fault.answer == Answer::TimedOut), (Step::Body, timed_out), "{fault}");
        assert!(!connection.is_ready().await);
    }
}

#[tokio::test]
async fn without_the_callers_commit_nothing_is_transmitted() {
    let (server, mut connection) = start(Script::default()).await;
    let refuse = async || Err::<(), &str>("the database is away");
    let sent = connection.send(&address("a@b.example"), &address("c@d.example"), &message(), refuse).await;
    assert_eq!(sent, Err("the database is away"));
    assert!(!connection.is_ready().await);
    assert_eq!((server.count("DATA"), server.seen().messages.len()), (1, 0));
}

#[tokio::test]
async fn a_transaction_cut_off_from_outside_leaves_no_connection() {
    let (server, mut connection) = start(Script { recipient: Act::Stall, ..Script::default() }).await;
    assert!(tokio::time::timeout(SHORT, send(&mut connection)).await.is_err());
    assert!(!connection.is_ready().await);
    assert!(server.seen().messages.is_empty());
}

#[tokio::test]
async fn a_connection_that_cannot_be_opened_names_the_step() {
    let happy = Script::default();
    for (script, step, code) in [
        (Script { greeting: Act::Close, ..happy }, Step::Hello, None),
        (Script { greeting: Act::SayAndClose("554 5.3.2 no service"), ..happy }, Step::Hello, Some(554)),
        (Script { hello: Act::Say("550 5.7.1 who are you?"), ..happy }, Step::Hello, Some(550)),
        (Script { auth: Act::Say("535 5.7.8 bad credentials"), ..happy }, Step::Authentication, Some(535)),
        (Script { auth: Act::Say("250 something else"), ..happy }, Step::Authentication, Some(250)),
        (Script { hello: Act::Say("250 fault.example"), ..happy }, Step::Authentication, None),
        // lettre panics on a line of blanks.
        (Script { hello: Act::Say("250-fault.example\r\n250-  \r\n250 AUTH PLAIN"), ..happy }, Step::Hello, None),
    ] {
        let server = FaultServer::start([script]).await;
        let credentials = Some(Credentials { user: "anna".to_owned(), password: SecretString::from("s3cret") });
        let with_login = SmtpSettings { credentials, ..settings(&server) };
        let fault = open_fault(&with_login).await;
        assert_eq!(fault.step, step, "{fault}");
        match code {
            Some(code) => assert_eq!(code_of(&fault.answer), code),
            None => assert!(matches!(fault.answer, Answer::Lost(_)), "{fault}"),
        }
        assert!(!format!("{fault:?}{fault}{with_login:?}").contains("s3cret"));
    }
}

#[tokio::test]
async fn a_silent_server_is_given_up() {
    let server = FaultServer::start([Script { greeting: Act::Stall, ..Script::default() }]).await;
    let mut impatient = settings(&server);
    impatient.timeouts.hello = SHORT;
    assert_eq!(open_fault(&impatient).await, Fault { step: Step::Hello, answer: Answer::TimedOut });
}

#[tokio::test]
async fn nobody_listening_is_a_fault_of_connecting() {
    let server = FaultServer::start([Script::default()]).await;
    let there = settings(&server);
    drop(server);
    tokio::task::yield_now().await;
    let fault = open_fault(&there).await;
    assert_eq!(fault.step, Step::Connect);
}

#[tokio::test]
async fn the_login_reaches_the_server() {
    let server = FaultServer::start([Script::default()]).await;
    let credentials = Some(Credentials { user: "anna".to_owned(), password: SecretString::from("s3cret") });
    let mut connection = SmtpConnection::open(&SmtpSettings { credentials, ..settings(&server) }).await.unwrap();
    assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
    let login = STANDARD.encode("\0anna\0s3cret");
    assert_eq!(server.seen().commands[1], format!("AUTH PLAIN {login}"));
}

#[tokio::test]
async fn both_ways_of_encrypting_deliver() {
    for (tls, security) in [(ServerTls::Implicit, Security::Implicit), (ServerTls::StartTls, Security::StartTls)] {
        let hello = Act::Say("250-fault.example\r\n250 STARTTLS");
        let inside_or_plain = if tls == ServerTls::StartTls { hello } else { Script::default().hello };
        let server = FaultServer::start([Script { tls, hello: inside_or_plain, ..Script::default() }]).await;
        let credentials = Some(Credentials { user: "anna".to_owned(), password: SecretString::from("s3cret") });
        let trusting = SmtpSettings { security, credentials, additional_root_pem: Some(server.certificate_pem.clone()), ..settings(&server) };
        let mut connection = SmtpConnection::open(&trusting).await.unwrap_or_else(|fault| panic!("{security:?}: {fault}"));
        for _ in 0..2 {
            assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
        }
        assert_eq!(server.seen().messages, vec![message().as_bytes().to_vec(); 2]);
        assert_eq!((server.count("AUTH"), server.seen().connections), (1, 1));
    }
}

#[tokio::test]
async fn an_answer_slipped_in_before_the_encryption_is_noticed() {
    let hello = Act::Say("250-fault.example\r\n250 STARTTLS");
    let start_tls = Act::Say("220 go\r\n250-evil.example\r\n250 AUTH PLAIN");
    let server = FaultServer::start([Script { tls: ServerTls::StartTls, hello, start_tls, ..Script::default() }]).await;
    let root = Some(server.certificate_pem.clone());
    let trusting = SmtpSettings { security: Security::StartTls, additional_root_pem: root, ..settings(&server) };
    let mut connection = SmtpConnection::open(&trusting).await.unwrap();
    assert_eq!(fault_of(send(&mut connection).await).step, Step::Data);
    let credentials = Some(Credentials { user: "anna".to_owned(), password: SecretString::from("s3cret") });
    assert_eq!(open_fault(&SmtpSettings { credentials, ..trusting }).await.step, Step::Authentication);
    assert!(server.seen().messages.is_empty());
}

#[tokio::test]
async fn encryption_is_never_given_up_silently() {
    let offering = Act::Say("250-fault.example\r\n250 STARTTLS");
    for (tls, security, hello) in [
        // An unknown authority.
        (ServerTls::Implicit, Security::Implicit, Script::default().hello),
        (ServerTls::StartTls, Security::StartTls, offering),
        // STARTTLS is not offered.
        (ServerTls::None, Security::StartTls, Script::default().hello),
        // The server does not speak TLS.
        (ServerTls::None, Security::Implicit, Script::default().hello),
    ] {
        let server = FaultServer::start([Script { tls, hello, ..Script::default() }]).await;
        let credentials = Some(Credentials { user: "anna".to_owned(), password: SecretString::from("s3cret") });
        let mut wary = SmtpSettings { security, credentials, ..settings(&server) };
        wary.timeouts.hello = Duration::from_secs(2);
        assert_eq!(open_fault(&wary).await.step, Step::Tls, "{tls:?} {security:?}");
        assert_eq!(server.count("AUTH"), 0);
    }
    // The right authority, another name.
    let server = FaultServer::start([Script { tls: ServerTls::Implicit, ..Script::default() }]).await;
    let host = "127.0.0.1".to_owned();
    let other_name = SmtpSettings { security: Security::Implicit, host, additional_root_pem: Some(server.certificate_pem.clone()), ..settings(&server) };
    assert_eq!(open_fault(&other_name).await.step, Step::Tls);
}

#[tokio::test]
async fn a_silent_tls_handshake_is_given_up() {
    let server = FaultServer::start([Script { greeting: Act::Stall, ..Script::default() }]).await;
    let mut impatient = SmtpSettings { security: Security::Implicit, ..settings(&server) };
    impatient.timeouts.hello = SHORT;
    assert_eq!(open_fault(&impatient).await, Fault { step: Step::Tls, answer: Answer::TimedOut });
}

#[tokio::test]
async fn a_connection_serves_only_so_many_mails() {
    let server = FaultServer::start([Script::default()]).await;
    let mut connection = SmtpConnection::open(&SmtpSettings { max_messages_per_connection: 2, ..settings(&server) }).await.unwrap();
    assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
    assert!(connection.is_ready().await);
    assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
    assert!(!connection.is_ready().await);
}

#[tokio::test]
async fn a_rested_connection_is_asked_whether_it_lives() {
    let (alive, mut connection) = {
        let server = FaultServer::start([Script::default()]).await;
        let connection = SmtpConnection::open(&SmtpSettings { check_after_idle: Duration::ZERO, ..settings(&server) }).await.unwrap();
        (server, connection)
    };
    assert!(connection.is_ready().await);
    assert_eq!(alive.count("NOOP"), 1);
    assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));

    let dying = FaultServer::start([Script { final_answer: Act::SayAndClose("250 2.0.0 ok"), ..Script::default() }]).await;
    let mut connection = SmtpConnection::open(&SmtpSettings { check_after_idle: Duration::ZERO, ..settings(&dying) }).await.unwrap();
    assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
    assert!(!connection.is_ready().await);
}

#[tokio::test]
async fn a_transaction_can_run_in_a_task_of_its_own() {
    let (_server, mut connection) = start(Script::default()).await;
    let task = tokio::spawn(async move { send(&mut connection).await });
    assert!(matches!(task.await.unwrap(), Outcome::Accepted { .. }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "measures"]
async fn mails_a_second_on_one_connection() {
    const MAILS: u32 = 3_000;
    for (tls, security) in [(ServerTls::None, Security::None), (ServerTls::Implicit, Security::Implicit)] {
        let server = FaultServer::start([Script { tls, ..Script::default() }]).await;
        let root = Some(server.certificate_pem.clone());
        let fast = SmtpSettings { security, additional_root_pem: root, max_messages_per_connection: MAILS + 1, ..settings(&server) };
        let mut connection = SmtpConnection::open(&fast).await.unwrap();
        let started = Instant::now();
        for _ in 0..MAILS {
            assert!(matches!(send(&mut connection).await, Outcome::Accepted { .. }));
        }
        println!("{security:?}: {:.0} mails a second", f64::from(MAILS) / started.elapsed().as_secs_f64());
        assert_eq!((server.seen().connections, server.seen().messages.len()), (1, MAILS as usize));
    }
}
