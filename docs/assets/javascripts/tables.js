// Long tables of a result: sorted, searched and unfolded by the reader. Order and search are Python's, over all rows
// (engine/answers/view.py); here is what is pressed and typed, and that a page of rows does not fill ten screens.

import { onAttached, onShown, register } from "./actions.js";
import { button } from "./elements.js";
import { tableShown } from "./puts.js";
import { filled } from "./words.js";

/** @typedef {import("./calculator.js").Calculator} Calculator */

/** Rows of a page that are seen at once; as in calculators.css. */
const ROWS_SEEN = 15;
const TYPING_PAUSE_MS = 250;

/** @type {WeakMap<import("./work.js").Work, Set<string>>} the tables that the reader has unfolded */
const unfolded = new WeakMap();

register("sort", (calculator, button) => {
  const table = tableShown(button);
  const { pages } = calculator.work;
  const { column = "" } = button.dataset;
  const { sort, down } = pages[table] ?? {};
  pages[table] = { ...pages[table], page: 1, sort: column, down: sort === column && !down };
  return calculator.compute().then(() => find(calculator, table, `[data-column="${CSS.escape(column)}"]`)?.focus());
});

register("all-rows", (calculator, button) => {
  const table = tableShown(button);
  const open = unfolded.get(calculator.work) ?? new Set();
  unfolded.set(calculator.work, open);
  if (!open.delete(table)) open.add(table);
  fold(calculator);
  find(calculator, table, "[data-action=all-rows]")?.focus();
});

onAttached((calculator) => {
  let typing = 0;
  calculator.section.addEventListener("input", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.matches("[data-find]")) return;
    clearTimeout(typing);
    typing = window.setTimeout(() => search(calculator, target), TYPING_PAUSE_MS);
  });
  fold(calculator);
});
onShown(fold);

/**
 * @param {Calculator} calculator
 * @param {HTMLInputElement} box
 */
async function search(calculator, box) {
  const table = tableShown(box);
  const { pages } = calculator.work;
  pages[table] = { ...pages[table], page: 1, find: box.value };
  await calculator.compute();
  const again = find(calculator, table, "[data-find]");
  if (!(again instanceof HTMLInputElement) || document.activeElement !== document.body) return;
  if (box.value !== again.value) again.value = box.value; // more has been typed meanwhile
  again.focus();
  again.setSelectionRange(again.value.length, again.value.length);
}

/**
 * @param {Calculator} calculator
 * @param {string} table
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
function find({ section }, table, selector) {
  return section.querySelector(`[data-result] [data-table="${CSS.escape(table)}"] ${selector}`);
}

/**
 * Fold the rows of every long table beyond the first ones, unless the reader has unfolded it.
 * @param {Calculator} calculator
 */
function fold({ section, words, work }) {
  for (const table of /** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll("[data-result] .pb-detail"))) {
    const count = table.querySelectorAll("tbody tr").length;
    if (count <= ROWS_SEEN) continue;
    const open = unfolded.get(work)?.has(table.dataset.table ?? "") ?? false;
    table.toggleAttribute("data-unfolded", open);
    const unfold = table.querySelector("[data-action=all-rows]") ?? button("", { action: "all-rows" });
    unfold.textContent = open ? words.fewer_rows : filled(words.all_rows, { count });
    unfold.setAttribute("aria-expanded", String(open));
    table.querySelector(":scope > .pb-actions")?.prepend(unfold);
  }
}
