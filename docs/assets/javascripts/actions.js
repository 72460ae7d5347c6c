// The door for what belongs to every calculator: a module names here what its buttons do, and what it does when a calculator
// has been attached to its page or has shown an answer. It knows no module; playbook.js names them.

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
export function act(calculator, pressed) {
  return actions.get(pressed.dataset.action ?? "")?.(calculator, pressed);
}

/**
 * Have something done with every calculator when it is attached to its page.
 * @param {(calculator: Calculator) => unknown} listener
 */
export function onAttached(listener) {
  whenAttached.push(listener);
}

/** @param {Calculator} calculator */
export function attached(calculator) {
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
