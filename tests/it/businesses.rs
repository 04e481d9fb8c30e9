//! Businesses: profile, directory, exclusions, customers.

use actix_web::http::Method;
use kularing::businesses::model::{RegionFit, TradeFit};
use kularing::businesses::views;
use kularing::kernel::region::Region;
use serde_json::{Value, json};

use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::signed_in;
use crate::support::circles::{networking, trade};

async fn patch(app: &TestApp, token: &str, path: &str, version: &str, body: Value) -> crate::support::app::Reply {
    let request = actix_web::test::TestRequest::patch()
        .uri(&format!("/api/v1{path}"))
        .insert_header(("authorization", format!("Bearer {token}")))
        .insert_header(("if-match", version.to_owned()))
        .set_json(body);
    app.send(request).await
}

fn names(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
}

on_both_databases! {
    async fn a_profile_is_edited_from_the_version_that_was_read(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let path = format!("/businesses/{}", anna.business);
        let read = app.get(&anna.token, &path).await;
        assert_eq!(read.header("etag"), Some("\"1\""));
        let changed = patch(&app, &anna.token, &path, "\"1\"", json!({
            "description": "Houses of wood.", "website": "https://arch.example", "phone": "030 1234567", "open_referrals_max": 3,
            "commission_sentence": "Whoever recommends me gets two percent."
        })).await.ok();
        assert_eq!(changed["phone"], "+49301234567");
        assert_eq!(changed["version"], 2);
        assert_eq!(changed["name"], "Anna Arch Ltd");
        patch(&app, &anna.token, &path, "\"1\"", json!({ "description": "Houses of stone." })).await.fails(412, "changed_meanwhile");
        let cleared = patch(&app, &anna.token, &path, "\"2\"", json!({ "website": "" })).await.ok();
        assert_eq!(cleared["website"], Value::Null);
        assert_eq!(cleared["description"], "Houses of wood.");
    }

    async fn every_field_that_cannot_be_used_is_named(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let path = format!("/businesses/{}", anna.business);
        let problem = patch(&app, &anna.token, &path, "*", json!({
            "name": "", "website": "javascript:alert(1)", "phone": "x", "country": "Germany", "open_referrals_max": 0,
            "commission_sentence": "Call 0176 12345678"
        })).await.fails(422, "invalid_fields");
        let fields: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
        assert_eq!(fields, ["name", "country", "website", "phone", "commission_sentence", "open_referrals_max"]);
        patch(&app, &anna.token, &path, "*", json!({ "nmae": "x" })).await.fails(422, "invalid_fields");
    }

    async fn nobody_edits_another_business(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let eva = signed_in(&app, "Eva Elek", "electrician").await;
        let path = format!("/businesses/{}", anna.business);
        patch(&app, &eva.token, &path, "*", json!({ "name": "Mine" })).await.fails(403, "not_your_business");
        app.post(&eva.token, &format!("{path}/pause"), Value::Null).await.fails(403, "not_your_business");
        app.post(&eva.token, &format!("{path}/customers"), json!({ "list": "a@b.example" })).await.fails(403, "not_your_business");
        app.get(&eva.token, &format!("{path}/exclusions")).await.fails(403, "not_your_business");
        app.api(&eva.token, Method::PUT, &format!("{path}/trades"), json!({ "trades": ["builder"] })).await.fails(403, "not_your_business");
        app.get("", &path).await.fails(401, "sign_in_required");
        app.get(&eva.token, "/businesses/biz_0000000000000").await.fails(404, "not_found");
    }

    async fn trades_and_regions_are_set_whole(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let path = format!("/businesses/{}", anna.business);
        let trades = app.api(&anna.token, Method::PUT, &format!("{path}/trades"), json!({ "trades": ["builder", "architect"] })).await.ok();
        assert_eq!(trades["trades"], json!(["builder", "architect"]));
        assert_eq!(trades["version"], 2);
        for (codes, code) in [(json!([]), "required"), (json!(["building"]), "a_group_of_trades"), (json!(["wizard"]), "not_a_trade")] {
            let problem = app.api(&anna.token, Method::PUT, &format!("{path}/trades"), json!({ "trades": codes })).await.fails(422, "invalid_fields");
            assert_eq!(problem["errors"][0]["code"], code);
        }
        let regions = json!({ "regions": [{ "country": "de", "postal_code": "8" }, { "country": "AT" }] });
        let set = app.api(&anna.token, Method::PUT, &format!("{path}/regions"), regions).await.ok();
        assert_eq!(set["regions"], json!([{ "country": "AT", "postal_code": "" }, { "country": "DE", "postal_code": "8" }]));
        let business = anna.business;
        let serves = |code: &'static str, country: &'static str, postal_code: &'static str| {
            let place = Region::parse(country, postal_code).unwrap();
            app.state.db.read(move |conn| {
                let (card, regions) = (views::card(conn, business)?, views::regions_of(conn, &[business])?);
                Ok((TradeFit::of(&card.trades, trade(code)), RegionFit::of(&regions[&business], &place)))
            })
        };
        assert_eq!(serves("builder", "DE", "80331").await.unwrap(), (TradeFit::Exact, RegionFit::Exact));
        assert_eq!(serves("builder", "DE", "10115").await.unwrap(), (TradeFit::Exact, RegionFit::None));
        assert_eq!(serves("photographer", "AT", "1010").await.unwrap(), (TradeFit::None, RegionFit::Country));
    }

    async fn a_trade_in_use_and_a_promised_commission_hold_trades_back(app) {
        let anna = signed_in(&app, "Anna Arch", "builder").await;
        let path = format!("/businesses/{}", anna.business);
        networking(&app, &anna, &[]).await;
        app.api(&anna.token, Method::PUT, &format!("{path}/trades"), json!({ "trades": ["painter"] })).await.fails(409, "trade_in_use");
        patch(&app, &anna.token, &path, "*", json!({ "commission_sentence": "Two percent." })).await.ok();
        let regulated = json!({ "trades": ["builder", "lawyer"] });
        app.api(&anna.token, Method::PUT, &format!("{path}/trades"), regulated.clone()).await.fails(409, "commission_promised");
        patch(&app, &anna.token, &path, "*", json!({ "commission_sentence": "" })).await.ok();
        let set = app.api(&anna.token, Method::PUT, &format!("{path}/trades"), regulated).await.ok();
        assert_eq!(set["is_regulated"], true);
        let problem = patch(&app, &anna.token, &path, "*", json!({ "commission_sentence": "Two percent." })).await.fails(422, "invalid_fields");
        assert_eq!(problem["errors"][0]["code"], "regulated_trade");
    }

    async fn a_business_pauses_and_takes_referrals_again(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let path = format!("/businesses/{}", anna.business);
        assert_eq!(app.post(&anna.token, &format!("{path}/pause"), Value::Null).await.ok()["paused"], true);
        assert_eq!(app.post(&anna.token, &format!("{path}/pause"), Value::Null).await.ok()["version"], 2);
        assert_eq!(app.post(&anna.token, &format!("{path}/resume"), Value::Null).await.ok()["paused"], false);
    }

    async fn the_directory_is_searched_by_trade_region_and_words(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let eva = signed_in(&app, "Eva Elek", "electrician").await;
        let joerg = signed_in(&app, "Joerg", "electrician").await;
        patch(&app, &joerg.token, &format!("/businesses/{}", joerg.business), "*", json!({ "name": "Jörg Straße Ltd" })).await.ok();
        let found = |query: &str| { let path = format!("/businesses?{query}"); let token = anna.token.clone(); let app = &app; async move { names(&app.get(&token, &path).await.ok()) } };
        assert_eq!(found("").await, ["Jörg Straße Ltd", "Eva Elek Ltd", "Anna Arch Ltd"]);
        assert_eq!(found("trade=electrician").await.len(), 2);
        assert_eq!(found("trade=planning").await, ["Anna Arch Ltd"]);
        assert_eq!(found("country=de&postal_code=10999").await.len(), 3);
        assert!(found("country=de&postal_code=80331").await.is_empty());
        assert!(found("country=AT").await.is_empty());
        assert_eq!(found("words=strasse").await, ["Jörg Straße Ltd"]);
        assert_eq!(found("words=JORG%20berlin").await, ["Jörg Straße Ltd"]);
        assert_eq!(found("words=Elektroinstallation").await.len(), 2);
        assert!(found("words=100%25").await.is_empty());
        assert_eq!(found("trade=electrician&country=DE&postal_code=10115&words=eva&limit=1").await, ["Eva Elek Ltd"]);
        for query in ["trade=wizard", "postal_code=10115", "country=Germany"] {
            app.get(&eva.token, &format!("/businesses?{query}")).await.fails(422, "invalid_fields");
        }
    }

    async fn the_directory_is_read_page_by_page(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        for name in ["Bea Bau", "Cem Cell", "Dora Dach", "Emil Eis"] {
            signed_in(&app, name, "builder").await;
        }
        let mut seen = Vec::new();
        let mut path = "/businesses?limit=2".to_owned();
        for _ in 0..3 {
            let page = app.get(&anna.token, &path).await.ok();
            seen.extend(names(&page));
            match page["next_cursor"].as_str() {
                Some(cursor) => path = format!("/businesses?limit=2&cursor={cursor}"),
                None => break,
            }
        }
        assert_eq!(seen, ["Emil Eis Ltd", "Dora Dach Ltd", "Cem Cell Ltd", "Bea Bau Ltd", "Anna Arch Ltd"]);
    }

    async fn exclusions_are_ones_own_affair(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let eva = signed_in(&app, "Eva Elek", "electrician").await;
        let path = format!("/businesses/{}/exclusions", anna.business);
        let body = json!({ "not_from": [eva.business], "not_to": [] });
        app.api(&anna.token, Method::PUT, &path, body.clone()).await.ok();
        assert_eq!(app.get(&anna.token, &path).await.ok(), body);
        let (anna_id, eva_id) = (anna.business, eva.business);
        let between = |giver, receiver| app.state.db.read(move |conn| Ok(!views::excluded_from(conn, giver, &[receiver])?.is_empty()));
        assert!(between(eva_id, anna_id).await.unwrap());
        assert!(!between(anna_id, eva_id).await.unwrap());
        app.api(&anna.token, Method::PUT, &path, json!({ "not_to": [eva.business] })).await.ok();
        assert!(between(anna_id, eva_id).await.unwrap());
        assert!(!between(eva_id, anna_id).await.unwrap());
        app.api(&anna.token, Method::DELETE, &path, Value::Null).await.ok();
        assert!(!between(anna_id, eva_id).await.unwrap());
        for others in [json!([anna.business]), json!(["biz_0000000000001"])] {
            app.api(&anna.token, Method::PUT, &path, json!({ "not_to": others })).await.fails(422, "invalid_fields");
        }
    }

    async fn customers_are_kept_as_hashes_only(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let path = format!("/businesses/{}/customers", anna.business);
        let list = "kunde@example.org\n+49 30 7654321\nnonsense\nKunde@Example.ORG";
        let told = app.post(&anna.token, &path, json!({ "list": list })).await.ok();
        assert_eq!(told, json!({ "added": 2, "known": 1, "unreadable": 1, "unreadable_at": [3] }));
        let again = app.post(&anna.token, &path, json!({ "list": list })).await.ok();
        assert_eq!((&again["added"], &again["known"]), (&json!(0), &json!(3)));
        let (business, secret) = (anna.business, app.state.secret().clone());
        let knows = |purpose: &'static str, value: &'static str| {
            let key = secret.keyed_hash(purpose, value);
            app.state.db.read(move |conn| views::has_customer(conn, business, &[key]))
        };
        assert!(knows("address", "kunde@example.org").await.unwrap());
        assert!(knows("phone", "+49307654321").await.unwrap());
        assert!(!knows("address", "other@example.org").await.unwrap());
        app.api(&anna.token, Method::DELETE, &path, Value::Null).await.ok();
        assert!(!knows("address", "kunde@example.org").await.unwrap());
    }

    async fn five_thousand_customers_at_a_time_and_no_more(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let path = format!("/businesses/{}/customers", anna.business);
        let list = |count: usize| (0..count).map(|number| format!("kunde{number}@example.org\n")).collect::<String>();
        assert_eq!(app.post(&anna.token, &path, json!({ "list": list(5_000) })).await.ok()["added"], 5_000);
        let problem = app.post(&anna.token, &path, json!({ "list": list(5_001) })).await.fails(422, "invalid_fields");
        assert_eq!(problem["errors"][0]["code"], "too_many");
        app.post(&anna.token, &path, json!({ "list": " " })).await.fails(422, "invalid_fields");
    }

    async fn trades_are_found_by_words_without_a_login(app) {
        let found = app.get("", "/trades?words=elektriker&language=de").await.ok();
        let codes: Vec<_> = found.as_array().unwrap().iter().map(|trade| trade["code"].as_str().unwrap()).collect();
        assert!(codes.contains(&"electrician"), "{codes:?}");
        let all = app.get("", "/trades").await.ok();
        assert!(all.as_array().unwrap().len() > 400);
        assert_eq!(all[0]["group"], Value::Null);
    }

    async fn a_person_searches_partners_and_looks_at_one(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let eva = signed_in(&app, "Eva Elek", "electrician").await;
        let page = app.page(&anna.cookie, "/partners?trade=Electrical+installation&country=&postal_code=&words=").await;
        assert_eq!(page.status, 200, "{}", page.body);
        let empty = app.page(&anna.cookie, "/partners?words=nobody").await;
        assert!(empty.body.contains("Nobody fits"), "{}", empty.body);
        assert_eq!(app.page(&anna.cookie, "/partners?trade=wizard").await.status, 422);
        let one = app.page(&anna.cookie, &format!("/partners/{}", eva.business)).await;
        assert!(one.body.contains("Eva Elek Ltd") && one.body.contains("Take no referrals from them"), "{}", one.body);
        let fields = [("csrf", anna.csrf.as_str()), ("direction", "not_from"), ("excluded", "yes")];
        assert_eq!(app.submit(&anna.cookie, &format!("/partners/{}/exclude", eva.business), &fields).await.status, 303);
        let (anna_id, eva_id) = (anna.business, eva.business);
        assert!(app.state.db.read(move |conn| views::excluded_from(conn, eva_id, &[anna_id])).await.unwrap().contains(&anna_id));
        let one = app.page(&anna.cookie, &format!("/partners/{}", eva.business)).await;
        assert!(one.body.contains("Take referrals from them again"));
        assert_eq!(app.page("", "/partners").await.status, 303);
    }

    async fn a_business_edits_itself_on_one_page(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let page = app.page(&anna.cookie, "/settings/business").await;
        assert!(page.body.contains("Anna Arch Ltd"), "{}", page.body);
        let profile = |name: &'static str, country: &'static str| vec![
            ("csrf", anna.csrf.clone()), ("version", "1".to_owned()), ("name", name.to_owned()), ("description", "Wood\r\nand stone".to_owned()),
            ("ideal_referral", String::new()), ("website", String::new()), ("phone", String::new()), ("country", country.to_owned()),
            ("postal_code", "10115".to_owned()), ("city", "Berlin".to_owned()), ("open_referrals_max", "4".to_owned()),
        ];
        let send = |fields: Vec<(&'static str, String)>, path: &'static str| {
            let (app, cookie) = (&app, anna.cookie.clone());
            async move {
                let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                app.submit(&cookie, path, &fields).await
            }
        };
        let wrong = send(profile("Arch & Co", "Germany"), "/settings/business").await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("Arch &amp; Co") && wrong.body.contains("two letters"), "{}", wrong.body);
        assert_eq!(send(profile("Arch & Co", "DE"), "/settings/business").await.status, 303);
        assert_eq!(send(profile("Arch & Sons", "DE"), "/settings/business").await.status, 422);
        // A tax number is stated, stays when the form says nothing of it, and is taken away; it is never shown.
        let page = async || app.page(&anna.cookie, "/settings/business").await.body;
        let is_stated = |page: &str| page.contains("A number is stated") && page.contains("remove_tax_number");
        assert!(!is_stated(&page().await));
        for (version, change, stated) in [("2", Some(("tax_number", "DE 123456789")), true), ("3", None, true), ("4", Some(("remove_tax_number", "yes")), false)] {
            let mut fields = profile("Arch & Co", "DE");
            fields[1].1 = version.to_owned();
            fields.extend(change.map(|(name, value)| (name, value.to_owned())));
            assert_eq!(send(fields, "/settings/business").await.status, 303, "{version}");
            let page = page().await;
            assert!(is_stated(&page) == stated && !page.contains("123456789"), "{version}: {page}");
        }
        let trades = |codes: [&str; 2]| {
            let mut fields = vec![("csrf", anna.csrf.clone()), ("version", "5".to_owned())];
            fields.extend(codes.map(|code| ("trade", code.to_owned())));
            fields
        };
        let wrong = send(trades(["wizard", ""]), "/settings/business/trades").await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("wizard"));
        assert_eq!(send(trades(["Architekturbüro", "builder"]), "/settings/business/trades").await.status, 303);
        let regions = |text: &str| vec![("csrf", anna.csrf.clone()), ("version", "6".to_owned()), ("regions", text.to_owned())];
        assert_eq!(send(regions("Germany"), "/settings/business/regions").await.status, 422);
        assert_eq!(send(regions("DE 8, AT"), "/settings/business/regions").await.status, 303);
        assert_eq!(send(vec![("csrf", anna.csrf.clone()), ("paused", "yes".to_owned())], "/settings/business/pause").await.status, 303);
        let customers = send(vec![("csrf", anna.csrf.clone()), ("list", "a@b.example\nsecret nonsense".to_owned())], "/settings/business/customers").await;
        assert_eq!(customers.status, 200, "{}", customers.body);
        assert!(customers.body.contains("One entry was new") && !customers.body.contains("secret nonsense"), "{}", customers.body);
        assert_eq!(send(vec![("csrf", anna.csrf.clone())], "/settings/business/customers/forget").await.status, 303);
        let profile = app.get(&anna.token, &format!("/businesses/{}", anna.business)).await.ok();
        assert_eq!(profile["trades"], json!(["architect", "builder"]));
        assert_eq!(profile["paused"], true);
        assert_eq!(profile["description"], "Wood\nand stone");
    }
}
