// Hears that something happened and asks this page for what is new. Regions are marked `data-live="referral circle:cir_…"`: a
// kind of message, or a kind and the id that it must name; `data-stream` where another stream tells of them. A message holds ids and nothing else; what is shown is what the page
// shows to whoever reads it.
import { regions, renew } from "./renew.js";

const GATHER_MS = 300;
const ASLEEP_MS = 120_000;
const TRY_AGAIN_MS = 60_000;
const KINDS = ["referral", "circle", "standing", "business", "ledger", "mail"];

let readAt = performance.getEntriesByType("navigation")[0]?.requestStart ?? 0;
let source, gathering, hiding, retrying, reading, again;

/** Begins to listen where a page has such regions. */
export function start() {
  if (!regions().length || !window.EventSource) return;
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
  const own = document.querySelector("[data-live][data-stream]")?.dataset.stream;
  source = new EventSource(own ?? `/events?ago=${Math.max(1, Math.round(performance.now() - readAt))}`);
  KINDS.forEach((kind) => source.addEventListener(kind, (event) => regions().some((region) => isMeant(region, event)) && readSoon()));
  source.addEventListener("reset", readSoon);
  // After a broken connection the browser comes back by itself, but not when it was refused.
  source.addEventListener("error", () => {
    if (source?.readyState !== EventSource.CLOSED) return;
    close();
    retrying = setTimeout(() => document.hidden || reopen(), TRY_AGAIN_MS);
  });
}

function close() {
  clearTimeout(retrying);
  source?.close();
  source = undefined;
}

async function reopen() {
  if (await read()) open();
}

function isMeant(region, event) {
  const { referral, circle } = JSON.parse(event.data);
  return region.dataset.live.split(/\s+/).some((token) => {
    const [kind, id] = token.split(":");
    return kind === event.type && (!id || id === referral || id === circle);
  });
}

// Several messages within a moment are one reason to look.
function readSoon() {
  gathering ??= setTimeout(() => {
    gathering = undefined;
    read();
  }, GATHER_MS);
}

// Reads the page again, one request at a time; false when its reader is no longer signed in.
async function read() {
  if (reading) return (again = true);
  reading = true;
  const askedAt = performance.now();
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-store" });
    if (answer.redirected || answer.status === 401) return close(), false;
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      readAt = askedAt;
      renew(page);
    }
  } catch {
    // The network is away: the browser comes back to the stream, and that tells what was missed.
  } finally {
    reading = false;
    if (again) readSoon();
    again = false;
  }
  return true;
}
