// The window in which the rows of a list are edited, as in a spreadsheet (Tabulator).

import { ask } from "./dialogs.js";
import { button, element } from "./elements.js";
import { load } from "./load.js";
import { loadedStyle } from "./verified.js";

/**
 * Have the grid here, to open at once.
 * @param {Record<string, string>} libraries  their addresses, by what they are called
 */
export async function prepareRows({ "tabulator.js": script, "tabulator.css": style }) {
  const [{ TabulatorFull }] = await Promise.all([load(script), loadedStyle(style).then(() => addStyle(style))]);
  return TabulatorFull;
}

/**
 * Let the reader edit rows in a grid.
 * @param {import("./words.js").Words} words
 * @param {string[][]} rows
 * @param {Record<string, string>} libraries  their addresses, by what they are called
 * @param {import("./dialogs.js").Left<string[][]>} left
 * @returns {Promise<string[][] | null>}
 */
export async function askForRows(words, rows, libraries, left) {
  // The grid measures itself when it is made, so its style must be there by then.
  const Grid = await prepareRows(libraries);
  const holder = element("div", "");
  const columns = Math.max(4, ...rows.map((row) => row.length));
  const add = button(words.edit_add_row);
  const remove = button(words.edit_delete_row);
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
