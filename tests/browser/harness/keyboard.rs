//! The keyboard alone. Wherever the focus goes, it is there, it is seen, and nothing lies over it.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;

use super::Browser;

/// How often one presses Tab before giving up.
const TABS_MAX: usize = 120;
/// What is wrong with the focus; empty when nothing is. A radio's card may show the focus in its place (WCAG 2.2: 2.4.7, 2.4.11).
const FOCUS: &str = "
    const here = document.activeElement;
    if (!here || here === document.body || here === document.documentElement) return 'nothing has the focus';
    const looks = (element) => getComputedStyle(element);
    const outlined = (element) => looks(element).outlineStyle !== 'none' && parseFloat(looks(element).outlineWidth) >= 2;
    const card = here.closest('label');
    const name = `${here.tagName.toLowerCase()}${here.id ? '#' + here.id : ''}[name=${here.getAttribute('name')}] “${here.textContent.trim().slice(0, 40)}”`;
    const seen = (element) => {
      const box = element.getBoundingClientRect();
      return [[.5, .5], [.1, .5], [.9, .5], [.5, .15], [.5, .85]].some(([x, y]) => {
        const hit = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
        return hit && (hit === element || element.contains(hit) || hit.contains(element) && hit !== document.body && hit !== document.documentElement && hit.tagName !== 'MAIN');
      });
    };
    if (!outlined(here) && !(card && outlined(card))) return `the focus is not seen on ${name}: ${looks(here).outline}`;
    if (!seen(here) && !(card && seen(card))) return `something lies over ${name}`;
    return '';";
/// Everything on the page that one can use, as Tab should lead through it: of several radios only one, nothing that is folded away.
const USABLE: &str = "
    const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
    const one = (element) => {
      if (element.type !== 'radio') return true;
      const group = [...document.querySelectorAll(`input[type=radio][name='${element.name}']`)].filter((other) => other.form === element.form);
      return element === (group.find((other) => other.checked) ?? group[0]);
    };
    window.usable = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex=\"0\"]')]
      .filter((element) => !element.disabled && element.tabIndex >= 0 && !element.closest('[inert]') && shown(element) && one(element));
    window.reached = new Set();
    // From the very top, wherever the page itself had put the focus.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
    window.scrollTo(0, 0);
    return window.usable.length;";
/// Notes where the focus is; false when it has left the page.
const NOTE: &str = "
    const here = document.activeElement;
    // Within a date or a time Tab goes from its day to its month, or from its hour to its minute.
    const goesOn = here === window.last && ['date', 'time'].includes(here.type);
    window.last = here;
    if (!here || here === document.body || (window.reached.has(here) && !goesOn)) return false;
    window.reached.add(here);
    return true;";
const UNREACHED: &str = "
    const radios = new Set([...window.reached].filter((element) => element.type === 'radio').map((element) => element.name));
    return window.usable.filter((element) => !window.reached.has(element) && !radios.has(element.name)).map((element) => element.outerHTML.slice(0, 160));";
const IS_HERE: &str = "return document.activeElement !== null && document.activeElement.matches(arguments[0])";

impl Browser {
    /// Presses a key and lets it go.
    pub async fn press(&self, key: Key) {
        self.press_character(char::from(key)).await;
    }

    async fn press_character(&self, value: char) {
        let keys = KeyActions::new("keyboard".to_owned()).then(KeyAction::Down { value }).then(KeyAction::Up { value });
        self.client.perform_actions(keys).await.unwrap();
    }

    /// Types where the focus is.
    pub async fn type_in(&self, text: &str) {
        for letter in text.chars() {
            self.press_character(letter).await;
        }
    }

    /// Presses Tab until the focus is on what this selector finds.
    pub async fn tab_to(&self, selector: &str) {
        for _ in 0..TABS_MAX {
            self.press(Key::Tab).await;
            self.assert_focus_is_seen().await;
            if self.is_on(selector).await {
                return;
            }
        }
        panic!("{TABS_MAX} times Tab does not lead to {selector} on {}: {}", self.path().await, self.text().await);
    }

    /// Whether the focus is on what this selector finds.
    pub async fn is_on(&self, selector: &str) -> bool {
        self.client.execute(IS_HERE, vec![selector.into()]).await.unwrap() == true
    }

    /// Tabs to a field and types into it.
    pub async fn tab_and_type(&self, name: &str, text: &str) {
        self.tab_to(&format!("[name='{name}']")).await;
        self.type_in(text).await;
    }

    /// Tabs to a choice of several and goes down to the one with this value.
    pub async fn tab_and_choose(&self, name: &str, value: &str) {
        self.tab_to(&format!("[name='{name}']")).await;
        self.press(if self.is_on("input[type='radio']").await { Key::Space } else { Key::Home }).await;
        for _ in 0..60 {
            let chosen = "return document.activeElement.value === arguments[0]";
            if self.client.execute(chosen, vec![value.into()]).await.unwrap() == true {
                return;
            }
            self.press(Key::Down).await;
            self.assert_focus_is_seen().await;
        }
        panic!("{name} never becomes {value}");
    }

    /// The value of the option whose text holds these words.
    pub async fn value_of_option(&self, name: &str, words: &str) -> String {
        let find = "return [...document.querySelectorAll(`select[name='${arguments[0]}'] option`)].find((one) => one.text.includes(arguments[1]))?.value ?? ''";
        self.client.execute(find, vec![name.into(), words.into()]).await.unwrap().as_str().unwrap().to_owned()
    }

    /// Presses Enter on what has the focus and waits for the next page.
    pub async fn enter(&self) {
        self.mark_as_old().await;
        self.press(Key::Enter).await;
        self.wait_for_the_next_page("Enter").await;
    }

    /// Goes through the whole page by Tab; answers what is wrong: what it does not lead to, and where the focus is not seen.
    pub async fn tab_through(&self) -> Vec<String> {
        let usable = self.client.execute(USABLE, Vec::new()).await.unwrap().as_u64().unwrap();
        let mut wrong = Vec::new();
        for _ in 0..usable + 15 {
            self.press(Key::Tab).await;
            if self.client.execute(NOTE, Vec::new()).await.unwrap() != true {
                break;
            }
            let seen = self.client.execute(FOCUS, Vec::new()).await.unwrap();
            wrong.extend(seen.as_str().filter(|words| !words.is_empty()).map(str::to_owned));
        }
        let left = self.client.execute(UNREACHED, Vec::new()).await.unwrap();
        wrong.extend(left.as_array().into_iter().flatten().map(|element| format!("Tab does not lead to {element}")));
        wrong
    }

    async fn assert_focus_is_seen(&self) {
        let wrong = self.client.execute(FOCUS, Vec::new()).await.unwrap();
        assert_eq!(wrong.as_str(), Some(""), "on {}", self.path().await);
    }
}
