//! Invitations by mail and by link.

use actix_web::http::Method;
use kularing::kernel::clock::days;
use kularing::outbox::MailKind;
use serde_json::{Value, json};

use super::{apply, at_once, close};
use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::{TestPerson, signed_in};
use crate::support::app::Reply;
use crate::support::circles::{networking, value_chain};
use kularing::kernel::id::CircleId;

async fn invite(app: &TestApp, circle: CircleId, person: &TestPerson, body: Value) -> Reply {
    app.post(&person.token, &format!("/circles/{circle}/invitations"), body).await
}

async fn accept(app: &TestApp, person: &TestPerson, token: &str) -> Reply {
    app.post(&person.token, "/invitations/accept", json!({ "token": token })).await
}

fn token_of(link: &Value) -> String {
    link["link"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
}

on_both_databases! {
    async fn somebody_unknown_is_invited_registers_and_joins(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let circle = value_chain(&app, &anna, &[]).await;
        close(&app, circle, &anna).await;
        let made = invite(&app, circle, &anna, json!({ "kind": "mail", "email": "Eva.Elek@kularing.example", "words": "Come to us." })).await;
        assert_eq!((made.status.as_u16(), &made.ok()["link"]), (201, &Value::Null));
        app.run_due().await;
        let mail = app.mail_of("eva.elek@kularing.example", MailKind::CircleInvitation).await;
        assert!(mail.text.contains("Come to us.") && mail.text.contains("Anna Arch Ltd"), "{}", mail.text);
        let (path, token) = (mail.link("/invitation/"), mail.token("/invitation/"));
        let page = app.page("", &path).await;
        assert!(page.status == 200 && page.body.contains("Test Circle") && page.body.contains("/register?next="), "{}", page.body);
        let eva = signed_in(&app, "Eva Elek", "electrician").await;
        assert_eq!(app.get(&eva.token, "/circles?which=invited").await.ok()["items"][0]["name"], "Test Circle");
        app.get(&eva.token, &format!("/circles/{circle}")).await.ok();
        let page = app.page(&eva.cookie, &path).await;
        assert!(page.body.contains("Electrical installation"), "{}", page.body);
        let joined = app.submit(&eva.cookie, &path, &[("csrf", &eva.csrf), ("trade", "electrician")]).await;
        assert_eq!(joined.header("location"), Some(format!("/circles/{circle}?done=circles-joined").as_str()), "{}", joined.body);
        assert!(app.page(&eva.cookie, &path).await.body.contains("is a member of this circle"));
        assert_eq!(app.get(&eva.token, "/circles?which=invited").await.ok()["items"], json!([]));
        let zoe = signed_in(&app, "Zoe Out", "painter").await;
        assert!(app.page(&zoe.cookie, &path).await.body.contains("was used already"));
        accept(&app, &zoe, &token).await.fails(409, "link_used");
    }

    async fn a_link_lets_so_many_in_and_no_more(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let circle = value_chain(&app, &anna, &[]).await;
        let link = invite(&app, circle, &anna, json!({ "kind": "link", "uses": 2, "days": 7 })).await.ok();
        let token = token_of(&link);
        let (bea, cem) = (signed_in(&app, "Bea Bau", "builder").await, signed_in(&app, "Cem Cell", "builder").await);
        let dora = signed_in(&app, "Dora Dach", "roofer").await;
        assert_eq!(accept(&app, &bea, &token).await.ok()["state"], "active");
        accept(&app, &bea, &token).await.fails(409, "already_a_member");
        let shown = app.get(&anna.token, &format!("/circles/{circle}/invitations")).await.ok();
        assert_eq!(shown["items"][0]["uses_left"], 1);
        assert!(link["link"].as_str().unwrap().ends_with(shown["items"][0]["link_path"].as_str().unwrap()));
        assert_eq!(accept(&app, &cem, &token).await.ok()["state"], "active");
        accept(&app, &dora, &token).await.fails(409, "link_used");
        assert_eq!(app.get(&anna.token, &format!("/circles/{circle}/invitations")).await.ok()["items"], json!([]));
    }

    async fn the_last_use_of_a_link_is_used_once(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let circle = value_chain(&app, &anna, &[]).await;
        let token = token_of(&invite(&app, circle, &anna, json!({ "kind": "link" })).await.ok());
        let (bea, cem) = (signed_in(&app, "Bea Bau", "builder").await, signed_in(&app, "Cem Cell", "builder").await);
        let (first, second) = at_once(accept(&app, &bea, &token), accept(&app, &cem, &token)).await;
        let mut statuses = [first.status.as_u16(), second.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
    }

    async fn a_link_ends_with_its_time_or_when_it_is_taken_back(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let circle = value_chain(&app, &anna, &[]).await;
        let bea = signed_in(&app, "Bea Bau", "builder").await;
        let expiring = token_of(&invite(&app, circle, &anna, json!({ "kind": "link", "days": 1 })).await.ok());
        let revoked = invite(&app, circle, &anna, json!({ "kind": "link", "days": 30 })).await.ok();
        app.clock.advance(days(1));
        accept(&app, &bea, &expiring).await.fails(404, "not_found");
        assert_eq!(app.page(&bea.cookie, &format!("/invitation/{expiring}")).await.status, 404);
        let path = format!("/invitations/{}", revoked["id"].as_str().unwrap());
        app.api(&bea.token, Method::DELETE, &path, Value::Null).await.fails(404, "not_found");
        app.api(&anna.token, Method::DELETE, &path, Value::Null).await.ok();
        app.api(&anna.token, Method::DELETE, &path, Value::Null).await.fails(404, "not_found");
        accept(&app, &bea, &token_of(&revoked)).await.fails(404, "not_found");
        accept(&app, &bea, "nonsense").await.fails(404, "not_found");
        accept(&app, &bea, &"x".repeat(43)).await.fails(404, "not_found");
    }

    async fn an_invitation_that_is_taken_back_is_not_sent(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let circle = value_chain(&app, &anna, &[]).await;
        let made = invite(&app, circle, &anna, json!({ "kind": "mail", "email": "eva@kularing.example" })).await.ok();
        app.api(&anna.token, Method::DELETE, &format!("/invitations/{}", made["id"].as_str().unwrap()), Value::Null).await.ok();
        app.run_due().await;
        assert!(app.mails_to("eva@kularing.example").await.is_empty());
    }

    async fn only_organisers_invite_and_within_bounds(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let zoe = signed_in(&app, "Zoe Out", "painter").await;
        let circle = value_chain(&app, &anna, &[(&eva, "electrician")]).await;
        let mail = json!({ "kind": "mail", "email": "new@kularing.example" });
        invite(&app, circle, &eva, mail.clone()).await.fails(403, "organiser_only");
        invite(&app, circle, &zoe, mail.clone()).await.fails(404, "not_found");
        app.get(&eva.token, &format!("/circles/{circle}/invitations")).await.fails(403, "organiser_only");
        invite(&app, circle, &anna, mail.clone()).await.ok();
        let problem = invite(&app, circle, &anna, json!({ "kind": "mail", "email": "NEW@kularing.example" })).await.fails(422, "invalid_fields");
        assert_eq!(problem["errors"][0]["code"], "already_invited");
        for body in [
            json!({ "kind": "mail", "email": "nobody" }), json!({ "kind": "mail" }),
            json!({ "kind": "mail", "email": "a@b.example", "words": "See www.example.org" }),
            json!({ "kind": "link", "uses": 101 }), json!({ "kind": "link", "days": 0 }), json!({ "kind": "pigeon" }),
        ] {
            invite(&app, circle, &anna, body).await.fails(422, "invalid_fields");
        }
    }

    async fn a_circle_does_not_send_mails_without_end(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let circle = value_chain(&app, &anna, &[]).await;
        for number in 0..20 {
            invite(&app, circle, &anna, json!({ "kind": "mail", "email": format!("new{number}@kularing.example") })).await.ok();
        }
        invite(&app, circle, &anna, json!({ "kind": "mail", "email": "one.more@kularing.example" })).await.fails(429, "too_many_invitation_mails");
        invite(&app, circle, &anna, json!({ "kind": "link" })).await.ok();
        app.clock.advance(days(1));
        invite(&app, circle, &anna, json!({ "kind": "mail", "email": "one.more@kularing.example" })).await.ok();
        let first = app.get(&anna.token, &format!("/circles/{circle}/invitations?limit=15")).await.ok();
        let cursor = first["next_cursor"].as_str().unwrap();
        let second = app.get(&anna.token, &format!("/circles/{circle}/invitations?limit=15&cursor={cursor}")).await.ok();
        assert_eq!((second["items"].as_array().unwrap().len(), &second["next_cursor"]), (7, &Value::Null));
    }

    async fn an_invited_business_waits_where_the_seat_is_taken(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let emil = signed_in(&app, "Emil Elek", "electrician").await;
        let circle = networking(&app, &anna, &[(&eva, "electrician")]).await;
        let token = token_of(&invite(&app, circle, &anna, json!({ "kind": "link" })).await.ok());
        assert_eq!(accept(&app, &emil, &token).await.ok()["state"], "waiting");
    }

    async fn a_business_of_several_trades_says_with_which_it_joins(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let circle = value_chain(&app, &anna, &[]).await;
        app.api(&eva.token, Method::PUT, &format!("/businesses/{}/trades", eva.business), json!({ "trades": ["electrician", "painter"] })).await.ok();
        let token = token_of(&invite(&app, circle, &anna, json!({ "kind": "link" })).await.ok());
        accept(&app, &eva, &token).await.fails(422, "invalid_fields");
        let named = |trade: &str| json!({ "token": token, "trade": trade });
        app.post(&eva.token, "/invitations/accept", named("builder")).await.fails(422, "invalid_fields");
        app.post(&eva.token, "/invitations/accept", named("wizard")).await.fails(422, "invalid_fields");
        assert_eq!(app.post(&eva.token, "/invitations/accept", named("painter")).await.ok()["state"], "active");
        apply(&app, circle, &eva, "electrician").await.fails(409, "wrong_member_state");
    }
}
