//! Every form of every page takes bad input kindly: it comes back with everything that was typed, and what is wrong stands beside
//! its field.

use std::collections::BTreeSet;

use kularing::demo::cast::PASSWORD;
use serde_json::Value;

use crate::gallery;
use crate::harness::{self, Browser, Server, Setting};
use crate::pages::{PAGES, Who};

/// Fewer forms than this with something to type were found: then the walk misses them.
const FORMS_MIN: usize = 12;

/// Where the forms of the page lead that have something to type: the trap for robots is no field, and who signs in is not told
/// which of both was wrong.
const FORMS: &str = "
    const typed = (field) => field.name && !field.disabled && field.tabIndex >= 0 && ['text', 'email', 'tel', 'url', 'number', 'textarea'].includes(field.type);
    return [...document.querySelectorAll('form[method=post]:not([action$=sign-in])')].filter((form) => [...form.elements].some(typed)).map((form) => form.getAttribute('action'));";

/// Types something into every field of a form, makes another choice wherever there is one, and breaks one field: an empty field that is needed, else a wrong number or address,
/// else a text that is far too long. Answers what was broken, and what was typed and chosen elsewhere.
const TYPE_AND_BREAK: &str = "
    const form = [...document.querySelectorAll('form[method=post]')].find((form) => form.getAttribute('action') === arguments[0]);
    const fields = [...form.elements].filter((field) => field.name && !field.disabled && field.tabIndex >= 0 && ['text', 'email', 'tel', 'url', 'number', 'textarea'].includes(field.type));
    const words = fields.filter((field) => ['text', 'textarea'].includes(field.type));
    const broken = words.find((field) => field.required) ?? fields.find((field) => field.type === 'number') ?? fields.find((field) => field.type === 'email') ?? fields[0];
    fields.forEach((field, place) => {
      if (field.type === 'email') field.value = `typed${place}@words.example`;
      else if (field.type === 'number') field.value = '7';
      else if (field.type === 'tel') field.value = '+49 341 1234567';
      else if (field.type === 'url') field.value = 'https://words.example/';
      else field.value = `Typed ${place}`;
    });
    if (broken.type === 'number') broken.value = '-5';
    else if (broken.type === 'email') broken.value = 'no address';
    else if (broken.required) broken.value = '';
    else broken.value = 'x'.repeat(6000);
    const choices = [...form.elements].filter((field) => field.name && !field.disabled && field.tabIndex >= 0 && ['select-one', 'radio', 'checkbox', 'date', 'time'].includes(field.type));
    for (const field of choices) {
      if (field.type === 'select-one') field.selectedIndex = field.options.length - 1;
      else if (field.type === 'radio') field.checked = true;
      else if (field.type === 'checkbox') field.checked = !field.checked;
      else field.value = field.type === 'date' ? '2027-03-12' : '19:00';
    }
    const shown = (field) => ['radio', 'checkbox'].includes(field.type) ? `${field.value} ${field.checked ? 'chosen' : 'not chosen'}` : field.value;
    const sent = [...fields.filter((field) => field !== broken), ...choices].map((field) => [field.name, shown(field)]);
    form.noValidate = true;
    document.documentElement.dataset.old = 'yes';
    form.requestSubmit([...form.elements].find((button) => button.tagName === 'BUTTON' && button.type === 'submit' && !button.name));
    return { broken: broken.name, sent };";

/// What is wrong with the answer to it.
const JUDGE: &str = "
    const [action, { broken, sent }] = arguments;
    const status = performance.getEntriesByType('navigation')[0].responseStatus;
    const wrong = [];
    if (status !== 422) wrong.push(`answers ${status}`);
    const form = [...document.querySelectorAll('form[method=post]')].find((form) => form.getAttribute('action') === action);
    if (!form) return [...wrong, `is not shown again: ${document.querySelector('main').innerText.slice(0, 200)}`];
    const shown = (field) => ['radio', 'checkbox'].includes(field.type) ? `${field.value} ${field.checked ? 'chosen' : 'not chosen'}` : field.value;
    for (const [name, value] of sent) {
      const values = [...form.elements].filter((field) => field.name === name).map(shown);
      if (!values.includes(value)) wrong.push(`forgets what was said at ${name}: ${value} became ${values}`);
    }
    const field = [...form.elements].find((field) => field.name === broken);
    const told = (field?.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)).filter((one) => one?.classList.contains('error'));
    if (field?.getAttribute('aria-invalid') !== 'true') wrong.push(`does not mark ${broken}`);
    if (!told.some((one) => one.innerText.trim())) wrong.push(`says nothing beside ${broken}`);
    if (field?.closest('details:not([open])')) wrong.push(`folds ${broken} away`);
    return wrong;";

#[tokio::test]
async fn every_form_comes_back_with_what_was_typed_and_what_is_wrong() {
    let Some(driver) = harness::driver() else { return };
    let server = tokio::task::spawn_blocking(Server::demo).await.unwrap();
    let browser = Browser::start(&driver, &server.base_url, &Setting { scripts: false, ..Setting::default() }).await;
    let found = gallery::prepared(&server, &browser).await;
    let (mut seen, mut wrong) = (BTreeSet::new(), Vec::new());
    for who in [Who::Nobody, Who::Partner, Who::Organiser] {
        browser.sign_out().await;
        if let Some(email) = gallery::email(who) {
            browser.sign_in_with(email, PASSWORD).await;
        }
        for page in PAGES.iter().filter(|page| page.1 == who) {
            let address = gallery::address(page, &found);
            browser.goto(&address).await;
            let forms = browser.client.execute(FORMS, Vec::new()).await.unwrap();
            for action in forms.as_array().into_iter().flatten() {
                if seen.insert(kind_of(action)) {
                    wrong.extend(try_it(&browser, &address, action).await);
                }
            }
        }
    }
    assert!(seen.len() >= FORMS_MIN, "only these have something to type: {seen:?}");
    assert!(wrong.is_empty(), "{} of {} forms:\n{}", wrong.len(), seen.len(), wrong.join("\n"));
}

/// Forms whose addresses differ in ids alone are the same form.
fn kind_of(action: &Value) -> String {
    let parts = action.as_str().unwrap_or_default().split('/').map(|part| if part.len() > 14 { "{}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

async fn try_it(browser: &Browser, address: &str, action: &Value) -> Option<String> {
    browser.goto(address).await;
    let typed = browser.client.execute(TYPE_AND_BREAK, vec![action.clone()]).await.unwrap_or_else(|error| panic!("{action} of {address}: {error}"));
    browser.wait_for_the_next_page(&action.to_string()).await;
    let wrong = browser.client.execute(JUDGE, vec![action.clone(), typed]).await.unwrap();
    let wrong: Vec<_> = wrong.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    (!wrong.is_empty()).then(|| format!("{action} of {address}: {}", wrong.join("; ")))
}
