//! The recipient's page: small, plain, complete, in three languages; and the giver's ready text.

use actix_web::http::header::SET_COOKIE;
use kularing::introductions::preview::{Draft, preview};
use kularing::outbox::MailKind;
use kularing::referrals;
use serde_json::json;

use crate::on_both_databases;
use crate::support::accounts::signed_in;
use crate::support::introductions::{PROSPECT, pair};

on_both_databases! {
    async fn the_page_says_everything_and_stores_nothing(app) {
        let pair = pair(&app).await;
        let referral = pair.pass(&app, "share").await;
        let link = app.shared_link(referral).await;
        let page = app.page("", &link).await;
        assert_eq!(page.status, 200);
        for (name, value) in [("cache-control", "no-store"), ("referrer-policy", "no-referrer"), ("x-robots-tag", "noindex, nofollow")] {
            assert_eq!(page.header(name), Some(value));
        }
        assert!(page.headers.get(SET_COOKIE).is_none());
        for said in [
            "Gina Giver of Gina Giver Ltd", "Rolf Receiver Ltd in Berlin", "Wiring of a new house", "Rolf wired our office.", "name and e-mail address",
            "Nobody receives a commission for this.", "Where it comes from", "What it is for", "after 30 days", "complain to a data protection authority",
            "Who is responsible",
        ] {
            assert!(page.body.contains(said), "{said}: {}", page.body);
        }
        assert!(!page.body.contains(PROSPECT) && !page.body.contains(&pair.receiver.email), "no contact data before both agreed");
        for answer in ["yes", "no", "not_now", "never_again"] {
            assert_eq!(page.body.matches(&format!("value=\"{answer}\"")).count(), 1, "{answer}");
        }
    }

    async fn every_language_is_complete_small_and_chooses_nothing(app) {
        let pair = pair(&app).await;
        let referral = pair.pass(&app, "attested").await;
        app.run_due().await;
        let mail = app.mail_of(PROSPECT, MailKind::IntroductionAttested).await;
        let (link, stop) = (mail.link("/i/"), mail.link("/stop/"));
        for language in ["en", "de", "ru"] {
            for path in [format!("{link}?a=yes&language={language}"), format!("{stop}?language={language}")] {
                let page = app.page("", &path).await;
                assert_eq!(page.status, 200);
                assert!(page.body.contains(&format!("<html lang=\"{language}\">")));
                assert!(!page.body.contains("introductions-"), "a text is missing: {}", page.body);
                assert!(!page.body.contains("checked"), "nothing is chosen beforehand");
                app.assert_small_and_forgetful(&page).await;
            }
        }
        assert!(app.page("", &format!("{link}?a=yes")).await.body.contains("You chose this in the mail"));
        app.clock.advance(std::time::Duration::from_secs(60));
        app.prospect_says(&link, "yes").await;
        for language in ["en", "de", "ru"] {
            let page = app.page("", &format!("{link}?language={language}")).await.body;
            assert!(!page.contains("introductions-"), "a text is missing: {page}");
            let record = app.page(&pair.giver.cookie, &format!("/referrals/{referral}/consent")).await.body;
            assert!(!record.contains("introductions-"), "a text is missing: {record}");
        }
    }

    async fn the_language_is_kept_in_the_address(app) {
        let pair = pair(&app).await;
        pair.pass(&app, "attested").await;
        app.run_due().await;
        let mail = app.mail_of(PROSPECT, MailKind::IntroductionAttested).await;
        let (link, stop) = (mail.link("/i/"), mail.link("/stop/"));
        let page = app.page("", &format!("{link}?a=no")).await.body;
        let german = format!("{link}?a=no&amp;language=de");
        assert!(page.contains(&german), "the marked answer stays: {page}");
        let page = app.page("", &german.replace("&amp;", "&")).await.body;
        assert!(page.contains("<html lang=\"de\">") && page.contains("marked") && page.contains("name=\"language\" value=\"de\""), "{page}");
        app.clock.advance(std::time::Duration::from_secs(60));
        let answered = app.submit("", &link, &[("answer", "yes"), ("language", "ru")]).await;
        assert_eq!(answered.header("location"), Some(format!("{link}?language=ru").as_str()));
        let stopped = app.submit("", &stop, &[("scope", "circle"), ("language", "de")]).await.body;
        assert!(stopped.contains("<html lang=\"de\">"), "{stopped}");
        let gone = app.page("", "/i/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA?language=ru").await;
        assert!(gone.status == 404 && gone.body.contains("<html lang=\"ru\">"), "{}", gone.body);
        app.assert_small_and_forgetful(&gone).await;
    }

    async fn nothing_that_people_typed_becomes_markup(app) {
        let pair = pair(&app).await;
        let mut input = pair.input("share", PROSPECT);
        input["need"] = "<script>alert(1)</script>".into();
        input["prospect"]["words"] = "\"><img src=x>".into();
        let referral = pair.try_pass(&app, input).await.unwrap();
        let link = app.shared_link(referral).await;
        let page = app.page("", &link).await.body;
        assert!(!page.contains("<script") && !page.contains("<img src=x"), "{page}");
    }

    async fn the_giver_gets_a_link_and_a_ready_text(app) {
        let pair = pair(&app).await;
        let referral = pair.pass(&app, "share").await;
        app.run_due().await;
        assert!(app.mails_to(PROSPECT).await.is_empty(), "he sends it himself");
        let introduction = app.introduction(referral).await;
        let path = format!("/introductions/{}", introduction.id);
        let seen = app.get(&pair.giver.token, &path).await.ok();
        let text = seen["share"]["text"].as_str().unwrap();
        let link = seen["share"]["link"].as_str().unwrap();
        assert!(link.starts_with(&app.state.config.server.base_url));
        for part in [link, introduction.code.as_str(), "Paula Prospect", "Rolf Receiver Ltd", "Gina Giver"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(app.get(&pair.receiver.token, &path).await.ok()["share"].is_null(), "who has the link can answer as the prospect");
        let stranger = signed_in(&app, "Stefan Stranger", "plumber").await;
        app.get(&stranger.token, &path).await.fails(404, "not_found");
    }

    async fn a_consent_given_before_keeps_the_day_and_the_way_that_the_giver_named(app) {
        // The giver is in Berlin, where the first of March begins while it is still February in UTC and in New York.
        let pair = pair(&app).await;
        let circle = format!("/circles/{}", pair.circle);
        app.api(&pair.giver.token, actix_web::http::Method::PATCH, &circle, json!({ "time_zone": "America/New_York" })).await.ok();
        let mut input = pair.input("attested", PROSPECT);
        input["prospect"]["language"] = "de".into();
        input["circle"] = json!(pair.circle);
        let id = app.post(&pair.giver.token, "/referrals", input).await.ok()["id"].as_str().unwrap().to_owned();
        let fields = [("csrf", pair.giver.csrf.as_str()), ("attestation.how", "writing"), ("attestation.when", "2026-03-01"), ("attestation.words", "Ja, gern.")];
        let looked = app.submit(&pair.giver.cookie, &format!("/referrals/{id}/pass"), &[&fields[..], &[("look", "yes")]].concat()).await;
        assert!(looked.body.contains("Wann: 01.03.2026") && looked.body.contains(": schriftlich"), "{}", looked.body);
        assert_eq!(app.submit(&pair.giver.cookie, &format!("/referrals/{id}/pass"), &fields).await.status, 303);
        app.run_due().await;
        let mail = app.mail_of(PROSPECT, MailKind::IntroductionAttested).await;
        for part in ["Wann: 01.03.2026", "Wie Sie zugestimmt haben: schriftlich"] {
            assert!(mail.text.contains(part), "{}", mail.text);
        }
        let page = app.page("", &mail.link("/i/")).await.body;
        assert!(page.contains("am 01.03.2026 zugestimmt") && page.contains("(schriftlich)"), "{page}");
    }

    async fn the_preview_is_the_mail(app) {
        let pair = pair(&app).await;
        let referral = pair.pass(&app, "attested").await;
        app.run_due().await;
        let mail = app.mail_of(PROSPECT, MailKind::IntroductionAttested).await;
        let introduction = app.introduction(referral).await;
        let base_url = app.state.config.server.base_url.clone();
        let shown = app.state.db.read(move |connection| {
            let facts = referrals::views::facts(connection, referral)?;
            let prospect = referrals::views::prospect(connection, referral)?.unwrap();
            let attestation = introduction.attested_how.zip(introduction.attested_when)
                .map(|(how, when)| kularing::introductions::model::Attestation { how, when, words: introduction.attested_words.clone().unwrap() });
            let draft = Draft {
                circle: facts.circle, giver: facts.giver, giver_person: facts.giver_person, receiver: facts.receiver.unwrap(),
                need: facts.need, path: facts.consent_path, prospect, attestation,
            };
            preview(connection, &base_url, &draft)
        }).await.unwrap();
        assert_eq!(shown.subject, mail.subject);
        let introduction = app.introduction(referral).await;
        let token = |beginning: &str| mail.token(beginning);
        let expected = mail.text.replace(&introduction.code, "····").replace(&token("/i/"), "…").replace(&token("/stop/"), "…");
        assert_eq!(shown.text.trim(), expected.trim());
    }
}
