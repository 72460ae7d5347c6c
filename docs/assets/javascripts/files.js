// Where the site's own files come from: a server. In a page opened from a folder folder/page.js stands here, in its worker
// folder/worker.js (macros/folder.py): this is all in which the two ways differ.

/** Whether they cross a network, which is slow, and may be asked for beforehand. */
export const REMOTE = true;

/** Why a calculator does not start when one does not come: python.js's reason. */
export const MISSING = "network";

/** The browser's own fetch; boot.js leaves others one that reaches nothing. */
export const fetched = globalThis.fetch?.bind(globalThis);

/** What a server may take for a file that Python waits for. */
const PATIENCE_MS = 60_000;

/**
 * A file at once, without a promise, as an import in the midst of Python needs it; workers may wait so. Empty when the server
 * has none.
 *
 * @param {string} url
 */
export function fetchedNow(url) {
  const request = new XMLHttpRequest();
  request.open("GET", url, false);
  request.responseType = "arraybuffer";
  request.timeout = PATIENCE_MS;
  request.send();
  return new Uint8Array(request.status === 200 ? request.response : 0);
}

/**
 * @param {string} url
 * @returns {Promise<any>} a script's exports
 */
export function imported(url) {
  return import(url);
}

/** For browsers that are told to take addresses of scripts from nowhere else (trusted.js). @type {any} */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("playbook-worker", { createScriptURL: String });

/**
 * @param {string} manifest  absolute address of the runtime's manifest
 * @returns {Worker} one that starts Python (worker.js)
 */
export function startWorker(manifest) {
  const address = new URL(`./worker.js#${manifest}`, import.meta.url).href;
  return new Worker(policy?.createScriptURL(address) ?? address, { type: "module" });
}

/** In that worker: a message would be delivered only when the page has been read; its address is there at once. */
export const manifestUrl = globalThis.location?.hash.slice(1) ?? "";
