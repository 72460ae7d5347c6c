// The windows that ask something: a box to paste a table into, a grid to edit one (Tabulator), and yes or no.
// They give back what was answered; what becomes of it is the business of who asks.

import { load } from "./load.js";
import { loadedStyle } from "./verified.js";

/** @typedef {import("./words.js").Words} Words */

/**
 * @template T
 * @typedef {{ value: T | null, leave: (value: T | null) => void }} Left  what a window begins with, and what is told what
 *   stands in it when it closes without an answer: null after one, and when the reader says that nothing is to stay
 */

/** @type {(() => boolean) | null} whether something stands in the window that is open */
let unfinished = null;

/** Whether a window is open with something in it that would be gone with the page. */
export const isUnfinished = () => unfinished?.() ?? false;

// A window belongs to the page that it was opened on, and closes when the reader goes back from there.
window.document$.subscribe(() => /** @type {HTMLDialogElement | null} */ (document.querySelector(".pb-dialog"))?.close());

/** Close the window that is open, as its button to cancel does: nothing stays of what is in it. */
export function dropWindow() {
  /** @type {HTMLElement | null} */ (document.querySelector(".pb-dialog [data-cancel]"))?.click();
}

/**
 * Open a window with a title, a sentence, something to fill in, and buttons. Resolves with what `value` gives when
 * the reader accepts and everything needed is filled in, with null when they do not. What stands in a window that is
 * closed by Escape, or with its page, is `left`; only the button to cancel throws it away.
 * @template T
 * @param {{ title: string, help: string, accept: string, words: Words, content: HTMLElement, extra?: HTMLElement[],
 *   value: () => T, left?: Left<T>["leave"] }} parts
 * @returns {Promise<T | null>}
 */
export function ask({ title, help, accept, words, content, extra = [], value, left = () => {} }) {
  const dialog = document.createElement("dialog");
  dialog.className = "pb-dialog";
  dialog.setAttribute("aria-label", title);
  const use = button(accept, "pb-button pb-primary");
  const cancel = button(words.cancel, "pb-button");
  cancel.dataset.cancel = "";
  const actions = element("div", "pb-actions");
  actions.append(use, cancel, ...extra);
  dialog.append(element("h3", "", title), element("p", "pb-help", help), content, actions);
  document.body.append(dialog);
  return new Promise((resolve) => {
    /** @type {T | null} */
    let answer = null;
    let cancelled = false;
    const now = () => JSON.stringify(value());
    /** @type {string | null} what stands in it before the reader does anything; a grid is still being made */
    let before = null;
    setTimeout(() => (before = dialog.open ? now() : null));
    const changed = () => before !== null && now() !== before;
    unfinished = changed;
    use.addEventListener("click", () => {
      const wanting = content.querySelector(":invalid:not(fieldset)");
      if (wanting instanceof HTMLInputElement || wanting instanceof HTMLTextAreaElement) return wanting.reportValidity();
      answer = value();
      dialog.close();
    });
    cancel.addEventListener("click", () => {
      cancelled = true;
      dialog.close();
    });
    dialog.addEventListener("close", () => {
      if (answer !== null || cancelled) left(null);
      else if (changed()) left(value());
      unfinished = null;
      dialog.remove();
      resolve(answer);
    });
    dialog.showModal();
  });
}

/**
 * Ask yes or no.
 * @param {Words} words
 * @param {{ title: string, help: string, accept: string }} question
 * @returns {Promise<boolean>}
 */
export async function askWhether(words, question) {
  return (await ask({ ...question, words, content: element("div", ""), value: () => true })) ?? false;
}

/**
 * Let the reader copy a text by hand, where no script may.
 * @param {Words} words
 * @param {string} text
 */
export async function askToCopy(words, text) {
  const box = document.createElement("textarea");
  Object.assign(box, { value: text, rows: 6, readOnly: true });
  box.setAttribute("aria-label", words.copy_title);
  const answer = ask({ title: words.copy_title, help: words.copy_help, accept: words.copy_done, words, content: box, value: () => true });
  box.select();
  await answer;
}

/**
 * Let the reader choose one of several.
 * @param {Words} words
 * @param {{ title: string, help: string, accept: string }} question
 * @param {[string, string][]} options  what is given back, and what it is called
 * @returns {Promise<string | null>}
 */
export function askWhich(words, question, options) {
  const choices = element("div", "pb-options");
  for (const [value, label] of options) {
    const radio = Object.assign(document.createElement("input"), { type: "radio", name: "which", value });
    radio.defaultChecked = value === options[0][0];
    const line = element("label", "");
    line.append(radio, element("span", "", label));
    choices.append(line);
  }
  choices.setAttribute("role", "radiogroup");
  choices.setAttribute("aria-label", question.title);
  const value = () => /** @type {HTMLInputElement} */ (choices.querySelector(":checked")).value;
  return ask({ ...question, words, content: choices, value });
}

/**
 * Let the reader paste a table.
 * @param {Words} words
 * @param {Left<string>} left
 * @returns {Promise<string | null>}
 */
export function askForPaste(words, left) {
  const box = document.createElement("textarea");
  box.value = left.value ?? "";
  box.rows = 12;
  box.spellcheck = false;
  box.dataset.paste = "";
  box.setAttribute("aria-label", words.paste_title);
  return ask({
    title: words.paste_title,
    help: words.paste_help,
    accept: words.paste_use,
    words,
    content: box,
    value: () => box.value,
    left: left.leave,
  });
}

/** @param {Record<string, string>} libraries */
export function tabulator(libraries) {
  return { script: libraries["tabulator.js"], style: libraries["tabulator.css"] };
}

/**
 * Have the grid here, to open at once.
 * @param {{ script: string, style: string }} library addresses of Tabulator
 */
export async function prepareRows({ script, style }) {
  const [{ TabulatorFull }] = await Promise.all([load(script), loadedStyle(style).then(() => addStyle(style))]);
  return TabulatorFull;
}

/**
 * Let the reader edit rows in a grid.
 * @param {Words} words
 * @param {string[][]} rows
 * @param {{ script: string, style: string }} library addresses of Tabulator
 * @param {Left<string[][]>} left
 * @returns {Promise<string[][] | null>}
 */
export async function askForRows(words, rows, library, left) {
  // The grid measures itself when it is made, so its style must be there by then.
  const Grid = await prepareRows(library);
  const holder = element("div", "");
  const columns = Math.max(4, ...rows.map((row) => row.length));
  const add = button(words.edit_add_row, "pb-button");
  const remove = button(words.edit_delete_row, "pb-button");
  /** @type {any} */
  let grid;
  const answer = ask({
    title: words.edit_title,
    help: words.edit_help,
    accept: words.edit_use,
    words,
    content: holder,
    extra: [add, remove],
    value: () => withoutBlankEdges(grid.getData(), columns),
    left: left.leave,
  });
  grid = new Grid(holder, {
    data: rows.map((row) => Object.fromEntries(row.map((cell, at) => [`c${at}`, cell]))),
    columns: Array.from({ length: columns }, (_, at) => ({
      title: columnLetter(at),
      field: `c${at}`,
      editor: "input",
      headerSort: false,
      minWidth: 120,
      resizable: true,
    })),
    height: "50vh",
    layout: "fitDataStretch",
    rowHeader: { title: "#", formatter: "rownum", headerSort: false, resizable: false, frozen: true, width: 56 },
    selectableRange: 1,
    selectableRangeColumns: true,
    selectableRangeRows: true,
    selectableRangeClearCells: true,
    editTriggerEvent: "dblclick",
    history: true,
    clipboard: true,
    clipboardCopyStyled: false,
    clipboardCopyConfig: { columnHeaders: false, rowHeaders: false },
    clipboardCopyRowRange: "range",
    clipboardPasteParser: "range",
    clipboardPasteAction: "range",
    columnDefaults: { headerHozAlign: "center" },
  });
  // What scrolls can have the focus and is no part of a grid, unless it is the group that its rows are in.
  grid.on("tableBuilt", () => {
    const scroller = holder.querySelector(".tabulator-tableholder");
    scroller?.setAttribute("role", "rowgroup");
    scroller?.querySelector(".tabulator-table")?.setAttribute("role", "presentation");
    holder.removeAttribute("aria-owns");
  });
  // Else it would go through every cell before it came to the buttons, and Escape, the other way out, drops the work.
  const leave = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Tab" || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    event.stopPropagation();
    const use = /** @type {HTMLElement} */ (holder.parentElement?.querySelector(".pb-primary"));
    (event.shiftKey ? remove : use).focus();
  };
  holder.addEventListener("keydown", leave, { capture: true });
  add.addEventListener("click", () => grid.addRow({}).then((/** @type {any} */ row) => row.scrollTo()));
  remove.addEventListener("click", () => {
    for (const row of grid.getRanges()[0]?.getRows() ?? []) row.delete();
  });
  return answer;
}

/**
 * Add a stylesheet before the page's own, which restyle it; resolves when it is in force.
 * @param {string} address
 * @returns {Promise<unknown>}
 */
function addStyle(address) {
  if (document.querySelector(`link[href="${address}"]`)) return Promise.resolve();
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  document.head.prepend(link);
  return new Promise((resolve, reject) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", () => {
      link.remove();
      reject(new Error(address));
    });
  });
}

/**
 * @param {Record<string, unknown>[]} data
 * @param {number} columns
 * @returns {string[][]}
 */
function withoutBlankEdges(data, columns) {
  const rows = data.map((row) => Array.from({ length: columns }, (_, at) => String(row[`c${at}`] ?? "")));
  const used = (/** @type {string[]} */ row) => row.findLastIndex((cell) => cell.trim() !== "") + 1;
  while (rows.length && !used(/** @type {string[]} */ (rows.at(-1)))) rows.pop();
  return rows.map((row) => row.slice(0, used(row))); // so that a row longer than the header is seen to be
}

/**
 * @param {number} at
 * @returns {string}
 */
function columnLetter(at) {
  return at < 26 ? String.fromCharCode(65 + at) : columnLetter(Math.floor(at / 26) - 1) + columnLetter(at % 26);
}

/**
 * @param {string} label
 * @param {string} css
 */
function button(label, css) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = css;
  made.textContent = label;
  return made;
}

/**
 * Make an element with a class and a text.
 * @param {string} name
 * @param {string} css
 * @param {string} [text]
 */
export function element(name, css, text = "") {
  const made = document.createElement(name);
  made.className = css;
  made.textContent = text;
  return made;
}
