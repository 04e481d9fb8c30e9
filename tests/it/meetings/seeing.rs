//! Who knows of a meeting, and who hears of it.

use std::time::Duration;

use kularing::kernel::clock::days;
use kularing::kernel::id::BusinessId;
use kularing::meetings::views;
use serde_json::{Value, json};

use super::{THURSDAY, id, moments, planned};
use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::signed_in;
use crate::support::circles::networking;
use crate::support::ears::{Ears, quick, watched};

async fn next_of(app: &TestApp, business: BusinessId) -> Vec<String> {
    let now = app.state.now();
    let found = app.state.db.read(move |connection| views::next_of(connection, business, now)).await.unwrap();
    found.into_iter().map(|next| next.meeting.starts_at.to_string()).collect()
}

on_both_databases! {
    async fn only_members_know_of_a_meeting(app) {
        let (olga, anna) = (signed_in(&app, "Olga Ott", "lawyer").await, signed_in(&app, "Anna Arch", "architect").await);
        let (stella, former) = (signed_in(&app, "Stella Stranger", "photographer").await, signed_in(&app, "Fred Former", "caterer").await);
        let (applicant, operator) = (signed_in(&app, "Emil Engel", "electrician").await, signed_in(&app, "Operator", "hosting-provider").await);
        let circle = networking(&app, &olga, &[(&anna, "architect"), (&former, "caterer")]).await;
        let meeting = id(&planned(&app, &olga, circle, THURSDAY).await);
        let (list, one) = (format!("/circles/{circle}/meetings"), format!("/meetings/{meeting}"));
        assert_eq!(app.get(&former.token, &one).await.ok()["place"], "Town hall, room 3");
        assert_eq!(next_of(&app, former.business).await, [THURSDAY]);
        app.post(&former.token, &format!("/circles/{circle}/leave"), json!({})).await.ok();
        app.post(&applicant.token, &format!("/circles/{circle}/applications"), json!({ "trade": "electrician" })).await.ok();

        for who in [&stella, &former, &applicant, &operator] {
            app.get(&who.token, &list).await.fails(404, "not_found");
            // A meeting that there is looks the same as one that there is not.
            let (known, unknown) = (app.get(&who.token, &one).await, app.get(&who.token, "/meetings/mee_0000000000001").await);
            let detail = |reply: &crate::support::app::Reply| reply.fails(404, "not_found")["detail"].clone();
            assert_eq!(detail(&known), detail(&unknown));
            let (known, unknown) = (
                app.post(&who.token, &format!("{one}/call-off"), json!({})).await, app.post(&who.token, "/meetings/mee_0000000000001/call-off", json!({})).await,
            );
            assert_eq!(detail(&known), detail(&unknown));
            for page in [&list, &format!("{one}.ics"), &format!("{one}/change")] {
                let reply = app.page(&who.cookie, page).await;
                assert!(reply.status == 404 && !reply.body.contains("Town hall"), "{page} as {}: {}", who.name, reply.status);
            }
            let moved = app.submit(&who.cookie, &format!("{one}/call-off"), &[("csrf", who.csrf.as_str())]).await;
            assert_eq!(moved.status, 404);
            assert!(next_of(&app, who.business).await.is_empty());
            assert!(!app.page(&who.cookie, "/").await.body.contains("Meetings next"));
        }
        for path in [&list, &one] {
            app.get("", path).await.fails(401, "sign_in_required");
        }
        assert_eq!(app.page("", &format!("{one}.ics")).await.status, 303);
        for who in [&olga, &anna] {
            assert_eq!(moments(&app.get(&who.token, &list).await.ok()["to_come"]), [THURSDAY]);
            assert_eq!(app.get(&who.token, &one).await.ok()["state"], "planned");
        }
    }

    async fn the_next_three_of_all_circles_are_the_next_three(app) {
        let (olga, anna) = (signed_in(&app, "Olga Ott", "lawyer").await, signed_in(&app, "Anna Arch", "architect").await);
        let first = networking(&app, &olga, &[(&anna, "architect")]).await;
        let second = networking(&app, &anna, &[]).await;
        assert!(next_of(&app, anna.business).await.is_empty());
        planned(&app, &olga, first, "2026-03-20T18:00:00Z").await;
        planned(&app, &anna, second, "2026-03-19T18:00:00Z").await;
        let off = id(&planned(&app, &olga, first, "2026-03-18T18:00:00Z").await);
        planned(&app, &olga, first, "2026-03-04T18:00:00Z").await;
        planned(&app, &anna, second, "2026-03-21T18:00:00Z").await;
        app.post(&olga.token, &format!("/meetings/{off}/call-off"), json!({})).await.ok();
        assert_eq!(next_of(&app, anna.business).await, ["2026-03-04T18:00:00Z", "2026-03-19T18:00:00Z", "2026-03-20T18:00:00Z"]);
        assert_eq!(next_of(&app, olga.business).await, ["2026-03-04T18:00:00Z", "2026-03-20T18:00:00Z"]);
        app.clock.advance(days(4));
        assert_eq!(next_of(&app, anna.business).await, ["2026-03-19T18:00:00Z", "2026-03-20T18:00:00Z", "2026-03-21T18:00:00Z"]);
        app.post(&olga.token, &format!("/meetings/{off}/put-back"), json!({})).await.ok();
        assert_eq!(next_of(&app, olga.business).await, ["2026-03-18T18:00:00Z", "2026-03-20T18:00:00Z"]);
    }

    async fn the_last_ten_of_the_past_are_shown(app) {
        let olga = signed_in(&app, "Olga Ott", "lawyer").await;
        let circle = networking(&app, &olga, &[]).await;
        for day in 3..=14 {
            planned(&app, &olga, circle, &format!("2026-03-{day:02}T18:00:00Z")).await;
        }
        app.clock.advance(days(11));
        let all = app.get(&olga.token, &format!("/circles/{circle}/meetings")).await.ok();
        assert_eq!(moments(&all["to_come"]), ["2026-03-13T18:00:00Z", "2026-03-14T18:00:00Z"]);
        let past = moments(&all["past"]);
        assert_eq!((past.len(), past[0], past[9]), (10, "2026-03-12T18:00:00Z", "2026-03-03T18:00:00Z"));
        app.clock.advance(days(1));
        let all = app.get(&olga.token, &format!("/circles/{circle}/meetings")).await.ok();
        assert_eq!((moments(&all["past"]).len(), moments(&all["past"])[9]), (10, "2026-03-04T18:00:00Z"));
    }

    async fn members_hear_of_meetings_and_nobody_else(app) {
        let mut app = app;
        let _watch = watched(&mut app, quick());
        let (olga, anna) = (signed_in(&app, "Olga Ott", "lawyer").await, signed_in(&app, "Anna Arch", "architect").await);
        let (stella, former) = (signed_in(&app, "Stella Stranger", "photographer").await, signed_in(&app, "Fred Former", "caterer").await);
        let circle = networking(&app, &olga, &[(&anna, "architect"), (&former, "caterer")]).await;
        app.post(&former.token, &format!("/circles/{circle}/leave"), json!({})).await.ok();
        app.clock.advance(Duration::from_secs(1));
        let mut hears = Vec::new();
        for who in [&olga, &anna, &stella, &former] {
            hears.push(Ears::of(&app.state, who, "").await.begun().await);
        }
        let meeting = id(&planned(&app, &olga, circle, THURSDAY).await);
        app.api(&olga.token, actix_web::http::Method::PATCH, &format!("/meetings/{meeting}"), json!({ "place": "Mill" })).await.ok();
        app.post(&olga.token, &format!("/meetings/{meeting}/call-off"), json!({})).await.ok();
        app.post(&olga.token, &format!("/meetings/{meeting}/put-back"), json!({})).await.ok();
        let [of_olga, of_anna, of_stella, of_former] = &mut hears[..] else { panic!() };
        let heard = of_anna.next().await;
        assert_eq!((heard.kind.as_str(), &heard.data), ("circle", &json!({
            "id": heard.data["id"], "event": "meeting.planned", "referral": Value::Null, "circle": circle, "own": false
        })));
        assert_eq!(of_anna.events(3).await, ["meeting.changed", "meeting.called_off", "meeting.put_back"]);
        assert_eq!(of_olga.events(4).await, ["meeting.planned", "meeting.changed", "meeting.called_off", "meeting.put_back"]);
        of_stella.hears_nothing().await;
        of_former.hears_nothing().await;
    }

    async fn whoever_planned_takes_it_along(app) {
        let (olga, anna) = (signed_in(&app, "Olga Ott", "lawyer").await, signed_in(&app, "Anna Arch", "architect").await);
        let circle = networking(&app, &olga, &[(&anna, "architect")]).await;
        let meeting = id(&planned(&app, &olga, circle, THURSDAY).await);
        let own = app.get(&olga.token, "/me/export").await.ok();
        assert_eq!((&own["person"]["meetings_planned"]["items"][0]["id"], &own["person"]["meetings_planned"]["complete"]), (&json!(meeting), &json!(true)));
        let other = app.get(&anna.token, "/me/export").await.ok();
        assert_eq!(other["person"]["meetings_planned"]["items"], json!([]));
    }
}
