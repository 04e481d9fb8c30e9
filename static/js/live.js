// Hears that something happened and asks this page for what is new. Regions are marked `data-live="referral circle:cir_…"`: a
// kind of message, or a kind and the id that it must name. A message holds ids and nothing else; what is shown is what the page
// shows. Where somebody types, nothing is replaced: a button says that there is news.
const GATHER_MS = 300;
const ASLEEP_MS = 120_000;
const TRY_AGAIN_MS = 60_000;
const KINDS = ["referral", "circle", "standing", "business"];

const regions = () => [...document.querySelectorAll("[data-live][id]")];
// As the server wrote them, before other modules change them.
const known = new Map(regions().map((region) => [region.id, region.innerHTML]));
const waiting = new Map();
let readAt = performance.getEntriesByType("navigation")[0]?.requestStart ?? 0;
let renewed = () => {};
let source, gathering, hiding, retrying, reading, again, voice;

/** Begins to listen where a page has such regions; `enhance` is called after some were replaced. */
export function start(enhance = renewed) {
  if (!known.size || !window.EventSource) return;
  renewed = enhance;
  open();
  document.addEventListener("visibilitychange", () => {
    clearTimeout(hiding);
    if (document.hidden) hiding = setTimeout(close, ASLEEP_MS);
    else if (!source) reopen();
  });
  // A page in the browser's memory hears nothing; when it is shown again it is as old as it looks.
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => event.persisted && reopen());
}

function open() {
  close();
  source = new EventSource(`/events?ago=${Math.max(1, Math.round(performance.now() - readAt))}`);
  const hear = (event) => regions().some((region) => isMeant(region, event)) && readSoon();
  KINDS.forEach((kind) => source.addEventListener(kind, hear));
  source.addEventListener("reset", readSoon);
  // The browser comes back by itself, unless it was refused.
  source.addEventListener("error", () => source?.readyState === EventSource.CLOSED && later());
}

function later() {
  close();
  retrying = setTimeout(() => document.hidden || reopen(), TRY_AGAIN_MS);
}

function close() {
  clearTimeout(retrying);
  source?.close();
  source = undefined;
}

async function reopen() {
  if ((await read()) !== "signed out" && !source) open();
}

function isMeant(region, event) {
  const data = JSON.parse(event.data);
  return region.dataset.live.split(/\s+/).some((token) => {
    const [kind, id] = token.split(":");
    return id ? data[kind] === id : kind === event.type;
  });
}

function readSoon() {
  gathering ??= setTimeout(() => { gathering = undefined; read(); }, GATHER_MS);
}

async function read() {
  if (reading) return void (again = true);
  reading = true;
  const askedAt = performance.now();
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-store" });
    // Somebody who is no longer signed in, or may no longer see this, keeps what he has until he goes on.
    if (answer.redirected || answer.status === 401) return close(), "signed out";
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    readAt = askedAt;
    const replaced = regions().filter((region) => renew(region, page.getElementById(region.id)));
    if (replaced.length) announce(replaced[0].dataset.updated);
  } catch {
    // The network is away: the browser comes back to the stream, and that tells what was missed.
  } finally {
    reading = false;
    if (again) readSoon();
    again = false;
  }
}

function renew(region, fresh) {
  if (!fresh || known.get(region.id) === fresh.innerHTML) return false;
  if (!isTyping(region)) return replace(region, fresh);
  if (!waiting.has(region.id)) tellOfNews(region);
  waiting.set(region.id, fresh);
  return false;
}

function isTyping(region) {
  const isChanged = (field) =>
    field.options
      ? [...field.options].some((option) => option.selected !== option.defaultSelected) && field.selectedIndex > 0
      : field.value !== field.defaultValue || field.checked !== field.defaultChecked;
  const fields = [...region.querySelectorAll("input:not([type=hidden]), textarea, select")];
  return fields.some((field) => field === document.activeElement || isChanged(field)) || region.querySelector("dialog[open], [aria-busy=true]");
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
  const items = (where) => [...where.querySelectorAll("li, tr, article")];
  const name = (item) => item.id || item.querySelector("a[href]")?.getAttribute("href") || item.textContent.trim();
  const had = new Set(items(region).map(name));
  items(fresh).forEach((item) => had.has(name(item)) || item.setAttribute("data-fresh", ""));
  const opened = new Set([...region.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent));
  fresh.querySelectorAll("details > summary").forEach((summary) => opened.has(summary.textContent) && (summary.parentElement.open = true));
  const reachable = (where) => [...where.querySelectorAll("a[href], button, summary, [tabindex]")];
  const focused = reachable(region).indexOf(document.activeElement);
  const like = focused < 0 ? undefined : reachable(region)[focused];
  const { scrollX, scrollY } = window;
  region.replaceWith(fresh);
  renewed(fresh);
  if (like) {
    const same = reachable(fresh).find((item) => item.textContent === like.textContent && item.getAttribute("href") === like.getAttribute("href"));
    if (!same) fresh.tabIndex = -1;
    (same ?? fresh).focus({ preventScroll: true });
  }
  window.scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
  return true;
}

function announce(words) {
  if (!voice) {
    voice = document.createElement("p");
    voice.className = "unseen";
    voice.setAttribute("role", "status");
    document.body.append(voice);
  }
  voice.textContent = "";
  // A status that is filled a moment later is read out also when it says the same again.
  setTimeout(() => (voice.textContent = words ?? ""), 50);
}
