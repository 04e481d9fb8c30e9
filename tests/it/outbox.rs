//! The mail queue, on both databases, with the development mailbox.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use diesel::prelude::*;
use kularing::config::MailTransport;
use kularing::db::schema::{mail, suppression};
use kularing::events;
use kularing::http::State;
use kularing::kernel::clock::days;
use kularing::kernel::id::{Identifier, MailId};
use kularing::kernel::{EventKind, Language};
use kularing::outbox::claims::{self, Claimed, Fate, Held, Wanted};
use kularing::outbox::templates::samples;
use kularing::outbox::{self, LinkTo, MailKind, MailStatus, Mailbox, NewMail};
use kularing::referrals::model::ReferralState;

use crate::on_both_databases;
use crate::support::accounts::signed_in;
use crate::support::ears::Ears;
use crate::support::ledger::Ring;
use crate::support::{Backend, TestApp};

/// A mail of this kind with the sample's facts; its links are plain pages.
pub fn new_mail(app: &TestApp, kind: MailKind, address: &str) -> NewMail {
    let sample = samples(kind, Language::En).remove(0);
    let page = |name: &String| (name.clone(), LinkTo::Page(format!("/{name}/0123456789")));
    NewMail {
        kind,
        language: Language::En,
        recipient: Mailbox { name: "Ilya Petrov".to_owned(), email: address.to_owned() },
        also_to: Vec::new(),
        from_name: Some("Anna Miller".to_owned()),
        reply_to: vec![Mailbox { name: "Anna Miller".to_owned(), email: "anna@giver.example".to_owned() }],
        facts: sample.facts,
        links: sample.links.keys().filter(|name| *name != "stop" || !kind.is_reminder()).map(page).collect(),
        subject_id: 77,
        circle: None,
        referral: None,
        not_before: app.state.now(),
        expires_at: app.state.now().after(days(14)),
    }
}

const LEASE: Duration = Duration::from_secs(60);

async fn claim(app: &TestApp, limit: i64) -> Vec<Claimed> {
    let wanted = Wanted { limit, lease: LEASE, closed_domains: Vec::new() };
    app.state.db.write(move |tx| claims::claim(tx, &wanted)).await.unwrap()
}

async fn finish(app: &TestApp, held: Held, fate: Fate) -> bool {
    app.state.db.write(move |tx| claims::finish(tx, held, &fate)).await.unwrap()
}

async fn settle(app: &TestApp) {
    app.state.db.write(claims::settle).await.unwrap();
}

pub async fn statuses(app: &TestApp) -> Vec<MailStatus> {
    app.mail_states().await.into_iter().map(|(_, status)| status).collect()
}

/// Name, address, headers and facts, as they stand in the row.
async fn kept_data(app: &TestApp, id: MailId) -> (String, String, String, String) {
    let query = move |connection: &mut kularing::db::AnyConn| {
        Ok(mail::table.find(id).select((mail::recipient_name, mail::recipient_email, mail::headers, mail::facts)).first(connection)?)
    };
    app.state.db.read(query).await.unwrap()
}

fn wiped() -> (String, String, String, String) {
    (String::new(), String::new(), "{}".to_owned(), "{}".to_owned())
}

pub async fn queue(app: &TestApp, mail: NewMail) -> kularing::kernel::id::MailId {
    app.state.db.write(|tx| outbox::queue(tx, mail)).await.unwrap().unwrap()
}

on_both_databases! {
    async fn a_queued_mail_arrives_in_the_mailbox_and_its_row_is_wiped(app) {
        queue(&app, new_mail(&app, MailKind::Introduction, "ilya@prospect.example")).await;
        assert_eq!(app.mail_states().await, [(MailKind::Introduction, MailStatus::Queued)]);
        app.run_due().await;
        assert_eq!(app.mail_states().await, [(MailKind::Introduction, MailStatus::Sent)]);
        let mail = app.mail_of("Ilya@prospect.example", MailKind::Introduction).await;
        assert_eq!(mail.subject, "Anna Miller would like to introduce you to Hill & Sons Joinery");
        assert_eq!(mail.token("/answer/"), "0123456789");
        assert!(mail.html.contains("Hill &amp; Sons"), "{}", mail.html);
        assert!(mail.raw.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{}", mail.raw);
    }

    async fn a_mail_without_a_needed_fact_is_not_queued(app) {
        let mut mail = new_mail(&app, MailKind::Offer, "r@receiver.example");
        mail.facts.remove("need");
        let failure = app.state.db.write(|tx| outbox::queue(tx, mail)).await.unwrap_err();
        assert!(failure.to_string().contains("lacks its fact need"), "{failure}");
        let mut mail = new_mail(&app, MailKind::Offer, "r@receiver.example");
        mail.links = BTreeMap::new();
        let failure = app.state.db.write(|tx| outbox::queue(tx, mail)).await.unwrap_err();
        assert!(failure.to_string().contains("lacks its link answer"), "{failure}");
    }

    async fn a_mail_waits_for_its_time_and_is_cancelled_with_its_matter(app) {
        let mut later = new_mail(&app, MailKind::ThreeWay, "ilya@prospect.example");
        later.not_before = app.state.now().after(Duration::from_secs(120));
        queue(&app, later).await;
        queue(&app, new_mail(&app, MailKind::GiverNews, "anna@giver.example")).await;
        app.run_due().await;
        assert!(app.mails_to("ilya@prospect.example").await.is_empty());
        let cancelled = app.state.db.write(|tx| outbox::cancel(tx, 77, &[MailKind::ThreeWay, MailKind::GiverNews])).await.unwrap();
        assert_eq!(cancelled, 1, "what was sent is not cancelled");
        app.pass_time(Duration::from_secs(3_600)).await;
        assert_eq!(app.mail_states().await, [(MailKind::ThreeWay, MailStatus::Cancelled), (MailKind::GiverNews, MailStatus::Sent)]);
    }

    async fn claims_at_the_same_time_never_give_a_mail_twice(app) {
        for number in 0..60 {
            queue(&app, new_mail(&app, MailKind::GiverNews, &format!("p{number}@many.example"))).await;
        }
        let claimers = (0..8).map(|_| {
            let db = app.state.db.clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let wanted = Wanted { limit: 7, lease: LEASE, closed_domains: Vec::new() };
                    let batch = db.write(move |tx| claims::claim(tx, &wanted)).await.unwrap();
                    if batch.is_empty() { return mine }
                    assert!(batch.len() <= 7);
                    mine.extend(batch.into_iter().map(|mail| mail.id));
                }
            })
        });
        let mut all = Vec::new();
        for claimer in claimers.collect::<Vec<_>>() {
            all.extend(claimer.await.unwrap());
        }
        assert_eq!((all.len(), all.iter().collect::<BTreeSet<_>>().len()), (60, 60));
    }

    async fn a_lease_that_ran_out_before_the_body_is_sent_again_and_the_old_claim_is_worthless(app) {
        queue(&app, new_mail(&app, MailKind::GiverNews, "anna@giver.example")).await;
        let first = claim(&app, 10).await.remove(0);
        assert!(claim(&app, 10).await.is_empty());
        app.clock.advance(LEASE);
        settle(&app).await;
        let second = claim(&app, 10).await.remove(0);
        assert_eq!((second.id, second.attempts, second.message_id.clone()), (first.id, first.attempts + 1, first.message_id.clone()));
        let (old, new) = (first.held(), second.held());
        assert!(!app.state.db.write(move |tx| claims::begin_transmission(tx, old, LEASE)).await.unwrap());
        assert!(!finish(&app, old, Fate::Accepted).await);
        assert!(app.state.db.write(move |tx| claims::begin_transmission(tx, new, LEASE)).await.unwrap());
        assert!(!app.state.db.write(move |tx| claims::begin_transmission(tx, new, LEASE)).await.unwrap(), "a body begins once");
        assert!(finish(&app, new, Fate::Accepted).await);
        assert!(!finish(&app, new, Fate::Accepted).await);
        assert_eq!(statuses(&app).await, [MailStatus::Sent]);
        assert_eq!(kept_data(&app, first.id).await, wiped());
    }

    async fn a_lease_that_ran_out_during_the_body_leaves_the_mail_unknown(app) {
        let ring = Ring::of(&app.state.db, 2).await;
        let referral = { let ring = ring.clone(); app.state.db.write(move |tx| ring.insert_referral(tx, 0, 1, ReferralState::Accepted)).await.unwrap() };
        let question = queue(&app, NewMail { referral: Some(referral), ..new_mail(&app, MailKind::Introduction, "ilya@prospect.example") }).await;
        let news = queue(&app, new_mail(&app, MailKind::GiverNews, "anna@giver.example")).await;
        for mail in claim(&app, 10).await {
            assert!(app.state.db.write(move |tx| claims::begin_transmission(tx, mail.held(), LEASE)).await.unwrap());
        }
        app.clock.advance(LEASE);
        settle(&app).await;
        assert_eq!(statuses(&app).await, [MailStatus::Unknown, MailStatus::Unknown]);
        assert_eq!(kept_data(&app, news).await, wiped(), "news are not sent again");
        assert_ne!(kept_data(&app, question).await, wiped());
        let told = app.state.db.read(move |connection| events::of_referral(connection, referral, 100)).await.unwrap();
        assert_eq!(told.iter().filter(|event| event.kind == EventKind::MailUnknown).count(), 1);

        app.clock.advance(claims::RESEND_AFTER);
        app.run_due().await;
        assert_eq!(statuses(&app).await, [MailStatus::Sent, MailStatus::Unknown]);
        let arrived = app.mail_of("ilya@prospect.example", MailKind::Introduction).await;
        assert!(arrived.raw.contains(&format!("Message-ID: <{question}@localhost.localdomain>")), "{}", arrived.raw);
        assert!(arrived.raw.contains(&format!("References: <{referral}@localhost.localdomain>")), "{}", arrived.raw);
    }

    async fn an_unknown_mail_is_sent_again_once_only_and_not_after_its_matter_ended(app) {
        for ended in [false, true] {
            let id = queue(&app, new_mail(&app, MailKind::ThreeWay, "ilya@prospect.example")).await;
            let mail = claim(&app, 1).await.remove(0);
            assert!(finish(&app, mail.held(), Fate::Unknown { reason: "stalled".to_owned() }).await);
            if ended {
                app.state.db.write(|tx| outbox::cancel(tx, 77, &[MailKind::ThreeWay])).await.unwrap();
            }
            app.clock.advance(claims::RESEND_AFTER);
            settle(&app).await;
            let again = claim(&app, 10).await;
            assert_eq!(again.len(), usize::from(!ended));
            if let Some(mail) = again.first() {
                assert!(finish(&app, mail.held(), Fate::Unknown { reason: "stalled again".to_owned() }).await);
            }
            app.clock.advance(claims::RESEND_AFTER);
            settle(&app).await;
            assert!(claim(&app, 10).await.is_empty());
            assert_eq!(kept_data(&app, id).await, wiped());
        }
        assert_eq!(statuses(&app).await, [MailStatus::Unknown, MailStatus::Unknown]);
    }

    async fn a_mail_that_was_put_off_comes_back_later_until_it_expires(app) {
        let id = queue(&app, new_mail(&app, MailKind::GiverNews, "anna@giver.example")).await;
        let mail = claim(&app, 1).await.remove(0);
        assert!(finish(&app, mail.held(), Fate::Deferred { wait: Duration::from_secs(30), reason: "450 later".to_owned() }).await);
        assert!(claim(&app, 1).await.is_empty());
        app.clock.advance(Duration::from_secs(30));
        let mail = claim(&app, 1).await.remove(0);
        assert!(finish(&app, mail.held(), Fate::Deferred { wait: days(14), reason: "450 later".to_owned() }).await);
        app.pass_time(days(15)).await;
        assert_eq!(statuses(&app).await, [MailStatus::Dead]);
        assert_eq!(kept_data(&app, id).await, wiped());
    }

    async fn a_row_that_cannot_be_read_harms_no_other(app) {
        let broken = queue(&app, new_mail(&app, MailKind::GiverNews, "anna@giver.example")).await;
        queue(&app, new_mail(&app, MailKind::GiverNews, "berta@giver.example")).await;
        app.state.db.write(move |tx| {
            diesel::update(mail::table.find(broken)).set(mail::facts.eq("{")).execute(&mut **tx)?;
            Ok(())
        }).await.unwrap();
        app.run_due().await;
        assert_eq!(statuses(&app).await, [MailStatus::Deferred, MailStatus::Sent]);
    }

    async fn closed_domains_wait_and_others_do_not(app) {
        queue(&app, new_mail(&app, MailKind::GiverNews, "a@Busy.example")).await;
        queue(&app, new_mail(&app, MailKind::GiverNews, "b@calm.example")).await;
        let wanted = Wanted { limit: 10, lease: LEASE, closed_domains: vec!["busy.example".to_owned()] };
        let batch = app.state.db.write(move |tx| claims::claim(tx, &wanted)).await.unwrap();
        assert_eq!(batch.iter().map(|mail| mail.domain.as_str()).collect::<Vec<_>>(), ["calm.example"]);
    }

    async fn a_reminder_is_stopped_from_the_mail_and_opening_the_link_stops_nothing(app) {
        for _ in 0..2 {
            queue(&app, new_mail(&app, MailKind::Nudge, "robert@receiver.example")).await;
            app.run_due().await;
        }
        let link = app.mail_of("robert@receiver.example", MailKind::Nudge).await.link("/reminders/");
        for language in ["en", "de", "ru"] {
            let page = app.page("", &format!("{link}?language={language}")).await;
            assert_eq!(page.status, 200);
            app.assert_small_and_forgetful(&page).await;
        }
        let listed = || app.state.db.read(|connection| Ok(suppression::table.count().get_result::<i64>(connection)?));
        assert_eq!(listed().await.unwrap(), 0, "GET changes nothing");
        // As mail programs do it (RFC 8058): no cookie, no token, no origin.
        let press = actix_web::test::TestRequest::post().uri(&link).set_form([("List-Unsubscribe", "One-Click")]);
        assert_eq!(app.send(press).await.status, 200);
        queue(&app, new_mail(&app, MailKind::Nudge, "Robert@Receiver.example")).await;
        queue(&app, new_mail(&app, MailKind::Offer, "robert@receiver.example")).await;
        app.run_due().await;
        assert_eq!(statuses(&app).await, [MailStatus::Sent, MailStatus::Sent, MailStatus::Suppressed, MailStatus::Sent]);
        assert_eq!(app.page("", "/reminders/0123456789012345678901234567890123456789012").await.status, 404);
    }

    async fn a_wiped_referral_leaves_no_words_in_its_mails(app) {
        let ring = Ring::of(&app.state.db, 2).await;
        let referral = { let ring = ring.clone(); app.state.db.write(move |tx| ring.insert_referral(tx, 0, 1, ReferralState::Accepted)).await.unwrap() };
        let about = |kind| NewMail { referral: Some(referral), ..new_mail(&app, kind, "ilya@prospect.example") };
        queue(&app, about(MailKind::GiverNews)).await;
        app.run_due().await;
        let waiting = queue(&app, about(MailKind::Introduction)).await;
        app.state.db.write(move |tx| outbox::wipe_referral(tx, referral)).await.unwrap();
        assert_eq!(statuses(&app).await, [MailStatus::Sent, MailStatus::Cancelled]);
        assert_eq!(kept_data(&app, waiting).await, wiped());
        assert!(app.mails_to("ilya@prospect.example").await.is_empty());
    }

    async fn the_giver_sees_the_fate_of_his_referrals_mails_and_nobody_else_does(app) {
        let ring = Ring::of(&app.state.db, 2).await;
        let referral = { let ring = ring.clone(); app.state.db.write(move |tx| ring.insert_referral(tx, 0, 1, ReferralState::Accepted)).await.unwrap() };
        let giver = signed_in(&app, "Anna Arch", "architect").await;
        let stranger = signed_in(&app, "Berta Roof", "roofer").await;
        let business = giver.business;
        app.state.db.write(move |tx| {
            use kularing::db::schema::referral as table;
            diesel::update(table::table.find(referral)).set((table::giver_business_id.eq(business), table::trade.eq("roofer"))).execute(&mut **tx)?;
            Ok(())
        }).await.unwrap();
        for kind in [MailKind::Introduction, MailKind::GiverNews] {
            queue(&app, NewMail { referral: Some(referral), ..new_mail(&app, kind, "ilya@prospect.example") }).await;
        }
        app.run_due().await;
        let page = app.get(&giver.token, &format!("/mails?referral={referral}&limit=1")).await.ok();
        assert_eq!((page["items"][0]["kind"].as_str(), page["items"][0]["status"].as_str()), (Some("giver_news"), Some("sent")));
        assert!(!page.to_string().contains("ilya"), "{page}");
        let next = app.get(&giver.token, &format!("/mails?referral={referral}&cursor={}", page["next_cursor"].as_str().unwrap())).await.ok();
        assert_eq!((next["items"].as_array().unwrap().len(), &next["items"][0]["kind"]), (1, &serde_json::json!("introduction")));
        app.get(&stranger.token, &format!("/mails?referral={referral}")).await.fails(404, "not_found");
        app.get("", &format!("/mails?referral={referral}")).await.fails(401, "sign_in_required");
    }

    async fn a_report_that_the_relay_hands_over_marks_the_mail_as_bounced(app) {
        let id = queue(&app, new_mail(&app, MailKind::Introduction, "ilya@prospect.example")).await;
        app.run_due().await;
        let key = app.state.secret().key("bounce");
        let address = kularing::outbox::envelope::envelope_sender(&app.state.config.mail.bounce_domain, kularing::kernel::id::Identifier::raw(id), &key);
        let report = |action: &str| {
            format!(
                "Subject: Undelivered\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"x\"\r\n\r\n--x\r\n\
                 Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; relay.example\r\n\r\nAction: {action}\r\n\r\n--x--\r\n"
            )
        };
        let hand_over = |address: String, report: String| {
            app.send(actix_web::test::TestRequest::post().uri(&format!("/bounces/{address}")).insert_header(("content-type", "message/rfc822")).set_payload(report))
        };
        assert_eq!(hand_over(address.clone(), report("delayed")).await.status, 204);
        assert_eq!(statuses(&app).await, [MailStatus::Sent], "a warning is no bounce");
        let forged = address.replacen("b+", "b+1", 1);
        assert_eq!(hand_over(forged, report("failed")).await.status, 404);
        for _ in 0..2 {
            assert_eq!(hand_over(address.clone(), report("failed")).await.status, 204, "told twice is told once");
        }
        assert_eq!(statuses(&app).await, [MailStatus::Bounced]);
    }

    async fn what_could_not_be_delivered_is_told_once(app) {
        let giver = signed_in(&app, "Anna Arch", "architect").await;
        let receiver = signed_in(&app, "Emil Engel", "electrician").await;
        let circle = crate::support::circles::value_chain(&app, &giver, &[(&receiver, "electrician")]).await;
        let referral = crate::support::referrals::passed(&app, &giver, &receiver, circle).await;
        app.run_due().await;
        let about = |kind| NewMail { referral: Some(referral), circle: Some(circle), ..new_mail(&app, kind, "ilya@prospect.example") };
        queue(&app, about(MailKind::ThreeWay)).await;
        queue(&app, about(MailKind::GiverNews)).await;
        for claimed in claim(&app, 10).await {
            assert!(finish(&app, claimed.held(), Fate::Refused { reason: "550 nobody here".to_owned() }).await);
        }
        queue(&app, NewMail { expires_at: app.state.now().after(Duration::from_secs(5)), ..about(MailKind::Introduction) }).await;
        app.clock.advance(Duration::from_secs(10));
        settle(&app).await;
        settle(&app).await;
        let read = app.state.db.read(move |connection| events::of_referral(connection, referral, 100)).await.unwrap();
        let told: Vec<_> = read.iter().filter(|event| event.kind == EventKind::MailFailed).map(|event| event.data["kind"].clone()).collect();
        assert_eq!(told, ["three_way", "introduction"], "news are not waited for");
        let page = app.page(&giver.cookie, &format!("/referrals/{referral}")).await.body;
        for shown in ["An introduction mail could not be delivered", "The mail that asks the prospect could not be delivered"] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        let page = app.page(&receiver.cookie, &format!("/referrals/{referral}")).await.body;
        assert!(!page.contains("could not be delivered"), "{page}");
    }

    async fn the_mailbox_tells_its_open_page_what_comes_and_comes_back(app) {
        let open = |seen: &str| Ears::open(&app.state, actix_web::test::TestRequest::get().uri(&format!("/mailbox/events?seen={seen}")));
        let page = app.page("", "/mailbox").await.body;
        let shown = |page: &str| page.split_once("/mailbox/events?seen=").unwrap().1.split('"').next().unwrap().to_owned();
        let seen = shown(&page);
        let mut ears = open(&seen).await;
        assert_eq!(ears.status, 200);
        let id = queue(&app, new_mail(&app, MailKind::Introduction, "ilya@prospect.example")).await;
        app.run_due().await;
        assert_eq!(ears.next().await.kind, "mail");
        let page = app.page("", "/mailbox").await.body;
        assert!(page.contains(&format!("/mailbox/{id}")), "{page}");
        let mut ears = open(&shown(&page)).await;
        assert_eq!(app.submit("", &format!("/mailbox/{id}/bounce"), &[]).await.status, 303);
        let heard = ears.next().await;
        assert_eq!((heard.kind.as_str(), &heard.data), ("mail", &serde_json::json!({})));
        ears.hears_nothing().await;
        // What was missed is told at once, and what was seen is not.
        assert_eq!(open(&seen).await.next().await.id, heard.id);
        open(&heard.id).await.hears_nothing().await;
    }

    async fn the_mailbox_shows_what_came_and_plays_a_bounce(app) {
        let page = app.page("", "/mailbox").await;
        assert!(page.status == 200 && page.body.contains("There is no mail yet"), "{}", page.body);
        let id = queue(&app, new_mail(&app, MailKind::Introduction, "ilya@prospect.example")).await;
        queue(&app, new_mail(&app, MailKind::GiverNews, "anna@giver.example")).await;
        app.run_due().await;
        let page = app.page("", "/mailbox?to=Ilya%40prospect.example").await;
        assert!(page.body.contains(&format!("/mailbox/{id}")) && !page.body.contains("anna@giver.example"), "{}", page.body);
        let page = app.page("", &format!("/mailbox/{id}")).await;
        for wanted in ["Hill &amp; Sons", "List-Unsubscribe-Post: List-Unsubscribe=One-Click", "<a href=\"http://127.0.0.1:8080/answer/0123456789\">"] {
            assert!(page.body.contains(wanted), "{wanted}: {}", page.body);
        }
        let html = app.page("", &format!("/mailbox/{id}/html")).await;
        assert!(html.header("content-security-policy").unwrap().contains("sandbox"), "{:?}", html.headers);
        assert_eq!(app.submit("", &format!("/mailbox/{id}/bounce"), &[]).await.status, 303);
        assert_eq!(statuses(&app).await, [MailStatus::Bounced, MailStatus::Sent]);
        assert_eq!(app.submit("", &format!("/mailbox/{id}/bounce"), &[]).await.status, 409);
        assert_eq!(app.page("", "/mailbox/mai_0000000000000").await.status, 404);
    }
}

/// The application as it would be with an SMTP server.
fn with_smtp(app: &TestApp) -> State {
    let mut config = (*app.state.config).clone();
    config.mail.transport = MailTransport::Smtp;
    State { config: Arc::new(config), ..app.state.clone() }
}

#[actix_web::test]
async fn where_mails_are_sent_there_is_no_mailbox() {
    let mut app = TestApp::start(Backend::Sqlite);
    queue(&app, new_mail(&app, MailKind::Introduction, "ilya@prospect.example")).await;
    app.run_due().await;
    app.state = with_smtp(&app);
    let id = MailId::from_raw(1);
    for path in ["/mailbox".to_owned(), "/mailbox/events".to_owned(), format!("/mailbox/{id}"), format!("/mailbox/{id}/html")] {
        assert_eq!(app.page("", &path).await.status, 404, "{path}");
    }
    for path in ["bounce", "scan", "stop"] {
        assert_eq!(app.submit("", &format!("/mailbox/{id}/{path}"), &[]).await.status, 404, "{path}");
    }
}

#[actix_web::test]
async fn the_mailbox_plays_a_gateway_and_a_stop_button_over_the_network() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let app = TestApp::start_with(Backend::Sqlite, |config| {
        config.server.listen = address.clone();
        config.server.base_url = "https://kularing.example".to_owned();
    });
    let served = app.state.clone();
    let server = actix_web::HttpServer::new(move || kularing::app::application(&served)).workers(1).disable_signals().listen(listener).unwrap().run();
    let handle = server.handle();
    let running = tokio::spawn(server);
    let id = queue(&app, new_mail(&app, MailKind::Nudge, "robert@receiver.example")).await;
    app.run_due().await;

    let scanned = app.submit("", &format!("/mailbox/{id}/scan"), &[]).await;
    assert!(scanned.body.contains("GET /reminders/") && scanned.body.contains("HEAD /reminders/"), "{}", scanned.body);
    assert_eq!(scanned.body.matches("HTTP/1.1 200 OK").count(), 2, "the stop link, by GET and HEAD: {}", scanned.body);
    let listed = || app.state.db.read(|connection| Ok(suppression::table.count().get_result::<i64>(connection)?));
    assert_eq!(listed().await.unwrap(), 0, "a gateway stops nothing");

    let stopped = app.submit("", &format!("/mailbox/{id}/stop"), &[]).await;
    assert!(stopped.body.contains("HTTP/1.1 200 OK"), "{}", stopped.body);
    assert_eq!(listed().await.unwrap(), 1);
    handle.stop(false).await;
    running.await.unwrap().unwrap();
}
