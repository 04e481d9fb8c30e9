// A field with a list of suggestions becomes a combobox: matches inside of words, arrow keys, spoken by screen readers. Without
// this module the browser's own list does it.
const SHOWN_MAX = 12;

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// Beginnings of the whole come first, then beginnings of words, then the rest.
function rank(option, typed) {
  const at = plain(option).indexOf(typed);
  if (at < 0) return -1;
  return at === 0 ? 2 : /[\s(/-]/.test(option[at - 1]) ? 1 : 0;
}

function matches(options, typed) {
  const wanted = plain(typed.trim());
  if (!wanted) return options.slice(0, SHOWN_MAX);
  const found = options.map((option) => [rank(option, wanted), option]).filter(([how]) => how >= 0);
  return found.sort((one, other) => other[0] - one[0]).slice(0, SHOWN_MAX).map(([, option]) => option);
}

function enhance(input, options) {
  const list = document.createElement("ul");
  list.id = `${input.id}-matches`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
  const box = document.createElement("div");
  box.className = "typeahead";
  input.replaceWith(box);
  box.append(input, list);
  input.removeAttribute("list");
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id], ["autocomplete", "off"]]) {
    input.setAttribute(name, value);
  }
  let marked = -1;
  const close = () => {
    list.hidden = true;
    marked = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (text) => {
    input.value = text;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const mark = (number) => {
    const shown = [...list.children];
    marked = (number + shown.length) % shown.length;
    shown.forEach((option, at) => option.setAttribute("aria-selected", at === marked));
    shown[marked].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", shown[marked].id);
  };
  const show = () => {
    const found = matches(options, input.value);
    list.replaceChildren(...found.map((text, number) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${number}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = text;
      option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(text); });
      return option;
    }));
    marked = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = found.length === 0 || (found.length === 1 && found[0] === input.value);
    input.setAttribute("aria-expanded", !list.hidden);
  };
  input.addEventListener("input", show);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return close();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) show();
      if (!list.hidden) mark(event.key === "ArrowDown" ? marked + 1 : (marked < 0 ? 0 : marked) - 1);
    } else if (event.key === "Enter" && !list.hidden && marked >= 0) {
      event.preventDefault();
      choose(list.children[marked].textContent);
    }
  });
}

export function offerMatches(within = document) {
  for (const input of within.querySelectorAll("input[list]")) {
    const options = [...(input.list?.options ?? [])].map((option) => option.value);
    if (options.length > 0) enhance(input, options);
  }
}
