// What a careful eye would find wrong with the page that is shown; answers sentences.
const wrong = [];
const wide = document.documentElement.clientWidth;
const name = (element) => {
  const words = element.textContent.trim().replace(/\s+/g, " ").slice(0, 70);
  return `${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ""}${[...element.classList].map((one) => `.${one}`).join("")} “${words}”`;
};
const style = (element) => getComputedStyle(element);
const scrolls = (element) => {
  for (; element && element !== document.body; element = element.parentElement) {
    if (["auto", "scroll"].includes(style(element).overflowX)) return true;
  }
  return false;
};
const texts = (element) => [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
const boxes = (nodes) => nodes.flatMap((node) => {
  const range = document.createRange();
  range.selectNodeContents(node);
  return [...range.getClientRects()].filter((box) => box.width > 0);
});
const BORDERED = "button, .button, .card, fieldset, .list, .badge, .option, .note, .done, .errors, .paper, .tabs, .rooms a, .menu .sheet, dialog";

if (document.documentElement.scrollWidth > wide) wrong.push(`the page scrolls sideways: ${document.documentElement.scrollWidth} of ${wide}`);
for (const element of document.body.querySelectorAll("*")) {
  if (element.closest("svg") || element.closest(".unseen, .skip") || !element.checkVisibility({ visibilityProperty: true })) continue;
  const box = element.getBoundingClientRect();
  if (box.width === 0 || box.height === 0) continue;
  if ((box.right > wide + 1 || box.left < -1) && !scrolls(element.parentElement)) wrong.push(`sticks out of the screen: ${name(element)}`);
  const looks = style(element);
  const hides = (overflow) => ["hidden", "clip"].includes(overflow);
  if (hides(looks.overflowX) && element.tagName !== "INPUT" && element.scrollWidth > element.clientWidth + 1) wrong.push(`is cut at its side: ${name(element)}`);
  if (hides(looks.overflowY) && element.scrollHeight > element.clientHeight + 1) wrong.push(`is cut at its foot: ${name(element)}`);
  const lines = boxes(texts(element));
  if (lines.length === 0) continue;
  const around = element.closest(BORDERED);
  if (around && !scrolls(element)) {
    const outer = around.getBoundingClientRect();
    if (lines.some((line) => line.right > outer.right + 1 || line.left < outer.left - 1)) wrong.push(`its text leaves ${name(around)}: ${name(element)}`);
  }
}
for (const button of document.querySelectorAll("button, .button, .tabs a, .rooms a, summary.button")) {
  if (!button.checkVisibility() || button.closest(".unseen")) continue;
  const walker = document.createTreeWalker(button, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) if (walker.currentNode.data.trim() && !walker.currentNode.parentElement.closest(".unseen, .hint, .soft")) nodes.push(walker.currentNode);
  const tops = [];
  for (const line of boxes(nodes)) if (!tops.some((top) => Math.abs(top - line.top) < 6)) tops.push(line.top);
  if (tops.length > 2) wrong.push(`${tops.length} lines on a button: ${name(button)}`);
}
return [...new Set(wrong)];
