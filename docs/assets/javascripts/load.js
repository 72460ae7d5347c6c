// A module that is loaded when it is first needed, again and again until it comes: a browser remembers an address from which
// none came, and would not ask the server any more.

import { imported, REMOTE } from "./files.js";
import { small } from "./verified.js";

/** How our modules name another; libraries name none. */
const IMPORT = /^(?:import|\} from) .*"(\.\/.+)";$/gm;
/** @type {Map<string, { module: Promise<any>, failures: number }>} */
const loads = new Map();

/** @type {Map<string, Promise<string[]>>} of each script that is here as the page knows it, the addresses of those it imports */
const here = new Map();

/** @param {string} address */
function importsOf(address) {
  const known = here.get(address);
  if (known) return known;
  const coming = small(address).then(({ content }) =>
    [...new TextDecoder().decode(content).matchAll(IMPORT)].map(([, file]) => new URL(file, address).href),
  );
  here.set(address, coming);
  coming.catch(() => here.delete(address)); // to be asked for again
  return coming;
}

/**
 * Have a script here, and all that it imports: when it is imported, the browser has what agrees.
 * @param {string} address
 * @param {Set<string>} [asked]
 */
async function arrived(address, asked = new Set()) {
  asked.add(address);
  const others = await importsOf(address);
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
