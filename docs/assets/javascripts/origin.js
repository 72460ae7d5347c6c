// The line above a calculator that says where its inputs come from, when they are not the reader's of just now: from a link,
// or from this device. It goes as soon as they change.

import { onShown } from "./actions.js";
import { button } from "./elements.js";

/** @typedef {import("./calculator.js").Calculator} Calculator */

/** @type {WeakMap<Calculator, unknown>} the inputs that something is said of */
const saidOf = new WeakMap();

/**
 * @param {Calculator} calculator
 * @param {string} sentence
 * @param {string} [back]  what the button to the example is called; none without
 */
export function sayOrigin(calculator, sentence, back = "") {
  const place = calculator.section.querySelector("[data-origin]");
  if (!place) return;
  place.replaceChildren(sentence);
  saidOf.set(calculator, calculator.work.inputs);
  if (back) place.append(" ", button(back, { css: "pb-quiet", action: "reset" }));
}

onShown((calculator) => {
  if (saidOf.has(calculator) && saidOf.get(calculator) !== calculator.work.inputs) {
    saidOf.delete(calculator);
    calculator.section.querySelector("[data-origin]")?.replaceChildren();
  }
});
