//! One seat a trade: who holds it, who waits, and two who want it at once.

use actix_web::http::Method;
use kularing::circles::commands;
use kularing::circles::views;
use kularing::outbox::MailKind;
use serde_json::{Value, json};

use super::{apply, at_once, decide};
use crate::on_both_databases;
use crate::support::accounts::{TestPerson, signed_in};
use crate::support::circles::{networking, trade, value_chain};

on_both_databases! {
    async fn the_second_electrician_waits_until_the_seat_is_free(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let emil = signed_in(&app, "Emil Elek", "electrician").await;
        let circle = networking(&app, &anna, &[(&eva, "electrician")]).await;
        assert_eq!(apply(&app, circle, &emil, "electrician").await.ok()["state"], "waiting");
        app.run_due().await;
        app.mail_of(&emil.email, MailKind::MemberWaiting).await;
        app.mail_of(&anna.email, MailKind::MemberApplied).await;
        decide(&app, circle, &anna, &emil, "admit").await.fails(409, "seat_taken");
        let seats = app.get(&anna.token, &format!("/circles/{circle}/seats")).await.ok();
        let seat = seats.as_array().unwrap().iter().find(|seat| seat["trade"] == "electrician").unwrap().clone();
        assert_eq!((&seat["holder"]["name"], &seat["waiting"][0]["name"]), (&json!("Eva Elek Ltd"), &json!("Emil Elek Ltd")));
        let seats = app.get(&eva.token, &format!("/circles/{circle}/seats")).await.ok();
        let seat = seats.as_array().unwrap().iter().find(|seat| seat["trade"] == "electrician").unwrap().clone();
        assert_eq!((&seat["waiting"], &seat["waiting_count"]), (&json!([]), &json!(1)));
        app.post(&eva.token, &format!("/circles/{circle}/leave"), Value::Null).await.ok();
        let seats = app.get(&anna.token, &format!("/circles/{circle}/seats")).await.ok();
        let seat = seats.as_array().unwrap().iter().find(|seat| seat["trade"] == "electrician").unwrap().clone();
        assert_eq!(seat["holder"], Value::Null);
        app.run_due().await;
        app.mail_of(&anna.email, MailKind::MemberLeft).await;
        assert_eq!(decide(&app, circle, &anna, &emil, "admit").await.ok()["state"], "active");
        assert_eq!(apply(&app, circle, &eva, "electrician").await.ok()["state"], "waiting");
    }

    async fn an_applicant_whose_seat_was_taken_meanwhile_waits(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let emil = signed_in(&app, "Emil Elek", "electrician").await;
        let circle = networking(&app, &anna, &[]).await;
        assert_eq!(apply(&app, circle, &eva, "electrician").await.ok()["state"], "applied");
        assert_eq!(apply(&app, circle, &emil, "electrician").await.ok()["state"], "applied");
        assert_eq!(decide(&app, circle, &anna, &emil, "admit").await.ok()["state"], "active");
        assert_eq!(decide(&app, circle, &anna, &eva, "admit").await.ok()["state"], "waiting");
        assert_eq!(decide(&app, circle, &anna, &eva, "refuse").await.ok()["state"], "refused");
    }

    async fn two_admissions_at_once_fill_one_seat(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let emil = signed_in(&app, "Emil Elek", "electrician").await;
        let circle = networking(&app, &anna, &[]).await;
        apply(&app, circle, &eva, "electrician").await.ok();
        apply(&app, circle, &emil, "electrician").await.ok();
        let (one, other, founder) = (eva.business, emil.business, anna.principal());
        let member = |business| app.state.db.read(move |conn| views::membership(conn, circle, business));
        let (one, other) = (member(one).await.unwrap().unwrap().member, member(other).await.unwrap().unwrap().member);
        let admit = |member| app.state.db.write(move |tx| commands::admit(tx, &founder, circle, member));
        let (first, second) = at_once(admit(one), admit(other)).await;
        let mut states = [first.unwrap().as_str(), second.unwrap().as_str()];
        states.sort_unstable();
        assert_eq!(states, ["active", "waiting"]);
    }

    async fn a_seat_has_one_holder_whatever_the_code_does(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let circle = networking(&app, &anna, &[(&eva, "electrician")]).await;
        let outcome = app.state.db.write(move |tx| {
            use diesel::prelude::*;
            use kularing::db::schema::member;
            let architects = member::table.filter(member::circle_id.eq(circle).and(member::trade.eq(trade("architect"))));
            diesel::update(architects).set(member::seat.eq(trade("electrician"))).execute(&mut **tx)?;
            Ok(())
        });
        assert!(outcome.await.is_err());
    }

    async fn a_value_chain_has_no_seats(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let emil = signed_in(&app, "Emil Elek", "electrician").await;
        let circle = value_chain(&app, &anna, &[(&eva, "electrician"), (&emil, "electrician")]).await;
        app.get(&anna.token, &format!("/circles/{circle}/seats")).await.fails(409, "not_a_networking_circle");
    }

    async fn seats_that_organisers_name_are_gaps_until_somebody_holds_them(app) {
        let (anna, eva) = (signed_in(&app, "Anna Arch", "architect").await, signed_in(&app, "Eva Elek", "electrician").await);
        let circle = networking(&app, &anna, &[(&eva, "electrician")]).await;
        let path = format!("/circles/{circle}/seats");
        let set = async |who: &TestPerson, trades: &[&str]| app.api(&who.token, Method::PUT, &path, json!({ "trades": trades })).await;
        set(&eva, &["roofer"]).await.fails(403, "organiser_only");
        set(&anna, &["wizard"]).await.fails(422, "invalid_fields");
        let seats = set(&anna, &["roofer", "electrician"]).await.ok();
        let shown: Vec<(&str, bool)> = seats.as_array().unwrap().iter().map(|seat| (seat["trade"].as_str().unwrap(), seat["holder"].is_object())).collect();
        assert_eq!(shown, [("architect", true), ("electrician", true), ("roofer", false)]);
        assert_eq!(app.get(&eva.token, &path).await.ok(), seats);
        // The page draws them, and the list beside the picture says the same.
        let page = app.page(&eva.cookie, &format!("/circles/{circle}")).await.body;
        let picture = page.split("class=\"seats\"").nth(1).and_then(|rest| rest.split("</svg>").next()).unwrap_or_else(|| panic!("{page}"));
        assert_eq!((picture.matches("class=\"full\"").count(), picture.matches("class=\"open\"").count()), (2, 1), "{picture}");
        assert!(page.contains("Roofing") && page.contains(">free<") && page.contains("Eva Elek Ltd"), "{page}");
        // By the form too; taking a seat away takes it from nobody who holds it.
        let form = app.page(&anna.cookie, &format!("/circles/{circle}/edit")).await.body;
        let version = form.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
        let send = async |version: &str, seats: &str| app.submit(&anna.cookie, &path, &[("csrf", &anna.csrf), ("version", version), ("seats", seats)]).await;
        assert_eq!(send(&version, "Wizard").await.status, 422);
        assert_eq!(send(&version, "Painting and decorating").await.status, 303);
        let late = send(&version, "Roofing").await;
        assert!(late.status == 422 && late.body.contains(">Roofing</textarea>"), "{}", late.body);
        let seats = app.get(&anna.token, &path).await.ok();
        let shown: Vec<&str> = seats.as_array().unwrap().iter().map(|seat| seat["trade"].as_str().unwrap()).collect();
        assert_eq!(shown, ["architect", "electrician", "painter"]);
        let chain = value_chain(&app, &anna, &[]).await;
        app.api(&anna.token, Method::PUT, &format!("/circles/{chain}/seats"), json!({ "trades": ["roofer"] })).await.fails(409, "not_a_networking_circle");
    }
}
