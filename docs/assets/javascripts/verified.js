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

/** From here on a server says that it cannot answer; and so it does by these, to be asked again later. */
const UNANSWERED = 500;
const LATER = [408, 425, 429];
/** For how long nothing at all may come: some proxies keep a connection open on which no more is sent. */
const SILENCE_S = 30;

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
 * @param {(options: { cache: RequestCache, signal: AbortSignal }) => Promise<T>} attempt
 * @returns {Promise<T>}
 */
async function twice(url, attempt) {
  try {
    return await unlessSilent((signal) => attempt({ cache: "default", signal }));
  } catch (error) {
    if (error instanceof NotArrived) throw error; // another, which this one needs
    try {
      return await unlessSilent((signal) => attempt({ cache: "reload", signal }));
    } catch (error) {
      if (error instanceof NotArrived) throw error;
      const isOther = REMOTE && (error instanceof Other || (await leadsElsewhere(url)));
      throw new NotArrived(isOther ? "file" : MISSING, url, String(error));
    }
  }
}

/** How often anything has come, of whichever file: on a slow line one waits for the others. */
let arrivals = 0;

/**
 * Do something that waits for a server, and end that when nothing has come for long.
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} attempt
 * @returns {Promise<T>}
 */
async function unlessSilent(attempt) {
  const ending = new AbortController();
  let before = arrivals;
  let silent = 0;
  // Looks are counted, and no time: what came while this thread was busy, or the computer asleep, is heard first.
  const looking = setInterval(() => {
    silent = arrivals === before ? silent + 1 : 0;
    before = arrivals;
    if (silent >= SILENCE_S) ending.abort();
  }, 1000);
  try {
    return await attempt(ending.signal);
  } finally {
    clearInterval(looking);
  }
}

/**
 * Whether who asks for a file is sent elsewhere, to sign in say: to another host the page's policy lets nobody follow, and
 * a browser calls that a lost connection.
 * @param {string} url
 * @returns {Promise<boolean>}
 */
function leadsElsewhere(url) {
  const asked = unlessSilent((signal) => fetched(url, { cache: "no-store", redirect: "manual", signal }));
  return asked.then(({ type }) => type === "opaqueredirect", () => false);
}

/**
 * @param {string} url
 * @param {RequestInit} options
 */
async function answer(url, options) {
  const response = await fetched(url, options);
  arrivals++;
  const { status } = response;
  if (status >= UNANSWERED || LATER.includes(status)) throw new Error(`HTTP status ${status}`);
  if (!response.ok) throw new Other(`HTTP status ${status}`);
  return response;
}

/**
 * A small file, which the browser itself compares; it can, on plain HTTP, too.
 * @param {string} url
 * @param {string} [integrity]  where neither the page nor its name tells
 * @returns {Promise<{ content: ArrayBuffer, again: boolean }>} again: what the browser had was not it
 */
export function small(url, integrity = scripts.get(url) ?? integrityOf(named(url))) {
  return twice(url, async ({ cache, signal }) => {
    try {
      const content = await (await answer(url, { cache, integrity, signal })).arrayBuffer();
      return { content, again: cache === "reload" };
    } catch (error) {
      // A refused comparison looks like a lost connection: what does the server say without one?
      const isLost = !(error instanceof Other) && !signal.aborted;
      if (isLost && (await answer(url, { cache: "no-store", signal }).then(() => true, () => false))) {
        throw new Other("other content");
      }
      throw error;
    }
  });
}

/** The browser's own hashing, which costs this thread nothing; pages on plain HTTP have none. */
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
  return twice(url, async ({ cache, signal }) => {
    const content = new Uint8Array(size);
    let filled = 0;
    let answered = false;
    try {
      const [response, hasher] = await Promise.all([answer(url, { cache, signal }), native ? null : hashing()]);
      answered = true;
      hasher?.init();
      const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
      for (let { done, value } = await reader.read(); !done && value; { done, value } = await reader.read()) {
        if (filled + value.length > size) throw new Other("it goes on after its end");
        content.set(value, filled);
        filled += value.length;
        arrivals++;
        hasher?.update(value);
        onArrival(value.length);
      }
      if (filled < size) throw new Other("it ends too early");
      const digits = hasher ? hasher.digest() : digitsOf(await native.digest("SHA-256", content));
      if (digits !== named(url)) throw new Other("other content");
      return content;
    } catch (error) {
      onArrival(-filled);
      // A body that is not packed as its header says, or none.
      if (answered && !filled && !signal.aborted) throw new Other(String(error));
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
