// One roster: a list of people that is read in one calculator of this tab is offered in another that can use it. Which can is
// told by the page (data-roster, calculators/roster.py), what is handed over by Python; nothing is, unless the reader asks.

import { onAttached, onShown, register } from "./actions.js";
import { button } from "./elements.js";
import { filled } from "./words.js";
import { works } from "./work.js";

/**
 * @typedef {import("./calculator.js").Calculator} Calculator
 * @typedef {{ calculator: string, table: string, label: string }} Offer
 */

/**
 * Ask Python for another calculator's list.
 * @param {Calculator} calculator
 * @param {string} to  the table here
 * @param {Offer} offer
 */
async function handed(calculator, to, offer) {
  const theirs = works.get(offer.calculator);
  if (!theirs || theirs === calculator.work || (!theirs.inputs.plan && !(offer.table in theirs.inputs.tables))) return null;
  const { asked, attachments } = theirs.request(offer.calculator);
  const reply = await calculator.ask("reply", { roster: { ...asked, from: offer.table, to } }, attachments);
  return reply?.ok && reply.count ? reply : null;
}

/**
 * @param {Calculator} calculator
 * @returns {Record<string, Offer[]>} by table
 */
function offersOf({ section }) {
  return JSON.parse(section.dataset.roster ?? "{}");
}

/**
 * @param {Calculator} calculator
 * @param {string} table
 */
function placeOf({ form }, table) {
  return /** @type {HTMLElement | null} */ (form.querySelector(`[data-table-input="${table}"] [data-roster-offers]`));
}

/** @param {Calculator} calculator */
async function offer(calculator) {
  for (const [table, offers] of Object.entries(offersOf(calculator))) {
    const place = placeOf(calculator, table);
    for (const one of offers) {
      const found = await handed(calculator, table, one);
      if (!found || !place?.isConnected || table in calculator.work.inputs.tables) continue;
      const words = filled(calculator.words.roster_use, { list: one.label, count: found.count, columns: found.columns.join(calculator.words.roster_and) });
      const take = button(words, { action: "take-roster" });
      take.dataset.offer = JSON.stringify(one);
      place.append(take);
    }
  }
}

register("take-roster", async (calculator, button) => {
  const to = button.closest("[data-table-input]")?.getAttribute("data-table-input") ?? "";
  /** @type {Offer} */
  const one = JSON.parse(button.dataset.offer ?? "");
  const found = await handed(calculator, to, one);
  if (found) await calculator.lists.setTable(to, { rows: found.rows, origin: "roster", name: `${one.calculator}.${one.table}` });
});

onAttached((calculator) => {
  offer(calculator).catch(console.warn); // a list that cannot be read there is not offered here
});
// With a list of their own, readers have no use for another.
onShown((calculator) => {
  for (const table of Object.keys(calculator.work.inputs.tables)) placeOf(calculator, table)?.replaceChildren();
});
