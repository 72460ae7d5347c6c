// Fetches what calculators and Python start from while a page without one is read, so that they are there when one is opened.
// Politely: when the page is idle, one file after another, at low priority, and not when the reader saves data.

import { REMOTE } from "./files.js";
import { part } from "./parts.js";

/** @type {HTMLMetaElement | null} present unless the company has turned this off (extra.playbook.prefetch) */
const meta = document.querySelector('meta[name="pb-prefetch"]');
/** Whether the reader wants little to be fetched: nothing then is that has not been asked for. */
export const SAVES_DATA = /** @type {{ connection?: { saveData?: boolean } }} */ (navigator).connection?.saveData ?? false;
/** Who only passes over a link has left it by then. */
const MEANT_MS = 120;
/** The pages of the reader's language that have calculators. */
const CALCULATORS = new Set(meta?.dataset.calculators?.match(/\S+/g)?.map((address) => new URL(address, location.href).pathname));
let begun = false;

/**
 * Begins, once in a tab.
 * @param {() => boolean} needed  asked before each file: a calculator that has been opened fetches the rest itself, and
 *   on later pages the manifest's address, which is relative to the first, would lead elsewhere
 */
export async function prefetch(needed) {
  if (!REMOTE || !meta || SAVES_DATA || begun || !needed()) return;
  begun = true;
  const index = new URL(meta.content, location.href);
  await idle();
  const response = await fetch(index, { priority: "low" });
  // What the browser may not keep would only be fetched twice.
  if (!response.ok || /no-store/.test(response.headers.get("Cache-Control") ?? "")) return;
  await part("calculators.js").catch(() => {}); // which a page that has one will say
  for (const file of files(await response.json())) {
    await idle();
    if (!needed()) return;
    const { body } = await fetch(new URL(file, index), { priority: "low" });
    await body?.pipeTo(new WritableStream()); // to its end, or the browser would not keep it; but not in memory
  }
}

/**
 * Have something done when the reader turns to a link that leads to a calculator: by mouse, finger or keyboard.
 * @param {(manifest: string) => Promise<void>} start  is given the runtime's manifest
 */
export function whenPointedAt(start) {
  if (!REMOTE || !meta || SAVES_DATA) return;
  const manifest = new URL(meta.content, location.href).href; // of the first page; later ones lie elsewhere
  let meant = 0;
  for (const kind of ["pointerover", "touchstart", "focusin"]) {
    const turned = (/** @type {Event} */ { target }) => {
      clearTimeout(meant);
      const link = target instanceof Element ? /** @type {HTMLAnchorElement | null} */ (target.closest("a[href]")) : null;
      if (link && link.origin === location.origin && CALCULATORS.has(link.pathname)) {
        meant = window.setTimeout(() => start(manifest).catch(console.warn), MEANT_MS);
      }
    };
    document.addEventListener(kind, turned, { passive: true });
  }
}

/**
 * What the worker will fetch, in its order.
 * @param {import("./boot.js").Manifest} manifest
 */
function files({ start, snapshot, libraries }) {
  const { stdlib, packages, ...restored } = start;
  const parts = Object.values(snapshot ? { ...restored, snapshot } : start);
  return [...parts.map(({ name }) => name), libraries["echarts.js"]];
}

/** Resolves when page and browser have nothing better to do. */
async function idle() {
  if (document.readyState !== "complete") await new Promise((loaded) => window.addEventListener("load", loaded, { once: true }));
  await new Promise((resolve) => whenIdle(() => resolve(undefined)));
}

/**
 * Do something when the browser has nothing better to do.
 * @param {() => void} something
 */
export function whenIdle(something) {
  if ("requestIdleCallback" in window) requestIdleCallback(something);
  else setTimeout(something, 500);
}
