// What every page does for its readers: it is printed whole, or one of its forms alone, says that it is past its review, and
// has tables that are pushed along by keyboard, too.
// Lists to tick are imported; what works with the rarer parts of a page is in parts.js.

import "./checklists.js";

window.document$.subscribe(() => {
  const review = document.querySelector("time[data-next-review]")?.getAttribute("datetime");
  const note = document.querySelector("[data-overdue]");
  if (review && note instanceof HTMLElement) note.hidden = new Date() <= new Date(`${review}T23:59:59`);
});

// Material wraps tables in boxes, which are pushed along where the screen is too narrow for them.
const boxes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
    else target.removeAttribute("tabindex");
  }
});
window.document$.subscribe(() => {
  boxes.disconnect();
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) boxes.observe(box);
});

// On paper nothing folds out, so everything is open.
/** @type {HTMLDetailsElement[]} */
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [.../** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("article details:not([open])"))];
  for (const details of opened) details.open = true;
});
window.addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});

// “Print this form” prints one form of the page and nothing else (paper.css hides the rest).
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest('[data-action="print-form"]') : null;
  button?.closest(".pb-paper")?.setAttribute("data-printing", "");
  if (button) print();
});

addEventListener("afterprint", () => {
  for (const form of document.querySelectorAll("[data-printing]")) form.removeAttribute("data-printing");
});
