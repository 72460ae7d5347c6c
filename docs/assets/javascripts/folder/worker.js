// What stands for files.js in the worker of a page opened from a folder: the page hands over the files, and the modules come
// along in the worker's one script. Not here: the page's part (page.js).

import { decoded, nameOf } from "./bytes.js";

/** @typedef {{ manifest: string, modules: Record<string, () => any> }} Brought  what stands before this in the script */

const brought = /** @type {{ playbook: Brought }} */ (/** @type {unknown} */ (globalThis)).playbook;

export const REMOTE = false;
export const MISSING = "folder";
export const manifestUrl = brought.manifest;

/** @type {Map<string, { content?: Uint8Array<ArrayBuffer>, arrival: Promise<void>, arrived: () => void }>} by name */
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
  found.content = decoded(text);
  found.arrived();
});

// Pyodide takes a worker for one that it does not support when this works.
Object.assign(globalThis, {
  importScripts: () => {
    throw new TypeError("nothing can be imported here");
  },
});

/** @param {string | URL} url */
export async function fetched(url) {
  const found = file(nameOf(url));
  await found.arrival;
  return new Response(found.content);
}

/** @param {string | URL} url */
export function fetchedNow(url) {
  const { content } = file(nameOf(url));
  if (!content) throw new Error(`${url} has not been handed over`);
  return content;
}

/** @param {string} url @returns {Promise<any>} */
export async function imported(url) {
  return brought.modules[nameOf(url)]();
}
