// A module that is loaded when it is first needed, again and again until it comes: a browser remembers an address from which
// none came, and would not ask the server any more.

import { imported, REMOTE } from "./files.js";
import { small } from "./verified.js";

/** @type {Map<string, { module: Promise<any>, failures: number }>} */
const loads = new Map();

/**
 * Loads a module once.
 * @param {string} address
 * @returns {Promise<any>}
 */
export function load(address) {
  const { module, failures } = loads.get(address) ?? { module: null, failures: 0 };
  if (module) return module;
  // The page's import map has its hash; when it is imported, the browser has what agrees.
  const there = REMOTE ? small(address) : Promise.resolve();
  const loading = there.then(() => imported(failures ? `${address}?again=${failures}` : address));
  const tried = { module: loading, failures };
  loads.set(address, tried);
  loading.catch(() => loads.set(address, { module: /** @type {any} */ (null), failures: failures + 1 }));
  return loading;
}
