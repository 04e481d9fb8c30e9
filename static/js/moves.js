// A move shows its outcome at once and is sent meanwhile; if it fails, everything stands as before and the reader is told. What
// can be undone offers that for a while.
const SHOWN_MS = 9_000;

function toast(words, act) {
  let place = document.querySelector(".toasts");
  if (!place) {
    place = document.createElement("div");
    place.className = "toasts";
    place.setAttribute("role", "status");
    document.body.append(place);
  }
  const shown = document.createElement("div");
  shown.className = "toast";
  const text = document.createElement("p");
  text.textContent = words;
  shown.append(text);
  if (act) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = document.body.dataset.undo;
    button.addEventListener("click", () => { shown.remove(); act(); });
    shown.append(button);
  }
  place.replaceChildren(shown);
  setTimeout(() => shown.remove(), SHOWN_MS);
}

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  document.getElementById("content").replaceWith(document.adoptNode(fresh.getElementById("content")));
  document.title = fresh.title;
  document.dispatchEvent(new CustomEvent("kularing:replaced"));
}

const send = (form) => fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { accept: "text/html" } });

async function move(form) {
  const before = document.getElementById("content").cloneNode(true);
  const state = document.querySelector("[data-state]");
  const sent = send(form);
  if (state && form.dataset.after) state.textContent = form.dataset.after;
  document.querySelector("[data-moves]")?.setAttribute("inert", "");
  try {
    const answer = await sent;
    const html = await answer.text();
    show(html);
    if (!answer.ok) return;
    history.replaceState(null, "", location.pathname);
    document.querySelector("main .done")?.remove();
    const undo = document.querySelector("form[action$='/moves/undo']");
    toast(form.dataset.words, undo && (() => move(undo)));
  } catch {
    document.getElementById("content").replaceWith(before);
    toast(document.body.dataset.unsent);
  }
}

export function moveAtOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-words]") || event.defaultPrevented) return;
    event.preventDefault();
    move(form);
  });
}
