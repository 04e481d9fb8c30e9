//! Being forgotten: seven days in which it can be taken back, and nothing left afterwards.

use std::collections::BTreeMap;

use actix_web::http::Method;
use diesel::prelude::*;
use kularing::db::AnyConn;
use kularing::db::schema::{business, consent, mailbox_message, person};
use kularing::introductions::model::Attestation;
use kularing::introductions::record::Channel;
use kularing::kernel::actor::PersonRole;
use kularing::kernel::clock::days;
use kularing::kernel::id::{BusinessId, CircleId, ReferralId};
use kularing::outbox::MailKind;
use kularing::referrals::model::ReferralState;
use serde_json::json;

use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::{PASSWORD, TestPerson, colleague_of, signed_in, signed_in_as};
use crate::support::app::Reply;
use crate::support::circles::value_chain;
use crate::support::introductions::pair;
use crate::support::ledger::verified;
use crate::support::referrals::{accepted, content, drafted, introduced, passed, state_of};

async fn ask(app: &TestApp, who: &TestPerson, fields: &[(&str, &str)]) -> Reply {
    let fields: Vec<_> = [("csrf", &*who.csrf), ("current_password", PASSWORD)].into_iter().chain(fields.iter().copied()).collect();
    app.submit(&who.cookie, "/settings/data/erase", &fields).await
}

async fn ask_whole(app: &TestApp, who: &TestPerson) {
    let asked = ask(app, who, &[("closes_business", "yes")]).await;
    assert_eq!((asked.status.as_u16(), asked.header("location")), (303, Some("/settings/data?done=own-data-leaving")), "{}", asked.body);
}

/// Where in the whole database one of these words still stands. The development mailbox stands for other people's mailboxes, and
/// is emptied first: what was sent is out of the house.
pub async fn found(app: &TestApp, words: &[&str]) -> Vec<String> {
    app.state.db.write(|tx| Ok(diesel::delete(mailbox_message::table).execute(&mut **tx)?)).await.unwrap();
    let dump: BTreeMap<String, Vec<String>> = app.dump().await;
    assert!(dump.len() > 30 && !dump["event"].is_empty(), "the whole database is looked at");
    let tells = |row: &String| words.iter().any(|word| row.to_lowercase().contains(&word.to_lowercase()));
    dump.iter().flat_map(|(table, rows)| rows.iter().filter(|row| tells(row)).map(move |row| format!("{table}: {row}"))).collect()
}

/// The businesses of which it is known by what their tax number is compared.
async fn with_tax_number(app: &TestApp) -> Vec<BusinessId> {
    let read = |connection: &mut AnyConn| Ok(business::table.filter(business::tax_key.is_not_null()).select(business::id).load(connection)?);
    app.state.db.read(read).await.unwrap()
}

fn ledger_is_right(app: &TestApp) {
    let report = verified(app);
    assert!(report.is_clean(), "{report:?}");
}

on_both_databases! {
    async fn it_can_be_taken_back_for_seven_days(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let page = app.page(&anna.cookie, "/settings/data").await.body;
        for shown in ["What is deleted", "What stays, and why", "You are the last of your business", "Close my business as well"] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        let unticked = ask(&app, &anna, &[]).await;
        assert_eq!(unticked.status, 422);
        assert!(unticked.body.contains("Please tick this"), "{}", unticked.body);
        let fields = [("csrf", &*anna.csrf), ("current_password", "wrong password"), ("closes_business", "yes")];
        let wrong = app.submit(&anna.cookie, "/settings/data/erase", &fields).await;
        assert!(wrong.status == 422 && wrong.body.contains("This is not your current password"), "{}", wrong.body);
        ask_whole(&app, &anna).await;
        app.run_due().await;
        let mail = app.mail_of(&anna.email, MailKind::ErasureAsked).await;
        assert!(mail.text.contains("9 Mar 2026") && mail.text.contains("/settings/data"), "{}", mail.text);
        assert_eq!(ask(&app, &anna, &[("closes_business", "yes")]).await.status, 409, "asked once");
        app.pass_time(days(6)).await;
        let fields = [("email", &*anna.email), ("password", PASSWORD), ("next", "/standing")];
        assert_eq!(app.submit("", "/sign-in", &fields).await.header("location"), Some("/settings/data"), "the countdown is read first");
        let page = app.page(&anna.cookie, "/settings/data").await.body;
        assert!(page.contains("One day is left") && page.contains("/settings/data/keep") && !page.contains("/settings/data/erase"), "{page}");
        let kept = app.submit(&anna.cookie, "/settings/data/keep", &[("csrf", &anna.csrf)]).await;
        assert_eq!(kept.header("location"), Some("/settings/data?done=own-data-kept"));
        app.pass_time(days(3)).await;
        assert_eq!(app.get(&anna.token, "/me").await.ok()["name"], "Anna Arch");
        assert_eq!(app.submit(&anna.cookie, "/settings/data/keep", &[("csrf", &anna.csrf)]).await.status, 409);
    }

    async fn nothing_of_a_person_and_his_business_is_left(app) {
        let anna = signed_in(&app, "Annabella Archibald", "architect").await;
        let emil = signed_in(&app, "Emil Engel", "electrician").await;
        let olga = signed_in(&app, "Olga Ott", "general-contractor").await;
        let circle: CircleId = value_chain(&app, &olga, &[(&anna, "architect"), (&emil, "electrician")]).await;
        let profile = json!({ "description": "Annabella draws", "phone": "+49 30 7654321", "website": "https://archibald.example", "city": "Archibaldhausen", "tax_number": "DE555666777" });
        app.api(&anna.token, Method::PATCH, &format!("/businesses/{}", anna.business), profile).await.ok();
        assert_eq!(with_tax_number(&app).await, [anna.business]);
        let done = introduced(&app, &anna, &emil, circle).await;
        let back = introduced(&app, &emil, &anna, circle).await;
        let draft = drafted(&app, &anna, content(circle, &emil)).await;
        let withdrawn = passed(&app, &anna, &emil, circle).await;
        let note = json!({ "note": "It was a mistake. Best wishes, Annabella Archibald" });
        app.post(&anna.token, &format!("/referrals/{withdrawn}/withdraw"), note).await.ok();
        app.post(&anna.token, "/colleague-invitations", json!({ "email": "friend@elsewhere.example", "role": "staff" })).await.ok();
        app.post(&olga.token, &format!("/circles/{circle}/invitations"), json!({ "kind": "mail", "email": "annabella.archibald@kularing.example" })).await;
        app.run_due().await;
        let words = ["annabella", "archibald", "7654321"];
        let before = found(&app, &words).await;
        for table in ["person:", "business:", "consent:", "event:", "circle_invitation:"] {
            assert!(before.iter().any(|row| row.starts_with(table)), "the search finds what is there: {table} {before:?}");
        }

        ask_whole(&app, &anna).await;
        app.pass_time(days(6)).await;
        // Until the last day everything goes on.
        let open = passed(&app, &anna, &emil, circle).await;
        let agreed = accepted(&app, &anna, &emil, circle).await;
        let asked = passed(&app, &emil, &anna, circle).await;
        let taken = accepted(&app, &emil, &anna, circle).await;
        app.pass_time(days(1)).await;
        app.pass_time(days(2)).await;

        assert_eq!(found(&app, &words).await, Vec::<String>::new());
        assert_eq!(with_tax_number(&app).await, []);
        ledger_is_right(&app);
        for (id, state) in [
            (open, ReferralState::Withdrawn),
            (agreed, ReferralState::Withdrawn),
            (asked, ReferralState::Declined),
            (taken, ReferralState::Closed),
            (draft, ReferralState::Withdrawn),
            (done, ReferralState::Introduced),
            (back, ReferralState::Lost),
        ] {
            assert_eq!(state_of(&app, id).await, state, "{id}");
        }
        app.get(&anna.token, "/me").await.fails(401, "session_ended");
        assert_eq!(app.page(&anna.cookie, "/settings").await.status, 303);
        let signed = app.submit("", "/sign-in", &[("email", &anna.email), ("password", PASSWORD)]).await;
        assert_eq!(signed.status, 401);

        // What was given stays, under a name that names nobody; the receiver goes on and wins it.
        let whole = app.get(&emil.token, &format!("/referrals/{done}")).await.ok();
        assert_eq!((&whole["giver"]["name"], &whole["giver_person"]), (&json!("Closed business"), &json!("Former colleague")));
        app.post(&emil.token, &format!("/referrals/{done}/contact"), json!({})).await.ok();
        app.post(&emil.token, &format!("/referrals/{done}/win"), json!({})).await.ok();
        app.run_due().await;
        ledger_is_right(&app);
        assert_eq!(found(&app, &words).await, Vec::<String>::new());
        let members = app.get(&olga.token, &format!("/circles/{circle}/members")).await.ok().to_string();
        assert!(!members.contains(&anna.business.to_string()), "{members}");
        let directory = app.get(&olga.token, "/businesses?limit=100").await.ok().to_string();
        assert!(!directory.contains(&anna.business.to_string()), "{directory}");

        // The proof stands without the name: the words that were read have their hash.
        let lines: Vec<(String, Option<String>)> = app.state.db.read(move |connection| {
            Ok(consent::table.filter(consent::referral_id.eq(done)).order(consent::id.asc()).select((consent::wording, consent::wording_hash)).load(connection)?)
        }).await.unwrap();
        assert!(lines[0].0.contains("Former colleague") && lines[0].0.contains("Closed business"), "{lines:?}");
        assert_eq!(lines[0].1.as_ref().unwrap().len(), 64);
        // The address is free again.
        let again = signed_in(&app, "Annabella Archibald", "architect").await;
        assert_ne!(again.person, anna.person);
    }

    async fn a_colleague_goes_and_the_business_stays(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let ben = colleague_of(&app, &anna, "Benedikt Brickmann", PersonRole::Staff).await;
        let emil = signed_in(&app, "Emil Engel", "electrician").await;
        let circle = value_chain(&app, &anna, &[(&emil, "electrician")]).await;
        let id: ReferralId = introduced(&app, &ben, &emil, circle).await;
        let page = app.page(&ben.cookie, "/settings/data").await.body;
        assert!(!page.contains("Close my business"), "{page}");
        assert_eq!(ask(&app, &ben, &[]).await.status, 303);
        app.pass_time(days(8)).await;
        app.pass_time(days(1)).await;
        assert_eq!(found(&app, &["benedikt", "brickmann"]).await, Vec::<String>::new());
        ledger_is_right(&app);
        let whole = app.get(&anna.token, &format!("/referrals/{id}")).await.ok();
        assert_eq!((&whole["giver"]["name"], &whole["giver_person"]), (&json!("Anna Arch Ltd"), &json!("Former colleague")));
        assert_eq!(app.get(&anna.token, "/colleagues").await.ok()["items"].as_array().unwrap().len(), 1);
    }

    async fn who_leaves_others_behind_hands_over_first(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let ben = colleague_of(&app, &anna, "Ben Brick", PersonRole::Staff).await;
        let page = app.page(&anna.cookie, "/settings/data").await.body;
        assert!(page.contains("First make one of them an owner") && !page.contains("/settings/data/erase"), "{page}");
        assert_eq!(ask(&app, &anna, &[("closes_business", "yes")]).await.status, 409);
        let emil = signed_in(&app, "Emil Engel", "electrician").await;
        let circle = value_chain(&app, &emil, &[(&anna, "architect")]).await;
        let page = app.page(&emil.cookie, "/settings/data").await.body;
        assert!(page.contains("First hand these over") && page.contains("Test Circle"), "{page}");
        assert_eq!(ask(&app, &emil, &[("closes_business", "yes")]).await.status, 409);
        app.post(&emil.token, &format!("/circles/{circle}/hand-over"), json!({ "business": anna.business, "remain_organiser": false })).await.ok();
        ask_whole(&app, &emil).await;
        drop(ben);
    }

    async fn the_clock_hands_over_what_nobody_handed_over_in_time(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        ask_whole(&app, &anna).await;
        let ben = colleague_of(&app, &anna, "Ben Brick", PersonRole::Staff).await;
        app.pass_time(days(8)).await;
        assert_eq!(app.get(&ben.token, "/me").await.ok()["role"], "owner");
        let ben = signed_in_as(&app, ben.person, "Ben Brick").await;
        let emil = signed_in(&app, "Emil Engel", "electrician").await;
        let empty = value_chain(&app, &emil, &[]).await;
        let joined = value_chain(&app, &emil, &[]).await;
        ask_whole(&app, &emil).await;
        crate::support::circles::join(&app, joined, &emil, &ben, "architect").await;
        app.pass_time(days(8)).await;
        let organisers = app.state.db.read(move |connection| kularing::circles::views::organisers(connection, joined)).await.unwrap();
        assert_eq!(organisers, [ben.business]);
        let open: Vec<CircleId> = app.state.db.read(|connection| {
            let all = kularing::kernel::PageQuery::default();
            Ok(kularing::circles::views::open_circles(connection, &all)?.items.into_iter().map(|circle| circle.id).collect())
        }).await.unwrap();
        assert!(!open.contains(&empty) && open.contains(&joined), "{open:?}");
        ledger_is_right(&app);
    }

    async fn programs_ask_and_take_back_by_the_same_rules(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let (here, password) = ("/me/erasure", json!({ "current_password": PASSWORD, "closes_business": true }));
        assert_eq!(app.get(&anna.token, here).await.ok(), json!({ "due_at": null, "closes_business": true }));
        app.post(&anna.token, here, json!({ "current_password": PASSWORD })).await.fails(422, "invalid_fields");
        app.post(&anna.token, here, json!({ "current_password": "wrong password", "closes_business": true })).await.fails(422, "invalid_fields");
        app.api(&anna.token, Method::DELETE, here, json!({})).await.fails(409, "not_leaving");
        let asked = app.post(&anna.token, here, password.clone()).await;
        assert_eq!((asked.status.as_u16(), asked.json()["due_at"].clone()), (202, json!("2026-03-09T08:00:00Z")), "{}", asked.body);
        app.post(&anna.token, here, password.clone()).await.fails(409, "already_leaving");
        app.run_due().await;
        assert!(app.mail_of(&anna.email, MailKind::ErasureAsked).await.text.contains("9 Mar 2026"));
        assert!(app.page(&anna.cookie, "/settings/data").await.body.contains("/settings/data/keep"), "the page knows of it");
        assert_eq!(app.api(&anna.token, Method::DELETE, here, json!({})).await.status, 204);
        assert_eq!(app.get(&anna.token, here).await.ok()["due_at"], json!(null));
        app.pass_time(days(8)).await;
        let anna = signed_in_as(&app, anna.person, "Anna Arch").await;
        let ben = colleague_of(&app, &anna, "Ben Brick", PersonRole::Staff).await;
        app.post(&anna.token, here, password.clone()).await.fails(409, "last_owner");
        assert_eq!(app.post(&ben.token, here, json!({ "current_password": PASSWORD })).await.status, 202);
        app.pass_time(days(8)).await;
        app.get(&ben.token, "/me").await.fails(401, "session_ended");
    }

    async fn own_words_in_disputes_and_attestations_go_where_they_name_their_writer(app) {
        let pair = pair(&app).await;
        let olga = signed_in(&app, "Olga Ott", "general-contractor").await;
        crate::support::circles::join(&app, pair.circle, &pair.giver, &olga, "general-contractor").await;
        let mut input = pair.input("attested", crate::support::introductions::PROSPECT);
        input["need"] = json!("Wiring of a new house");
        let told = Attestation { how: Channel::Phone, when: app.state.now().before(days(1)), words: "Yes, Gina Giver may pass my number on.".to_owned() };
        let (principal, circle) = (pair.giver.principal(), pair.circle);
        let input: kularing::referrals::input::ReferralInput = serde_json::from_value(input).unwrap();
        let id: ReferralId = app.state.db.write(move |tx| {
            let id = kularing::referrals::commands::draft(tx, &principal, circle, &input)?;
            kularing::referrals::commands::pass(tx, &principal, id, false, Some(&told)).map(|_| id)
        }).await.unwrap();
        let other = introduced(&app, &pair.giver, &pair.receiver, pair.circle).await;
        app.post(&pair.receiver.token, &format!("/referrals/{other}/dispute"), json!({ "reason": "no_need", "words": "Nobody there. Regards, Rolf" })).await.ok();
        assert!(!found(&app, &["gina giver"]).await.iter().any(|row| row.starts_with("event:") && row.contains("may pass")), "the log keeps no words of a prospect");
        for who in [&pair.receiver] {
            ask_whole(&app, who).await;
        }
        app.pass_time(days(8)).await;
        app.pass_time(days(1)).await;
        // What Gina wrote to her prospect about him is hers, and goes with the prospect's data.
        let of_others = |row: &String| row.starts_with("prospect:") && row.contains("Rolf wired our office.");
        let left: Vec<String> = found(&app, &["rolf", "regards"]).await.into_iter().filter(|row| !of_others(row)).collect();
        assert_eq!(left, Vec::<String>::new());
        let reasons: Vec<String> = app.dump().await["dispute"].clone();
        assert_eq!(reasons.len(), 1, "that there was a dispute, and why, stays: {reasons:?}");
        // The giver goes as well: she organises the circle and hands it over first.
        app.post(&pair.giver.token, &format!("/circles/{circle}/hand-over"), json!({ "business": olga.business, "remain_organiser": false })).await.ok();
        ask_whole(&app, &pair.giver).await;
        app.pass_time(days(8)).await;
        app.pass_time(days(1)).await;
        assert_eq!(found(&app, &["gina", "giver ltd"]).await, Vec::<String>::new());
        let lines = app.dump().await["consent"].clone();
        assert!(lines.iter().any(|row| row.contains("may pass my number on") && row.contains("Former colleague")), "{id}: {lines:?}");
        ledger_is_right(&app);
    }

    async fn what_is_kept_as_proof_is_never_written_over(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let emil = signed_in(&app, "Emil Engel", "electrician").await;
        let circle = value_chain(&app, &anna, &[(&emil, "electrician")]).await;
        passed(&app, &anna, &emil, circle).await;
        for statement in [
            "UPDATE consent SET wording = 'x'",
            "UPDATE consent SET person_key = 'x', wording_hash = 'x'",
            "DELETE FROM consent",
            "UPDATE event SET note = 'x'",
            "UPDATE event SET data = '{}', note = NULL",
        ] {
            let outcome: kularing::kernel::Answer<()> = app.state.db.write(move |tx| {
                diesel::sql_query(statement).execute(&mut **tx)?;
                Ok(())
            }).await;
            assert!(outcome.unwrap_err().to_string().contains("append-only"), "{statement}");
        }
        let erased: i64 = app.state.db.read(|connection| Ok(person::table.filter(person::erased_at.is_not_null()).count().get_result(connection)?)).await.unwrap();
        assert_eq!(erased, 0);
    }
}
