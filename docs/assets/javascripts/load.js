// A module that is loaded when it is first needed, again and again until it comes: a browser remembers an address from which
// none came, and would not ask the server any more.

import { imported, REMOTE } from "./files.js";
import { small } from "./verified.js";

/** How our modules name another; libraries name none. */
const IMPORT = /^(?:import|\} from) .*"(\.\/.+)";$/gm;
/** @type {Map<string, { module: Promise<any>, failures: number }>} */
const loads = new Map();

/**
 * Have a script here as the page knows it, and all that it imports: when it is imported, the browser has what agrees.
 * @param {string} address
 * @param {Set<string>} [asked]
 */
async function arrived(address, asked = new Set()) {
  asked.add(address);
  const source = new TextDecoder().decode((await small(address)).content);
  const others = [...source.matchAll(IMPORT)].map(([, file]) => new URL(file, address).href);
  await Promise.all(others.filter((other) => !asked.has(other)).map((other) => arrived(other, asked)));
}

/**
 * Loads a module once.
 * @param {string} address
 * @returns {Promise<any>}
 */
export function load(address) {
  const { module, failures } = loads.get(address) ?? { module: null, failures: 0 };
  if (module) return module;
  const there = REMOTE ? arrived(address) : Promise.resolve();
  const loading = there.then(() => imported(failures ? `${address}?again=${failures}` : address));
  const tried = { module: loading, failures };
  loads.set(address, tried);
  loading.catch(() => loads.set(address, { module: /** @type {any} */ (null), failures: failures + 1 }));
  return loading;
}
