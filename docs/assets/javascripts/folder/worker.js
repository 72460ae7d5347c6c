// What stands for files.js in the worker of a page opened from a folder: the page hands over the files, and the modules come
// along in the worker's one script. Not here: the page's part (page.js).

import { decoded, nameOf } from "./bytes.js";

/** @typedef {{ manifest: string, modules: Record<string, () => any> }} Brought  what stands before this in the script */

const brought = /** @type {{ playbook: Brought }} */ (/** @type {unknown} */ (globalThis)).playbook;

export const REMOTE = false;
export const MISSING = "folder";
export const manifestUrl = brought.manifest;

/** @typedef {Uint8Array<ArrayBuffer> | null} Content  null: the folder has none */
/** @type {Map<string, { content?: Content, arrival: Promise<void>, arrived: () => void }>} by name */
const files = new Map();

/** @param {string} name */
function file(name) {
  let found = files.get(name);
  if (!found) {
    let arrived = () => {};
    found = { arrival: new Promise((resolve) => (arrived = resolve)), arrived };
    files.set(name, found);
  }
  return found;
}

addEventListener("message", (event) => {
  const { name, text } = event.data;
  if (text === undefined) return;
  event.stopImmediatePropagation(); // it is no request
  const found = file(name);
  found.content = text === null ? null : decoded(text);
  found.arrived();
});

// Pyodide takes a worker for one that it does not support when this works.
Object.assign(globalThis, {
  importScripts: () => {
    throw new TypeError("nothing can be imported here");
  },
});

/**
 * @param {string | URL} url
 * @param {RequestInit} [_]
 */
export async function fetched(url, _) {
  const found = file(nameOf(url));
  await found.arrival;
  if (!found.content) throw new TypeError(`${url} is not there`);
  return new Response(found.content);
}

/** @param {string | URL} url */
export function fetchedNow(url) {
  return file(nameOf(url)).content ?? new Uint8Array();
}

/** @param {string} url @returns {Promise<any>} */
export async function imported(url) {
  return brought.modules[nameOf(url)]();
}
