//! The mail worker against a relay that misbehaves, on both databases.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use diesel::prelude::*;
use kularing::config::{MailTransport, SmtpSecurity};
use kularing::db::schema::mail;
use kularing::http::State;
use kularing::outbox::smtp::{PhaseTimeouts, SmtpSettings};
use kularing::outbox::{MailKind, MailStatus};
use kularing::worker::{self, MailWorker};
use mail_parser::MessageParser;
use tokio::sync::watch;

use crate::on_both_databases;
use crate::outbox::{new_mail, queue, statuses};
use crate::support::TestApp;
use crate::support::fault_server::{Act, FaultServer, Script};

const LONG: Duration = Duration::from_secs(20);

/// The application with this relay.
fn over(app: &TestApp, server: &FaultServer, connections: usize) -> State {
    let mut config = (*app.state.config).clone();
    config.mail.transport = MailTransport::Smtp;
    config.mail.smtp.host = "127.0.0.1".to_owned();
    config.mail.smtp.port = server.address.port();
    config.mail.smtp.security = SmtpSecurity::None;
    config.mail.smtp.connections = connections;
    config.mail.smtp.per_domain_per_second = 0;
    State { config: Arc::new(config), ..app.state.clone() }
}

/// A worker with one lane, and the switch that stops it.
fn start(app: &TestApp, server: &FaultServer, final_answer: Duration) -> (MailWorker, watch::Sender<bool>) {
    let state = over(app, server, 1);
    let mut settings = SmtpSettings::of(&state.config.mail, "kularing.example");
    settings.timeouts = PhaseTimeouts { connect: LONG, hello: LONG, envelope: LONG, body: LONG, final_answer };
    let (stop, stopped) = watch::channel(false);
    (MailWorker::with_relay(&state, settings, stopped), stop)
}

async fn works_off(worker: &mut MailWorker) {
    while worker.pass().await.unwrap() > 0 {}
}

fn message_ids(server: &FaultServer) -> Vec<String> {
    let id = |raw: &Vec<u8>| MessageParser::default().parse(raw).unwrap().message_id().unwrap().to_owned();
    server.seen().messages.iter().map(id).collect()
}

async fn last_errors(app: &TestApp) -> Vec<Option<String>> {
    app.state.db.read(|connection| Ok(mail::table.order(mail::id.asc()).select(mail::last_error).load(connection)?)).await.unwrap()
}

on_both_databases! {
    async fn mails_go_out_over_one_connection_with_everything_they_need(app) {
        let server = FaultServer::start([Script::default()]).await;
        let (mut worker, _stop) = start(&app, &server, LONG);
        let id = queue(&app, new_mail(&app, MailKind::Introduction, "Ilya@prospect.example")).await;
        queue(&app, new_mail(&app, MailKind::ThreeWay, "ilya@prospect.example")).await;
        works_off(&mut worker).await;
        worker.close().await;
        assert_eq!(statuses(&app).await, [MailStatus::Sent, MailStatus::Sent]);
        let seen = server.seen();
        assert_eq!((seen.connections, seen.messages.len()), (1, 2));
        assert!(seen.commands.iter().any(|line| line.starts_with("MAIL FROM:<b+") && line.ends_with("@localhost.localdomain>")), "{:?}", seen.commands);
        let message = MessageParser::default().parse(&seen.messages[0]).unwrap();
        assert_eq!(message.message_id().unwrap(), format!("{id}@localhost.localdomain"));
        let from = message.from().unwrap().first().unwrap();
        assert_eq!((from.name(), from.address()), (Some("Anna Miller via Kularing"), Some("kularing@localhost.localdomain")));
        assert_eq!(message.reply_to().unwrap().first().unwrap().address(), Some("anna@giver.example"));
        assert_eq!(message.header_raw("Auto-Submitted").map(str::trim), Some("auto-generated"));
        let three_way = MessageParser::default().parse(&seen.messages[1]).unwrap();
        assert!(three_way.header_raw("Auto-Submitted").is_none() && three_way.header_raw("List-Unsubscribe").is_none());
    }

    async fn a_mail_that_is_put_off_goes_out_later(app) {
        let busy = Script { recipient: Act::Say("451 4.7.1 greylisted"), ..Script::default() };
        let server = FaultServer::start([busy, Script::default()]).await;
        let (mut worker, _stop) = start(&app, &server, LONG);
        queue(&app, new_mail(&app, MailKind::GiverNews, "anna@giver.example")).await;
        works_off(&mut worker).await;
        assert_eq!(statuses(&app).await, [MailStatus::Deferred]);
        assert!(last_errors(&app).await[0].as_ref().unwrap().contains("greylisted"));
        worker.close().await;
        app.clock.advance(Duration::from_secs(38));
        let (mut worker, _stop) = start(&app, &server, LONG);
        works_off(&mut worker).await;
        assert_eq!(statuses(&app).await, [MailStatus::Sent]);
        assert_eq!(server.seen().messages.len(), 1);
    }

    async fn a_recipient_who_does_not_exist_ends_his_mail_only(app) {
        let nobody = Script { recipient: Act::Say("550 5.1.1 no such user"), ..Script::default() };
        let server = FaultServer::start([nobody]).await;
        let (mut worker, _stop) = start(&app, &server, LONG);
        queue(&app, new_mail(&app, MailKind::GiverNews, "gone@giver.example")).await;
        works_off(&mut worker).await;
        assert_eq!(statuses(&app).await, [MailStatus::Dead]);
        assert!(last_errors(&app).await[0].as_ref().unwrap().contains("5.1.1"));
    }

    async fn without_an_answer_a_mail_is_unknown_and_sent_again_once_as_the_same(app) {
        let stalling = Script { final_answer: Act::Stall, ..Script::default() };
        let server = FaultServer::start([stalling, Script::default()]).await;
        let (mut worker, _stop) = start(&app, &server, Duration::from_millis(200));
        queue(&app, new_mail(&app, MailKind::Introduction, "ilya@prospect.example")).await;
        works_off(&mut worker).await;
        assert_eq!(statuses(&app).await, [MailStatus::Unknown]);
        app.clock.advance(Duration::from_secs(599));
        works_off(&mut worker).await;
        assert_eq!(server.seen().messages.len(), 1);
        app.clock.advance(Duration::from_secs(1));
        works_off(&mut worker).await;
        assert_eq!(statuses(&app).await, [MailStatus::Sent]);
        let ids = message_ids(&server);
        assert_eq!((ids.len(), &ids[0]), (2, &ids[1]));
        app.clock.advance(Duration::from_secs(86_400));
        works_off(&mut worker).await;
        assert_eq!(server.seen().messages.len(), 2);
    }

    async fn a_relay_that_is_away_costs_no_mail_an_attempt(app) {
        let server = FaultServer::start([Script::default()]).await;
        let (mut worker, _stop) = start(&app, &server, LONG);
        drop(server);
        tokio::task::yield_now().await;
        for number in 0..3 {
            queue(&app, new_mail(&app, MailKind::GiverNews, &format!("p{number}@giver.example"))).await;
        }
        for _ in 0..10 {
            assert_eq!(worker.pass().await.unwrap(), 0);
            app.clock.advance(Duration::from_secs(3_600));
        }
        assert_eq!(statuses(&app).await, [MailStatus::Queued; 3]);
        let attempts: Vec<i32> = app.state.db.read(|connection| Ok(mail::table.select(mail::attempts).load(connection)?)).await.unwrap();
        assert_eq!(attempts, [0; 3]);
        let server = FaultServer::start([Script::default()]).await;
        let (mut worker, _stop) = start(&app, &server, LONG);
        works_off(&mut worker).await;
        assert_eq!(statuses(&app).await, [MailStatus::Sent; 3]);
    }

    async fn a_relay_that_fails_in_the_middle_gets_a_rest_and_no_mail_dies(app) {
        for script in [
            Script { mail: Act::Say("550 5.7.1 who are you?"), ..Script::default() },
            Script { recipient: Act::Close, ..Script::default() },
            Script { data: Act::Say("503 5.5.1 what?"), ..Script::default() },
        ] {
            let app = TestApp::start(app.backend);
            let server = FaultServer::start([script, Script::default()]).await;
            let (mut worker, _stop) = start(&app, &server, LONG);
            for number in 0..3 {
                queue(&app, new_mail(&app, MailKind::GiverNews, &format!("p{number}@giver.example"))).await;
            }
            worker.pass().await.unwrap();
            assert_eq!(statuses(&app).await, [MailStatus::Deferred, MailStatus::Queued, MailStatus::Queued], "{script:?}");
            worker.pass().await.unwrap();
            assert_eq!(server.seen().connections, 1, "the breaker rests");
            app.clock.advance(Duration::from_secs(5));
            works_off(&mut worker).await;
            assert_eq!(statuses(&app).await, [MailStatus::Deferred, MailStatus::Sent, MailStatus::Sent], "{script:?}");
            app.clock.advance(Duration::from_secs(33));
            works_off(&mut worker).await;
            assert_eq!(statuses(&app).await, [MailStatus::Sent; 3], "{script:?}");
        }
    }

    async fn several_lanes_send_each_mail_once(app) {
        let server = FaultServer::start([Script::default()]).await;
        for number in 0..90 {
            queue(&app, new_mail(&app, MailKind::GiverNews, &format!("p{number}@giver.example"))).await;
        }
        let state = over(&app, &server, 4);
        assert_eq!(worker::send_due_mails(&state).await.unwrap(), 90);
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for id in message_ids(&server) {
            *count.entry(id).or_default() += 1;
        }
        assert!(count.len() == 90 && count.values().all(|times| *times == 1));
        assert!((1..=4).contains(&server.seen().connections));
        assert!(statuses(&app).await.iter().all(|status| *status == MailStatus::Sent));
    }

    async fn a_worker_that_is_told_to_stop_gives_back_what_it_did_not_begin(app) {
        let server = FaultServer::start([Script { final_answer: Act::Stall, ..Script::default() }, Script::default()]).await;
        let (mut worker, stop) = start(&app, &server, Duration::from_millis(400));
        for number in 0..3 {
            queue(&app, new_mail(&app, MailKind::GiverNews, &format!("p{number}@giver.example"))).await;
        }
        let pass = tokio::spawn(async move { worker.pass().await });
        while server.seen().messages.is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        stop.send_replace(true);
        pass.await.unwrap().unwrap();
        assert_eq!(statuses(&app).await, [MailStatus::Unknown, MailStatus::Queued, MailStatus::Queued]);
    }

    async fn the_running_worker_sends_and_stops(app) {
        let server = FaultServer::start([Script::default()]).await;
        let worker = worker::spawn(over(&app, &server, 2));
        queue(&app, new_mail(&app, MailKind::GiverNews, "anna@giver.example")).await;
        for _ in 0..400 {
            if statuses(&app).await == [MailStatus::Sent] { break }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        tokio::time::timeout(LONG, worker.stop()).await.unwrap();
        assert_eq!(statuses(&app).await, [MailStatus::Sent]);
        queue(&app, new_mail(&app, MailKind::GiverNews, "anna@giver.example")).await;
        tokio::time::sleep(Duration::from_millis(700)).await;
        assert_eq!(statuses(&app).await, [MailStatus::Sent, MailStatus::Queued]);
    }
}

/// `cargo test --test it smtp::measured -- --ignored --nocapture`
#[actix_web::test]
#[ignore = "measures"]
async fn measured() {
    for backend in [crate::support::Backend::Sqlite, crate::support::Backend::Postgres] {
        if backend == crate::support::Backend::Postgres && !crate::support::database::postgres_is_asked_for() {
            continue;
        }
        for connections in [1, 4, 8] {
            let app = TestApp::start(backend);
            let server = FaultServer::start([Script::default()]).await;
            for number in 0..1_000 {
                queue(&app, new_mail(&app, MailKind::GiverNews, &format!("p{number}@giver.example"))).await;
            }
            let state = over(&app, &server, connections);
            let started = std::time::Instant::now();
            assert_eq!(worker::send_due_mails(&state).await.unwrap(), 1_000);
            println!("{backend:?}, {connections} connections: {:.0} mails a second", 1_000.0 / started.elapsed().as_secs_f64());
        }
    }
}
