// The door for what belongs to every calculator: a module names here what its buttons do, and what it does when a calculator
// has been attached to its page or has shown an answer. It knows no module; calculators.js and parts.js name them.

import { BY_ACTION, part } from "./parts.js";

/**
 * @typedef {import("./calculator.js").Calculator} Calculator
 * @typedef {(calculator: Calculator, pressed: HTMLElement) => unknown} Action
 */

/** @type {Map<string, Action>} */
const actions = new Map();
/** @type {((calculator: Calculator) => unknown)[]} */
const whenAttached = [];
/** @type {((calculator: Calculator, reply: any) => unknown)[]} */
const whenShown = [];
/** @type {Calculator[]} */
let there = [];

/** The calculators of the page that is shown. */
export function calculatorsShown() {
  there = there.filter(({ section }) => section.isConnected);
  return there;
}

/**
 * Say what is done when something with this `data-action` is pressed in a calculator.
 * @param {string} name
 * @param {Action} action
 */
export function register(name, action) {
  actions.set(name, action);
}

/**
 * @param {Calculator} calculator
 * @param {HTMLElement} pressed  with data-action
 */
export async function act(calculator, pressed) {
  const action = pressed.dataset.action ?? "";
  if (!actions.has(action) && action in BY_ACTION) await part(BY_ACTION[/** @type {keyof typeof BY_ACTION} */ (action)]);
  return actions.get(action)?.(calculator, pressed);
}

/**
 * Have something done with every calculator when it is attached to its page, and now with those that are.
 * @param {(calculator: Calculator) => unknown} listener
 */
export function onAttached(listener) {
  whenAttached.push(listener);
  calculatorsShown().forEach((calculator) => listener(calculator));
}

/** @param {Calculator} calculator */
export function attached(calculator) {
  there.push(calculator);
  for (const listener of whenAttached) listener(calculator);
}

/**
 * Have something done with every answer with a result, when it is in the page.
 * @param {(calculator: Calculator, reply: any) => unknown} listener
 */
export function onShown(listener) {
  whenShown.push(listener);
}

/**
 * @param {Calculator} calculator
 * @param {any} reply
 */
export function shown(calculator, reply) {
  for (const listener of whenShown) listener(calculator, reply);
}
