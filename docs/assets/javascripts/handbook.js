// What every page does for its readers: it is printed whole, or one of its forms alone, and says that it is past its review.
// Lists to tick are imported; what works with the rarer parts of a page is in parts.js.

import "./checklists.js";

window.document$.subscribe(() => {
  const review = document.querySelector("time[data-next-review]")?.getAttribute("datetime");
  const note = document.querySelector("[data-overdue]");
  if (review && note instanceof HTMLElement) note.hidden = new Date() <= new Date(`${review}T23:59:59`);
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
