// Puts the regions of a page that was read again in the place of the old ones. Focus and scrolling stay where they are. Where
// somebody types, nothing is replaced: a button says that there is news.
export const regions = () => [...document.querySelectorAll("[data-live][id]")];

// As the server wrote them, before other modules change them.
const known = new Map(regions().map((region) => [region.id, region.innerHTML]));
const waiting = new Map();
let voice;

// A move that was sent at once brings the whole page back.
const remember = () => regions().forEach((region) => known.set(region.id, region.innerHTML));
document.addEventListener("kularing:replaced", (event) => event.detail || remember());

/** Replaces what changed and says so. */
export function renew(page) {
  let words;
  for (const region of regions()) {
    const fresh = page.getElementById(region.id);
    // What is being sent comes back with an answer of its own.
    if (!fresh || known.get(region.id) === fresh.innerHTML || region.querySelector("[inert], [aria-busy=true]")) continue;
    if (isTyping(region)) {
      if (!waiting.has(region.id)) tellOfNews(region);
      waiting.set(region.id, fresh);
    } else {
      words ??= region.dataset.updated;
      replace(region, fresh);
    }
  }
  if (words) announce(words);
}

function isTyping(region) {
  const isChanged = (field) => {
    if (!field.options) return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
    const first = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
    return !field.multiple && first !== undefined && !first.selected;
  };
  const fields = [...region.querySelectorAll("input:not([type=hidden]), textarea, select")];
  return fields.some((field) => field === document.activeElement || isChanged(field)) || region.querySelector("dialog[open]");
}

function tellOfNews(region) {
  const note = document.createElement("div");
  note.className = "note row";
  note.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = region.dataset.news;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = region.dataset.show;
  button.addEventListener("click", () => {
    note.remove();
    replace(document.getElementById(region.id), waiting.get(region.id));
  });
  note.append(words, button);
  region.before(note);
}

function replace(region, fresh) {
  waiting.delete(region.id);
  known.set(region.id, fresh.innerHTML);
  markFresh(region, fresh);
  const opened = new Set([...region.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent));
  fresh.querySelectorAll("details > summary").forEach((summary) => opened.has(summary.textContent) && (summary.parentElement.open = true));
  const focused = region.contains(document.activeElement) ? document.activeElement : undefined;
  const { scrollX, scrollY } = window;
  region.replaceWith(fresh);
  document.dispatchEvent(new CustomEvent("kularing:replaced", { detail: fresh }));
  if (focused) {
    const like = (item) => item.textContent === focused.textContent && item.getAttribute("href") === focused.getAttribute("href");
    const same = [...fresh.querySelectorAll("a[href], button, summary, [tabindex]")].find(like);
    if (!same) fresh.tabIndex = -1;
    (same ?? fresh).focus({ preventScroll: true });
  }
  window.scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
}

// Marks what a list did not have before, so that it can be seen.
function markFresh(region, fresh) {
  const items = (where) => [...where.querySelectorAll("li, tr, article")];
  const name = (item) => item.id || item.querySelector("a[href]")?.getAttribute("href") || item.textContent.trim();
  const had = new Set(items(region).map(name));
  items(fresh).forEach((item) => had.has(name(item)) || item.setAttribute("data-fresh", ""));
}

function announce(words) {
  if (!voice) {
    voice = document.createElement("p");
    voice.className = "unseen";
    voice.setAttribute("role", "status");
    document.body.append(voice);
  }
  // Filled a moment later it is read out also when it says the same again.
  voice.textContent = "";
  setTimeout(() => (voice.textContent = words), 50);
}
