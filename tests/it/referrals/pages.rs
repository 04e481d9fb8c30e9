//! The pages, as a browser without scripts uses them.

use kularing::referrals::views;
use serde_json::json;

use super::{Cast, cast};
use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::referrals::{accepted, introduced, make, passed, state_of};

async fn fill(app: &TestApp, cast: &Cast, changes: &[(&str, &str)]) -> crate::support::app::Reply {
    fill_at(app, cast, "/referrals/new", changes).await
}

/// The form of a referral, sent to this address.
async fn fill_at(app: &TestApp, cast: &Cast, address: &str, changes: &[(&str, &str)]) -> crate::support::app::Reply {
    let (circle, receiver) = (cast.circle.to_string(), cast.erik.business.to_string());
    let mut fields = vec![
        ("csrf", cast.anna.csrf.as_str()),
        ("circle", &circle),
        ("receiver", &receiver),
        ("trade", "Electrical installation"),
        ("need", "New wiring"),
        ("country", "DE"),
        ("postal_code", "10115"),
        ("worth_min", "1,000"),
        ("worth_max", ""),
        ("currency", "EUR"),
        ("effort", "3"),
        ("contact_by", "receiver"),
        ("contact_within_hours", "24"),
        ("consent_path", "share"),
        ("prospect.name", "Petra Page"),
        ("prospect.email", "petra@prospect.example"),
        ("prospect.language", "de"),
    ];
    for (name, value) in changes {
        fields.retain(|(other, _)| other != name);
        fields.push((name, value));
    }
    app.submit(&cast.anna.cookie, address, &fields).await
}

on_both_databases! {
    async fn a_referral_is_passed_by_forms_alone(app) {
        let cast = cast(&app).await;
        let form = app.page(&cast.anna.cookie, "/referrals/new").await;
        assert!(form.status == 200 && form.body.contains("Erik Electric Ltd"), "{}", form.body);
        let kept = fill(&app, &cast, &[]).await;
        assert_eq!(kept.status, 303, "{}", kept.body);
        let look = kept.header("location").unwrap().to_owned();
        let page = app.page(&cast.anna.cookie, &look).await;
        for words in ["New wiring", "€1,000", "Petra Page", "Erik Electric Ltd"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        let passed = app.submit(&cast.anna.cookie, &look, &[("csrf", &cast.anna.csrf)]).await;
        assert_eq!(passed.status, 303, "{}", passed.body);
        let whole = app.page(&cast.anna.cookie, passed.header("location").unwrap()).await;
        assert!(whole.body.contains("Offered to Erik Electric Ltd") && whole.body.contains("/i/"), "{}", whole.body);
    }

    async fn a_wrong_form_comes_back_with_what_was_typed(app) {
        let cast = cast(&app).await;
        let reply = fill(&app, &cast, &[("worth_min", "cheap"), ("need", "A very special need")]).await;
        assert_eq!(reply.status, 422);
        assert!(reply.body.contains("cheap") && reply.body.contains("A very special need") && reply.body.contains("worth_min-error"), "{}", reply.body);
        let lacking = fill(&app, &cast, &[("prospect.email", ""), ("receiver", "")]).await;
        let look = app.page(&cast.anna.cookie, lacking.header("location").unwrap()).await;
        assert!(look.body.contains("cannot be passed yet"), "{}", look.body);
    }

    async fn who_goes_back_and_changes_a_word_writes_the_same_draft(app) {
        let cast = cast(&app).await;
        let send = async |key: &str, need: &str, changes: &[(&str, &str)]| {
            let reply = fill(&app, &cast, &[&[("form_key", key), ("need", need)], changes].concat()).await;
            assert_eq!(reply.status, 303, "{}", reply.body);
            reply.header("location").unwrap().to_owned()
        };
        let look = send("one page", "New wiring", &[]).await;
        for need in ["New wiring and lamps", "New wiring", "Lamps"] {
            assert_eq!(send("one page", need, &[]).await, look);
            assert!(app.page(&cast.anna.cookie, &look).await.body.contains(need), "{need}");
        }
        assert_ne!(send("another page", "New wiring", &[]).await, look);
        // What was passed is no draft any more: what is typed then is another referral.
        assert_eq!(app.submit(&cast.anna.cookie, &look, &[("csrf", &cast.anna.csrf)]).await.status, 303);
        assert_ne!(send("one page", "Something else", &[("prospect.email", "paul@prospect.example")]).await, look);
    }

    async fn the_page_offers_exactly_what_is_possible_and_does_it(app) {
        let cast = cast(&app).await;
        let id = passed(&app, &cast.anna, &cast.erik, cast.circle).await;
        let page = app.page(&cast.erik.cookie, &format!("/referrals/{id}")).await;
        for (made, there) in [("accept", true), ("decline", true), ("contact", false), ("withdraw", false)] {
            assert_eq!(page.body.contains(&format!("/referrals/{id}/moves/{made}\"")), there, "{made}: {}", page.body);
        }
        let no_reason = app.submit(&cast.erik.cookie, &format!("/referrals/{id}/moves/decline"), &[("csrf", &cast.erik.csrf), ("note", "Too far")]).await;
        assert!(no_reason.status == 422 && no_reason.body.contains("Too far") && no_reason.body.contains("reason-error"), "{}", no_reason.body);
        assert_eq!(app.submit(&cast.erik.cookie, &format!("/referrals/{id}/moves/accept"), &[("csrf", "wrong")]).await.status, 403);
        let accepted = app.submit(&cast.erik.cookie, &format!("/referrals/{id}/moves/accept"), &[("csrf", &cast.erik.csrf)]).await;
        assert_eq!(accepted.status, 303, "{}", accepted.body);
        assert_eq!(state_of(&app, id).await.as_str(), "accepted");
        let again = app.submit(&cast.erik.cookie, &format!("/referrals/{id}/moves/accept"), &[("csrf", &cast.erik.csrf)]).await;
        assert_eq!(again.status, 409);
    }

    async fn closed_business_is_told_on_the_page(app) {
        let cast = cast(&app).await;
        let id = introduced(&app, &cast.anna, &cast.erik, cast.circle).await;
        make(&app, &cast.erik, id, "contact", json!({})).await;
        let fields = [("csrf", cast.erik.csrf.as_str()), ("amount", "12.500,50"), ("currency", "EUR"), ("note", "Thank you")];
        assert_eq!(app.submit(&cast.erik.cookie, &format!("/referrals/{id}/moves/win"), &fields).await.status, 303);
        let facts = app.state.db.read(move |connection| views::facts(connection, id)).await.unwrap();
        assert_eq!(facts.won_value_minor, Some(1_250_050));
    }

    async fn what_was_written_for_a_move_that_came_too_late_is_shown_again(app) {
        let cast = cast(&app).await;
        let id = introduced(&app, &cast.anna, &cast.erik, cast.circle).await;
        make(&app, &cast.erik, id, "contact", json!({})).await;
        let late = app.submit(&cast.erik.cookie, &format!("/referrals/{id}/moves/contact"), &[("csrf", &cast.erik.csrf), ("note", "We spoke at noon.")]).await;
        assert_eq!(late.status, 409, "{}", late.body);
        assert!(late.body.contains("We spoke at noon.") && late.body.contains("role=\"alert\"") && late.body.contains("/moves/win"), "{}", late.body);
    }

    async fn a_draft_that_was_changed_in_another_window_is_not_overwritten_unseen(app) {
        let cast = cast(&app).await;
        let kept = fill(&app, &cast, &[]).await;
        let edit = kept.header("location").unwrap().replace("/pass", "/edit");
        let form = app.page(&cast.anna.cookie, &edit).await.body;
        assert!(form.contains("name=\"version\" value=\"1\""), "{form}");
        let first = fill_at(&app, &cast, &edit, &[("version", "1"), ("need", "New wiring and lights")]).await;
        assert_eq!(first.status, 303, "{}", first.body);
        let second = fill_at(&app, &cast, &edit, &[("version", "1"), ("need", "New wiring and sockets")]).await;
        assert!(second.status == 422 && second.body.contains("New wiring and sockets") && second.body.contains("name=\"version\" value=\"2\""), "{} {}", second.status, second.body);
        assert!(app.page(&cast.anna.cookie, &edit).await.body.contains("New wiring and lights"));
        assert_eq!(fill_at(&app, &cast, &edit, &[("version", "2"), ("need", "New wiring and sockets"), ("currency", "eur")]).await.status, 303);
        assert!(app.page(&cast.anna.cookie, &edit).await.body.contains("New wiring and sockets"));
    }

    async fn a_declined_referral_is_passed_on_by_its_page(app) {
        let cast = cast(&app).await;
        let id = passed(&app, &cast.anna, &cast.erik, cast.circle).await;
        make(&app, &cast.erik, id, "decline", json!({ "reason": "other" })).await;
        let path = format!("/referrals/{id}/pass");
        let page = app.page(&cast.anna.cookie, &path).await;
        assert!(page.body.contains("Rita Roof Ltd") && !page.body.contains("Erik Electric Ltd —"), "{}", page.body);
        let nobody = app.submit(&cast.anna.cookie, &path, &[("csrf", &cast.anna.csrf), ("next", "yes")]).await;
        assert_eq!(nobody.status, 422, "{}", nobody.body);
        let rita = cast.rita.business.to_string();
        let passed_on = app.submit(&cast.anna.cookie, &path, &[("csrf", &cast.anna.csrf), ("next", "yes"), ("receiver", &rita)]).await;
        assert_eq!(passed_on.status, 303, "{}", passed_on.body);
        assert_eq!(state_of(&app, id).await.as_str(), "offered");
    }

    async fn lists_have_words_for_nothing_and_for_something(app) {
        let cast = cast(&app).await;
        assert!(app.page(&cast.anna.cookie, "/referrals").await.body.contains("not passed a referral yet"));
        assert!(app.page(&cast.anna.cookie, "/referrals?side=received").await.body.contains("Nothing was offered"));
        let id = accepted(&app, &cast.anna, &cast.erik, cast.circle).await;
        let given = app.page(&cast.anna.cookie, "/referrals?side=given&state=accepted").await;
        assert!(given.body.contains(&id.to_string()) && given.body.contains("Paula Prospect"), "{}", given.body);
        let stranger = app.page(&cast.stranger.cookie, "/referrals/new").await;
        assert!(stranger.body.contains("belong to none yet"), "{}", stranger.body);
        assert_eq!(app.page("", "/referrals").await.status, 303);
    }
}
