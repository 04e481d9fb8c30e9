//! Writing: drafts, their edits and what is refused at the edge.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::json;

use super::cast;
use crate::on_both_databases;
use crate::support::referrals::{content, drafted};

on_both_databases! {
    async fn a_draft_may_lack_nearly_everything_and_grows(app) {
        let cast = cast(&app).await;
        let id = drafted(&app, &cast.anna, json!({ "circle": cast.circle })).await;
        let lacking = app.post(&cast.anna.token, &format!("/referrals/{id}/pass"), json!({})).await.fails(422, "invalid_fields");
        let fields: Vec<&str> = lacking["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
        assert_eq!(fields, ["receiver", "trade", "need", "prospect.name", "prospect.email"]);
        let mut words = content(cast.circle, &cast.erik);
        words.as_object_mut().unwrap().remove("circle");
        app.api(&cast.anna.token, Method::PATCH, &format!("/referrals/{id}"), words).await.ok();
        let only = app.api(&cast.anna.token, Method::PATCH, &format!("/referrals/{id}"), json!({ "expectation": "" })).await.ok();
        assert_eq!((only["expectation"].as_str(), only["trade"].as_str()), (None, Some("electrician")));
        app.post(&cast.anna.token, &format!("/referrals/{id}/pass"), json!({})).await.ok();
        app.api(&cast.anna.token, Method::PATCH, &format!("/referrals/{id}"), json!({ "need": "more" })).await.fails(409, "move_not_possible");
    }

    async fn nobody_overwrites_what_he_has_not_seen(app) {
        let cast = cast(&app).await;
        let id = drafted(&app, &cast.anna, json!({ "circle": cast.circle })).await;
        let shown = app.get(&cast.anna.token, &format!("/referrals/{id}")).await;
        let tag = shown.header("etag").unwrap().to_owned();
        let patch = |need: &str| {
            TestRequest::patch().uri(&format!("/api/v1/referrals/{id}")).insert_header(("authorization", format!("Bearer {}", cast.anna.token)))
                .insert_header(("if-match", tag.clone())).set_json(json!({ "need": need }))
        };
        assert!(app.send(patch("first")).await.status.is_success());
        app.send(patch("second")).await.fails(412, "changed_meanwhile");
    }

    async fn what_cannot_be_used_is_named(app) {
        let cast = cast(&app).await;
        for (change, field, code) in [
            (json!({ "trade": "wizard" }), "trade", "unknown_trade"),
            (json!({ "trade": "building" }), "trade", "unknown_trade"),
            (json!({ "need": "x".repeat(1_001) }), "need", "too_long"),
            (json!({ "effort": 6 }), "effort", "out_of_range"),
            (json!({ "effort": 0 }), "effort", "out_of_range"),
            (json!({ "contact_within_hours": 0 }), "contact_within_hours", "out_of_range"),
            (json!({ "worth": { "min_minor": 2, "max_minor": 1, "currency": "EUR" } }), "worth", "range_reversed"),
            (json!({ "worth": { "min_minor": -1, "max_minor": 1, "currency": "EUR" } }), "worth", "amount_out_of_range"),
            (json!({ "region": { "country": "Germany" } }), "region", "not_a_country"),
            (json!({ "prospect": { "email": "nobody" } }), "prospect.email", "not_an_email_address"),
            (json!({ "prospect": { "phone": "12" } }), "prospect.phone", "not_a_phone_number"),
            (json!({ "prospect": { "name": "Pаula" } }), "prospect.name", "mixed_scripts"),
            (json!({ "prospect": { "words": "see www.example.org" } }), "prospect.words", "link_or_number"),
            (json!({ "prospect": { "words": "call 0176 1234567" } }), "prospect.words", "link_or_number"),
            (json!({ "prospect": { "words": "y".repeat(301) } }), "prospect.words", "too_long"),
        ] {
            let mut words = content(cast.circle, &cast.erik);
            for (name, value) in change.as_object().unwrap() {
                if name == "prospect" {
                    for (inner, value) in value.as_object().unwrap() {
                        words["prospect"][inner] = value.clone();
                    }
                } else {
                    words[name] = value.clone();
                }
            }
            let problem = app.post(&cast.anna.token, "/referrals", words).await.fails(422, "invalid_fields");
            assert_eq!((problem["errors"][0]["field"].as_str(), problem["errors"][0]["code"].as_str()), (Some(field), Some(code)), "{problem}");
        }
        let unknown = app.post(&cast.anna.token, "/referrals", json!({ "circle": cast.circle, "colour": "red" })).await;
        unknown.fails(422, "invalid_fields");
    }

    async fn only_active_members_begin_and_pass(app) {
        let cast = cast(&app).await;
        let outside = app.post(&cast.stranger.token, "/referrals", content(cast.circle, &cast.erik)).await.fails(422, "invalid_fields");
        assert_eq!(outside["errors"][0]["code"], "not_a_member");
        let id = drafted(&app, &cast.anna, content(cast.circle, &cast.erik)).await;
        let (principal, circle) = (cast.anna.principal(), cast.circle);
        app.state.db.write(move |tx| kularing::circles::commands::leave(tx, &principal, circle)).await.unwrap();
        let left = app.post(&cast.anna.token, &format!("/referrals/{id}/pass"), json!({})).await.fails(422, "invalid_fields");
        assert_eq!((left["errors"][0]["field"].as_str(), left["errors"][0]["code"].as_str()), (Some("circle"), Some("not_a_member")));
    }

    async fn the_preview_shows_what_the_prospect_reads_and_changes_nothing(app) {
        let cast = cast(&app).await;
        let id = drafted(&app, &cast.anna, content(cast.circle, &cast.erik)).await;
        let preview = app.post(&cast.anna.token, "/referrals/preview", json!({ "referral": id })).await.ok();
        let text = preview["text"].as_str().unwrap();
        for words in ["Paula Prospect", "Erik Electric Ltd", "New wiring"] {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert_eq!(app.get(&cast.anna.token, &format!("/referrals/{id}")).await.ok()["state"], "draft");
        app.post(&cast.erik.token, "/referrals/preview", json!({ "referral": id })).await.fails(404, "not_found");
        let bare = drafted(&app, &cast.anna, json!({ "circle": cast.circle })).await;
        app.post(&cast.anna.token, "/referrals/preview", json!({ "referral": bare })).await.fails(422, "invalid_fields");
    }
}
