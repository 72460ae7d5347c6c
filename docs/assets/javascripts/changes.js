// What a change has done: each figure's difference to the one before, the cells that are no longer the same, and one
// sentence for those who hear it. Compared is what the page shows, so that a difference has the digits of its figures.
// Here: marking. Not here: putting an answer into the page (outcome.js).

import { onAttached, onShown } from "./actions.js";
import { filled } from "./words.js";

/**
 * @typedef {import("./calculator.js").Calculator} Calculator
 * @typedef {{ label: string, text: string }} Shown  a figure as it stands in the page
 * @typedef {{ inputs: import("./work.js").Inputs, example: boolean, figures: Map<string, Shown>, lines: Map<string, string[]> }} Seen
 */

/** Figures that the sentence names; how many more there are it says. */
const NAMED = 3;
/** A figure of the page: what stands before its number, the number, what follows. */
const NUMBER = /^([^\d]*)(\d(?:[\d,]*\d)?(?:\.\d+)?)([^\d]*)$/;

/** @type {WeakMap<Calculator, { before: Seen | null, now: Seen }>} */
const seen = new WeakMap();

onAttached((calculator) => {
  seen.set(calculator, { before: null, now: look(calculator, !calculator.work.touched) });
});

onShown((calculator, reply) => {
  const last = seen.get(calculator);
  const now = look(calculator, reply.example);
  // Turning a page of a table changes nothing; what the figures differ from is what it was.
  const before = last && (last.now.inputs === now.inputs ? last.before : last.now);
  seen.set(calculator, { before: before ?? null, now });
  if (!before || before.example !== now.example) return; // an invented company's figures are no reader's former ones
  const changed = markFigures(calculator, before, now);
  markLines(calculator, before);
  if (last.now.inputs !== now.inputs) announce(calculator, changed);
});

/**
 * @param {Calculator} calculator
 * @param {boolean} example
 * @returns {Seen}
 */
function look({ section, work }, example) {
  const figures = new Map();
  for (const value of /** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll("[data-figure]"))) {
    const label = value.parentElement?.querySelector("dt")?.textContent ?? "";
    figures.set(value.dataset.figure ?? "", { label, text: value.textContent ?? "" });
  }
  const lines = new Map();
  for (const [key, row] of linesOf(section)) lines.set(key, [...row.cells].map(textOf));
  return { inputs: work.inputs, example, figures, lines };
}

/**
 * The lines of the result's tables, by table and by what they begin with.
 * @param {HTMLElement} section
 * @returns {Generator<[string, HTMLTableRowElement]>}
 */
function* linesOf(section) {
  for (const table of /** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll("[data-result] [data-table]"))) {
    for (const row of /** @type {NodeListOf<HTMLTableRowElement>} */ (table.querySelectorAll("tbody tr"))) {
      yield [`${table.dataset.table} ${(row.querySelector("th") ?? row.cells[0])?.textContent}`, row];
    }
  }
}

/** @param {HTMLTableCellElement} cell */
function textOf(cell) {
  return cell.querySelector("input")?.value ?? cell.textContent ?? "";
}

/**
 * @param {Calculator} calculator
 * @param {Seen} before
 * @param {Seen} now
 * @returns {{ label: string, before: string, after: string }[]} what has changed
 */
function markFigures({ section, words }, before, now) {
  const changed = [];
  for (const [name, { label, text }] of now.figures) {
    const former = before.figures.get(name)?.text;
    if (former === undefined || former === text) continue;
    changed.push({ label, before: former, after: text });
    const place = section.querySelector(`[data-figure="${CSS.escape(name)}"]`);
    const delta = document.createElement("dd");
    delta.className = "pb-delta";
    delta.textContent = difference(former, text, words.points) ?? filled(words.was, { before: former });
    delta.title = filled(words.was, { before: former });
    place?.after(delta);
  }
  return changed;
}

/**
 * The difference of two figures with the digits that they are shown with, null where they are no numbers of a kind.
 * @param {string} former
 * @param {string} text
 * @param {string} points  what the difference of two percentages is in
 * @returns {string | null}
 */
function difference(former, text, points) {
  const [from, to] = [former, text].map((one) => NUMBER.exec(one.trim()));
  if (!from || !to || from[3] !== to[3] || unsigned(from[1]) !== unsigned(to[1])) return null;
  const places = Math.max(...[from, to].map(([, , digits]) => digits.split(".")[1]?.length ?? 0));
  const by = valueOf(to) - valueOf(from);
  const size = Math.abs(by).toLocaleString("en-US", { minimumFractionDigits: places, maximumFractionDigits: places });
  const unit = to[3].trim() === "%" ? points : to[3];
  return `${by < 0 ? "−" : "+"}${unsigned(to[1])}${size}${unit}`;
}

/** @param {string} sign  and what stands before a number: a currency */
function unsigned(sign) {
  return sign.replace(/[−-]/, "");
}

/** @param {RegExpExecArray} number */
function valueOf([, sign, digits]) {
  return Number(digits.replaceAll(",", "")) * (/[−-]/.test(sign) ? -1 : 1);
}

/**
 * @param {Calculator} calculator
 * @param {Seen} before
 */
function markLines({ section, words }, before) {
  for (const [key, row] of linesOf(section)) {
    const former = before.lines.get(key);
    if (!former || former.length !== row.cells.length) continue;
    [...row.cells].forEach((cell, at) => {
      if (textOf(cell) === former[at] || !former[at]) return;
      cell.dataset.changed = "";
      cell.title ||= filled(words.was, { before: former[at] });
      row.dataset.changed = "";
    });
  }
}

/**
 * @param {Calculator} calculator
 * @param {{ label: string, before: string, after: string }[]} changed
 */
function announce({ section, status, words }, changed) {
  const rows = section.querySelectorAll("[data-result] tr[data-changed]").length;
  const named = changed.slice(0, NAMED).map((one) => filled(words.changed, one));
  if (changed.length > NAMED) named.push(filled(words.changed_more, { count: changed.length - NAMED }));
  if (!changed.length) named.push(rows ? filled(words.changed_rows, { count: rows }) : words.unchanged);
  status.saySoon(named.join(words.changed_between) + words.changed_end, "pb-again");
}
