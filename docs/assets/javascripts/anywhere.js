// A list that is dropped anywhere on a calculator's page, or pasted while no field has the focus: it goes to the list that the
// calculator asks for, or the reader says to which. What is dropped on a list's own place goes there (lists.js).

import { calculatorsShown, register } from "./actions.js";
import { takeApart } from "./dropped.js";
import { isBox, isCheck } from "./entry.js";
import { tableOf } from "./lists.js";
import { part } from "./parts.js";

/** @typedef {import("./calculator.js").Calculator} Calculator */

/** The calculator that takes what belongs to none: the page's one, and while no window is open. */
function taker() {
  const takers = calculatorsShown().filter(({ section }) => section.querySelector("[data-table-input]"));
  return takers.length === 1 && !document.querySelector("dialog[open]") ? takers[0] : null;
}

/**
 * @param {Calculator} calculator
 * @param {import("./dropped.js").Dropped} dropped
 */
async function take({ form, lists, python, words }, dropped) {
  python.start();
  const places = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-table-input]")]);
  /** @type {[string, string][]} */
  const options = places.map((place) => [place.dataset.tableInput ?? "", place.querySelector("legend, summary")?.firstChild?.textContent?.trim() ?? ""]);
  const isPlan = dropped.files[0]?.name.toLowerCase().endsWith(".json");
  const question = { title: words.which_title, help: words.which_help, accept: words.which_use };
  const asks = options.length > 1 && !isPlan;
  const table = asks ? await (await part("dialogs.js")).askWhich(words, question, options) : options[0][0];
  if (table === null) return;
  for (let place = form.querySelector(`[data-table-input="${table}"]`); place; place = place.parentElement) {
    if (place instanceof HTMLDetailsElement) place.open = true;
  }
  lists.take(table, dropped);
}

/** @param {DragEvent} event */
const hasFile = (event) => event.dataTransfer?.types.includes("Files") ?? false;

// A file that nobody takes would be opened by the browser instead of this page, and the work with it gone.
document.addEventListener("dragover", (event) => {
  if (!calculatorsShown().length || event.defaultPrevented || !hasFile(event)) return;
  event.preventDefault();
  const to = taker();
  if (event.dataTransfer) event.dataTransfer.dropEffect = to ? "copy" : "none";
  to?.section.setAttribute("data-over", "");
});
for (const ended of ["dragleave", "drop", "dragend"]) {
  document.addEventListener(ended, (event) => {
    if (ended === "dragleave" && /** @type {DragEvent} */ (event).relatedTarget) return; // it is over the page still
    for (const { section } of calculatorsShown()) section.removeAttribute("data-over");
  });
}
document.addEventListener("drop", (event) => {
  const to = taker();
  if (!to || event.defaultPrevented || !hasFile(event)) return;
  event.preventDefault();
  take(to, takeApart(event.dataTransfer));
});

document.addEventListener("paste", (event) => {
  const to = taker();
  if (!to || event.defaultPrevented || (isBox(event.target) && !isCheck(event.target))) return;
  const pasted = takeApart(event.clipboardData);
  if (!pasted.text.includes("\n") && !pasted.rows && !pasted.files.length) return;
  event.preventDefault();
  take(to, pasted);
});

// A list as companies have them, with a title, notes and totals in it, so that it is seen what is made of one.
register("try-list", async (calculator, button) => {
  calculator.python.start();
  const table = tableOf(button);
  const answer = await calculator.ask("reply", { awkward: table });
  if (answer?.ok) return calculator.lists.setTable(table, { rows: answer.rows, origin: "awkward" });
});
