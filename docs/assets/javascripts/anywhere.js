// A list that is dropped anywhere on a calculator's page, or pasted while no field has the focus: it goes to the list that the
// calculator asks for, or the reader says to which. What is dropped on a list's own place goes there (lists.js).

import { calculatorsShown, register } from "./actions.js";
import { isForBox, takeApart } from "./dropped.js";
import { tableOf } from "./lists.js";
import { part } from "./parts.js";

/** @typedef {import("./calculator.js").Calculator} Calculator */

/** The calculator that takes what belongs to none: the page's one, or its one that asks for lists; none beside a window. */
function taker() {
  const all = calculatorsShown().filter(({ section }) => section.querySelector("[data-plan-file]"));
  const takers = all.length > 1 ? all.filter(({ section }) => section.querySelector("[data-table-input]")) : all;
  return takers.length === 1 && !document.querySelector("dialog[open]") ? takers[0] : null;
}

/**
 * @param {Calculator} calculator
 * @param {import("./dropped.js").Dropped} dropped
 */
async function take({ form, lists, python, status, words }, dropped) {
  python.start();
  const places = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-table-input]")]);
  /** @type {[string, string][]} */
  const options = places.map((place) => [place.dataset.tableInput ?? "", place.querySelector("legend, summary")?.firstChild?.textContent?.trim() ?? ""]);
  const isPlan = dropped.files[0]?.name.toLowerCase().endsWith(".json");
  if (isPlan) return lists.takePlan(dropped.files[0]);
  if (!options.length) return status.say(words.no_lists);
  const question = { title: words.which_title, help: words.which_help, accept: words.which_use };
  const table = options.length > 1 ? await (await part("dialogs.js")).askWhich(words, question, options) : options[0][0];
  if (table === null) return;
  for (let place = form.querySelector(`[data-table-input="${table}"]`); place; place = place.parentElement) {
    if (place instanceof HTMLDetailsElement) place.open = true;
  }
  lists.take(table, dropped);
}

/**
 * A table is pasted beside a window: into its box, where it has one for a table; else the window says that it takes none.
 * @param {Element} open
 * @param {Calculator} calculator
 * @param {import("./dropped.js").Dropped} pasted
 */
function sayIn(open, { words }, { text }) {
  const box = open.querySelector("textarea[data-paste]");
  if (box instanceof HTMLTextAreaElement && text) {
    box.value = text;
    return box.focus();
  }
  if (open.querySelector(".tabulator")) return; // which takes it where it is chosen to go
  const line = open.querySelector("[data-window-says]") ?? document.createElement("p");
  line.setAttribute("data-window-says", "");
  line.setAttribute("role", "alert");
  line.className = "pb-error";
  line.textContent = words.window_open;
  open.append(line);
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
  const pasted = takeApart(event.clipboardData);
  if (event.defaultPrevented || isForBox(event.target, pasted)) return;
  if (!pasted.text.includes("\n") && !pasted.rows && !pasted.files.length) return;
  const to = taker();
  const open = document.querySelector("dialog[open]");
  if (open && calculatorsShown().length) sayIn(open, calculatorsShown()[0], pasted);
  if (!to) return;
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
