//! Who hears what, and how a stream goes on where another ended.

use std::time::Duration;

use kularing::kernel::event::NewEvent;
use kularing::kernel::id::{BusinessId, EventId, Identifier, first_at};
use kularing::kernel::{Actor, EventKind};
use serde_json::json;

use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::signed_in;
use crate::support::circles::value_chain;
use crate::support::ears::{Ears, quick, watched};
use crate::support::introductions::pair;
use crate::support::referrals::{content, drafted, make, passed};

/// Writes an event of a business that began so long ago, as a slow transaction or a node behind in time does.
async fn write_late(app: &TestApp, business: BusinessId, began: Duration, number: i64) -> EventId {
    use diesel::RunQueryDsl;
    use diesel::prelude::*;
    use kularing::db::schema::event;
    use kularing::kernel::actor::ActorKind;
    let id = EventId::from_raw(first_at::<EventId>(app.state.now().before(began)).raw() + number);
    let write = app.state.db.write(move |tx| {
        let (none, at) = (None::<i64>, tx.now());
        diesel::insert_into(event::table)
            .values((
                event::id.eq(id),
                event::kind.eq(EventKind::ProfileChanged),
                event::at.eq(at),
                event::actor_kind.eq(ActorKind::System),
                event::actor_person_id.eq(none),
                event::actor_business_id.eq(none),
                event::circle_id.eq(none),
                event::business_id.eq(business),
                event::person_id.eq(none),
                event::referral_id.eq(none),
                event::note.eq(None::<String>),
                event::data.eq("null"),
            ))
            .execute(&mut **tx)?;
        Ok(())
    });
    write.await.unwrap();
    id
}

on_both_databases! {
    async fn a_referral_is_heard_by_its_parties_and_its_organisers_alone(app) {
        let mut app = app;
        let _watch = watched(&mut app, quick());
        let organiser = signed_in(&app, "Olga Ott", "general-contractor").await;
        let giver = signed_in(&app, "Anna Arch", "architect").await;
        let first = signed_in(&app, "Emil Engel", "electrician").await;
        let second = signed_in(&app, "Eva Ebert", "electrician").await;
        let member = signed_in(&app, "Paul Plum", "plumber").await;
        let stranger = signed_in(&app, "Stella Stranger", "electrician").await;
        let members = [(&giver, "architect"), (&first, "electrician"), (&second, "electrician"), (&member, "plumber")];
        let circle = value_chain(&app, &organiser, &members).await;
        app.clock.advance(Duration::from_secs(1));
        let mut ears = Vec::new();
        for who in [&organiser, &giver, &first, &second, &member, &stranger] {
            ears.push(Ears::of(&app.state, who, "").await.begun().await);
        }
        let [organiser_hears, giver_hears, first_hears, second_hears, member_hears, stranger_hears] = &mut ears[..] else { panic!() };

        let referral = drafted(&app, &giver, content(circle, &first)).await;
        let heard = giver_hears.next().await;
        assert_eq!((heard.kind.as_str(), &heard.data), ("referral", &json!({
            "id": heard.data["id"], "event": "referral.drafted", "referral": referral, "circle": circle, "own": true
        })));
        first_hears.hears_nothing().await;
        organiser_hears.hears_nothing().await;

        app.clock.advance(Duration::from_secs(1));
        make(&app, &giver, referral, "pass", json!({})).await;
        assert_eq!(giver_hears.events(2).await, ["referral.offered", "introduction.asked"]);
        let heard = first_hears.next().await;
        assert_eq!((heard.event(), &heard.data["own"], &heard.data["referral"]), ("referral.offered", &json!(false), &json!(referral)));
        assert_eq!(first_hears.events(1).await, ["introduction.asked"]);
        assert_eq!(organiser_hears.events(1).await, ["referral.offered"]);

        app.clock.advance(Duration::from_secs(1));
        make(&app, &first, referral, "decline", json!({ "reason": "no_capacity" })).await;
        assert_eq!(giver_hears.events(1).await, ["referral.declined"]);
        let heard = first_hears.next().await;
        assert_eq!((heard.event(), &heard.data["own"]), ("referral.declined", &json!(true)));
        assert_eq!(organiser_hears.events(1).await, ["referral.declined"]);

        app.clock.advance(Duration::from_secs(1));
        make(&app, &giver, referral, "pass-on", json!({ "receiver": second.business })).await;
        assert_eq!(second_hears.next().await.event(), "referral.offered");
        make(&app, &second, referral, "accept", json!({})).await;
        while giver_hears.next().await.event() != "referral.accepted" {}
        first_hears.hears_nothing().await;
        member_hears.hears_nothing().await;
        stranger_hears.hears_nothing().await;
    }

    async fn members_hear_of_their_circle_and_organisers_of_applications(app) {
        let mut app = app;
        let _watch = watched(&mut app, quick());
        let organiser = signed_in(&app, "Olga Ott", "general-contractor").await;
        let member = signed_in(&app, "Anna Arch", "architect").await;
        let applicant = signed_in(&app, "Emil Engel", "architect").await;
        let circle = value_chain(&app, &organiser, &[(&member, "architect")]).await;
        app.clock.advance(Duration::from_secs(1));
        let mut organiser_hears = Ears::of(&app.state, &organiser, "").await.begun().await;
        let mut member_hears = Ears::of(&app.state, &member, "").await.begun().await;
        let mut applicant_hears = Ears::of(&app.state, &applicant, "").await.begun().await;
        app.post(&organiser.token, &format!("/circles/{circle}/invitations"), json!({ "kind": "mail", "email": "new@invited.example" })).await.ok();
        assert_eq!(organiser_hears.events(1).await, ["circle.member_invited"]);
        app.post(&applicant.token, &format!("/circles/{circle}/applications"), json!({ "trade": "architect" })).await.ok();
        assert_eq!(organiser_hears.events(1).await, ["circle.member_applied"]);
        let heard = applicant_hears.next().await;
        assert_eq!((heard.kind.as_str(), heard.event(), &heard.data["own"]), ("circle", "circle.member_applied", &json!(true)));
        app.post(&applicant.token, &format!("/circles/{circle}/leave"), json!({})).await.ok();
        assert_eq!(organiser_hears.events(1).await, ["circle.member_left"]);
        member_hears.hears_nothing().await;
        let renamed = app.api(&organiser.token, actix_web::http::Method::PATCH, &format!("/circles/{circle}"), json!({ "name": "Renamed" })).await;
        renamed.ok();
        assert_eq!(member_hears.events(1).await, ["circle.changed"]);
        assert_eq!(applicant_hears.events(1).await, ["circle.member_left"]);
        applicant_hears.hears_nothing().await;
    }

    async fn a_stream_goes_on_with_exactly_what_was_missed(app) {
        let mut app = app;
        let _watch = watched(&mut app, quick());
        let giver = signed_in(&app, "Anna Arch", "architect").await;
        let receiver = signed_in(&app, "Emil Engel", "electrician").await;
        let circle = value_chain(&app, &giver, &[(&receiver, "electrician")]).await;
        passed(&app, &giver, &receiver, circle).await;
        app.clock.advance(Duration::from_secs(1));
        let mut ears = Ears::of(&app.state, &receiver, "").await.begun().await;
        let nothing_yet = ears.last_id.clone();
        let referral = passed(&app, &giver, &receiver, circle).await;
        assert_eq!(ears.events(2).await, ["referral.offered", "introduction.asked"]);
        let last = ears.last_id.clone();
        drop(ears);
        make(&app, &receiver, referral, "accept", json!({})).await;
        app.clock.advance(Duration::from_secs(600));
        make(&app, &giver, referral, "withdraw", json!({})).await;

        let mut ears = Ears::of(&app.state, &receiver, &last).await.begun().await;
        let mut missed = Vec::new();
        while missed.last().is_none_or(|event| event != "referral.withdrawn") {
            missed.push(ears.next().await.event().to_owned());
        }
        assert_eq!(missed[0], "referral.accepted", "{missed:?}");
        assert_eq!(missed.iter().collect::<std::collections::BTreeSet<_>>().len(), missed.len(), "{missed:?}");
        ears.hears_nothing().await;
        let up_to_date = ears.last_id.clone();
        Ears::of(&app.state, &receiver, &up_to_date).await.begun().await.hears_nothing().await;
        let mut from_the_start = Ears::of(&app.state, &receiver, &nothing_yet).await.begun().await;
        assert_eq!(from_the_start.events(missed.len() + 2).await[2..], missed);
        from_the_start.hears_nothing().await;

        for stale in ["eve_0000000000001", "nonsense", &"eve_0000000000001.".repeat(500)] {
            let mut ears = Ears::of(&app.state, &receiver, stale).await.begun().await;
            assert_eq!(ears.next().await.kind, "reset", "{stale}");
            ears.hears_nothing().await;
        }
    }

    async fn what_commits_out_of_order_is_told_once(app) {
        let mut app = app;
        let _watch = watched(&mut app, quick());
        let who = signed_in(&app, "Anna Arch", "architect").await;
        app.clock.advance(Duration::from_secs(3_600));
        let mut ears = Ears::of(&app.state, &who, "").await.begun().await;
        for (number, began) in [0, 9, 3, 27, 1, 0, 15].into_iter().enumerate() {
            let id = write_late(&app, who.business, Duration::from_secs(began), number as i64 + 1).await;
            assert_eq!(ears.next().await.data["id"], json!(id));
        }
        ears.hears_nothing().await;
        // Its place names what was told: nothing comes twice, and what came late while nobody listened is not lost.
        let last = ears.last_id.clone();
        drop(ears);
        let late = write_late(&app, who.business, Duration::from_secs(5), 99).await;
        let mut ears = Ears::of(&app.state, &who, &last).await.begun().await;
        assert_eq!(ears.next().await.data["id"], json!(late));
        ears.hears_nothing().await;
    }

    async fn a_page_is_told_what_happened_since_it_was_read(app) {
        let mut app = app;
        let _watch = watched(&mut app, quick());
        let giver = signed_in(&app, "Anna Arch", "architect").await;
        let receiver = signed_in(&app, "Emil Engel", "electrician").await;
        let circle = value_chain(&app, &giver, &[(&receiver, "electrician")]).await;
        app.clock.advance(Duration::from_secs(60));
        passed(&app, &giver, &receiver, circle).await;
        app.clock.advance(Duration::from_secs(4));
        let mut of_receiver = Ears::of_page(&app.state, &receiver, 5_000).await.begun().await;
        assert_eq!(of_receiver.events(2).await, ["referral.offered", "introduction.asked"]);
        of_receiver.hears_nothing().await;
        // What the giver did after his page was read, he did in another window; what he did just before, his page shows already, while
        // somebody else's step may have been under way. A page that was read later shows everything.
        let mut of_giver = Ears::of_page(&app.state, &giver, 5_000).await.begun().await;
        assert_eq!(of_giver.events(3).await, ["referral.drafted", "referral.offered", "introduction.asked"]);
        of_giver.hears_nothing().await;
        Ears::of_page(&app.state, &giver, 3_000).await.begun().await.hears_nothing().await;
        let mut of_receiver = Ears::of_page(&app.state, &receiver, 3_000).await.begun().await;
        assert_eq!(of_receiver.events(2).await, ["referral.offered", "introduction.asked"]);
        Ears::of_page(&app.state, &receiver, 100).await.begun().await.hears_nothing().await;
        let mut old = Ears::of_page(&app.state, &receiver, 3_600_000).await.begun().await;
        assert_eq!(old.next().await.kind, "reset");
    }

    async fn a_message_holds_ids_and_nothing_else(app) {
        let mut app = app;
        let _watch = watched(&mut app, quick());
        let giver = signed_in(&app, "Anna Arch", "architect").await;
        let receiver = signed_in(&app, "Emil Engel", "electrician").await;
        let circle = value_chain(&app, &giver, &[(&receiver, "electrician")]).await;
        app.clock.advance(Duration::from_secs(1));
        let mut ears = [Ears::of(&app.state, &giver, "").await.begun().await, Ears::of(&app.state, &receiver, "").await.begun().await];
        crate::support::referrals::won(&app, &giver, &receiver, circle, 123_400).await;
        let mut kinds = std::collections::BTreeSet::new();
        for ears in &mut ears {
            loop {
                let heard = ears.next().await;
                let fields: Vec<&String> = heard.data.as_object().unwrap().keys().collect();
                assert_eq!(fields, ["circle", "event", "id", "own", "referral"].iter().collect::<Vec<_>>(), "{heard:?}");
                kinds.insert(heard.kind.clone());
                if heard.kind == "standing" && kinds.contains("won") { break; }
                if heard.event() == "referral.won" { kinds.insert("won".to_owned()); }
            }
            kinds.remove("won");
        }
        assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["referral", "standing"]);
    }

    async fn that_credits_moved_is_heard_in_the_whole_circle_and_whose_by_their_sides_alone(app) {
        let mut app = app;
        let _watch = watched(&mut app, quick());
        let organiser = signed_in(&app, "Olga Ott", "general-contractor").await;
        let giver = signed_in(&app, "Anna Arch", "architect").await;
        let receiver = signed_in(&app, "Emil Engel", "electrician").await;
        let member = signed_in(&app, "Paul Plum", "plumber").await;
        let stranger = signed_in(&app, "Stella Stranger", "electrician").await;
        let circle = value_chain(&app, &organiser, &[(&giver, "architect"), (&receiver, "electrician"), (&member, "plumber")]).await;
        let referral = crate::support::referrals::contacted(&app, &giver, &receiver, circle).await;
        app.clock.advance(Duration::from_secs(60));
        let mut ears = Vec::new();
        for who in [&giver, &receiver, &organiser, &member, &stranger] {
            ears.push(Ears::of(&app.state, who, "").await.begun().await);
        }
        make(&app, &receiver, referral, "win", json!({})).await;
        let [giver_hears, receiver_hears, organiser_hears, member_hears, stranger_hears] = &mut ears[..] else { panic!() };
        let mut place = String::new();
        for side in [giver_hears, receiver_hears] {
            let mut kinds = [side.next().await, side.next().await];
            kinds.sort_by(|one, other| one.kind.cmp(&other.kind));
            assert_eq!(kinds.each_ref().map(|heard| heard.kind.as_str()), ["referral", "standing"]);
            assert_eq!(kinds[1].data["referral"], json!(referral));
            place = kinds[1].data["id"].as_str().unwrap().to_owned();
        }
        assert_eq!(member_hears.next().await.data, json!({ "id": place, "event": "ledger.posted", "referral": null, "circle": circle, "own": false }));
        member_hears.hears_nothing().await;
        let mut kinds = vec![organiser_hears.next().await.kind, organiser_hears.next().await.kind];
        kinds.sort();
        assert_eq!(kinds, ["ledger", "referral"], "an organiser sees the step, and the sums of all");
        stranger_hears.hears_nothing().await;
        // Whoever comes back later is told the same, and nothing twice.
        let mut again = Ears::of_page(&app.state, &member, 1_000).await.begun().await;
        assert_eq!(again.next().await.kind, "ledger");
        again.hears_nothing().await;
    }

    async fn the_giver_alone_is_told_what_became_of_the_mails_that_he_waits_for(app) {
        let mut app = app;
        let _watch = watched(&mut app, quick());
        let pair = pair(&app).await;
        let (giver, receiver) = (&pair.giver, &pair.receiver);
        let referral = pair.pass(&app, "attested").await;
        app.clock.advance(Duration::from_secs(5));
        let mut giver_hears = Ears::of(&app.state, giver, "").await.begun().await;
        let mut receiver_hears = Ears::of(&app.state, receiver, "").await.begun().await;
        app.run_due().await;
        let heard = giver_hears.next().await;
        assert_eq!((heard.kind.as_str(), heard.event(), &heard.data["referral"]), ("referral", "mail.sent", &json!(referral)));
        giver_hears.hears_nothing().await;
        receiver_hears.hears_nothing().await;
        let page = app.page(&giver.cookie, &format!("/referrals/{referral}")).await.body;
        assert!(page.contains("The mail that asks the prospect was sent"), "{page}");
        let page = app.page(&receiver.cookie, &format!("/referrals/{referral}")).await.body;
        assert!(!page.contains("The mail that asks"), "{page}");
        let steps = app.get(&giver.token, &format!("/referrals/{referral}/timeline")).await.ok().to_string();
        assert!(steps.contains("introduction_attested"), "{steps}");
    }

    async fn an_event_of_somebody_elses_account_is_told_to_nobody(app) {
        let mut app = app;
        let _watch = watched(&mut app, quick());
        let who = signed_in(&app, "Anna Arch", "architect").await;
        app.clock.advance(Duration::from_secs(1));
        let mut ears = Ears::of(&app.state, &who, "").await.begun().await;
        let person = who.person;
        let write = app.state.db.write(move |tx| kularing::events::record(tx, NewEvent::new(EventKind::TokenReused, Actor::System).person(person)).map(drop));
        write.await.unwrap();
        ears.hears_nothing().await;
    }
}
