// Files of the site as this page knows them: what arrives is compared with the SHA-256 that came along, in the file's name or
// in the page's import map, and asked for once more, past the browser's cache, where it is another or not whole.
// Here: checking, whichever way a file comes. Not here: which files there are (boot.js), and saying what is wrong (python.js).

import { MISSING, REMOTE, fetched, fetchedNow } from "./files.js";

/**
 * @typedef {"network" | "file" | "folder"} Reason  nothing came; or something that is not the file: none, half of it, a login page
 * @typedef {{ init(): void, update(chunk: Uint8Array): void, digest(): string }} Hasher  hash-wasm's
 */

/** A file that did not come as the site has it, twice. */
export class NotArrived extends Error {
  /**
   * @param {Reason} reason
   * @param {string} file  its address
   * @param {string} [why]
   */
  constructor(reason, file, why = "") {
    super(`${file}: ${why}`);
    this.reason = reason;
    this.file = decodeURIComponent(new URL(file).pathname.split("/").pop() ?? "");
  }
}

/** Something came, and it is not what was to come. */
class Other extends Error {}

const UNANSWERED = 500;

/**
 * The SHA-256 in a name that the build made of it (macros/runtime/cache.py), in hexadecimal digits; "" when there is none.
 * @param {string} url
 */
export const named = (url) => /-([0-9a-f]{64})\.\w+$/.exec(url)?.[1] ?? "";

/**
 * A hash as integrity attributes have it.
 * @param {string} digits
 */
const integrityOf = (digits) =>
  digits && `sha256-${btoa((digits.match(/../g) ?? []).map((byte) => String.fromCharCode(parseInt(byte, 16))).join(""))}`;

/**
 * Try to have a file from the browser's cache, then past it.
 * @template T
 * @param {string} url
 * @param {(cache: RequestCache) => Promise<T>} attempt
 * @returns {Promise<T>}
 */
async function twice(url, attempt) {
  try {
    return await attempt("default");
  } catch (error) {
    if (error instanceof NotArrived) throw error; // another, which this one needs
    try {
      return await attempt("reload");
    } catch (error) {
      if (error instanceof NotArrived) throw error;
      throw new NotArrived(REMOTE && error instanceof Other ? "file" : MISSING, url, String(error));
    }
  }
}

/**
 * @param {string} url
 * @param {RequestInit} options
 */
async function answer(url, options) {
  const response = await fetched(url, options);
  if (response.status >= UNANSWERED) throw new Error(`HTTP status ${response.status}`);
  if (!response.ok) throw new Other(`HTTP status ${response.status}`);
  return response;
}

/**
 * A small file, which the browser itself compares; it can, on plain HTTP, too.
 * @param {string} url
 * @param {string} [integrity]  where neither the page nor its name tells
 * @returns {Promise<{ content: ArrayBuffer, again: boolean }>} again: what the browser had was not it
 */
export function small(url, integrity = scripts.get(url) ?? integrityOf(named(url))) {
  return twice(url, async (cache) => {
    try {
      const content = await (await answer(url, { cache, integrity })).arrayBuffer();
      return { content, again: cache === "reload" };
    } catch (error) {
      // A refused comparison looks like a lost connection: what does the server say without one?
      if (!(error instanceof Other) && (await answer(url, { cache: "no-store" }).then(() => true, () => false))) {
        throw new Other("other content");
      }
      throw error;
    }
  });
}

/** The browser's own, ten times as fast as any script; pages on plain HTTP have none. */
const native = globalThis.crypto?.subtle;

/** @param {ArrayBuffer} digest */
const digitsOf = (digest) => Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * A file of the runtime. Browsers that compare by themselves while they fetch tell nothing before its end, so it is hashed
 * here: by the browser when it is whole, or else while it arrives.
 * @param {string} url
 * @param {number} size  in bytes
 * @param {() => Promise<Hasher>} hashing
 * @param {(count: number) => void} onArrival  told of bytes; of less than none where they are asked for again
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export function large(url, size, hashing, onArrival) {
  return twice(url, async (cache) => {
    const content = new Uint8Array(size);
    let filled = 0;
    try {
      const [response, hasher] = await Promise.all([answer(url, { cache }), native ? null : hashing()]);
      hasher?.init();
      const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
      for (let { done, value } = await reader.read(); !done && value; { done, value } = await reader.read()) {
        if (filled + value.length > size) throw new Other("it goes on after its end");
        content.set(value, filled);
        filled += value.length;
        hasher?.update(value);
        onArrival(value.length);
      }
      if (filled < size) throw new Other("it ends too early");
      const digits = hasher ? hasher.digest() : digitsOf(await native.digest("SHA-256", content));
      if (digits !== named(url)) throw new Other("other content");
      return content;
    } catch (error) {
      onArrival(-filled);
      throw error;
    }
  });
}

/**
 * A file at once, without a promise, as an import in the midst of Python needs it; workers may wait so.
 * @param {string} url
 * @param {Hasher} hasher
 */
export function atOnce(url, hasher) {
  for (const address of [url, `${url}?again`]) {
    const content = fetchedNow(address);
    hasher.init();
    hasher.update(content);
    if (hasher.digest() === named(url)) return content;
  }
  throw new NotArrived("file", url, "other content");
}

/**
 * A style that a page is about to need.
 * @param {string} url
 */
export async function loadedStyle(url) {
  if (REMOTE) await small(url);
}

/**
 * Compares the scripts of Python's worker with the page's import map, which browsers do not heed in workers.
 * @returns {Promise<boolean>} whether one of them was not what the browser had, and is now
 */
export async function checkWorker() {
  const arrivals = await Promise.all(workerScripts.map((url) => small(url)));
  return arrivals.some(({ again }) => again);
}

// As the page has them with which the tab began; nothing in the worker itself.
const map = /** @type {HTMLElement | null} */ (globalThis.document?.querySelector('script[type="importmap"]'));
/** @type {[string, string][]} */
const listed = Object.entries(JSON.parse(map?.textContent ?? "{}").integrity ?? {});
/** The hashes of scripts, by address. */
const scripts = new Map(listed.map(([address, hash]) => [new URL(address, document.baseURI).href, hash]));
const names = REMOTE ? (map?.dataset.worker ?? "").split(" ") : []; // from a folder they are another script
const workerScripts = [...scripts.keys()].filter((url) => names.includes(url.split("/").pop() ?? ""));
