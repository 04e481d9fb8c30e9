//! What organisers do with meetings, and what stops them.

use std::time::Duration;

use actix_web::http::Method;
use kularing::events;
use kularing::kernel::id::{EventId, Identifier};
use kularing::kernel::{Actor, EventKind};
use kularing::meetings::commands;
use kularing::meetings::model::MeetingInput;
use kularing::meetings::when::When;
use serde_json::{Value, json};

use super::{THURSDAY, id, moments, planned};
use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::{colleague_of, signed_in};
use crate::support::app::Reply;
use crate::support::circles::networking;

async fn change(app: &TestApp, token: &str, id: &str, version: &str, body: Value) -> Reply {
    let request = actix_web::test::TestRequest::patch().uri(&format!("/api/v1/meetings/{id}")).insert_header(("authorization", format!("Bearer {token}")));
    app.send(request.insert_header(("if-match", version.to_owned())).set_json(body)).await
}

fn field(reply: &Reply) -> (String, String) {
    let problem = reply.fails(422, "invalid_fields");
    let text = |name: &str| problem["errors"][0][name].as_str().unwrap_or_default().to_owned();
    (text("field"), text("code"))
}

on_both_databases! {
    async fn an_organiser_plans_changes_calls_off_and_puts_back(app) {
        let (olga, anna) = (signed_in(&app, "Olga Ott", "lawyer").await, signed_in(&app, "Anna Arch", "architect").await);
        let circle = networking(&app, &olga, &[(&anna, "architect")]).await;
        let body = json!({ "starts_at": "2026-03-12T19:00:42+01:00", "place": "  Town hall ", "words": "Bring cake.\r\nAnd time." });
        let reply = app.post(&olga.token, &format!("/circles/{circle}/meetings"), body).await;
        assert_eq!(reply.status, 201, "{}", reply.body);
        let meeting = reply.ok();
        let id = id(&meeting);
        assert_eq!((reply.header("location"), reply.header("etag")), (Some(&*format!("/api/v1/meetings/{id}")), Some("\"1\"")));
        assert_eq!(meeting, json!({
            "id": id, "circle": circle, "starts_at": THURSDAY, "place": "Town hall", "words": "Bring cake.\nAnd time.", "state": "planned",
            "called_off_at": null, "created_at": "2026-03-02T08:00:00Z", "version": 1
        }));

        let path = format!("/meetings/{id}");
        change(&app, &olga.token, &id, "\"7\"", json!({ "place": "Mill" })).await.fails(412, "changed_meanwhile");
        let changed = change(&app, &olga.token, &id, "\"1\"", json!({ "place": "Mill", "words": "" })).await;
        assert_eq!(changed.header("etag"), Some("\"2\""));
        let changed = changed.ok();
        assert_eq!((&changed["place"], &changed["words"], &changed["starts_at"]), (&json!("Mill"), &Value::Null, &json!(THURSDAY)));
        // The same again changes nothing and tells nobody.
        assert_eq!(change(&app, &olga.token, &id, "\"2\"", json!({ "place": "Mill" })).await.ok()["version"], 2);
        change(&app, &olga.token, &id, "\"1\"", json!({ "place": "Barn" })).await.fails(412, "changed_meanwhile");

        let problem = app.post(&olga.token, &format!("{path}/put-back"), json!({})).await.fails(409, "wrong_meeting_state");
        assert_eq!(problem["possible"], json!(["change", "call_off"]));
        let called_off = app.post(&olga.token, &format!("{path}/call-off"), json!({})).await.ok();
        assert_eq!((&called_off["state"], &called_off["called_off_at"], &called_off["version"]), (&json!("called_off"), &json!("2026-03-02T08:00:00Z"), &json!(3)));
        let problem = app.post(&olga.token, &format!("{path}/call-off"), json!({})).await.fails(409, "wrong_meeting_state");
        assert_eq!(problem["possible"], json!(["put_back"]));
        app.api(&olga.token, Method::PATCH, &path, json!({ "place": "Barn" })).await.fails(409, "wrong_meeting_state");
        let back = app.post(&olga.token, &format!("{path}/put-back"), json!({})).await.ok();
        assert_eq!((&back["state"], &back["called_off_at"], &back["version"]), (&json!("planned"), &Value::Null, &json!(4)));

        let told = app.state.db.read(move |connection| events::of_circle(connection, circle, EventId::from_raw(i64::MAX), 4)).await.unwrap();
        let kinds: Vec<EventKind> = told.iter().map(|event| event.kind).collect();
        assert_eq!(kinds, [EventKind::MeetingPutBack, EventKind::MeetingCalledOff, EventKind::MeetingChanged, EventKind::MeetingPlanned]);
        for event in &told {
            assert_eq!(event.actor, Actor::Person { person: olga.person, business: Some(olga.business) });
            assert_eq!((&event.data["meeting"], event.note.as_deref()), (&json!(id), None), "the log keeps no words");
        }
    }

    async fn members_and_staff_only_look(app) {
        let (olga, anna) = (signed_in(&app, "Olga Ott", "lawyer").await, signed_in(&app, "Anna Arch", "architect").await);
        let staff = colleague_of(&app, &olga, "Stefan Staff", kularing::kernel::actor::PersonRole::Staff).await;
        let circle = networking(&app, &olga, &[(&anna, "architect")]).await;
        let path = format!("/meetings/{}", id(&planned(&app, &olga, circle, THURSDAY).await));
        for (who, code) in [(&anna, "organiser_only"), (&staff, "owner_only")] {
            app.post(&who.token, &format!("/circles/{circle}/meetings"), json!({ "starts_at": THURSDAY, "place": "Mill" })).await.fails(403, code);
            app.api(&who.token, Method::PATCH, &path, json!({ "place": "Mill" })).await.fails(403, code);
            app.post(&who.token, &format!("{path}/call-off"), json!({})).await.fails(403, code);
            app.post(&who.token, &format!("{path}/put-back"), json!({})).await.fails(403, code);
            assert_eq!(app.get(&who.token, &path).await.ok()["version"], 1);
        }
        // Who organises too may too.
        app.post(&olga.token, &format!("/circles/{circle}/hand-over"), json!({ "business": anna.business, "remain_organiser": true })).await.ok();
        assert_eq!(app.api(&anna.token, Method::PATCH, &path, json!({ "place": "Mill" })).await.ok()["place"], "Mill");
    }

    async fn what_cannot_be_a_meeting_is_refused(app) {
        let olga = signed_in(&app, "Olga Ott", "lawyer").await;
        let circle = networking(&app, &olga, &[]).await;
        let path = format!("/circles/{circle}/meetings");
        for (starts_at, place, words, wanted) in [
            ("2026-03-02T08:00:59Z", "Mill", "", ("starts_at", "in_the_past")),
            ("1970-01-01T00:00:00Z", "Mill", "", ("starts_at", "in_the_past")),
            ("2028-03-02T08:01:00Z", "Mill", "", ("starts_at", "too_far_ahead")),
            ("Thursday", "Mill", "", ("starts_at", "wrong_shape")),
            (THURSDAY, " ", "", ("place", "required")),
            (THURSDAY, "a\nb", "", ("place", "control_characters")),
            (THURSDAY, &"x".repeat(201), "", ("place", "too_long")),
            (THURSDAY, "Mill", &"x".repeat(1_001), ("words", "too_long")),
        ] {
            let reply = app.post(&olga.token, &path, json!({ "starts_at": starts_at, "place": place, "words": words })).await;
            assert_eq!(field(&reply), (wanted.0.to_owned(), wanted.1.to_owned()), "{starts_at} {place}");
        }
        assert_eq!(field(&app.post(&olga.token, &path, json!({ "place": "Mill" })).await).1, "wrong_shape");
        let last = app.post(&olga.token, &path, json!({ "starts_at": "2028-03-02T08:00:00Z", "place": "x".repeat(200), "words": "ж".repeat(1_000) })).await;
        let last = id(&last.ok());
        for (body, wanted) in [
            (json!({ "starts_at": "2026-03-02T08:00:00Z" }), "in_the_past"), (json!({ "starts_at": "2028-03-02T08:01:00Z" }), "too_far_ahead"),
            (json!({ "place": "" }), "required"), (json!({ "words": "x".repeat(1_001) }), "too_long"),
        ] {
            assert_eq!(field(&app.api(&olga.token, Method::PATCH, &format!("/meetings/{last}"), body).await).1, wanted);
        }
        assert_eq!(app.get(&olga.token, &format!("/meetings/{last}")).await.ok()["version"], 1);
    }

    async fn a_circle_has_so_many_meetings_to_come(app) {
        let olga = signed_in(&app, "Olga Ott", "lawyer").await;
        let (circle, principal) = (networking(&app, &olga, &[]).await, olga.principal());
        app.state.db.write(move |tx| {
            for day in 1..=60 {
                let when = When::Moment(tx.now().after(kularing::kernel::clock::days(day)));
                commands::plan(tx, &principal, circle, &MeetingInput { when: Some(when), place: Some("Mill".to_owned()), words: None })?;
            }
            Ok(())
        }).await.unwrap();
        let path = format!("/circles/{circle}/meetings");
        let one_more = || app.post(&olga.token, &path, json!({ "starts_at": THURSDAY, "place": "Mill" }));
        one_more().await.fails(409, "too_many_meetings");
        let all = app.get(&olga.token, &path).await.ok();
        assert_eq!(all["to_come"].as_array().unwrap().len(), 60);
        // What was called off still stands in the list, and is put back without another look at the limit.
        let first = id(&all["to_come"][0]);
        app.post(&olga.token, &format!("/meetings/{first}/call-off"), json!({})).await.ok();
        one_more().await.fails(409, "too_many_meetings");
        app.post(&olga.token, &format!("/meetings/{first}/put-back"), json!({})).await.ok();
        app.clock.advance(Duration::from_secs(86_400));
        one_more().await.ok();
        one_more().await.fails(409, "too_many_meetings");
    }

    async fn what_has_begun_stays_as_it_is(app) {
        let olga = signed_in(&app, "Olga Ott", "lawyer").await;
        let circle = networking(&app, &olga, &[]).await;
        let held = id(&planned(&app, &olga, circle, THURSDAY).await);
        let dropped = id(&planned(&app, &olga, circle, THURSDAY).await);
        app.post(&olga.token, &format!("/meetings/{dropped}/call-off"), json!({})).await.ok();
        let list = format!("/circles/{circle}/meetings");
        // A moment before, everything is possible.
        app.clock.set("2026-03-12T17:59:59Z".parse::<jiff::Timestamp>().map(|at| kularing::kernel::Timestamp::from_micros(at.as_microsecond())).unwrap());
        assert_eq!(moments(&app.get(&olga.token, &list).await.ok()["to_come"]), [THURSDAY, THURSDAY]);
        app.api(&olga.token, Method::PATCH, &format!("/meetings/{held}"), json!({ "place": "Mill" })).await.ok();
        app.clock.advance(Duration::from_secs(1));
        for (meeting, moved) in [(&held, "call-off"), (&dropped, "put-back")] {
            app.post(&olga.token, &format!("/meetings/{meeting}/{moved}"), json!({})).await.fails(409, "meeting_begun");
        }
        app.api(&olga.token, Method::PATCH, &format!("/meetings/{held}"), json!({ "starts_at": "2026-03-19T18:00:00Z" })).await.fails(409, "meeting_begun");
        let all = app.get(&olga.token, &list).await.ok();
        assert_eq!((moments(&all["to_come"]).len(), moments(&all["past"]).len()), (0, 2));
        let states: Vec<&Value> = all["past"].as_array().unwrap().iter().map(|meeting| &meeting["state"]).collect();
        assert_eq!(states, ["called_off", "planned"]);
    }
}
