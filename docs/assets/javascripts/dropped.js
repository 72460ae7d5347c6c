// What a reader drops or pastes: files, a folder, cells of a spreadsheet, a link. Whether a file is a table is told by
// its content, in Python; a name or a type decides nothing here, since phones and cloud drives give neither.

import { readHtml } from "./trusted.js";

/**
 * @typedef {{ files: File[], folder: string, text: string, rows: string[][] | null, link: string }} Dropped
 *   rows are those of a table that came as HTML alone
 */

/**
 * Take apart what was dropped or pasted. To be called while the event lasts: afterwards there is nothing in it.
 * @param {DataTransfer | null} data
 * @returns {Dropped}
 */
export function takeApart(data) {
  const entries = [...(data?.items ?? [])].map((item) => (item.kind === "file" ? item.webkitGetAsEntry?.() : null));
  const folders = entries.filter((entry) => entry?.isDirectory).map((entry) => entry?.name ?? "");
  const text = data?.getData("text/plain") ?? "";
  const link = (data?.getData("text/uri-list") ?? "").trim();
  const isTable = /[\t\n]/.test(text.trim());
  // A spreadsheet gives a picture of its cells beside their text.
  const files = [...(data?.files ?? [])].filter((file) => !folders.includes(file.name) && !(isTable && isPicture(file)));
  const rows = isTable ? null : rowsOf(data?.getData("text/html") ?? "");
  return { files, folder: folders[0] ?? "", text: isTable ? text : "", rows, link: link || (isLink(text) ? text.trim() : "") };
}

/**
 * Whether what is pasted belongs to the box that has the focus, and is not a table for the calculator: a line has no room
 * for several rows of several cells.
 * @param {EventTarget | null} target
 * @param {Dropped} pasted
 */
export function isForBox(target, { text }) {
  const line = target instanceof HTMLInputElement && !["radio", "checkbox"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || (line && !["\t", "\n"].every((mark) => text.trim().includes(mark)));
}

/**
 * Read a file now: who moves it later, or whose cloud drive takes it away again, loses nothing.
 * @param {File} file
 * @returns {Promise<Blob | null>} null where the browser may not, or cannot any more
 */
export async function readNow(file) {
  try {
    return new Blob([await file.arrayBuffer()]);
  } catch {
    return null;
  }
}

/** @param {File} file */
function isPicture(file) {
  return file.type.startsWith("image/");
}

/** @param {string} text */
function isLink(text) {
  return /^https?:\/\/\S+$/i.test(text.trim());
}

/**
 * @param {string} html
 * @returns {string[][] | null} the rows of the first table in it
 */
function rowsOf(html) {
  const table = html && readHtml(html).querySelector("table");
  if (!table || table.rows.length < 2) return null;
  return [...table.rows].map((row) => [...row.cells].flatMap((cell) => [cell.innerText, ...Array(cell.colSpan - 1).fill("")]));
}
