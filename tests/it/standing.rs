//! Where members stand, as referrals move: by the API and on the pages, for those who may see it.

use std::time::Duration;

use kularing::kernel::Timestamp;
use kularing::kernel::id::{BusinessId, CircleId};
use kularing::reciprocity::views;
use serde_json::{Value, json};

use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::{TestPerson, signed_in};
use crate::support::circles::value_chain;
use crate::support::ledger::verified;
use crate::support::referrals::{accepted, contacted, make, passed, won};

struct People {
    anna: TestPerson,
    ben: TestPerson,
    stranger: TestPerson,
    circle: CircleId,
}

async fn people(app: &TestApp) -> People {
    let anna = signed_in(app, "Anna Arch", "architect").await;
    let ben = signed_in(app, "Ben Bolt", "electrician").await;
    let stranger = signed_in(app, "Sam Stranger", "roofer").await;
    let circle = value_chain(app, &anna, &[(&ben, "electrician")]).await;
    People { anna, ben, stranger, circle }
}

async fn balance_of(app: &TestApp, person: &TestPerson) -> Value {
    let list = app.get(&person.token, "/balances").await.ok();
    assert_eq!(list["items"].as_array().unwrap().len(), 1, "{list}");
    list["items"][0].clone()
}

/// Given, received, balance, pending given, pending received.
fn figures(balance: &Value) -> [i64; 5] {
    ["given", "received", "balance", "pending_given", "pending_received"].map(|name| balance[name].as_i64().unwrap_or_else(|| panic!("{name} in {balance}")))
}

#[track_caller]
fn is_clean(app: &TestApp) {
    let report = verified(app);
    assert!(report.is_clean(), "{report}");
}

on_both_databases! {
    async fn credits_follow_a_referral_from_acceptance_to_business(app) {
        let People { anna, ben, circle, .. } = people(&app).await;
        assert_eq!(figures(&balance_of(&app, &anna).await), [0, 0, 0, 0, 0]);
        let offered = passed(&app, &anna, &ben, circle).await;
        assert_eq!(figures(&balance_of(&app, &anna).await), [0, 0, 0, 0, 0]);
        make(&app, &ben, offered, "accept", json!({})).await;
        assert_eq!(figures(&balance_of(&app, &anna).await), [0, 0, 0, 10, 0]);
        assert_eq!(figures(&balance_of(&app, &ben).await), [0, 0, 0, 0, 10]);
        is_clean(&app);
        let won = won(&app, &anna, &ben, circle, 1_250_000).await;
        let anna_now = balance_of(&app, &anna).await;
        // 10 for the introduction, 20 for business, 10 for each of 12 full thousands.
        assert_eq!(figures(&anna_now), [150, 0, 150, 10, 0]);
        assert_eq!(anna_now["circle"], json!(circle));
        assert_eq!(figures(&balance_of(&app, &ben).await), [0, 150, -150, 0, 10]);
        let transfers = app.get(&ben.token, "/transfers?limit=1").await.ok();
        assert_eq!((transfers["items"][0]["amount"].as_i64(), transfers["items"][0]["reason"].as_str()), (Some(140), Some("won")));
        assert_eq!(transfers["items"][0]["referral"], json!(won));
        assert_eq!(transfers["items"][0]["giver"]["name"], json!("Anna Arch Ltd"));
        let cursor = transfers["next_cursor"].as_str().unwrap();
        let older = app.get(&ben.token, &format!("/transfers?limit=1&cursor={cursor}")).await.ok();
        assert_eq!((older["items"][0]["reason"].as_str(), &older["next_cursor"]), (Some("introduced"), &Value::Null));
        is_clean(&app);
    }

    async fn what_comes_to_nothing_leaves_nothing_pending(app) {
        let People { anna, ben, circle, .. } = people(&app).await;
        let withdrawn = accepted(&app, &anna, &ben, circle).await;
        make(&app, &anna, withdrawn, "withdraw", json!({})).await;
        let declined = passed(&app, &anna, &ben, circle).await;
        make(&app, &ben, declined, "decline", json!({ "reason": "no_capacity" })).await;
        passed(&app, &anna, &ben, circle).await;
        app.pass_time(std::time::Duration::from_secs(3 * 86_400)).await;
        assert_eq!(figures(&balance_of(&app, &anna).await), [0, 0, 0, 0, 0]);
        assert_eq!(figures(&balance_of(&app, &ben).await), [0, 0, 0, 0, 0]);
        is_clean(&app);
    }

    async fn an_invalid_referral_gives_its_credits_back(app) {
        let People { anna, ben, stranger, .. } = people(&app).await;
        let circle = value_chain(&app, &stranger, &[(&anna, "architect"), (&ben, "electrician")]).await;
        let id = contacted(&app, &anna, &ben, circle).await;
        make(&app, &ben, id, "dispute", json!({ "reason": "no_need", "words": "There never was a need." })).await;
        make(&app, &stranger, id, "decide-dispute", json!({ "verdict": "uphold", "words": "Ben is right." })).await;
        let mine = app.get(&anna.token, "/balances").await.ok();
        let balance = mine["items"].as_array().unwrap().iter().find(|row| row["circle"] == json!(circle)).unwrap();
        assert_eq!(figures(balance), [10, 10, 0, 0, 0]);
        let standing = app.get(&stranger.token, &format!("/circles/{circle}/balances")).await.ok();
        assert_eq!((&standing["totals"]["credits"], &standing["totals"]["transfers"]), (&json!(0), &json!(2)));
        is_clean(&app);
    }

    async fn nobody_owes_a_regulated_business(app) {
        let lawyer = signed_in(&app, "Lara Law", "lawyer").await;
        let ben = signed_in(&app, "Ben Bolt", "electrician").await;
        let circle = value_chain(&app, &lawyer, &[(&ben, "electrician")]).await;
        won(&app, &lawyer, &ben, circle, 1_250_000).await;
        accepted(&app, &lawyer, &ben, circle).await;
        assert_eq!(figures(&balance_of(&app, &lawyer).await), [0, 0, 0, 0, 0]);
        assert_eq!(figures(&balance_of(&app, &ben).await), [0, 0, 0, 0, 0]);
        is_clean(&app);
    }

    async fn everybody_sees_what_is_theirs(app) {
        let People { anna, ben, stranger, circle } = people(&app).await;
        won(&app, &anna, &ben, circle, 0).await;
        let path = format!("/circles/{circle}/balances");
        let organiser = app.get(&anna.token, &path).await.ok();
        let names: Vec<&str> = organiser["members"].as_array().unwrap().iter().map(|member| member["business"]["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["Anna Arch Ltd", "Ben Bolt Ltd"]);
        assert_eq!(organiser["members"][0]["balance"], json!(30));
        assert_eq!((&organiser["members"][0]["partners_given_to"], &organiser["members"][0]["partners_received_from"]), (&json!(1), &json!(0)));
        assert_eq!((&organiser["members"][0]["standing_given"], &organiser["members"][0]["rings"]["still_owed"]), (&json!(30), &json!(30)));
        let member = app.get(&ben.token, &path).await.ok();
        assert_eq!(member["members"], Value::Null);
        assert_eq!(figures(&member["own"]), [0, 30, -30, 0, 0]);
        assert_eq!(member["totals"], json!({ "transfers": 2, "credits": 30, "pending": 0, "givers": 1, "receivers": 1, "both": 0 }));
        assert!(!member.to_string().contains("Anna"));
        let head = app.get(&ben.token, &format!("/circles/{circle}/ledger-head")).await.ok();
        let last = app.get(&ben.token, "/transfers").await.ok()["items"][0].clone();
        assert_eq!((&head["seq"], &head["hash"]), (&json!(2), &last["hash"]));
        for path in [path, format!("/circles/{circle}/ledger-head")] {
            app.get(&stranger.token, &path).await.fails(404, "not_found");
            app.get("", &path).await.fails(401, "sign_in_required");
        }
        assert_eq!(app.get(&stranger.token, "/balances").await.ok()["items"], json!([]));
        assert_eq!(app.get(&stranger.token, "/transfers").await.ok()["items"], json!([]));
    }

    async fn it_is_told_month_by_month(app) {
        let People { anna, ben, stranger, circle } = people(&app).await;
        won(&app, &anna, &ben, circle, 10_000_000).await;
        let now = app.state.now();
        let months = |business: BusinessId, now: Timestamp, zone: &'static str| app.state.db.read(move |connection| views::months_of(connection, business, now, zone));
        let sums = |months: &[views::MonthCredits]| months.iter().map(|month| (month.given, month.received)).filter(|sums| *sums != (0, 0)).collect::<Vec<_>>();
        let given = months(anna.business, now, "Europe/Berlin").await.unwrap().remove(&circle).unwrap();
        let received = months(ben.business, now, "Europe/Berlin").await.unwrap().remove(&circle).unwrap();
        assert_eq!(given.len(), views::MONTHS);
        assert_eq!((sums(&given), sums(&received)), (vec![(230, 0)], vec![(0, 230)]));
        assert_eq!(sums(&given[views::MONTHS - 1..]), [(230, 0)], "the present month is the last");
        let later = now.after(Duration::from_secs(40 * 86_400));
        let given = months(anna.business, later, "Asia/Tokyo").await.unwrap().remove(&circle).unwrap();
        assert_eq!((sums(&given), sums(&given[views::MONTHS - 1..])), (vec![(230, 0)], vec![]), "and moves back as time goes on");
        let much_later = now.after(Duration::from_secs(400 * 86_400));
        assert!(months(anna.business, much_later, "Europe/Berlin").await.unwrap().is_empty());
        assert!(months(stranger.business, now, "nowhere").await.unwrap().is_empty());
        let page = app.page(&anna.cookie, "/standing").await.body;
        for words in ["<svg class=\"chart\"", "230 given, above the line; 0 received, below it", "class=\"given\"", "Only the people of your business"] {
            assert!(page.contains(words), "{words}\n{page}");
        }
        let shown = app.page(&anna.cookie, &format!("/standing?circle={circle}")).await;
        assert!(shown.status.is_success() && !shown.body.contains("class=\"tabs\""), "{}", shown.body);
    }

    async fn the_pages_say_it_in_words(app) {
        let People { anna, ben, stranger, circle } = people(&app).await;
        let empty = app.page(&stranger.cookie, "/standing").await;
        assert!(empty.status.is_success() && empty.body.contains("not a member of a circle yet"), "{}", empty.body);
        let nothing = app.page(&anna.cookie, "/standing").await;
        assert!(nothing.body.contains("Nothing was given or received yet") && nothing.body.contains("/referrals/new"), "{}", nothing.body);
        let first_ledger = app.page(&anna.cookie, &format!("/circles/{circle}/ledger")).await;
        assert!(first_ledger.status.is_success() && first_ledger.body.contains("Nothing was posted yet"), "{}", first_ledger.body);
        won(&app, &anna, &ben, circle, 10_000_000).await;
        let given = app.page(&anna.cookie, "/standing").await;
        assert!(given.body.contains("The circle owes you 230 credits") && given.body.contains("Ben Bolt Ltd"), "{}", given.body);
        let received = app.page(&ben.cookie, "/standing").await;
        assert!(received.body.contains("You owe the circle 230 credits") && received.body.contains("You received from Anna Arch Ltd: 10 credits"), "{}", received.body);
        let ledger = app.page(&anna.cookie, &format!("/circles/{circle}/ledger")).await;
        let head = app.get(&anna.token, &format!("/circles/{circle}/ledger-head")).await.ok();
        assert!(ledger.body.contains(head["hash"].as_str().unwrap()) && ledger.body.contains("−230"), "{}", ledger.body);
        assert_eq!(app.page(&ben.cookie, &format!("/circles/{circle}/ledger")).await.status, 403);
        assert_eq!(app.page(&stranger.cookie, &format!("/circles/{circle}/ledger")).await.status, 404);
        for language in ["de", "ru"] {
            let request = actix_web::test::TestRequest::get().uri("/standing").insert_header(("accept", "text/html"))
                .insert_header(("accept-language", language)).insert_header(("cookie", format!("kularing_session={}", anna.cookie)));
            let page = app.send(request).await;
            assert!(page.status.is_success() && !page.body.contains("reciprocity-"), "{}", page.body);
        }
    }
}
