// Comfort for pages that work without it. Each part finds what it is for by its markup, and does nothing elsewhere.
import { offerMatches } from "./typeahead.js";
import { keepDrafts } from "./drafts.js";
import { start as listen } from "./live.js";
import { moveAtOnce } from "./moves.js";
import { refreshForms } from "./refresh.js";

// After so long the reader is told that his form is under way.
const LONG_MS = 700;

function sayThatItTakesLong(button) {
  if (!button.isConnected || !button.hasAttribute("aria-busy")) return;
  const told = document.createElement("span");
  told.className = "soft small under-way";
  told.setAttribute("role", "status");
  button.after(told);
  told.textContent = document.body.dataset.busy;
}

// A form is sent once, however often its button is pressed; a page that comes back from the browser's memory can send again.
function sendOnce() {
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (event.defaultPrevented || event.target.method !== "post" || !button) return;
    if (button.getAttribute("aria-busy")) return event.preventDefault();
    button.setAttribute("aria-busy", "true");
    setTimeout(() => sayThatItTakesLong(button), LONG_MS);
  });
  addEventListener("pageshow", () => {
    document.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
    document.querySelectorAll(".under-way").forEach((told) => told.remove());
  });
}

// Menus close by Escape, by a press elsewhere, and when the focus leaves them.
function closeMenus() {
  const close = (menu, focus) => {
    menu.open = false;
    if (focus) menu.querySelector("summary").focus();
  };
  const open = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("click", (event) => open().forEach((menu) => menu.contains(event.target) || close(menu)));
  document.addEventListener("focusin", (event) => open().forEach((menu) => menu.contains(event.target) || close(menu)));
  document.addEventListener("keydown", (event) => event.key === "Escape" && open().forEach((menu) => close(menu, true)));
}

// Of many tabs the one that is open is seen.
function showOpenTab() {
  for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
    const row = tab.parentElement;
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }
}

// What somebody asks for opens as a dialog: the focus stays in it, Escape closes it and goes back to the button.
function openDialogs() {
  for (const ask of document.querySelectorAll("details.ask")) {
    const summary = ask.querySelector("summary");
    const content = summary.nextElementSibling;
    const dialog = document.createElement("dialog");
    const title = content.querySelector("h2, h3, b") ?? summary;
    title.id ||= `${ask.id}-title`;
    dialog.setAttribute("aria-labelledby", title.id);
    dialog.append(...content.childNodes);
    const close = document.createElement("button");
    close.type = "button";
    close.className = "dialog-close text";
    close.setAttribute("aria-label", document.body.dataset.close);
    close.textContent = "×";
    dialog.prepend(close);
    const button = document.createElement("button");
    button.type = "button";
    button.className = summary.className.replace("button", "").trim();
    button.append(...summary.childNodes);
    ask.replaceWith(button, dialog);
    button.addEventListener("click", () => dialog.showModal());
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    if (ask.open) dialog.showModal();
  }
}

// After a failed attempt the reader begins at what is wrong.
function showErrors() {
  const first = document.querySelector("main [aria-invalid=true]") ?? document.querySelector("main .errors[tabindex]");
  first?.focus();
}

// Copies a text; says so where it stood.
function copy() {
  for (const button of document.querySelectorAll("button[data-copy][hidden]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      button.lastChild.textContent = button.dataset.copied;
    });
  }
}

// What is done anew for parts of the page that were replaced.
function enhance() {
  openDialogs();
  copy();
}

moveAtOnce();
sendOnce();
closeMenus();
showOpenTab();
offerMatches();
keepDrafts();
refreshForms();
enhance();
listen();
showErrors();
document.addEventListener("kularing:replaced", enhance);
