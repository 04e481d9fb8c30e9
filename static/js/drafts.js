// Keeps what is typed into a long form (`data-draft` names it) in this browser, until it is sent or a day has passed; also when
// the session ends meanwhile. It is offered again, never put in unasked over what the server shows, and to nobody but its writer:
// whoever signs out, or signs in here as somebody else, leaves none behind.
const DAY_MS = 86_400_000;
const LENGTH_MAX = 50_000;
const PREFIX = "kularing-draft:";

// A tax number is compared and kept nowhere, here neither.
const isTaxNumber = (field) => field.name.endsWith("tax_number");
const secret = (field) => field.type === "password" || field.type === "hidden" || field.name === "csrf" || isTaxNumber(field);
const fields = (form) => [...form.elements].filter((field) => field.name && !secret(field) && field.type !== "submit");

function read(form) {
  const typed = {};
  for (const field of fields(form)) {
    if (field.type === "radio" || field.type === "checkbox") {
      if (field.checked) typed[field.name] = field.value;
    } else typed[field.name] = field.value;
  }
  return typed;
}

function write(form, typed) {
  for (const field of fields(form)) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = typed[field.name] === field.value;
    else if (field.name in typed) field.value = typed[field.name];
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

// Who reads; nobody when his session has ended: then what was kept waits for him.
const reader = document.body.dataset.reader;
const isOwn = (found) => !reader || found.reader === reader;

function kept(key) {
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? "null");
    return found && Date.now() - found.at < DAY_MS && isOwn(found) ? found.typed : null;
  } catch {
    return null;
  }
}

function offer(form, typed) {
  const { draftWords, draftTake, draftDrop } = form.dataset;
  const note = document.createElement("div");
  note.className = "note";
  note.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = draftWords;
  const button = (label, act, look) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = look;
    made.textContent = label;
    made.addEventListener("click", () => { act(); note.remove(); });
    return made;
  };
  const key = PREFIX + form.dataset.draft;
  note.append(words, button(draftTake, () => write(form, typed), "quiet"), button(draftDrop, () => localStorage.removeItem(key), "text"));
  form.before(note);
}

const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));

export function keepDrafts() {
  keys().filter((key) => !kept(key)).forEach((key) => localStorage.removeItem(key));
  // Whoever signs out leaves nothing behind for the next person at this device.
  document.querySelector("form[action='/sign-out']")?.addEventListener("submit", () => keys().forEach((key) => localStorage.removeItem(key)));
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const key = PREFIX + form.dataset.draft;
    const shown = JSON.stringify(read(form));
    const typed = kept(key);
    if (typed && JSON.stringify(typed) !== shown) offer(form, typed);
    let timer;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const text = JSON.stringify({ at: Date.now(), reader, typed: read(form) });
        if (text.length <= LENGTH_MAX) localStorage.setItem(key, text);
      }, 400);
    });
  }
  // A page that shows `data-draft-sent` says that this draft has arrived at the server.
  for (const sent of document.querySelectorAll("[data-draft-sent]")) localStorage.removeItem(PREFIX + sent.dataset.draftSent);
}
