//! A page that is open shows what happens, and takes nothing away from somebody who types.

use std::time::Duration;

use kularing::introductions::model::TOO_SOON;
use serde_json::{Value, json};

use crate::harness::{self, Browser, Registration};
use crate::main_job::{ANNA, ERIK, UNDO_TIME, agree_as_the_prospect, follow_to_the_end, found_a_circle, join_by_the_mail, link_for_the_prospect};

#[tokio::test]
async fn offers_and_answers_appear_without_loading_the_page() {
    let Some((server, anna)) = harness::start().await else { return };
    anna.arrive(&ANNA).await;
    found_a_circle(&anna).await;
    anna.sign_out().await;
    join_by_the_mail(&anna).await;
    anna.sign_out().await;
    anna.sign_in(ANNA.email).await;
    let erik = harness::another(&server).await;
    erik.sign_in(ERIK.email).await;
    stay(&erik).await;

    let referral = pass(&anna).await;
    anna.goto(&referral).await;
    until(&erik, "the offer", "return !!document.querySelector(`#home [data-fresh] a[href^='/referrals/ref_'], #home a[data-fresh]`)").await;
    assert_still_the_same_page(&erik).await;
    erik.take_pictures("home-live").await;

    // The giver's page shows the answer. What she has typed by then stays, and a button brings the rest.
    stay(&anna).await;
    erik.goto(&referral).await;
    erik.click_here("form[action$='/moves/accept'] button").await;
    until(&anna, "the acceptance", "return document.querySelector('[data-state]').textContent.includes('Accepted')").await;
    assert_still_the_same_page(&anna).await;
    let link = link_for_the_prospect(&anna).await;
    let typed = "const field = document.createElement('input'); field.id = 'typed'; field.ariaLabel = 'Words'; document.querySelector('#referral').append(field); field.value = 'half a';";
    anna.client.execute(typed, Vec::new()).await.unwrap();
    agree_as_the_prospect(&erik, &link).await;
    until(&anna, "the news", "return document.querySelector('#referral').previousElementSibling?.textContent.includes('There is news')").await;
    assert_eq!(anna.find("#typed").await.prop("value").await.unwrap().as_deref(), Some("half a"));
    anna.take_pictures("referral-news").await;
    anna.client.execute("document.querySelector('#referral').previousElementSibling.querySelector('button').click()", Vec::new()).await.unwrap();
    until(&anna, "the page", "return !document.querySelector('#typed')").await;
    assert_still_the_same_page(&anna).await;
    anna.assert_quiet_console("referral").await;
}

#[tokio::test]
async fn mails_and_credits_appear_without_loading_the_page() {
    let Some((server, anna)) = harness::start().await else { return };
    anna.arrive(&ANNA).await;
    found_a_circle(&anna).await;
    anna.sign_out().await;
    join_by_the_mail(&anna).await;
    anna.sign_out().await;
    anna.sign_in(ANNA.email).await;
    let erik = harness::another(&server).await;
    erik.sign_in(ERIK.email).await;

    // The mailbox shows what comes, to whoever looks.
    erik.goto("/mailbox").await;
    stay(&erik).await;
    let referral = pass_by(&anna, true).await;
    until(&erik, "the mail", "return !!document.querySelector('#mails [data-fresh]')").await;
    assert_still_the_same_page(&erik).await;

    // What became of the mail to the prospect stands on the giver's page.
    anna.goto(&referral).await;
    until(&anna, "that it was sent", &says("The mail that asks the prospect was sent")).await;
    stay(&anna).await;
    let (_, link) = erik.text_and_link_in_mail("paula@prospect.example", "/i/").await;
    erik.click("form[action$='/bounce'] button").await;
    until(&anna, "that it came back", &says("The mail that asks the prospect came back")).await;
    assert_still_the_same_page(&anna).await;
    anna.take_pictures("referral-mail").await;

    // Credits: at home, and where one stands. What was opened stays open, the focus and the page stay where they are.
    // Nobody reads a mail faster: who answers sooner is taken for a machine.
    tokio::time::sleep(TOO_SOON).await;
    agree_as_the_prospect(&erik, &link).await;
    erik.goto(&referral).await;
    erik.click_here("form[action$='/moves/accept'] button").await;
    anna.goto("/").await;
    stay(&anna).await;
    server.let_pass(UNDO_TIME);
    until(&anna, "the credits of the introduction", "return document.querySelector('#home-standing').textContent.includes('+10')").await;
    assert_still_the_same_page(&anna).await;
    anna.goto("/standing").await;
    stay(&anna).await;
    let open = "const summary = document.querySelector('#page details > summary'); summary.parentElement.open = true; summary.focus({ preventScroll: true }); scrollTo({ top: 120, behavior: 'instant' });";
    anna.client.execute(open, Vec::new()).await.unwrap();
    follow_to_the_end(&erik, &referral).await;
    until(&anna, "the credits of the business", "return document.querySelector('#page .stats').textContent.includes('120')").await;
    assert_still_the_same_page(&anna).await;
    let kept = "return [document.querySelector('#page details').open, document.activeElement.tagName, document.activeElement.isConnected, Math.round(scrollY)]";
    assert_eq!(anna.client.execute(kept, Vec::new()).await.unwrap(), json!([true, "SUMMARY", true, 120]));
    for browser in [&anna, &erik] {
        browser.assert_quiet_console("live").await;
    }
}

const FRIDA: Registration<'static> = Registration { name: "Frida Fox", email: "frida@fox.example", business: "Fox Wiring", trade: "electrician" };

#[tokio::test]
async fn an_application_appears_and_takes_nothing_from_whoever_is_at_work() {
    let Some((server, anna)) = harness::start().await else { return };
    anna.arrive(&ANNA).await;
    found_a_circle(&anna).await;
    let circle = anna.path().await.trim_end_matches("/invitations").to_owned();
    ask(&anna, "PATCH", &format!("/api/v1{circle}"), json!({ "open_to_applications": true })).await;
    let other = harness::another(&server).await;
    other.arrive(&ERIK).await;
    ask(&other, "POST", &format!("/api/v1{circle}/applications"), json!({ "trade": "electrician" })).await;
    other.goto(&circle).await;
    let waits = other.text().await;
    stay(&other).await;

    // Whoever is on a button stays on the button of the same applicant.
    anna.goto(&format!("{circle}/members")).await;
    stay(&anna).await;
    anna.client.execute("document.querySelector(\"form[action$='/admit'] button\").focus()", Vec::new()).await.unwrap();
    let focused = "return document.activeElement.closest('form')?.getAttribute('action') ?? ''";
    let before = anna.client.execute(focused, Vec::new()).await.unwrap();
    let third = harness::another(&server).await;
    third.arrive(&FRIDA).await;
    ask(&third, "POST", &format!("/api/v1{circle}/applications"), json!({ "trade": "electrician" })).await;
    until(&anna, "the application", "return document.querySelectorAll(\"form[action$='/admit']\").length === 2").await;
    assert_still_the_same_page(&anna).await;
    assert!(before.as_str().unwrap().ends_with("/admit"), "{before}");
    assert_eq!(anna.client.execute(focused, Vec::new()).await.unwrap(), before);
    anna.take_pictures("members-live").await;

    // Who is admitted sees it where he waits, the tabs of the circle included.
    anna.click(&format!("form[action='{}'] button", before.as_str().unwrap())).await;
    until(&other, "that he is in", "return !!document.querySelector('#page .tabs') && !!document.querySelector('#page .chain')").await;
    assert_still_the_same_page(&other).await;
    assert_ne!(other.text().await, waits);

    // What is typed stays until its writer wants to see the news.
    stay(&anna).await;
    anna.fill_in("#page details textarea", "half a").await;
    ask(&third, "POST", &format!("/api/v1{circle}/leave"), json!({})).await;
    until(&anna, "the news", "return document.querySelector('.note.news')?.textContent.includes('There is news')").await;
    assert_eq!(anna.find("#page details textarea").await.prop("value").await.unwrap().as_deref(), Some("half a"));
    anna.take_pictures("members-news").await;
    anna.client.execute("document.querySelector('.note.news button').click()", Vec::new()).await.unwrap();
    until(&anna, "the page", "return document.querySelectorAll(\"form[action$='/admit']\").length === 0 && document.querySelector('#page details').open").await;
    assert_still_the_same_page(&anna).await;
    anna.assert_quiet_console("members").await;
}

/// More pages than somebody may have streams: those that were left are noticed when there is need of their places.
const PAGES_IN_A_ROW: usize = 24;

#[tokio::test]
async fn whoever_goes_quickly_from_page_to_page_hears_on_each() {
    let Some((_server, anna)) = harness::start().await else { return };
    anna.arrive(&ANNA).await;
    found_a_circle(&anna).await;
    let circle = anna.path().await.trim_end_matches("/invitations").to_owned();
    let rooms = ["/".to_owned(), "/standing".to_owned(), "/circles".to_owned(), circle.clone(), format!("{circle}/members"), format!("{circle}/rings")];
    for path in rooms.iter().cycle().take(PAGES_IN_A_ROW) {
        anna.goto(path).await;
        // The module that listens was loaded and has begun.
        until(
            &anna,
            "the stream",
            "return performance.getEntriesByType('resource').some((entry) => entry.name.endsWith('.js') && entry.name.includes('live'))",
        )
        .await;
    }
    anna.goto(&circle).await;
    stay(&anna).await;
    ask(&anna, "PATCH", &format!("/api/v1{circle}"), json!({ "name": "Building in Deutz" })).await;
    until(&anna, "the new name", "return document.querySelector('h1').textContent === 'Building in Deutz'").await;
    assert_still_the_same_page(&anna).await;
    anna.assert_quiet_console("one page after another").await;
}

fn says(words: &str) -> String {
    format!("return document.querySelector('main').textContent.includes('{words}')")
}

/// Asks the API as a script of the page would; it must not refuse.
async fn ask(browser: &Browser, method: &str, path: &str, body: Value) {
    let script = "
        const [method, path, body, done] = arguments;
        const headers = { 'content-type': 'application/json', 'x-csrf-token': document.querySelector('[name=csrf]').value };
        fetch(path, { method, headers, body }).then(async (answer) => done(answer.ok ? 'ok' : await answer.text()), (error) => done(String(error)));";
    let done = browser.client.execute_async(script, vec![method.into(), path.into(), body.to_string().into()]).await.unwrap();
    assert_eq!(done, "ok", "{method} {path}");
}

/// Passes a referral as a program would: the walk of the main job does it by the form.
const PASS: &str = r#"
    const [attested, done] = arguments;
    const told = attested && { how: "phone", when: new Date(Date.now() - 86_400_000).toISOString(), words: "Yes, please." };
    const token = document.querySelector("[name=csrf]").value;
    const ask = async (method, path, body) => {
        const answer = await fetch("/api/v1" + path, {
            method, body: body && JSON.stringify(body), headers: { "content-type": "application/json", "x-csrf-token": token },
        });
        return answer.json();
    };
    (async () => {
        const circle = (await ask("GET", "/circles")).items[0].id;
        const members = (await ask("GET", `/circles/${circle}/members`)).items;
        const receiver = members.find((member) => member.name === "Volt Electric").business;
        const draft = await ask("POST", "/referrals", {
            circle, receiver, trade: "electrician", need: "New wiring for a house of 1924", effort: 3, contact_by: "receiver",
            contact_within_hours: 48, consent_path: attested ? "attested" : "share", prospect: { name: "Paula Prospect", email: "paula@prospect.example", language: "en" },
        });
        const passed = await ask("POST", `/referrals/${draft.id}/pass`, told ? { attestation: told } : {});
        return passed.referral ? `/referrals/${draft.id}` : JSON.stringify([draft, passed]);
    })().then(done, (error) => done(String(error)));
"#;

async fn pass(browser: &Browser) -> String {
    pass_by(browser, false).await
}

/// The same; the consent can be one that was given before: then the prospect is asked by mail.
async fn pass_by(browser: &Browser, attested: bool) -> String {
    let done = browser.client.execute_async(PASS, vec![attested.into()]).await.unwrap();
    let referral = done.as_str().unwrap_or_default().to_owned();
    assert!(referral.starts_with("/referrals/ref_"), "{referral}");
    referral
}

async fn stay(browser: &Browser) {
    browser.client.execute("document.documentElement.dataset.stayed = 'yes'", Vec::new()).await.unwrap();
}

async fn assert_still_the_same_page(browser: &Browser) {
    let stayed = browser.client.execute("return document.documentElement.dataset.stayed", Vec::new()).await.unwrap();
    assert_eq!(stayed, "yes", "the page was loaded anew: {}", browser.path().await);
}

/// Waits until a script of the page answers true.
pub async fn until(browser: &Browser, what: &str, script: &str) {
    for _ in 0..150 {
        if browser.client.execute(script, Vec::new()).await.unwrap() == Value::Bool(true) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{what} did not appear on {}: {}", browser.path().await, browser.text().await);
}
