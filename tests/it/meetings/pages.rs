//! The pages, as a browser without scripts uses them, and the file for calendars.

use kularing::kernel::id::CircleId;
use serde_json::json;

use super::{THURSDAY, id, planned};
use crate::on_both_databases;
use crate::support::TestApp;
use crate::support::accounts::{TestPerson, signed_in};
use crate::support::app::Reply;
use crate::support::circles::networking;

async fn send(app: &TestApp, person: &TestPerson, path: &str, fields: &[(&str, &str)]) -> Reply {
    let mut all = vec![("csrf", person.csrf.as_str())];
    all.extend_from_slice(fields);
    app.submit(&person.cookie, path, &all).await
}

const fn form<'f>(date: &'f str, time: &'f str, place: &'f str, words: &'f str) -> [(&'static str, &'f str); 4] {
    [("date", date), ("time", time), ("place", place), ("words", words)]
}

async fn to_come(app: &TestApp, person: &TestPerson, circle: CircleId) -> serde_json::Value {
    app.get(&person.token, &format!("/circles/{circle}/meetings")).await.ok()["to_come"].clone()
}

#[track_caller]
fn shows(reply: &Reply, all: &[&str]) {
    for words in all {
        assert!(reply.body.contains(words), "{words} is not on the page ({}): {}", reply.status, reply.body);
    }
}

#[track_caller]
fn hides(reply: &Reply, all: &[&str]) {
    for words in all {
        assert!(!reply.body.contains(words), "{words} is on the page: {}", reply.body);
    }
}

on_both_databases! {
    async fn a_meeting_is_planned_changed_called_off_and_put_back_on_pages(app) {
        let (olga, anna) = (signed_in(&app, "Olga Ott", "lawyer").await, signed_in(&app, "Anna Arch", "architect").await);
        let circle = networking(&app, &olga, &[(&anna, "architect")]).await;
        let path = format!("/circles/{circle}/meetings");
        shows(&app.page(&olga.cookie, &path).await, &["Plan the next one", "type=\"date\"", "type=\"time\"", "aria-current=\"page\">Meetings<"]);
        let empty = app.page(&anna.cookie, &path).await;
        shows(&empty, &["Ask the organisers"]);
        hides(&empty, &["<form method=\"post\" action=\"/circles", "type=\"date\""]);

        let made = send(&app, &olga, &path, &form("2026-03-12", "19:00", "Town <hall>", "Bring cake.")).await;
        assert_eq!((made.status.as_u16(), made.header("location")), (303, Some(&*format!("{path}?done=meetings-planned"))), "{}", made.body);
        let meeting = to_come(&app, &olga, circle).await[0].clone();
        assert_eq!(meeting["starts_at"], THURSDAY, "seven by the clock in Berlin");
        let id = id(&meeting);
        let page = app.page(&anna.cookie, &path).await;
        shows(&page, &["Thu, 12 Mar 2026, 19:00", "Town &lt;hall&gt;", "Bring cake.", &format!("href=\"/meetings/{id}.ics\""), &format!("data-live=\"circle:{circle}\"")]);
        hides(&page, &["(Europe/Berlin)", "call-off", "/change"]);

        let edit = format!("/meetings/{id}/change");
        shows(&app.page(&olga.cookie, &edit).await, &["value=\"2026-03-12\"", "value=\"19:00\"", "value=\"Town &lt;hall&gt;\"", "Bring cake."]);
        assert_eq!(app.page(&anna.cookie, &edit).await.status, 403);
        let mut fields = vec![("version", "1")];
        fields.extend(form("2026-04-09", "18:30", "Mill", ""));
        assert_eq!(send(&app, &anna, &edit, &fields).await.status, 403);
        assert_eq!(send(&app, &olga, &edit, &fields).await.status, 303);
        let changed = to_come(&app, &olga, circle).await[0].clone();
        assert_eq!((&changed["starts_at"], &changed["place"], &changed["words"]), (&json!("2026-04-09T16:30:00Z"), &json!("Mill"), &json!(null)));

        let called_off = send(&app, &olga, &format!("/meetings/{id}/call-off"), &[]).await;
        let back_to = called_off.header("location").unwrap().to_owned();
        assert_eq!(back_to, format!("{path}?called_off={id}&done=meetings-called-off"));
        let undo = app.page(&olga.cookie, &back_to).await;
        shows(&undo, &["The meeting is called off.", "It takes place after all", "called off</span>"]);
        // Beside the message, and beside the meeting.
        assert_eq!(undo.body.matches(&format!("/meetings/{id}/put-back")).count(), 2, "{}", undo.body);
        let seen = app.page(&anna.cookie, &back_to).await;
        shows(&seen, &["called off</span>"]);
        hides(&seen, &["put-back"]);
        assert_eq!(app.page(&olga.cookie, &edit).await.status, 409);
        let late = send(&app, &olga, &edit, &fields).await;
        assert!(late.status == 409 && late.body.contains("value=\"Mill\"") && late.body.contains("role=\"alert\""), "what was typed stays: {}", late.body);
        assert_eq!(send(&app, &olga, &format!("/meetings/{id}/put-back"), &[]).await.status, 303);
        let again = app.page(&olga.cookie, &back_to).await;
        shows(&again, &["Call off"]);
        hides(&again, &["called off</span>", "put-back"]);
        // Without the token of the form nothing happens.
        assert_eq!(app.submit(&olga.cookie, &format!("/meetings/{id}/call-off"), &[]).await.status, 403);
    }

    async fn a_form_comes_back_with_what_was_typed_and_what_is_wrong(app) {
        let olga = signed_in(&app, "Olga Ott", "lawyer").await;
        let circle = networking(&app, &olga, &[]).await;
        let path = format!("/circles/{circle}/meetings");
        for (date, time, place, told) in [
            ("2026-03-29", "02:30", "Mill", "put forward that night"),
            ("2026-10-25", "02:30", "Mill", "put back that night"),
            ("2026-03-02", "08:59", "Mill", "This has passed already"),
            ("2031-03-12", "19:00", "Mill", "at most two years ahead"),
            ("soon", "19:00", "Mill", "write a date such as"),
            ("2026-03-12", "late", "Mill", "write a time such as"),
            ("2026-03-12", "", "Mill", "Please fill this in"),
            ("2026-03-12", "19:00", "  ", "Please fill this in"),
        ] {
            let reply = send(&app, &olga, &path, &form(date, time, place, "Bring <cake>.")).await;
            assert_eq!(reply.status, 422, "{date} {time}: {}", reply.body);
            shows(&reply, &[told, &format!("value=\"{date}\""), &format!("value=\"{time}\""), "Bring &lt;cake&gt;.", "aria-invalid=\"true\"", "<details class=\"ask\" id=\"plan\" open"]);
        }
        assert_eq!(to_come(&app, &olga, circle).await, json!([]));

        let meeting = id(&planned(&app, &olga, circle, THURSDAY).await);
        let edit = format!("/meetings/{meeting}/change");
        app.api(&olga.token, actix_web::http::Method::PATCH, &format!("/meetings/{meeting}"), json!({ "place": "Barn" })).await.ok();
        let mut fields = vec![("version", "1")];
        fields.extend(form("2026-03-13", "20:15", "My own words", ""));
        let overtaken = send(&app, &olga, &edit, &fields).await;
        assert_eq!(overtaken.status, 422);
        shows(&overtaken, &["Somebody changed this while you were typing", "value=\"My own words\"", "value=\"20:15\"", "name=\"version\" value=\"2\""]);
        fields[0].1 = "2";
        assert_eq!(send(&app, &olga, &edit, &fields).await.status, 303);
    }

    async fn a_time_that_comes_twice_is_kept_by_whoever_changes_something_else(app) {
        let olga = signed_in(&app, "Olga Ott", "lawyer").await;
        let circle = networking(&app, &olga, &[]).await;
        let meeting = id(&planned(&app, &olga, circle, "2026-10-25T01:30:00Z").await);
        let mut fields = vec![("version", "1")];
        fields.extend(form("2026-10-25", "02:30", "Mill", ""));
        assert_eq!(send(&app, &olga, &format!("/meetings/{meeting}/change"), &fields).await.status, 303);
        let changed = to_come(&app, &olga, circle).await[0].clone();
        assert_eq!((&changed["starts_at"], &changed["place"]), (&json!("2026-10-25T01:30:00Z"), &json!("Mill")));
    }

    async fn the_clock_is_that_of_the_circle(app) {
        let (olga, anna) = (signed_in(&app, "Olga Ott", "lawyer").await, signed_in(&app, "Anna Arch", "architect").await);
        let circle = networking(&app, &olga, &[(&anna, "architect")]).await;
        let path = format!("/circles/{circle}/meetings");
        app.api(&olga.token, actix_web::http::Method::PATCH, &format!("/circles/{circle}"), json!({ "time_zone": "America/New_York" })).await.ok();
        shows(&app.page(&olga.cookie, &path).await, &["Date and time are those of America/New_York."]);
        assert_eq!(send(&app, &olga, &path, &form("2026-03-12", "23:30", "Mill", "")).await.status, 303);
        assert_eq!(to_come(&app, &olga, circle).await[0]["starts_at"], "2026-03-13T03:30:00Z");
        for page in [&path, "/"] {
            shows(&app.page(&anna.cookie, page).await, &["Thu, 12 Mar 2026, 23:30 (America/New_York)"]);
        }
        app.api(&anna.token, actix_web::http::Method::PATCH, "/me", json!({ "time_zone": "America/Toronto" })).await.ok();
        // Another name for a clock that shows the same needs no saying.
        let page = app.page(&anna.cookie, &path).await;
        shows(&page, &["Thu, 12 Mar 2026, 23:30"]);
        hides(&page, &["(America/New_York)"]);
    }

    async fn home_shows_what_comes_next(app) {
        let (olga, anna) = (signed_in(&app, "Olga Ott", "lawyer").await, signed_in(&app, "Anna Arch", "architect").await);
        let circle = networking(&app, &olga, &[(&anna, "architect")]).await;
        hides(&app.page(&anna.cookie, "/").await, &["Meetings next"]);
        let meeting = id(&planned(&app, &olga, circle, THURSDAY).await);
        let home = app.page(&anna.cookie, "/").await;
        shows(&home, &["Meetings next", "Thu, 12 Mar 2026, 19:00", "Town hall, room 3", "Test Circle", &format!("href=\"/circles/{circle}/meetings\"")]);
        let region = home.body.split("id=\"home\"").nth(1).unwrap_or_default();
        assert!(region.contains("data-live=\"referral circle\"") && region.split("<aside").next().unwrap_or_default().contains("Meetings next"), "{}", home.body);
        for (language, shown) in [("de", ["Nächste Treffen", "Do., 12.03.2026, 19:00"]), ("ru", ["Ближайшие встречи", "чт, 12.03.2026, 19:00"])] {
            app.api(&anna.token, actix_web::http::Method::PATCH, "/me", json!({ "language": language })).await.ok();
            shows(&app.page(&anna.cookie, "/").await, &shown);
            hides(&app.page(&anna.cookie, &format!("/circles/{circle}/meetings")).await, &[">meetings-"]);
        }
        app.post(&olga.token, &format!("/meetings/{meeting}/call-off"), json!({})).await.ok();
        hides(&app.page(&anna.cookie, "/").await, &["Ближайшие встречи"]);
    }

    async fn a_meeting_goes_into_a_calendar(app) {
        let (olga, anna) = (signed_in(&app, "Olga Ott", "lawyer").await, signed_in(&app, "Anna Arch", "architect").await);
        let circle = networking(&app, &olga, &[(&anna, "architect")]).await;
        let place = format!("Town hall; room 3, {}", "straße ".repeat(20));
        send(&app, &olga, &format!("/circles/{circle}/meetings"), &form("2026-03-12", "19:00", &place, "One\r\nTwo")).await;
        let id = id(&to_come(&app, &olga, circle).await[0]);
        let file = app.page(&anna.cookie, &format!("/meetings/{id}.ics")).await;
        assert_eq!(file.status, 200, "{}", file.body);
        assert_eq!(file.header("content-type"), Some("text/calendar; charset=utf-8"));
        assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"meeting-2026-03-12.ics\""));
        assert!(file.body.split("\r\n").all(|line| line.len() <= 75), "{}", file.body);
        let whole = file.body.replace("\r\n ", "");
        let address = app.state.url(&format!("/circles/{circle}/meetings"));
        for line in [
            "BEGIN:VCALENDAR", "DTSTART:20260312T180000Z", "DTSTAMP:20260302T080000Z", "SEQUENCE:0", "SUMMARY:Test Circle", "DESCRIPTION:One\\nTwo",
            "STATUS:CONFIRMED", &format!("LOCATION:Town hall\\; room 3\\, {}", "straße ".repeat(20).trim()), &format!("URL:{address}"),
        ] {
            assert!(whole.lines().any(|found| found == line), "{line}: {whole}");
        }
        let uid = |whole: &str| whole.lines().find_map(|line| line.strip_prefix("UID:")).unwrap().to_owned();
        assert!(uid(&whole).starts_with(&format!("{id}@")), "{whole}");
        app.post(&olga.token, &format!("/meetings/{id}/call-off"), json!({})).await.ok();
        let cancelled = app.page(&anna.cookie, &format!("/meetings/{id}.ics")).await.body.replace("\r\n ", "");
        assert!(cancelled.contains("\r\nSTATUS:CANCELLED\r\n") && cancelled.contains("\r\nSEQUENCE:1\r\n") && uid(&cancelled) == uid(&whole), "{cancelled}");
    }
}
