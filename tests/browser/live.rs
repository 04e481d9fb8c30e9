//! A page that is open shows what happens, and takes nothing away from somebody who types.

use std::time::Duration;

use serde_json::Value;

use crate::harness::{self, Browser};
use crate::main_job::{ANNA, ERIK, agree_as_the_prospect, found_a_circle, join_by_the_mail, link_for_the_prospect};

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

/// Passes a referral as a program would: the walk of the main job does it by the form.
const PASS: &str = r#"
    const [done] = arguments;
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
            contact_within_hours: 48, consent_path: "share", prospect: { name: "Paula Prospect", email: "paula@prospect.example", language: "en" },
        });
        const passed = await ask("POST", `/referrals/${draft.id}/pass`, {});
        return passed.referral ? `/referrals/${draft.id}` : JSON.stringify([draft, passed]);
    })().then(done, (error) => done(String(error)));
"#;

async fn pass(browser: &Browser) -> String {
    let done = browser.client.execute_async(PASS, Vec::new()).await.unwrap();
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

async fn until(browser: &Browser, what: &str, script: &str) {
    for _ in 0..150 {
        if browser.client.execute(script, Vec::new()).await.unwrap() == Value::Bool(true) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{what} did not appear on {}: {}", browser.path().await, browser.text().await);
}
