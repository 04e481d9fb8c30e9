//! Applying, deciding, leaving, removing, handing over; and the mails about it.

use std::time::Duration;

use kularing::kernel::clock::days;
use kularing::outbox::MailKind;
use serde_json::{Value, json};

use super::{apply, at_once, close, decide, member};
use crate::on_both_databases;
use crate::support::accounts::signed_in;
use crate::support::circles::{join, value_chain};

on_both_databases! {
    async fn an_applicant_is_admitted_and_both_sides_get_mails(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let circle = value_chain(&app, &anna, &[]).await;
        let reply = apply(&app, circle, &eva, "electrician").await;
        assert_eq!((reply.status.as_u16(), &reply.ok()["state"]), (201, &json!("applied")));
        apply(&app, circle, &eva, "electrician").await.fails(409, "wrong_member_state");
        let applied = app.get(&anna.token, &format!("/circles/{circle}/members?state=applied")).await.ok();
        assert_eq!((&applied["items"][0]["name"], &applied["items"][0]["words"]), (&json!("Eva Elek Ltd"), &json!("We know each other.")));
        assert_eq!(decide(&app, circle, &anna, &eva, "admit").await.ok()["state"], "active");
        app.run_due().await;
        let mail = app.mail_of(&anna.email, MailKind::MemberApplied).await;
        assert!(mail.text.contains("We know each other.") && mail.links.contains(&format!("/circles/{circle}/members")), "{}", mail.text);
        let mail = app.mail_of(&eva.email, MailKind::MemberAdmitted).await;
        assert!(mail.links.contains(&format!("/circles/{circle}")), "{}", mail.text);
        let problem = decide(&app, circle, &anna, &eva, "admit").await.fails(409, "wrong_member_state");
        assert_eq!(problem["possible"], json!(["remove", "leave"]));
        let seen = app.get(&eva.token, &format!("/circles/{circle}/members")).await.ok();
        assert!(seen["items"].as_array().unwrap().iter().all(|member| member["words"] == Value::Null));
    }

    async fn a_business_applies_with_one_of_its_own_trades(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let circle = value_chain(&app, &anna, &[]).await;
        for (trade, code) in [("builder", "not_your_trade"), ("wizard", "not_a_trade"), ("home-technology", "not_your_trade")] {
            let problem = apply(&app, circle, &eva, trade).await.fails(422, "invalid_fields");
            assert_eq!(problem["errors"][0]["code"], code, "{trade}");
        }
        let path = format!("/circles/{circle}/applications");
        app.post(&eva.token, &path, json!({ "trade": "electrician", "words": "x".repeat(501) })).await.fails(422, "invalid_fields");
    }

    async fn only_organisers_decide(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let (paul, zoe) = (signed_in(&app, "Paul Paint", "painter").await, signed_in(&app, "Zoe Out", "builder").await);
        let circle = value_chain(&app, &anna, &[(&eva, "electrician")]).await;
        apply(&app, circle, &paul, "painter").await.ok();
        for step in ["admit", "refuse", "remove"] {
            decide(&app, circle, &eva, &paul, step).await.fails(403, "organiser_only");
            decide(&app, circle, &zoe, &paul, step).await.fails(404, "not_found");
            decide(&app, circle, &paul, &paul, step).await.fails(404, "not_found");
        }
        app.get(&eva.token, &format!("/circles/{circle}/members?state=applied")).await.fails(403, "organiser_only");
        let other = value_chain(&app, &zoe, &[]).await;
        let member = member(&app, circle, paul.business).await;
        app.post(&zoe.token, &format!("/circles/{other}/members/{member}/admit"), json!({})).await.fails(404, "not_found");
        app.post(&anna.token, &format!("/circles/{circle}/members/mem_nonsense/admit"), json!({})).await.fails(404, "not_found");
    }

    async fn a_refused_business_waits_before_it_applies_again(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let circle = value_chain(&app, &anna, &[]).await;
        apply(&app, circle, &eva, "electrician").await.ok();
        assert_eq!(decide(&app, circle, &anna, &eva, "refuse").await.ok()["state"], "refused");
        app.run_due().await;
        app.mail_of(&eva.email, MailKind::MemberRefused).await;
        apply(&app, circle, &eva, "electrician").await.fails(409, "too_early_to_apply");
        app.clock.advance(days(30));
        assert_eq!(apply(&app, circle, &eva, "electrician").await.ok()["state"], "applied");
    }

    async fn an_application_is_taken_back_without_a_mail(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let circle = value_chain(&app, &anna, &[]).await;
        apply(&app, circle, &eva, "electrician").await.ok();
        app.post(&eva.token, &format!("/circles/{circle}/leave"), Value::Null).await.ok();
        app.run_due().await;
        assert!(!app.mails_to(&anna.email).await.iter().any(|mail| mail.kind == MailKind::MemberLeft));
        assert_eq!(apply(&app, circle, &eva, "electrician").await.ok()["state"], "applied");
    }

    async fn a_member_who_left_sees_nothing_any_more(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let circle = value_chain(&app, &anna, &[(&eva, "electrician")]).await;
        close(&app, circle, &anna).await;
        app.get(&eva.token, &format!("/circles/{circle}")).await.ok();
        assert_eq!(app.post(&eva.token, &format!("/circles/{circle}/leave"), Value::Null).await.ok()["state"], "left");
        app.get(&eva.token, &format!("/circles/{circle}")).await.fails(404, "not_found");
        app.post(&eva.token, &format!("/circles/{circle}/leave"), Value::Null).await.fails(404, "not_found");
        app.run_due().await;
        app.mail_of(&anna.email, MailKind::MemberLeft).await;
    }

    async fn a_removed_member_is_told_and_may_be_invited_again(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let circle = value_chain(&app, &anna, &[(&eva, "electrician")]).await;
        assert_eq!(decide(&app, circle, &anna, &eva, "remove").await.ok()["state"], "removed");
        app.run_due().await;
        app.mail_of(&eva.email, MailKind::MemberLeft).await;
        apply(&app, circle, &eva, "electrician").await.fails(409, "too_early_to_apply");
        let link = app.post(&anna.token, &format!("/circles/{circle}/invitations"), json!({ "kind": "link" })).await.ok();
        let token = link["link"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        assert_eq!(app.post(&eva.token, "/invitations/accept", json!({ "token": token })).await.ok()["state"], "active");
    }

    async fn the_last_organiser_hands_over_before_he_leaves(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let zoe = signed_in(&app, "Zoe Out", "painter").await;
        let circle = value_chain(&app, &anna, &[(&eva, "electrician")]).await;
        let leave = |token: String| { let app = &app; async move { app.post(&token, &format!("/circles/{circle}/leave"), Value::Null).await } };
        let hand_over = |token: String, body: Value| { let app = &app; async move { app.post(&token, &format!("/circles/{circle}/hand-over"), body).await } };
        assert_eq!(leave(anna.token.clone()).await.fails(409, "last_organiser")["possible"], json!(["hand_over"]));
        for other in [zoe.business, anna.business] {
            hand_over(anna.token.clone(), json!({ "business": other })).await.fails(422, "invalid_fields");
        }
        hand_over(eva.token.clone(), json!({ "business": eva.business })).await.fails(403, "organiser_only");
        hand_over(anna.token.clone(), json!({ "business": eva.business, "remain_organiser": true })).await.ok();
        decide(&app, circle, &anna, &eva, "remove").await.fails(409, "organiser_stays");
        app.run_due().await;
        app.mail_of(&eva.email, MailKind::CircleHandedOver).await;
        leave(anna.token.clone()).await.ok();
        leave(eva.token.clone()).await.fails(409, "last_organiser");
        join(&app, circle, &eva, &zoe, "painter").await;
        hand_over(eva.token.clone(), json!({ "business": zoe.business })).await.ok();
        hand_over(eva.token.clone(), json!({ "business": zoe.business })).await.fails(403, "organiser_only");
        leave(eva.token.clone()).await.ok();
    }

    async fn two_organisers_who_leave_at_once_do_not_orphan_the_circle(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let circle = value_chain(&app, &anna, &[(&eva, "electrician")]).await;
        app.post(&anna.token, &format!("/circles/{circle}/hand-over"), json!({ "business": eva.business, "remain_organiser": true })).await.ok();
        let (one, other) = (anna.principal(), eva.principal());
        let leave = |principal| app.state.db.write(move |tx| kularing::circles::commands::leave(tx, &principal, circle));
        let (first, second) = at_once(leave(one), leave(other)).await;
        let failed: Vec<_> = [first, second].into_iter().filter_map(Result::err).map(|failure| failure.code()).collect();
        assert_eq!(failed, ["last_organiser"]);
    }

    async fn an_old_mail_about_a_circle_is_not_sent_days_later(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let circle = value_chain(&app, &anna, &[]).await;
        apply(&app, circle, &eva, "electrician").await.ok();
        app.clock.advance(days(3) + Duration::from_secs(1));
        app.run_due().await;
        assert!(!app.mails_to(&anna.email).await.iter().any(|mail| mail.kind == MailKind::MemberApplied));
    }
}
