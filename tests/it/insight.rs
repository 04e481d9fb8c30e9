//! The figures of a circle whose history is known, and who sees which of them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use diesel::connection::{Connection, InstrumentationEvent};
use diesel::prelude::*;
use kularing::db::open_for_reading;
use kularing::db::schema::business;
use kularing::insight::period::Period;
use kularing::insight::views;
use kularing::kernel::Actor;
use kularing::kernel::clock::days;
use kularing::kernel::id::{BusinessId, CircleId};
use kularing::reciprocity::commands;
use kularing::reciprocity::model::{Idem, Posting, Reason};
use serde_json::{Value, json};

use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::{TestPerson, signed_in, signed_in_as};
use crate::support::app::Reply;
use crate::support::circles::value_chain;
use crate::support::referrals::{contacted, introduced, make, passed, won};

static KEYS: LazyLock<AtomicUsize> = LazyLock::new(AtomicUsize::default);

/// So many credits from one to the other, now.
fn posting(circle: CircleId, giver: BusinessId, receiver: BusinessId, amount: i64) -> Posting {
    let key = format!("figure {}", KEYS.fetch_add(1, Ordering::Relaxed));
    let idem = Idem::chosen(Reason::Correction, &key).unwrap();
    Posting { circle, giver, receiver, amount, reason: Reason::Correction, referral: None, actor: Actor::System, idem }
}

async fn give(app: &TestApp, circle: CircleId, giver: &TestPerson, receiver: &TestPerson, amount: i64) {
    let posting = posting(circle, giver.business, receiver.business, amount);
    app.state.db.write(move |tx| commands::post(tx, posting)).await.unwrap();
}

async fn people(app: &TestApp) -> ([TestPerson; 4], CircleId) {
    let anna = signed_in(app, "Anna Arch", "architect").await;
    let ben = signed_in(app, "Ben Bolt", "electrician").await;
    let clara = signed_in(app, "Clara Cook", "caterer").await;
    let dora = signed_in(app, "Dora Dach", "roofer").await;
    let circle = value_chain(app, &anna, &[(&ben, "electrician"), (&clara, "caterer"), (&dora, "roofer")]).await;
    ([anna, ben, clara, dora], circle)
}

/// A ring over 360 days, something beside it, and something that was taken back.
async fn with_history(app: &TestApp) -> ([TestPerson; 4], CircleId) {
    let (people, circle) = people(app).await;
    let [anna, ben, clara, dora] = &people;
    give(app, circle, anna, ben, 100).await;
    app.clock.advance(days(180));
    give(app, circle, ben, clara, 100).await;
    let mistake = posting(circle, dora.business, anna.business, 40);
    let reverse = move |tx: &mut kularing::db::Tx<'_>| {
        let made = commands::post(tx, mistake)?.expect("an amount above 0");
        commands::reverse(tx, made, Actor::System)
    };
    app.state.db.write(reverse).await.unwrap();
    app.clock.advance(days(180));
    give(app, circle, clara, anna, 100).await;
    give(app, circle, anna, dora, 50).await;
    (people, circle)
}

fn exact<'v>(value: &'v Value, path: &str) -> &'v str {
    let found = path.split('.').fold(value, |inner, name| &inner[name]);
    found["exact"].as_str().unwrap_or_else(|| panic!("{path}: {found}"))
}

fn count(figures: &Value, class: &str) -> i64 {
    figures["triads"].as_array().unwrap().iter().find(|row| row["class"] == class).unwrap_or_else(|| panic!("{class}"))["count"].as_i64().unwrap()
}

fn lines(reply: &Reply) -> Vec<String> {
    assert!(reply.status.is_success(), "{} {}", reply.status, reply.body);
    reply.body.split_terminator("\r\n").map(str::to_owned).collect()
}

on_both_databases! {
    async fn the_figures_of_a_known_history(app) {
        let ([anna, ..], circle) = with_history(&app).await;
        let all = app.get(&anna.token, &format!("/circles/{circle}/figures?period=all")).await.ok();
        assert_eq!(all["participation"], json!({ "members": 4, "gave": 3, "received": 4, "both": 3, "outside": 0 }));
        assert_eq!((exact(&all, "evenness.given"), exact(&all, "evenness.received")), ("9/28", "3/28"));
        assert_eq!((all["reciprocity"]["credits"].as_i64(), exact(&all, "reciprocity.pairs")), (Some(350), "0"));
        assert_eq!((exact(&all, "reciprocity.rings"), exact(&all, "reciprocity.most")), ("6/7", "6/7"));
        assert_eq!(all["reciprocity"]["most"]["decimal"], "0.8571");
        let counted = ["030C", "021D", "021C", "012", "003", "300"].map(|class| count(&all, class));
        assert_eq!((counted, all["triads"].as_array().unwrap().len()), ([1, 1, 1, 1, 0, 0], 16));
        let of_member = |name: &str| all["members"].as_array().unwrap().iter().find(|row| row["business"]["name"] == name).unwrap().clone();
        let (own, dora) = (of_member("Anna Arch Ltd"), of_member("Dora Dach Ltd"));
        assert_eq!((&own["given"], &own["received"], &own["partners_given_to"], &own["partners_received_from"]), (&json!(150), &json!(100), &json!(2), &json!(1)));
        // 100 at 360 days weigh 25, and 100 at 180 days 50: all balances add up to nothing.
        assert_eq!((exact(&own, "faded_balance"), exact(&of_member("Ben Bolt Ltd"), "faded_balance")), ("-25", "25"));
        assert_eq!((exact(&of_member("Clara Cook Ltd"), "faded_balance"), exact(&dora, "faded_balance")), ("50", "-50"));
        // They fade over everything, so that the period changes none of them.
        for period in ["90", "180", "365"] {
            let figures = app.get(&anna.token, &format!("/circles/{circle}/figures?period={period}")).await.ok();
            let balances = figures["members"].as_array().unwrap().iter().map(|row| exact(row, "faded_balance").to_owned()).collect::<Vec<_>>();
            assert_eq!(balances, ["-25", "25", "50", "-50"], "{period}");
        }
        let recent = app.get(&anna.token, &format!("/circles/{circle}/figures?period=90")).await.ok();
        assert_eq!((recent["reciprocity"]["credits"].as_i64(), exact(&recent, "reciprocity.most"), count(&recent, "030C")), (Some(150), "0", 0));
        let usual = app.get(&anna.token, &format!("/circles/{circle}/figures")).await.ok();
        assert_eq!((&usual["period"], &usual["reciprocity"]["credits"], &usual["is_complete"]), (&json!("180"), &json!(250), &json!(true)));
        assert!(app.get(&anna.token, &format!("/circles/{circle}/figures?period=7")).await.status.is_client_error());
    }

    async fn measures_are_a_file(app) {
        let ([anna, ben, ..], circle) = with_history(&app).await;
        introduced(&app, &anna, &ben, circle).await;
        let anna = signed_in_as(&app, anna.person, &anna.name).await;
        let reply = app.page(&anna.cookie, &format!("/circles/{circle}/measures.csv?period=all")).await;
        assert_eq!(reply.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
        assert!(reply.header("content-disposition").unwrap().ends_with("-measures-all.csv\""));
        let found = lines(&reply);
        assert_eq!((found[0].as_str(), found.len()), ("measure,numerator,denominator,decimal,count", 1 + 6 + 5 + 4 + 6 + 16));
        // 10 more from Anna to Ben: she gave 160 of 360, and what comes back is still the ring of 100.
        for line in [
            "gini_given,1,3,0.3333,", "gini_received,1,8,0.1250,", "credits,,,,360", "pair_reciprocity,0,1,0.0000,", "ring_reciprocity,5,6,0.8333,",
            "maximum_reciprocity,5,6,0.8333,", "members,,,,4", "members_gave,3,4,0.7500,3", "members_received,1,1,1.0000,4", "members_both,3,4,0.7500,3",
            "members_outside,,,,0", "offers_accepted,1,1,1.0000,1", "offers_declined,0,1,0.0000,0", "offers_expired,0,1,0.0000,0", "introduced,,,,1",
            "won,0,1,0.0000,0", "under_way,1,1,1.0000,1", "conversion,,,,", "invalid_share,0,1,0.0000,0", "030C,,,,1", "021D,,,,1", "300,,,,0",
        ] {
            assert!(found.contains(&line.to_owned()), "{line}: {found:#?}");
        }
        let page = app.page(&anna.cookie, &format!("/circles/{circle}/figures?period=365")).await.body;
        assert!(page.contains(&format!("/circles/{circle}/measures.csv?period=365")), "{page}");
    }

    async fn answers_and_outcomes_are_counted(app) {
        let (olga, anna) = (signed_in(&app, "Olga Ott", "general-contractor").await, signed_in(&app, "Anna Arch", "architect").await);
        let ben = signed_in(&app, "Ben Bolt", "electrician").await;
        let circle = value_chain(&app, &olga, &[(&anna, "architect"), (&ben, "electrician")]).await;
        let path = format!("/circles/{circle}/figures");
        let none = app.get(&olga.token, &path).await.ok();
        assert_eq!((&none["offers"]["share"], &none["offers"]["median_response_seconds"], &none["evenness"]["given"]), (&Value::Null, &Value::Null, &Value::Null));
        let slow = passed(&app, &anna, &ben, circle).await;
        app.clock.advance(Duration::from_secs(3_600));
        make(&app, &ben, slow, "accept", json!({})).await;
        assert_eq!(app.get(&olga.token, &path).await.ok()["offers"]["median_response_seconds"], json!(3_600));
        let declined = passed(&app, &anna, &ben, circle).await;
        make(&app, &ben, declined, "decline", json!({ "reason": "no_capacity" })).await;
        won(&app, &anna, &ben, circle, 0).await;
        let lost = contacted(&app, &anna, &ben, circle).await;
        make(&app, &ben, lost, "lose", json!({ "reason": "price" })).await;
        introduced(&app, &anna, &ben, circle).await;
        let invalid = contacted(&app, &anna, &ben, circle).await;
        make(&app, &ben, invalid, "dispute", json!({ "reason": "no_need", "words": "There never was a need." })).await;
        make(&app, &olga, invalid, "decide-dispute", json!({ "verdict": "uphold", "words": "Ben is right." })).await;
        let found = app.get(&olga.token, &path).await.ok();
        let offers = &found["offers"];
        assert_eq!((&offers["accepted"], &offers["declined"], &offers["expired"], exact(offers, "share")), (&json!(5), &json!(1), &json!(0), "5/6"));
        let ended = &found["referrals"];
        let numbers = ["introduced", "won", "lost", "invalid", "under_way"].map(|name| ended[name].as_i64().unwrap());
        assert_eq!((numbers, exact(ended, "conversion"), exact(ended, "invalid_share")), ([4, 1, 1, 1, 1], "1/2", "1/4"));
        // 10 for each of three introductions and 20 for business; what the invalid one gave was taken back.
        assert_eq!(found["reciprocity"]["credits"], json!(50));
        let page = app.page(&olga.cookie, &path).await;
        assert!(page.status.is_success() && page.body.contains("Too early for shares") && page.body.contains("figures.csv"), "{}", page.body);
        introduced(&app, &anna, &ben, circle).await;
        for (language, words) in [("en", "Half of the answers come within"), ("de", "Die Hälfte der Antworten"), ("ru", "Половина ответов")] {
            let request = actix_web::test::TestRequest::get().uri(&path).insert_header(("accept", "text/html"))
                .insert_header(("cookie", format!("kularing_session={}", olga.cookie)));
            make_language(&app, &olga, language).await;
            let page = app.send(request).await;
            assert!(page.status.is_success() && page.body.contains(words) && page.body.contains("<svg class=\"bar\""), "{}", page.body);
            assert!(!page.body.contains("insight-"), "{}", page.body);
        }
    }

    async fn members_see_breadth_and_nobodys_sums(app) {
        let ([anna, ben, _, dora], circle) = with_history(&app).await;
        let stranger = signed_in(&app, "Sam Stranger", "photographer").await;
        let path = format!("/circles/{circle}");
        let breadth = app.get(&ben.token, &format!("{path}/breadth")).await.ok();
        let own = breadth["members"].as_array().unwrap().iter().find(|row| row["business"]["id"] == json!(ben.business)).unwrap();
        assert_eq!((&own["partners_given_to"], &own["partners_received_from"]), (&json!(1), &json!(1)));
        for row in breadth["members"].as_array().unwrap() {
            let names: Vec<&String> = row.as_object().unwrap().keys().collect();
            assert_eq!(names, ["business", "partners_given_to", "partners_received_from"]);
        }
        // Four are too few for ranges: somebody could be told from them.
        assert_eq!((&breadth["given_range"], &breadth["received_range"]), (&Value::Null, &Value::Null));
        let (anna, ben) = (signed_in_as(&app, anna.person, &anna.name).await, signed_in_as(&app, ben.person, &ben.name).await);
        for file in ["figures", "figures.csv", "measures.csv", "transfers.csv"] {
            assert_eq!(app.page(&ben.cookie, &format!("{path}/{file}")).await.status, 403, "{file}");
            assert_eq!(app.page(&stranger.cookie, &format!("{path}/{file}")).await.status, 404, "{file}");
            assert_ne!(app.page("", &format!("{path}/{file}")).await.status, 200, "{file}");
            assert_eq!(app.page(&anna.cookie, &format!("{path}/{file}")).await.status, 200, "{file}");
        }
        app.get(&ben.token, &format!("{path}/figures")).await.fails(403, "organiser_only");
        app.get(&stranger.token, &format!("{path}/breadth")).await.fails(404, "not_found");
        assert_eq!(app.page(&stranger.cookie, &format!("{path}/breadth")).await.status, 404);
        let page = app.page(&ben.cookie, &format!("{path}/breadth")).await;
        assert!(page.status.is_success() && page.body.contains("Dora Dach Ltd") && page.body.contains("too few took part"), "{}", page.body);
        assert!(!page.body.contains("150") && !page.body.contains("100"), "{}", page.body);
        let (of_member, of_organiser) = (app.page(&ben.cookie, &path).await.body, app.page(&anna.cookie, &path).await.body);
        assert!(of_member.contains(&format!("{path}/breadth")) && !of_member.contains(&format!("{path}/figures")), "{of_member}");
        assert!(of_organiser.contains(&format!("{path}/figures")), "{of_organiser}");
        // Whoever left sees nothing any more, and stays in what happened.
        app.post(&dora.token, &format!("{path}/leave"), json!({})).await.ok();
        app.get(&dora.token, &format!("{path}/breadth")).await.fails(404, "not_found");
        assert!(!app.get(&ben.token, &format!("{path}/breadth")).await.body.contains("Dora"));
        let figures = app.get(&anna.token, &format!("{path}/figures?period=all")).await.ok();
        assert_eq!(figures["participation"]["members"], json!(4));
        assert!(figures["members"].as_array().unwrap().iter().any(|row| row["business"]["name"] == "Dora Dach Ltd" && row["is_active"] == json!(false)));
    }

    async fn files_hold_everything_and_no_formula(app) {
        let (people, circle) = people(&app).await;
        let [anna, ben, clara, _] = people;
        let (giver, receiver, evil) = (anna.business, ben.business, clara.business);
        let rename = move |tx: &mut kularing::db::Tx<'_>| {
            diesel::update(business::table.find(evil)).set(business::name.eq("=HYPERLINK(\"http://x\",\"y\"), Inc")).execute(&mut **tx)?;
            Ok(())
        };
        app.state.db.write(rename).await.unwrap();
        give(&app, circle, &clara, &anna, 7).await;
        let many = move |tx: &mut kularing::db::Tx<'_>| {
            for _ in 0..1_200 {
                commands::post(tx, posting(circle, giver, receiver, 3))?;
            }
            Ok(())
        };
        app.state.db.write(many).await.unwrap();
        let reply = app.page(&anna.cookie, &format!("/circles/{circle}/figures.csv?period=all")).await;
        assert_eq!(reply.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
        assert!(reply.header("content-disposition").unwrap().starts_with("attachment; filename=\"cir_"));
        let members = lines(&reply);
        assert_eq!(members[0], "business_id,business,is_member,given,received,partners_given_to,partners_received_from,faded_balance");
        assert!(members.contains(&format!("{evil},\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\"), Inc\",true,7,0,1,0,7.0000")), "{members:?}");
        assert!(members.contains(&format!("{giver},Anna Arch Ltd,true,3600,7,1,1,3593.0000")), "{members:?}");
        let transfers = lines(&app.page(&anna.cookie, &format!("/circles/{circle}/transfers.csv")).await);
        assert_eq!(transfers.len(), 1_202);
        assert!(transfers[0].starts_with("seq,id,at,kind,reason,giver_id,giver,"));
        assert!(transfers[1].starts_with("1,") && transfers[1].contains(",post,correction,") && transfers[1].contains("\"'=HYPERLINK("), "{}", transfers[1]);
        for (number, line) in transfers.iter().enumerate().skip(1) {
            assert!(line.starts_with(&format!("{number},")), "{line}");
        }
    }

    async fn more_members_ask_no_more_queries(app) {
        let ([anna, ben, ..], small) = with_history(&app).await;
        let mut members = Vec::new();
        for (number, trade) in ["electrician", "roofer", "caterer", "photographer", "painter"].into_iter().cycle().take(12).enumerate() {
            members.push((signed_in(&app, &format!("Member {number}"), trade).await, trade));
        }
        let listed: Vec<(&TestPerson, &str)> = members.iter().map(|(person, trade)| (person, *trade)).collect();
        let large = value_chain(&app, &anna, &listed).await;
        for (number, (person, _)) in members.iter().enumerate() {
            let next = &members[(number + 1) % members.len()].0;
            give(&app, large, person, next, 10 * i64::try_from(number).unwrap() + 11).await;
        }
        assert_eq!(queries(&app, small, &anna), queries(&app, large, &anna));
        // From 11 to 121 in steps of 10: the quarter is 31, three quarters 101, both rounded outwards.
        let breadth = app.get(&members[0].0.token, &format!("/circles/{large}/breadth")).await.ok();
        assert_eq!(breadth["given_range"], json!({ "from": 30, "to": 110 }));
        let stranger = app.get(&ben.token, &format!("/circles/{large}/breadth")).await;
        stranger.fails(404, "not_found");
    }
}

/// How many queries the figures and the breadth of a circle take.
fn queries(app: &TestApp, circle: CircleId, organiser: &TestPerson) -> (usize, usize) {
    let mut connection = open_for_reading(&app.database.location).unwrap();
    let counter = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&counter);
    connection.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if matches!(event, InstrumentationEvent::StartQuery { .. }) {
            counted.fetch_add(1, Ordering::Relaxed);
        }
    });
    let (reader, now) = (Some(organiser.business), app.state.now());
    views::figures(&mut connection, circle, reader, Period::All, now).unwrap();
    let figures = counter.swap(0, Ordering::Relaxed);
    views::breadth(&mut connection, circle, reader, now).unwrap();
    let breadth = counter.load(Ordering::Relaxed);
    assert!(figures > 0 && breadth > 0);
    (figures, breadth)
}

/// Lets somebody read in another language.
async fn make_language(app: &TestApp, person: &TestPerson, language: &str) {
    app.api(&person.token, actix_web::http::Method::PATCH, "/me", json!({ "language": language })).await.ok();
}
