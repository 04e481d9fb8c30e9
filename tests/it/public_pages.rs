//! What businesses show to everybody: switched on by their owners alone, and gone without a trace when switched off.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::{TestPerson, signed_in};
use crate::support::app::Reply;
use crate::support::circles::value_chain;
use crate::support::referrals::accepted;

/// Asks as anybody does: without a session.
async fn anybody(app: &TestApp, path: &str, language: &str) -> Reply {
    app.send(TestRequest::get().uri(path).insert_header(("accept", "text/html")).insert_header(("accept-language", language))).await
}

async fn choose(app: &TestApp, person: &TestPerson, is_on: bool, is_indexed: bool) -> Value {
    let path = format!("/businesses/{}/public-page", person.business);
    app.api(&person.token, Method::PUT, &path, json!({ "is_on": is_on, "is_indexed": is_indexed })).await.ok()
}

on_both_databases! {
    async fn partners_find_the_page_from_the_profile_while_it_is_on(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let emil = signed_in(&app, "Emil Engel", "electrician").await;
        let profile = format!("/partners/{}", anna.business);
        assert!(!app.page(&emil.cookie, &profile).await.body.contains("/b/"));
        choose(&app, &anna, true, false).await;
        let page = app.page(&emil.cookie, &profile).await.body;
        assert!(page.contains("href=\"/b/anna-arch-ltd\"") && page.contains("href=\"/b/anna-arch-ltd.vcf\""), "{page}");
        choose(&app, &anna, false, false).await;
        assert!(!app.page(&emil.cookie, &profile).await.body.contains("/b/"));
    }

    async fn a_page_is_there_only_while_its_owner_wants_it(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let here = format!("/businesses/{}/public-page", anna.business);
        assert_eq!(app.get(&anna.token, &here).await.ok(), json!({ "is_on": false, "is_indexed": false, "slug": null }));
        let never = anybody(&app, "/b/anna-arch-ltd", "en").await;
        assert_eq!(choose(&app, &anna, true, false).await, json!({ "is_on": true, "is_indexed": false, "slug": "anna-arch-ltd" }));
        let page = anybody(&app, "/b/anna-arch-ltd", "en").await;
        assert!(page.status.is_success() && page.body.contains("Anna Arch Ltd") && page.body.contains("Architectural practice"), "{}", page.body);
        assert!(page.body.contains("noindex") && page.headers.get("x-robots-tag").is_some() && page.headers.get("set-cookie").is_none());
        assert!(!page.body.contains("<script") && !page.body.contains(&anna.email) && !page.body.contains("style="), "{}", page.body);
        let german = anybody(&app, "/b/anna-arch-ltd", "de").await;
        assert!(german.body.contains("Architekturbüro") && german.body.contains("lang=\"de\""), "{}", german.body);
        let card = anybody(&app, "/b/anna-arch-ltd.vcf", "en").await;
        assert_eq!(card.headers.get("content-type").unwrap(), "text/vcard; charset=utf-8");
        assert!(card.body.starts_with("BEGIN:VCARD\r\nVERSION:4.0\r\n") && card.body.contains("FN:Anna Arch Ltd\r\n") && !card.body.contains('@'), "{}", card.body);
        let code = anybody(&app, "/b/anna-arch-ltd.svg", "en").await;
        assert!(code.status.is_success() && code.body.starts_with("<svg") && code.headers.get("content-type").unwrap() == "image/svg+xml");
        assert_eq!(choose(&app, &anna, true, true).await["is_indexed"], json!(true));
        let listed = anybody(&app, "/b/anna-arch-ltd", "en").await;
        assert!(!listed.body.contains("noindex") && listed.headers.get("x-robots-tag").is_none());
        assert_eq!(choose(&app, &anna, false, true).await["slug"], json!("anna-arch-ltd"), "the address stays hers");
        for end in ["", ".vcf", ".svg"] {
            assert_eq!(anybody(&app, &format!("/b/anna-arch-ltd{end}"), "en").await.status, 404, "{end}");
        }
        let gone = anybody(&app, "/b/anna-arch-ltd", "en").await;
        let without_number = |reply: &Reply| reply.body.split("<p class=\"soft").next().unwrap_or("").to_owned();
        assert_eq!((gone.status, without_number(&gone)), (never.status, without_number(&never)), "switched off looks like never there");
        // Whoever is called the same gets another address, and a new name keeps the old one.
        let other = signed_in(&app, "Anna-Arch", "roofer").await;
        assert_eq!(choose(&app, &other, true, false).await["slug"], json!("anna-arch-ltd-2"));
    }

    async fn the_whole_page_is_small(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        choose(&app, &anna, true, false).await;
        let page = anybody(&app, "/b/anna-arch-ltd", "ru").await;
        let mut bytes = page.body.len();
        for (before, end) in [("href=\"/static/letter.css", "\""), ("src=\"/static/icon.svg", "\"")] {
            let (_, rest) = page.body.split_once(before).unwrap_or_else(|| panic!("{before} in {}", page.body));
            let name = format!("{}{}", before.split('"').nth(1).unwrap(), rest.split(end).next().unwrap());
            bytes += anybody(&app, &name, "en").await.body.len();
        }
        assert!(bytes < 30_000, "{bytes} bytes before they are compressed");
    }

    async fn its_owner_switches_it_on_a_page_with_link_and_code(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let off = app.page(&anna.cookie, "/settings/business/public").await;
        assert!(off.status.is_success() && off.body.contains("name=\"is_on\"") && !off.body.contains("/b/"), "{}", off.body);
        let fields = [("csrf", anna.csrf.as_str()), ("is_on", "yes")];
        assert_eq!(app.submit(&anna.cookie, "/settings/business/public", &fields).await.status, 303);
        let on = app.page(&anna.cookie, "/settings/business/public").await;
        for words in ["/b/anna-arch-ltd\"", "<svg class=\"qr\"", "/b/anna-arch-ltd.vcf", "/b/anna-arch-ltd.svg"] {
            assert!(on.body.contains(words), "{words}\n{}", on.body);
        }
        let own = app.page(&anna.cookie, &format!("/partners/{}", anna.business)).await;
        assert!(own.body.contains("/settings/business/public"), "{}", own.body);
        assert_eq!(app.submit(&anna.cookie, "/settings/business/public", &[("csrf", anna.csrf.as_str())]).await.status, 303);
        assert_eq!(anybody(&app, "/b/anna-arch-ltd", "en").await.status, 404);
        assert_eq!(app.page("", "/settings/business/public").await.status, 303);
    }

    async fn a_partner_is_passed_a_referral_from_its_profile(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let ben = signed_in(&app, "Ben Bolt", "electrician").await;
        let sam = signed_in(&app, "Sam Stranger", "roofer").await;
        let circle = value_chain(&app, &anna, &[(&ben, "electrician")]).await;
        let profile = format!("/partners/{}", ben.business);
        let page = app.page(&anna.cookie, &profile).await.body;
        let address = format!("/referrals/new?circle={circle}&amp;receiver={}&amp;trade=electrician", ben.business);
        assert!(page.contains(&address) && page.contains("below 5 answers") && page.contains("Test Circle"), "{page}");
        let strange = app.page(&sam.cookie, &profile).await.body;
        assert!(!strange.contains("/referrals/new") && strange.contains("You share no circle") && !strange.contains("Test Circle"), "{strange}");
        for _ in 0..4 {
            accepted(&app, &anna, &ben, circle).await;
        }
        assert!(app.page(&anna.cookie, &profile).await.body.contains("below 5 answers"));
        accepted(&app, &anna, &ben, circle).await;
        let known = app.page(&anna.cookie, &profile).await.body;
        assert!(known.contains("Usually answers within") && known.contains("Accepts 100% of what is offered"), "{known}");
    }
}
