// What the device has kept of a list to tick: which of it is ticked, and since when all of it is. The lists themselves are
// checklists.js's; progress-page.js tells a manager of them.

import { isDay, today } from "./days.js";
import { keep, kept } from "./device.js";

/** By what name the device keeps the day on which a new hire started. */
export const STARTED = "started";
/** How the names of lists begin there. */
export const TICKS = "ticks:";
const DONE = ":done";

/**
 * What is ticked by what the device has kept, and the day on which the last was; nothing, where that is none of ours any more.
 * @param {string} name  as on the device
 * @returns {{ ticked: Set<string>, done: string, damaged: boolean }}
 */
export function keptTicks(name) {
  const done = kept(name + DONE);
  try {
    const ticked = JSON.parse(kept(name) ?? "[]");
    if (!ticked.every((/** @type {unknown} */ place) => typeof place === "string" && /^\d+$/.test(place))) throw new Error();
    return { ticked: new Set(ticked), done: isDay(done) ? done : "", damaged: !(isDay(done) || !done) };
  } catch {
    return { ticked: new Set(), done: "", damaged: true };
  }
}

/**
 * @param {string} name  as on the device
 * @param {string[]} ticked
 * @param {boolean} all  whether nothing of the list is left
 */
export function keepTicks(name, ticked, all) {
  keep(name, JSON.stringify(ticked));
  const since = keptTicks(name).done;
  if (all && !since) keep(name + DONE, today());
  else if (!all && since) keep(name + DONE, "");
}
