//! Owners, staff and strangers.

use actix_web::http::Method;
use kularing::accounts::commands::colleagues;
use kularing::accounts::views;
use kularing::kernel::actor::PersonRole;
use kularing::kernel::clock::days;
use kularing::outbox::MailKind;
use serde_json::{Value, json};

use super::sign_in;
use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::{PASSWORD, TestPerson, colleague_of, registered, signed_in};
use crate::support::app::Reply;

const CARLA: &str = "carla@kularing.example";

async fn invite(app: &TestApp, who: &TestPerson, email: &str) -> Reply {
    app.post(&who.token, "/colleague-invitations", json!({ "email": email, "role": "staff" })).await
}

async fn invitation_token(app: &TestApp, email: &str) -> String {
    app.run_due().await;
    app.mail_of(email, MailKind::ColleagueInvitation).await.token("/join/")
}

async fn accept(app: &TestApp, token: &str) -> Reply {
    app.post("", "/colleague-invitations/accept", json!({ "token": token, "name": "Carla Clay", "password": PASSWORD, "language": "de" })).await
}

async fn names(app: &TestApp, who: &TestPerson) -> Vec<String> {
    let listed = app.get(&who.token, "/colleagues").await.ok();
    listed["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
}

on_both_databases! {
    async fn an_invited_colleague_joins_by_the_mail(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let made = invite(&app, &anna, CARLA).await;
        assert_eq!(made.status, 201);
        assert!(made.header("location").unwrap().starts_with("/api/v1/colleague-invitations/inv_"));
        let open = app.get(&anna.token, "/colleague-invitations").await.ok();
        assert_eq!((&open["items"][0]["email"], &open["items"][0]["role"]), (&json!(CARLA), &json!("staff")));
        let token = invitation_token(&app, CARLA).await;
        let mail = app.mail_of(CARLA, MailKind::ColleagueInvitation).await;
        assert!(mail.text.contains("Anna Arch") && mail.text.contains(&anna.business_name), "{}", mail.text);
        let weak = json!({ "token": token, "name": "Carla Clay", "password": "carla clay" });
        app.post("", "/colleague-invitations/accept", weak).await.fails(422, "invalid_fields");
        assert_eq!(accept(&app, &token).await.status, 204);
        accept(&app, &token).await.fails(409, "link_used");
        let pair = sign_in(&app, CARLA, PASSWORD).await.ok();
        let me = app.get(pair["access_token"].as_str().unwrap(), "/me").await.ok();
        assert_eq!((&me["role"], &me["business"], &me["language"]), (&json!("staff"), &json!(anna.business), &json!("de")));
        assert_eq!(names(&app, &anna).await, ["Anna Arch", "Carla Clay"]);
        assert_eq!(app.get(&anna.token, "/colleague-invitations").await.ok()["items"], json!([]));
        invite(&app, &anna, CARLA).await.fails(409, "already_a_colleague");
    }

    async fn an_invitation_ends_by_time_by_its_owner_or_by_the_next(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let id = invite(&app, &anna, CARLA).await.ok()["id"].as_str().unwrap().to_owned();
        let first = invitation_token(&app, CARLA).await;
        invite(&app, &anna, "Carla@kularing.example").await.ok();
        let second = invitation_token(&app, CARLA).await;
        accept(&app, &first).await.fails(404, "not_found");
        app.api(&anna.token, Method::DELETE, &format!("/colleague-invitations/{id}"), Value::Null).await.fails(409, "invitation_closed");
        let open = app.get(&anna.token, "/colleague-invitations").await.ok();
        assert_eq!(open["items"].as_array().unwrap().len(), 1);
        let path = format!("/colleague-invitations/{}", open["items"][0]["id"].as_str().unwrap());
        assert_eq!(app.api(&anna.token, Method::DELETE, &path, Value::Null).await.status, 204);
        accept(&app, &second).await.fails(404, "not_found");
        invite(&app, &anna, CARLA).await.ok();
        let third = invitation_token(&app, CARLA).await;
        app.clock.advance(days(14));
        accept(&app, &third).await.fails(404, "not_found");
        assert_eq!(names(&app, &anna).await, ["Anna Arch"]);
    }

    async fn an_address_with_an_account_is_told_to_its_reader_only(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let ben = signed_in(&app, "Ben Brick", "bricklayer").await;
        assert_eq!(invite(&app, &anna, &ben.email).await.status, 201);
        let token = invitation_token(&app, &ben.email).await;
        accept(&app, &token).await.fails(409, "address_taken");
        assert_eq!(names(&app, &anna).await, ["Anna Arch"]);
        assert_eq!(names(&app, &ben).await, ["Ben Brick"]);
    }

    async fn who_may_do_what(app) {
        let owner = signed_in(&app, "Anna Arch", "architect").await;
        let staff = colleague_of(&app, &owner, "Ben Brick", PersonRole::Staff).await;
        let subject = colleague_of(&app, &owner, "Carla Clay", PersonRole::Staff).await;
        let stranger = signed_in(&app, "Dora Door", "window-fitter").await;
        let id = invite(&app, &owner, "eva@kularing.example").await.ok()["id"].as_str().unwrap().to_owned();
        let person = format!("/colleagues/{}", subject.person);
        let invitation = format!("/colleague-invitations/{id}");
        let invited = json!({ "email": "fritz@kularing.example" });
        // What staff, strangers and nobody are answered, in this order; the owner succeeds.
        let table = [
            (Method::PATCH, &*person, json!({ "role": "owner" }), [403, 404, 401]),
            (Method::DELETE, &person, Value::Null, [403, 404, 401]),
            (Method::POST, "/colleague-invitations", invited, [403, 201, 401]),
            (Method::GET, "/colleague-invitations", Value::Null, [403, 200, 401]),
            (Method::DELETE, &invitation, Value::Null, [403, 404, 401]),
            (Method::GET, "/colleagues", Value::Null, [200, 200, 401]),
        ];
        for (method, path, body, answers) in table {
            for (token, status) in [&*staff.token, &stranger.token, ""].iter().zip(answers) {
                let answer = app.api(token, method.clone(), path, body.clone()).await;
                assert_eq!(answer.status.as_u16(), status, "{method} {path}: {}", answer.body);
            }
            let answer = app.api(&owner.token, method.clone(), path, body).await;
            assert!(answer.status.is_success(), "{method} {path}: {}", answer.body);
            assert!(!answer.body.contains("Dora"), "a stranger is listed");
        }
        assert_eq!(names(&app, &stranger).await, ["Dora Door"]);
    }

    async fn a_business_is_never_left_without_an_owner(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let ben = colleague_of(&app, &anna, "Ben Brick", PersonRole::Staff).await;
        let path = |person: &TestPerson| format!("/colleagues/{}", person.person);
        app.api(&anna.token, Method::PATCH, &path(&anna), json!({ "role": "staff" })).await.fails(409, "last_owner");
        app.api(&anna.token, Method::DELETE, &path(&anna), Value::Null).await.fails(409, "last_owner");
        assert_eq!(app.api(&anna.token, Method::PATCH, &path(&ben), json!({ "role": "owner" })).await.status, 204);
        assert_eq!(app.api(&anna.token, Method::PATCH, &path(&anna), json!({ "role": "staff" })).await.status, 204);
        app.api(&anna.token, Method::PATCH, &path(&ben), json!({ "role": "staff" })).await.fails(403, "owner_only");
        app.api(&ben.token, Method::DELETE, &path(&ben), Value::Null).await.fails(409, "last_owner");
        let business = anna.business;
        let responsible = app.state.db.read(move |connection| views::responsible(connection, business)).await.unwrap();
        assert_eq!(responsible.id, ben.person);
    }

    async fn two_owners_who_remove_each_other_leave_one(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let ben = colleague_of(&app, &anna, "Ben Brick", PersonRole::Owner).await;
        let remove = |who: &TestPerson, whom: &TestPerson| {
            let (principal, whom) = (who.principal(), whom.person);
            app.state.db.write(move |tx| colleagues::remove(tx, &principal, whom))
        };
        let (one, other) = tokio::join!(remove(&anna, &ben), remove(&ben, &anna));
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        let business = anna.business;
        assert_eq!(app.state.db.read(move |connection| views::people_of(connection, business)).await.unwrap().len(), 1);
    }

    async fn a_removed_colleague_is_out_at_once_and_free_to_register(app) {
        let anna = signed_in(&app, "Anna Arch", "architect").await;
        let ben = colleague_of(&app, &anna, "Ben Brick", PersonRole::Owner).await;
        app.get(&ben.token, "/me").await.ok();
        assert_eq!(app.page(&ben.cookie, "/settings").await.status, 200);
        assert_eq!(app.api(&anna.token, Method::DELETE, &format!("/colleagues/{}", ben.person), Value::Null).await.status, 204);
        app.get(&ben.token, "/me").await.fails(401, "session_ended");
        assert_eq!(app.page(&ben.cookie, "/settings").await.status, 303);
        assert_eq!(names(&app, &anna).await, ["Anna Arch"]);
        let who = ben.person;
        assert_eq!(app.state.db.read(move |connection| views::person(connection, who)).await.unwrap().name, "Ben Brick", "what he did keeps his name");
        let again = registered(&app, "Ben Brick", "bricklayer").await;
        assert_ne!(again.business, anna.business);
        app.api(&anna.token, Method::DELETE, &format!("/colleagues/{}", ben.person), Value::Null).await.fails(404, "not_found");
    }
}
