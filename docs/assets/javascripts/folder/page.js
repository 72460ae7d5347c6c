// What stands for files.js in a page opened from a folder (file://). There nothing can be fetched and no file be a worker or a
// module; but scripts load, and a worker may be made of text. So every file is there once more as a script, which hands over
// its content. Not here: how these are made (macros/folder.py), and the worker's part (worker.js).

import { decoded, nameOf } from "./bytes.js";

/** @typedef {import("../boot.js").Manifest} Manifest */
/** @typedef {string | (() => any)} Content  bytes as text, or a module's body */

export const REMOTE = false;
export const MISSING = "folder";

/** @type {Map<string, Content>} what scripts have handed over, until it is taken */
const given = new Map();
const shared = /** @type {{ playbookFile: (name: string, content: Content) => void, playbookSearch: string }} */ (
  /** @type {unknown} */ (window)
);
shared.playbookFile = (name, content) => given.set(name, content);

const WorkerOfText = window.Worker;

/** @param {BlobPart[]} parts */
function workerOf(parts) {
  const address = URL.createObjectURL(new Blob(parts, { type: "text/javascript" }));
  return new WorkerOfText(address);
}

// With instant navigation Material ends its stream of pages here, where it cannot have any, before the first.
const config = /** @type {HTMLElement} */ (document.getElementById("__config"));
const settings = JSON.parse(config.textContent ?? "");
const isInstant = (/** @type {string} */ feature) => feature.startsWith("navigation.instant");
config.textContent = JSON.stringify({ ...settings, features: settings.features.filter((/** @type {string} */ feature) => !isInstant(feature)) });

// Material asks for its search worker by its file.
Object.assign(window, {
  Worker: function () {
    return workerOf([shared.playbookSearch]);
  },
});

/**
 * @param {string | URL} url  of a file of the runtime
 * @returns {Promise<any>}
 */
async function taken(url) {
  const name = nameOf(url);
  const script = document.createElement("script");
  script.charset = "windows-1252";
  script.src = new URL(`from-folder/${name}.js`, url).href;
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new TypeError(`${script.src} is not there`));
    document.head.append(script);
  });
  script.remove();
  const content = given.get(name);
  given.delete(name);
  if (content === undefined) throw new TypeError(`${script.src} is damaged`);
  return content;
}

/**
 * @param {string | URL} url
 * @param {RequestInit} [_]
 */
export async function fetched(url, _) {
  return new Response(decoded(await taken(url)));
}

/** @type {Map<string, Promise<any>>} modules by address */
const modules = new Map();

/** @param {string} url @returns {Promise<any>} */
export async function imported(url) {
  if (nameOf(url) in $modules) return $modules[nameOf(url)]; // one of ours, which has come along
  const found = modules.get(url) ?? taken(url).then((body) => body());
  modules.set(url, found);
  return found;
}

/** A worker that is made once its script is there, and gets its requests once it has all files. */
class FolderWorker extends EventTarget {
  /** @param {string} manifest */
  constructor(manifest) {
    super();
    /** @type {((event: any) => void) | null} */
    this.onmessage = null;
    /** @type {((event: any) => void) | null} */
    this.onerror = null;
    /** @type {Worker | null} */
    this.worker = null;
    this.ended = false;
    this.begun = this.begin(manifest);
    this.begun.catch((error) => {
      this.terminate();
      this.onmessage?.({ data: { type: "failed", reason: MISSING, detail: String(error) } });
    });
  }

  /** @param {string} url */
  async begin(url) {
    const [code, index] = [decoded(await taken(new URL("worker.js", url))), await taken(url)];
    const worker = workerOf([`globalThis.playbook = { manifest: ${JSON.stringify(url)}, modules: {} };`, code]);
    worker.onmessage = (event) => this.onmessage?.(event);
    worker.onerror = (event) => this.onerror?.(event);
    this.worker = worker;
    worker.postMessage({ name: nameOf(url), text: index });
    const { start, snapshot, slots, later } = /** @type {Manifest} */ (await new Response(decoded(index)).json());
    // The loader and the module come in the worker's script, and so does what unpacks the rest.
    const { decoder, hasher, loader, module, stdlib, packages, ...first } = start;
    const files = [...Object.values(first), ...(snapshot ? [snapshot] : []), slots, stdlib, packages, ...Object.values(later)];
    for (const { name } of files) {
      if (this.ended) return;
      const text = await taken(new URL(name, url)).catch(() => null); // boot.js says what is missing, or does without
      worker.postMessage({ name, text });
    }
  }

  /**
   * @param {any} message
   * @param {Transferable[]} [transfer]
   */
  postMessage(message, transfer = []) {
    this.begun.then(() => this.worker?.postMessage(message, transfer), () => {});
  }

  terminate() {
    this.ended = true;
    this.worker?.terminate();
  }
}

/** @param {string} manifest */
export function startWorker(manifest) {
  return /** @type {Worker} */ (/** @type {unknown} */ (new FolderWorker(manifest)));
}
