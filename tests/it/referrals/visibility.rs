//! What each may see: in the API, on the pages, in lists and timelines.

use kularing::referrals::views;
use serde_json::{Value, json};

use super::cast;
use crate::on_both_databases;
use crate::support::accounts::signed_in;
use crate::support::referrals::{accepted, content, drafted, introduced, make, passed};

/// Words that only giver and, after the introduction, receiver may read.
const SECRETS: [&str; 3] = ["Paula Prospect", "@prospect.example", "Prospect Bakery"];

on_both_databases! {
    async fn the_prospect_appears_with_the_introduction(app) {
        let cast = cast(&app).await;
        let id = accepted(&app, &cast.anna, &cast.erik, cast.circle).await;
        for path in [format!("/referrals/{id}"), format!("/referrals/{id}/timeline"), "/referrals?side=received".to_owned()] {
            let reply = app.get(&cast.erik.token, &path).await;
            assert!(reply.status.is_success());
            let page = app.page(&cast.erik.cookie, path.split("/timeline").next().unwrap()).await;
            assert!(page.status.is_success());
            for secret in SECRETS {
                assert!(!reply.body.contains(secret) && !page.body.contains(secret), "{secret} in {path}");
            }
        }
        assert_eq!(app.get(&cast.anna.token, &format!("/referrals/{id}")).await.ok()["prospect"]["name"], "Paula Prospect");
        app.clock.advance(std::time::Duration::from_secs(60));
        let link = app.shared_link(id).await;
        app.prospect_says(&link, "yes").await;
        assert!(app.get(&cast.erik.token, &format!("/referrals/{id}")).await.ok()["prospect"].is_null(), "not while it can be undone");
        app.let_undo_time_pass().await;
        let view = app.get(&cast.erik.token, &format!("/referrals/{id}")).await.ok();
        assert_eq!(view["prospect"]["name"], "Paula Prospect");
        assert!(view["prospect"]["words"].is_null(), "the words were for the prospect");
        assert!(app.page(&cast.erik.cookie, &format!("/referrals/{id}")).await.body.contains("Paula Prospect"));
    }

    async fn an_organiser_sees_how_it_runs_and_no_words(app) {
        let cast = cast(&app).await;
        let id = introduced(&app, &cast.anna, &cast.erik, cast.circle).await;
        make(&app, &cast.erik, id, "contact", json!({ "note": "A long talk" })).await;
        let view = app.get(&cast.otto.token, &format!("/referrals/{id}")).await;
        assert_eq!(view.ok()["role"], "organiser");
        let timeline = app.get(&cast.otto.token, &format!("/referrals/{id}/timeline")).await;
        let list = app.get(&cast.otto.token, &format!("/circles/{}/referrals", cast.circle)).await;
        let page = app.page(&cast.otto.cookie, &format!("/referrals/{id}")).await;
        assert!(timeline.status.is_success() && list.ok()["items"].as_array().unwrap().len() == 1 && page.status.is_success());
        for body in [&view.body, &timeline.body, &list.body, &page.body] {
            for secret in SECRETS.into_iter().chain(["New wiring", "A long talk", "in the evening"]) {
                assert!(!body.contains(secret), "{secret}: {body}");
            }
        }
        app.get(&cast.anna.token, &format!("/circles/{}/referrals", cast.circle)).await.fails(403, "organiser_only");
    }

    async fn others_do_not_know_that_it_exists(app) {
        let cast = cast(&app).await;
        let operator = signed_in(&app, "Operator", "bookkeeper").await;
        let draft = drafted(&app, &cast.anna, content(cast.circle, &cast.erik)).await;
        let open = passed(&app, &cast.anna, &cast.erik, cast.circle).await;
        for path in ["", "/timeline"] {
            for who in [&cast.rita, &cast.stranger, &operator] {
                app.get(&who.token, &format!("/referrals/{open}{path}")).await.fails(404, "not_found");
            }
            for who in [&cast.erik, &cast.otto, &operator] {
                app.get(&who.token, &format!("/referrals/{draft}{path}")).await.fails(404, "not_found");
            }
        }
        app.get("", &format!("/referrals/{open}")).await.fails(401, "sign_in_required");
        assert_eq!(app.page(&cast.rita.cookie, &format!("/referrals/{open}")).await.status, 404);
        assert!(app.state.db.read(move |connection| views::facts(connection, draft)).await.is_err(), "a draft has no facts for other rooms");
    }

    async fn lists_go_by_pages_and_states(app) {
        let cast = cast(&app).await;
        let mut made = Vec::new();
        for _ in 0..5 {
            made.push(passed(&app, &cast.anna, &cast.erik, cast.circle).await.to_string());
        }
        make(&app, &cast.erik, made[1].parse().unwrap(), "accept", json!({})).await;
        make(&app, &cast.erik, made[2].parse().unwrap(), "decline", json!({ "reason": "other" })).await;
        made.reverse();
        for side in ["given", "received"] {
            let who = if side == "given" { &cast.anna } else { &cast.erik };
            let (mut seen, mut cursor) = (Vec::new(), String::new());
            loop {
                let page = app.get(&who.token, &format!("/referrals?side={side}&limit=2{cursor}")).await.ok();
                seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()));
                match page["next_cursor"].as_str() {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => break,
                }
            }
            assert_eq!(seen, made, "{side}");
        }
        let ids = |page: Value| page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(ids(app.get(&cast.anna.token, "/referrals?state=accepted").await.ok()), [made[3].clone()]);
        assert_eq!(ids(app.get(&cast.anna.token, "/referrals?state=accepted,declined").await.ok()), [made[2].clone(), made[3].clone()]);
        assert_eq!(ids(app.get(&cast.erik.token, "/referrals?side=received&state=accepted").await.ok()), [made[3].clone()]);
        // Where it stands after he declined is none of his business, not even by filtering.
        assert_eq!(ids(app.get(&cast.erik.token, "/referrals?side=received&state=declined").await.ok()), Vec::<String>::new());
        app.get(&cast.anna.token, "/referrals?state=sold").await.fails(422, "invalid_fields");
    }

    async fn what_waits_is_named(app) {
        let cast = cast(&app).await;
        let offered = passed(&app, &cast.anna, &cast.erik, cast.circle).await;
        let met = introduced(&app, &cast.anna, &cast.erik, cast.circle).await;
        let declined = passed(&app, &cast.anna, &cast.rita, cast.circle).await;
        make(&app, &cast.rita, declined, "decline", json!({ "reason": "other" })).await;
        let draft = drafted(&app, &cast.anna, json!({ "circle": cast.circle })).await;
        let disputed = introduced(&app, &cast.anna, &cast.rita, cast.circle).await;
        make(&app, &cast.rita, disputed, "dispute", json!({ "reason": "other", "words": "No" })).await;
        let waiting = |list: Value| list.as_array().unwrap().iter().map(|item| (item["kind"].as_str().unwrap().to_owned(), item["referral"].as_str().unwrap().to_owned())).collect::<Vec<_>>();
        let erik = waiting(app.get(&cast.erik.token, "/referrals/waiting").await.ok());
        assert_eq!(erik, [("answer_offer".to_owned(), offered.to_string()), ("make_contact".to_owned(), met.to_string())]);
        let anna = waiting(app.get(&cast.anna.token, "/referrals/waiting").await.ok());
        assert_eq!(anna, [("pass_on".to_owned(), declined.to_string()), ("finish_draft".to_owned(), draft.to_string())]);
        let otto = waiting(app.get(&cast.otto.token, "/referrals/waiting").await.ok());
        assert_eq!(otto, [("decide_dispute".to_owned(), disputed.to_string())]);
    }
}
