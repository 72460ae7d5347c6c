// What a page loads beyond its first scripts: by what stands in it, by what is pressed in a calculator, or when it is asked for.
// Not here: how a module comes whole (load.js), and what is said when one does not (playbook.js).

import { imported } from "./files.js";
import { load } from "./load.js";

/**
 * @typedef {{ "board.js": typeof import("./board.js"), "calculators.js": typeof import("./calculators.js"),
 *   "charts.js": typeof import("./charts.js"), "dialogs.js": typeof import("./dialogs.js"),
 *   "grid.js": typeof import("./grid.js"), "keys-list.js": typeof import("./keys-list.js"),
 *   "palette.js": typeof import("./palette.js"), [name: string]: object }} Parts
 */

/** What works with something that stands in a page, by its attribute; the page itself has it among its scripts (macros/assets.py). */
const BY_CONTENT = {
  "data-calculator": "calculators.js",
  "data-slides": "slides.js",
  "data-find-measure": "dictionary.js",
  "data-calendar": "calendar-page.js",
  "data-progress": "progress-page.js",
  "data-test": "quiz-page.js",
};

/** What does something that can be pressed in a calculator (actions.js), unless that is there from the start. */
export const BY_ACTION = {
  "copy-link": "share.js",
  "copy-table": "share.js",
  "copy-figures": "share.js",
  "copy-chart": "share.js",
  present: "present.js",
  seek: "seek.js",
  "keep-scenario": "scenarios.js",
  compare: "scenarios.js",
  "close-comparison": "scenarios.js",
  "undo-here": "board.js",
};

/** A part that did not come. */
export class Lacking extends Error {}

/**
 * @template {keyof Parts} N
 * @param {N} name
 * @returns {Promise<Parts[N]>}
 */
export async function part(name) {
  try {
    return await load(addressOf(name));
  } catch (error) {
    throw new Lacking(String(name), { cause: error });
  }
}

/** Have what works with the page that is shown: one that was loaded in place of another has none of its own scripts. */
export async function partsOfPage() {
  const names = Object.entries(BY_CONTENT).filter(([attribute]) => document.querySelector(`article [${attribute}]`));
  await Promise.all(names.map(([, name]) => imported(addressOf(name)).catch(() => part(name))));
}

/** @param {string | number} name */
function addressOf(name) {
  return new URL(`./${name}`, import.meta.url).href;
}
