// Puts the regions of a page that was read again in the place of the old ones. Focus, scrolling and what was opened stay as they
// are. Where somebody types, or is about to press a button, nothing is replaced: a button says that there is news.
export const regions = () => [...document.querySelectorAll("[data-live][id]")];

// A region as the server wrote it, before other modules change it; the keys of forms are new each time and say nothing.
const written = (region) => region.innerHTML.replace(/(name="form_key" value=")[^"]*/g, "$1");
const known = new Map(regions().map((region) => [region.id, written(region)]));
const waiting = new Map();
let voice;

// A move that was sent at once brings the whole page back.
const remember = () => regions().forEach((region) => known.set(region.id, written(region)));
document.addEventListener("kularing:replaced", (event) => event.detail || remember());

/** Replaces what changed and says so. */
export function renew(page) {
  let words;
  for (const region of regions()) {
    const fresh = page.getElementById(region.id);
    // What is being sent comes back with an answer of its own.
    if (!fresh || known.get(region.id) === written(fresh) || region.querySelector("[inert], [aria-busy=true]")) continue;
    if (isBusy(region)) {
      if (!waiting.has(region.id)) tellOfNews(region);
      waiting.set(region.id, fresh);
    } else {
      words ??= region.dataset.updated;
      replace(region, fresh);
    }
  }
  if (words) announce(words);
}

function isBusy(region) {
  const isChanged = (field) => {
    if (!field.options) return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
    const first = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
    return !field.multiple && first !== undefined && !first.selected;
  };
  const fields = [...region.querySelectorAll("input:not([type=hidden]), textarea, select")];
  return fields.some((field) => field === document.activeElement || isChanged(field)) || region.querySelector("dialog[open], form button:hover");
}

function tellOfNews(region) {
  const note = document.createElement("div");
  note.className = "note news";
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
  known.set(region.id, written(fresh));
  markFresh(region, fresh);
  const opened = new Set([...region.querySelectorAll("details[open] > summary")].map(sign));
  fresh.querySelectorAll("details > summary").forEach((summary) => opened.has(sign(summary)) && (summary.parentElement.open = true));
  const focused = region.contains(document.activeElement) ? sign(document.activeElement) : undefined;
  const { scrollX, scrollY } = window;
  const scrolled = [...region.querySelectorAll(SCROLLING)].map((part) => [part.scrollLeft, part.scrollTop]);
  region.replaceWith(fresh);
  document.dispatchEvent(new CustomEvent("kularing:replaced", { detail: fresh }));
  fresh.querySelectorAll(SCROLLING).forEach((part, at) => scrolled[at] && ([part.scrollLeft, part.scrollTop] = scrolled[at]));
  if (focused !== undefined) {
    const same = [...fresh.querySelectorAll("a[href], button, summary, [tabindex]")].find((part) => sign(part) === focused);
    if (!same) fresh.tabIndex = -1;
    (same ?? fresh).focus({ preventScroll: true });
  }
  window.scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
}

// Parts with bars of their own.
const SCROLLING = ".scroll, .tabs, .beside";

// By what a part is the same as before: two buttons with the same word send different forms.
function sign(part) {
  const form = part.closest("form");
  const marks = [part.tagName, part.id, part.closest("details")?.id, part.getAttribute("href"), part.name, part.value, form?.getAttribute("action"), part.textContent];
  return JSON.stringify(marks.map((mark) => mark ?? ""));
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
