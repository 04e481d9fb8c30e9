//! A circle is founded, changed, ruled.

use actix_web::http::Method;
use kularing::circles::policy::Policy;
use kularing::circles::views;
use serde_json::{Value, json};

use super::{close, put};
use crate::on_both_databases;
use crate::support::accounts::signed_in;
use crate::support::circles::{join, networking, trade, value_chain};
use crate::support::{Backend, TestApp};

on_both_databases! {
    async fn a_founder_is_the_first_member_and_organiser(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let body = json!({ "kind": "value_chain", "name": "Bauen am Wannsee", "description": "Houses.", "trade": "architect", "links": ["architect", "builder"] });
        let reply = app.post(&anna.token, "/circles", body).await;
        assert_eq!(reply.status, 201, "{}", reply.body);
        let circle = reply.ok();
        assert_eq!(reply.header("location"), Some(format!("/api/v1/circles/{}", circle["id"].as_str().unwrap()).as_str()));
        assert_eq!(circle["membership"]["is_organiser"], true);
        assert_eq!(circle["inside"]["members_count"], 1);
        assert_eq!(circle["inside"]["policy_version"], 1);
        assert_eq!(circle["inside"]["language"], "en");
        let mine = app.get(&anna.token, "/circles").await.ok();
        assert_eq!(mine["items"][0]["name"], "Bauen am Wannsee");
    }

    async fn a_circle_that_makes_no_sense_is_refused(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let body = |change: &str, value: Value| {
            let mut body = json!({ "kind": "networking", "name": "A", "trade": "architect" });
            body[change] = value;
            body
        };
        for (field, value, code) in [
            ("name", json!(" "), "required"),
            ("trade", json!("electrician"), "not_your_trade"),
            ("trade", json!("wizard"), "not_a_trade"),
            ("links", json!(["builder"]), "not_a_value_chain"),
            ("links", json!(["building"]), "a_group_of_trades"),
            ("time_zone", json!("Mars/Base"), "not_a_time_zone"),
            ("description", json!("x".repeat(2_001)), "too_long"),
        ] {
            let problem = app.post(&anna.token, "/circles", body(field, value)).await.fails(422, "invalid_fields");
            assert_eq!((&problem["errors"][0]["field"], &problem["errors"][0]["code"]), (&json!(field), &json!(code)));
        }
        app.post("", "/circles", body("name", json!("A"))).await.fails(401, "sign_in_required");
    }

    async fn only_organisers_edit_and_only_what_they_read(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let zoe = signed_in(&app, "Zoe Out", "painter").await;
        let circle = value_chain(&app, &anna, &[(&eva, "electrician")]).await;
        let path = format!("/circles/{circle}");
        let edit = |token: &str, version: &str, name: &str| {
            let request = actix_web::test::TestRequest::patch().uri(&format!("/api/v1{path}"))
                .insert_header(("authorization", format!("Bearer {token}"))).insert_header(("if-match", version.to_owned())).set_json(json!({ "name": name }));
            app.send(request)
        };
        assert_eq!(app.get(&eva.token, &path).await.header("etag"), Some("\"1\""));
        edit(&eva.token, "\"1\"", "Mine").await.fails(403, "organiser_only");
        edit(&zoe.token, "\"1\"", "Mine").await.fails(404, "not_found");
        assert_eq!(edit(&anna.token, "\"1\"", "Ours").await.ok()["name"], "Ours");
        edit(&anna.token, "\"1\"", "Ours again").await.fails(412, "changed_meanwhile");
    }

    async fn a_change_of_policy_is_a_new_version(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let circle = value_chain(&app, &anna, &[(&eva, "electrician")]).await;
        let path = format!("/circles/{circle}/policy");
        let read = app.get(&eva.token, &path).await;
        assert_eq!(read.header("etag"), Some("\"1\""));
        let mut policy = read.ok()["policy"].clone();
        policy["clocks"]["answer_hours"] = json!(72);
        put(&app, &eva.token, &path, "\"1\"", policy.clone()).await.fails(403, "organiser_only");
        assert_eq!(put(&app, &anna.token, &path, "\"1\"", policy.clone()).await.ok()["version"], 2);
        put(&app, &anna.token, &path, "\"1\"", policy.clone()).await.fails(412, "changed_meanwhile");
        assert_eq!(put(&app, &anna.token, &path, "\"2\"", policy.clone()).await.ok()["version"], 2);
        let old = app.state.db.read(move |conn| views::policy(conn, circle, Some(1))).await.unwrap();
        assert_eq!(old, (1, Policy::default()));
        assert_eq!(app.state.db.read(move |conn| views::policy(conn, circle, None)).await.unwrap().0, 2);
        let first = app.get(&eva.token, &format!("{path}/versions?limit=1")).await.ok();
        assert_eq!((&first["items"][0]["version"], &first["next_cursor"]), (&json!(2), &json!("2")));
        let second = app.get(&eva.token, &format!("{path}/versions?limit=1&cursor=2")).await.ok();
        assert_eq!((&second["items"][0]["version"], &second["next_cursor"]), (&json!(1), &Value::Null));
    }

    async fn a_policy_keeps_within_its_bounds(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let circle = value_chain(&app, &anna, &[]).await;
        let path = format!("/circles/{circle}/policy");
        let policy = app.get(&anna.token, &path).await.ok()["policy"].clone();
        let changed = |group: &str, rule: &str, value: Value| {
            let mut policy = policy.clone();
            if group.is_empty() { policy[rule] = value } else { policy[group][rule] = value }
            policy
        };
        for (group, rule, value) in [
            ("clocks", "answer_hours", json!(1)), ("clocks", "answer_reminder_hours", json!(48)), ("clocks", "close_days", json!(2_000)),
            ("credits", "won", json!(-1)), ("credits", "introduced", json!(1_000_001)), ("", "claim_window_days", json!(2_000)),
            ("", "consent_paths", json!([])), ("", "consent_paths", json!(["share", "ask"])),
        ] {
            put(&app, &anna.token, &path, "*", changed(group, rule, value)).await.fails(422, "invalid_fields");
        }
        put(&app, &anna.token, &path, "*", changed("clocks", "answer_ours", json!(1))).await.fails(422, "invalid_fields");
        put(&app, &anna.token, &path, "*", json!({})).await.fails(422, "invalid_fields");
        let roofer = |credits: i64| json!({ "trade": "roofer", "credits": credits });
        for ceilings in [json!([roofer(5), roofer(6)]), json!([roofer(-1)]), json!([{ "trade": "wizard", "credits": 5 }]), json!(vec![roofer(5); 21])] {
            put(&app, &anna.token, &path, "*", changed("", "ceilings", ceilings)).await.fails(422, "invalid_fields");
        }
    }

    async fn a_rule_that_is_left_out_is_refused_and_not_reset(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let circle = value_chain(&app, &anna, &[]).await;
        let path = format!("/circles/{circle}/policy");
        let mut policy = app.get(&anna.token, &path).await.ok()["policy"].clone();
        policy["ring_length"] = json!(5);
        policy["limits"]["recycled_days"] = json!(90);
        put(&app, &anna.token, &path, "*", policy.clone()).await.ok();
        for rule in ["ring_length", "limits", "ceilings", "weights", "credits", "clocks", "consent_paths", "claim_window_days"] {
            let mut without = policy.clone();
            without.as_object_mut().unwrap().remove(rule);
            put(&app, &anna.token, &path, "*", without).await.fails(422, "invalid_fields");
        }
        let mut without = policy.clone();
        without["limits"].as_object_mut().unwrap().remove("recycled_days");
        put(&app, &anna.token, &path, "*", without).await.fails(422, "invalid_fields");
        assert_eq!(app.get(&anna.token, &path).await.ok()["policy"], policy);
    }

    async fn links_have_an_order_that_can_change(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let circle = value_chain(&app, &anna, &[(&eva, "electrician")]).await;
        let path = format!("/circles/{circle}/links");
        let read = app.get(&eva.token, &path).await;
        assert_eq!((read.header("etag"), &read.ok()["links"]), (Some("\"1\""), &json!(["architect", "electrician"])));
        let longer = json!({ "links": ["architect", "builder", "electrician", "kitchen-fitter"] });
        put(&app, &eva.token, &path, "*", longer.clone()).await.fails(403, "organiser_only");
        assert_eq!(put(&app, &anna.token, &path, "\"1\"", longer).await.ok()["links"][3], "kitchen-fitter");
        let reordered = json!({ "links": ["builder", "architect", "electrician"] });
        put(&app, &anna.token, &path, "\"1\"", reordered.clone()).await.fails(412, "changed_meanwhile");
        put(&app, &anna.token, &path, "\"2\"", reordered).await.ok();
        let next = app.state.db.read(move |conn| views::next_links(conn, circle, trade("builder"))).await.unwrap();
        assert_eq!(next, [trade("architect"), trade("electrician")]);
        for links in [json!(["builder", "builder"]), json!(["building"]), json!(["wizard"])] {
            put(&app, &anna.token, &path, "*", json!({ "links": links })).await.fails(422, "invalid_fields");
        }
        let round = networking(&app, &anna, &[]).await;
        put(&app, &anna.token, &format!("/circles/{round}/links"), "*", json!({ "links": ["builder"] })).await.fails(409, "not_a_value_chain");
    }

    async fn strangers_see_only_circles_that_are_open(app) {
        let (anna, zoe) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Zoe Out", "painter").await);
        let circle = value_chain(&app, &anna, &[]).await;
        let path = format!("/circles/{circle}");
        let seen = app.get(&zoe.token, &path).await.ok();
        assert_eq!((&seen["name"], &seen["inside"], &seen["membership"]), (&json!("Test Circle"), &Value::Null, &Value::Null));
        assert_eq!(app.get(&zoe.token, "/circles?which=open").await.ok()["items"][0]["id"], circle.to_string());
        for inside in ["members", "policy", "policy/versions", "links", "seats", "invitations"] {
            app.get(&zoe.token, &format!("{path}/{inside}")).await.fails(404, "not_found");
        }
        app.post(&zoe.token, &format!("{path}/hand-over"), json!({ "business": zoe.business })).await.fails(404, "not_found");
        app.post(&zoe.token, &format!("{path}/leave"), Value::Null).await.fails(404, "not_found");
        close(&app, circle, &anna).await;
        app.get(&zoe.token, &path).await.fails(404, "not_found");
        app.post(&zoe.token, &format!("{path}/applications"), json!({ "trade": "painter" })).await.fails(404, "not_found");
        assert_eq!(app.get(&zoe.token, "/circles?which=open").await.ok()["items"], json!([]));
        assert_eq!(app.get(&zoe.token, "/circles").await.ok()["items"], json!([]));
    }

    async fn members_are_read_page_by_page(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let circle = value_chain(&app, &anna, &[]).await;
        for name in ["Bea Bau", "Cem Cell", "Dora Dach"] {
            let person = signed_in(&app, name, "builder").await;
            join(&app, circle, &anna, &person, "builder").await;
        }
        let first = app.get(&anna.token, &format!("/circles/{circle}/members?limit=3")).await.ok();
        let names = |page: &Value| page["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(names(&first), ["Dora Dach Ltd", "Cem Cell Ltd", "Bea Bau Ltd"]);
        let cursor = first["next_cursor"].as_str().unwrap();
        let second = app.get(&anna.token, &format!("/circles/{circle}/members?limit=3&cursor={cursor}")).await.ok();
        assert_eq!((names(&second), &second["next_cursor"]), (vec!["Anna Arch Ltd".to_owned()], &Value::Null));
        assert_eq!(app.state.db.read(move |conn| views::active_members(conn, circle)).await.unwrap().len(), 4);
    }

    async fn nobody_organises_more_circles_than_he_can(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        for _ in 0..20 {
            value_chain(&app, &anna, &[]).await;
        }
        app.post(&anna.token, "/circles", json!({ "kind": "networking", "name": "A", "trade": "architect" })).await.fails(409, "too_many_circles");
    }
}

async fn asking_is_the_operators_choice(backend: Backend) {
    let app = TestApp::start_with(backend, |config| config.introductions.ask_allowed = true);
    let anna = signed_in(&app, "Anna Arch", "architect").await;
    let circle = value_chain(&app, &anna, &[]).await;
    let policy = app.get(&anna.token, &format!("/circles/{circle}/policy")).await.ok()["policy"].clone();
    assert_eq!(policy["consent_paths"], json!(["share", "attested", "ask"]));
    let mut without = policy;
    without["consent_paths"] = json!(["ask"]);
    let set = app.api(&anna.token, Method::PUT, &format!("/circles/{circle}/policy"), without).await.ok();
    assert_eq!(set["version"], 2);
}

#[actix_web::test]
async fn asking_is_the_operators_choice_on_sqlite() {
    asking_is_the_operators_choice(Backend::Sqlite).await;
}
