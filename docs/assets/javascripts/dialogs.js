// The windows that ask something: yes or no, one of several, a table that is pasted; the one in which rows are edited is grid.js's.
// They give back what was answered; what becomes of it is the business of who asks.

import { button, element } from "./elements.js";

/** @typedef {import("./words.js").Words} Words */

/**
 * @template T
 * @typedef {{ value: T | null, leave: (value: T | null) => void }} Left  what a window begins with, and what is told what
 *   stands in it when it closes without an answer: null after one, and when the reader says that nothing is to stay
 */

/** @type {(() => boolean) | null} whether something stands in the window that is open */
let unfinished = null;

// What stands in a window would be gone with the page.
addEventListener("beforeunload", (event) => unfinished?.() && event.preventDefault());

/**
 * Open a window with a title, a sentence, something to fill in, and buttons. Resolves with what `value` gives when
 * the reader accepts and everything needed is filled in, with null when they do not. What stands in a window that is
 * closed by Escape, or with its page, is `left`; only the button to cancel throws it away.
 * @template T
 * @param {{ title: string, help: string, accept: string, words: Words, content: HTMLElement, extra?: HTMLElement[],
 *   value: () => T, left?: Left<T>["leave"] }} parts
 * @returns {Promise<T | null>}
 */
export function ask({ title, help, accept, words, content, extra = [], value, left = () => {} }) {
  const dialog = document.createElement("dialog");
  dialog.className = "pb-dialog";
  dialog.setAttribute("aria-label", title);
  const use = button(accept, { css: "pb-button pb-primary" });
  const cancel = button(words.cancel);
  cancel.dataset.cancel = "";
  const actions = element("div", "pb-actions");
  actions.append(use, cancel, ...extra);
  dialog.append(element("h3", "", title), element("p", "pb-help", help), content, actions);
  document.body.append(dialog);
  return new Promise((resolve) => {
    /** @type {T | null} */
    let answer = null;
    let cancelled = false;
    const now = () => JSON.stringify(value());
    /** @type {string | null} what stands in it before the reader does anything; a grid is still being made */
    let before = null;
    setTimeout(() => (before = dialog.open ? now() : null));
    const changed = () => before !== null && now() !== before;
    unfinished = changed;
    use.addEventListener("click", () => {
      const wanting = content.querySelector(":invalid:not(fieldset)");
      if (wanting instanceof HTMLInputElement || wanting instanceof HTMLTextAreaElement) return wanting.reportValidity();
      answer = value();
      dialog.close();
    });
    cancel.addEventListener("click", () => {
      cancelled = true;
      dialog.close();
    });
    dialog.addEventListener("close", () => {
      if (answer !== null || cancelled) left(null);
      else if (changed()) left(value());
      unfinished = null;
      dialog.remove();
      resolve(answer);
    });
    dialog.showModal();
  });
}

/**
 * Ask yes or no.
 * @param {Words} words
 * @param {{ title: string, help: string, accept: string }} question
 * @returns {Promise<boolean>}
 */
export async function askWhether(words, question) {
  return (await ask({ ...question, words, content: element("div", ""), value: () => true })) ?? false;
}

/**
 * Let the reader copy a text by hand, where no script may.
 * @param {Words} words
 * @param {string} text
 */
export async function askToCopy(words, text) {
  const box = document.createElement("textarea");
  Object.assign(box, { value: text, rows: 6, readOnly: true });
  box.setAttribute("aria-label", words.copy_title);
  const answer = ask({ title: words.copy_title, help: words.copy_help, accept: words.copy_done, words, content: box, value: () => true });
  box.select();
  await answer;
}

/**
 * Let the reader choose one of several.
 * @param {Words} words
 * @param {{ title: string, help: string, accept: string }} question
 * @param {[string, string][]} options  what is given back, and what it is called
 * @returns {Promise<string | null>}
 */
export function askWhich(words, question, options) {
  const choices = element("div", "pb-options");
  for (const [value, label] of options) {
    const radio = Object.assign(document.createElement("input"), { type: "radio", name: "which", value });
    radio.defaultChecked = value === options[0][0];
    const line = element("label", "");
    line.append(radio, element("span", "", label));
    choices.append(line);
  }
  choices.setAttribute("role", "radiogroup");
  choices.setAttribute("aria-label", question.title);
  const value = () => /** @type {HTMLInputElement} */ (choices.querySelector(":checked")).value;
  return ask({ ...question, words, content: choices, value });
}

/**
 * Let the reader paste a table.
 * @param {Words} words
 * @param {Left<string>} left
 * @returns {Promise<string | null>}
 */
export function askForPaste(words, left) {
  const box = document.createElement("textarea");
  box.value = left.value ?? "";
  box.rows = 12;
  box.spellcheck = false;
  box.dataset.paste = "";
  box.setAttribute("aria-label", words.paste_title);
  return ask({
    title: words.paste_title,
    help: words.paste_help,
    accept: words.paste_use,
    words,
    content: box,
    value: () => box.value,
    left: left.leave,
  });
}
