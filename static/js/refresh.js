// Brings parts of a form up to date while one types: the form is sent as its button `data-refresh` would send it, which keeps
// nothing, and the parts that came back take the place of the old ones.
const PAUSE_MS = 700;
const PARTS = ["who", "preview"];

function body(form) {
  const sent = new URLSearchParams(new FormData(form));
  sent.set(form.dataset.refresh, "yes");
  return sent;
}

// Where the reader is at work nothing is replaced.
function replace(fresh) {
  for (const id of PARTS) {
    const [old, now] = [document.getElementById(id), fresh.getElementById(id)];
    if (old && now && !old.contains(document.activeElement)) old.replaceWith(document.adoptNode(now));
  }
}

function refreshed(form) {
  let timer;
  let last = "";
  let request;
  const ask = async () => {
    const sent = body(form);
    if (!sent.get("trade") || sent.toString() === last) return;
    last = sent.toString();
    request?.abort();
    request = new AbortController();
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent, headers: { accept: "text/html" }, signal: request.signal });
      if (answer.ok) replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      // The button still does it.
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  };
  form.addEventListener("change", soon);
  form.addEventListener("focusout", soon);
}

export function refreshForms() {
  document.querySelectorAll("form[data-refresh]").forEach(refreshed);
}
