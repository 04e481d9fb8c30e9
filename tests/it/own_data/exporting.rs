//! The file that everybody can take along.

use serde_json::Value;

use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::{TestPerson, colleague_of, signed_in};
use crate::support::circles::value_chain;
use crate::support::referrals::{accepted, content, drafted, introduced, passed};
use actix_web::http::Method;
use kularing::kernel::actor::PersonRole;
use serde_json::json;

async fn file_of(app: &TestApp, who: &TestPerson) -> Value {
    app.get(&who.token, "/me/export").await.ok()
}

fn ids(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

on_both_databases! {
    async fn an_owner_takes_along_himself_and_the_business(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let emil = signed_in(&app, "Emil Engel", "electrician").await;
        let circle = value_chain(&app, &anna, &[(&emil, "electrician")]).await;
        let won = introduced(&app, &anna, &emil, circle).await;
        let draft = drafted(&app, &anna, content(circle, &emil)).await;
        app.api(&anna.token, actix_web::http::Method::PATCH, &format!("/businesses/{}", anna.business), json!({ "tax_number": "DE123456789" })).await.ok();
        let reply = app.get(&anna.token, "/me/export").await;
        assert_eq!(reply.header("content-disposition"), Some("attachment; filename=\"kularing-own-data-2026-03-02.json\""));
        assert_eq!(reply.header("content-type"), Some("application/json"));
        let file = reply.ok();
        assert_eq!(file["format"], "kularing-own-data/1");
        assert_eq!(file["person"]["account"]["email"], anna.email);
        assert_eq!(file["person"]["sessions"].as_array().unwrap().len(), 2, "{}", file["person"]["sessions"]);
        let kinds: Vec<&str> = file["person"]["events"]["items"].as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap()).collect();
        for kind in ["business.registered", "person.address_confirmed", "referral.drafted", "referral.offered"] {
            assert!(kinds.contains(&kind), "{kind}: {kinds:?}");
        }
        assert!(!kinds.contains(&"referral.accepted"), "that did somebody else");
        let business = &file["business"];
        assert_eq!((&business["profile"]["name"], &business["has_tax_number"]), (&json!("Anna Arch Ltd"), &json!(true)));
        assert!(!file.to_string().contains("123456789"), "it is kept nowhere");
        assert_eq!(business["memberships"][0]["circle"], circle.to_string());
        assert_eq!(ids(&business["referrals_given"]["items"]), [draft.to_string(), won.to_string()]);
        assert_eq!(business["referrals_given"]["complete"], true);
        assert_eq!(business["referrals_given"]["items"][1]["content"]["prospect"]["name"], "Paula Prospect");
        assert_eq!(business["transfers"]["items"][0]["amount"], 10);
        let received = &file_of(&app, &emil).await["business"]["referrals_received"]["items"][0];
        assert_eq!(received["id"], won.to_string());
        assert_eq!(received["content"]["prospect"]["name"], "Paula Prospect", "they were introduced");
        assert_eq!(received["content"]["prospect"]["words"], Value::Null, "the giver's words are the giver's");
    }

    async fn nobody_takes_along_what_he_may_not_see(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let emil = signed_in(&app, "Emil Engel", "electrician").await;
        let stella = signed_in(&app, "Stella Stranger", "photographer").await;
        let circle = value_chain(&app, &anna, &[(&emil, "electrician")]).await;
        let offered = passed(&app, &anna, &emil, circle).await;
        let agreed = accepted(&app, &anna, &emil, circle).await;
        let refused = passed(&app, &anna, &emil, circle).await;
        app.post(&emil.token, &format!("/referrals/{refused}/decline"), json!({ "reason": "no_capacity" })).await.ok();
        let whole = file_of(&app, &emil).await;
        let text = whole.to_string();
        for secret in ["Paula", "prospect.example", "I know them well", &anna.email, "password", "token_hash"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
        let items = &whole["business"]["referrals_received"]["items"];
        assert_eq!(ids(items), [refused.to_string(), agreed.to_string(), offered.to_string()]);
        assert_eq!(items[0]["content"], Value::Null, "who declined sees only that");
        let strangers = file_of(&app, &stella).await.to_string();
        for secret in ["Anna", "Emil", "Paula", &offered.to_string(), &circle.to_string()] {
            assert!(!strangers.contains(secret), "{secret}: {strangers}");
        }
        app.get("", "/me/export").await.fails(401, "sign_in_required");
    }

    async fn two_people_of_one_business_get_their_own(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let ben = colleague_of(&app, &anna, "Ben Brick", PersonRole::Staff).await;
        app.post(&anna.token, "/colleague-invitations", json!({ "email": "carla@kularing.example", "role": "staff" })).await.ok();
        let (annas, bens) = (file_of(&app, &anna).await, file_of(&app, &ben).await);
        assert_eq!(bens["business"], Value::Null, "staff take along themselves");
        assert_eq!(annas["business"]["people"].as_array().unwrap().len(), 2);
        assert_eq!(annas["business"]["invited"][0]["email"], "carla@kularing.example");
        let text = bens.to_string();
        for others in [&*anna.name, &anna.email, "carla@kularing.example"] {
            assert!(!text.contains(others), "{others}: {text}");
        }
        let (own, other) = (ids(&annas["person"]["sessions"]), ids(&bens["person"]["sessions"]));
        assert!(own.iter().all(|id| !other.contains(id)));
        let (own, other) = (ids(&annas["person"]["events"]["items"]), ids(&bens["person"]["events"]["items"]));
        assert!(!other.is_empty() && own.iter().all(|id| !other.contains(id)), "{own:?} {other:?}");
    }

    async fn a_prospect_with_an_account_finds_his_own_consents(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let emil = signed_in(&app, "Emil Engel", "electrician").await;
        let paula = signed_in(&app, "Paula Prospect", "photographer").await;
        let circle = value_chain(&app, &anna, &[(&emil, "electrician")]).await;
        let mut written = content(circle, &emil);
        written["prospect"]["email"] = json!(paula.email);
        let id = drafted(&app, &anna, written).await;
        app.post(&anna.token, &format!("/referrals/{id}/pass"), json!({})).await.ok();
        app.clock.advance(std::time::Duration::from_secs(60));
        let link = app.shared_link(id).await;
        app.prospect_says(&link, "yes").await;
        let file = file_of(&app, &paula).await;
        let said: Vec<&str> = file["person"]["consents"]["items"].as_array().unwrap().iter().map(|line| line["kind"].as_str().unwrap()).collect();
        assert_eq!(said, ["given", "asked"]);
        assert!(file["person"]["consents"]["items"][1]["wording"].as_str().unwrap().contains("Anna Arch"));
    }

    async fn the_page_offers_the_file_and_shows_the_stop_lists(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let emil = signed_in(&app, "Emil Engel", "electrician").await;
        let body = json!({ "not_from": [emil.business], "not_to": [] });
        app.api(&anna.token, Method::PUT, &format!("/businesses/{}/exclusions", anna.business), body).await.ok();
        let operator = signed_in(&app, "Operator", "hosting-provider").await;
        app.post(&operator.token, "/suppressions", json!({ "email": anna.email, "scope": "reminders" })).await.ok();
        let page = app.page(&anna.cookie, "/settings/data").await;
        assert_eq!(page.status, 200);
        for shown in ["/api/v1/me/export", "Takes nothing from Emil Engel Ltd", "reminders <span", "Only an operator can lift this", "/settings/data/erase"] {
            assert!(page.body.contains(shown), "{shown}: {}", page.body);
        }
        for language in ["de", "ru"] {
            app.api(&anna.token, Method::PATCH, "/me", json!({ "language": language })).await.ok();
            assert!(!app.page(&anna.cookie, "/settings/data").await.body.contains(">own-data"), "{language}");
        }
        let file = app.send(actix_web::test::TestRequest::get().uri("/api/v1/me/export").insert_header(("cookie", format!("kularing_session={}", anna.cookie)))).await;
        assert_eq!(file.status, 200, "the browser's link works too");
    }
}
