//! One's own lists, searched by words and by circle.

use serde_json::json;

use super::{Cast, cast};
use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::TestPerson;
use crate::support::circles::networking;
use crate::support::referrals::{content, drafted, introduced, make, passed};

/// The ids that a search finds, newest first.
async fn found(app: &TestApp, who: &TestPerson, query: &str) -> Vec<String> {
    let list = app.get(&who.token, &format!("/referrals?{query}")).await.ok();
    list["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

async fn draft(app: &TestApp, cast: &Cast, need: &str, prospect: &str) -> String {
    let mut whole = content(cast.circle, &cast.erik);
    whole["need"] = json!(need);
    whole["prospect"]["name"] = json!(prospect);
    drafted(app, &cast.anna, whole).await.to_string()
}

on_both_databases! {
    async fn words_are_found_in_the_need_the_name_and_the_partner_however_they_are_spelled(app) {
        let cast = cast(&app).await;
        let roof = draft(&app, &cast, "Ein großes Dach für den Bäcker", "Jürgen Müller").await;
        let house = draft(&app, &cast, "Новая проводка в доме", "Пётр Орлов").await;
        for (words, hits) in [
            ("grosses dach", vec![&roof]), ("BAECKER", vec![&roof]), ("mueller", vec![&roof]), ("dach muller", vec![&roof]), ("dach orlov", vec![]),
            ("ПРОВОДКА", vec![&house]), ("петр", vec![&house]), ("erik", vec![&house, &roof]), ("  ", vec![&house, &roof]), ("%", vec![&house, &roof]),
            ("nowhere", vec![]),
        ] {
            let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("words", words).finish();
            assert_eq!(found(&app, &cast.anna, &query).await.iter().collect::<Vec<_>>(), hits, "{words}");
        }
        let long = format!("/referrals?words={}", "a".repeat(101));
        app.get(&cast.anna.token, &long).await.fails(422, "invalid_fields");
    }

    async fn a_receiver_finds_by_the_name_only_what_he_may_know(app) {
        let cast = cast(&app).await;
        let offered = passed(&app, &cast.anna, &cast.erik, cast.circle).await.to_string();
        let known = introduced(&app, &cast.anna, &cast.erik, cast.circle).await.to_string();
        assert_eq!(found(&app, &cast.erik, "side=received&words=paula").await, [known.as_str()]);
        assert_eq!(found(&app, &cast.erik, "side=received&words=wiring").await, [known.as_str(), offered.as_str()]);
        assert_eq!(found(&app, &cast.erik, "side=received&words=anna").await, [known.as_str(), offered.as_str()]);
        assert_eq!(found(&app, &cast.anna, "words=paula").await, [known.as_str(), offered.as_str()]);
        make(&app, &cast.erik, offered.parse().unwrap(), "decline", json!({ "reason": "no_capacity" })).await;
        assert_eq!(found(&app, &cast.erik, "side=received&words=wiring").await.len(), 1, "who declined finds it by its words no more");
    }

    async fn a_circle_narrows_and_pages_go_on(app) {
        let cast = cast(&app).await;
        let other = networking(&app, &cast.anna, &[(&cast.erik, "electrician")]).await;
        let here = passed(&app, &cast.anna, &cast.erik, cast.circle).await.to_string();
        let there = passed(&app, &cast.anna, &cast.erik, other).await.to_string();
        for (side, who) in [("given", &cast.anna), ("received", &cast.erik)] {
            assert_eq!(found(&app, who, &format!("side={side}&circle={}", cast.circle)).await, [here.as_str()]);
            assert_eq!(found(&app, who, &format!("side={side}&circle={other}&words=wiring")).await, [there.as_str()]);
            let first = app.get(&who.token, &format!("/referrals?side={side}&words=wiring&limit=1")).await.ok();
            let cursor = first["next_cursor"].as_str().unwrap();
            assert_eq!(found(&app, who, &format!("side={side}&words=wiring&limit=1&cursor={cursor}")).await, [here.as_str()]);
        }
    }

    async fn the_page_searches_and_says_how_to_widen(app) {
        let cast = cast(&app).await;
        let id = passed(&app, &cast.anna, &cast.erik, cast.circle).await;
        let circle = cast.circle;
        let page = app.page(&cast.anna.cookie, &format!("/referrals?side=given&words=Wiring&circle={circle}&state=offered")).await.body;
        assert!(page.contains(&format!("/referrals/{id}")) && page.contains("value=\"Wiring\""), "{page}");
        assert!(page.contains(&format!("<option value=\"{circle}\" selected>")) && page.contains("<option value=\"offered\" selected>"), "{page}");
        let none = app.page(&cast.anna.cookie, "/referrals?words=nothing+like+this").await.body;
        assert!(none.contains("There is no such referral. Try fewer words") && none.contains("Everything given"), "{none}");
        let long = app.page(&cast.anna.cookie, &format!("/referrals?words={}", "a".repeat(101))).await;
        assert!(long.status == 422 && long.body.contains("This is too long"), "{}", long.body);
    }
}
