// What a calculator says of itself: that it starts, works or has failed, what was done, and what is wrong in the form.

import { register } from "./actions.js";
import { button, element } from "./elements.js";
import { whenIdle } from "./prefetch.js";
import { filled } from "./words.js";

/**
 * @typedef {import("./calculator.js").Calculator} Calculator
 * @typedef {import("./python.js").Status} PythonStatus
 * @typedef {{ field: string, code: string, message: string }} Mistake
 */

/** After so long a work the reader may end it. */
export const STOP_AFTER_MS = 2000;
/** A mistake that stands as a question, with its answers, where its list is. */
const ASKED = "tables.open_question";
/** So long after Python is there, or after an answer is still awaited, what may be asked for later is fetched. */
const QUIET_MS = 1000;
/** What takes less is not worth a word. */
const SOON_MS = 500;

export class Status {
  /** @param {Calculator} calculator */
  constructor(calculator) {
    this.calculator = calculator;
    /** What is about to be said, unless something else is. */
    this.soon = 0;
  }

  /** @param {string} sentence @param {string} [css] */
  say(sentence, css = "") {
    clearTimeout(this.soon);
    const place = /** @type {HTMLElement} */ (this.calculator.section.querySelector("[data-status]"));
    place.replaceChildren(element("p", css, sentence));
  }

  /**
   * Say another sentence where the one that it replaces still stands, or will once Python is ready.
   * @param {string} old
   * @param {string} sentence
   */
  sayInstead(old, sentence) {
    const { calculator } = this;
    if (calculator.told !== old) return;
    calculator.told = sentence;
    if (calculator.section.querySelector("[data-status]")?.textContent === old) this.say(sentence);
  }

  /**
   * Say a sentence in half a second, unless another comes before, from here or from the page (playbook.js).
   * @param {string} sentence
   * @param {string} [css]
   */
  saySoon(sentence, css) {
    clearTimeout(this.soon);
    const said = () => this.calculator.section.querySelector("[data-status]")?.textContent;
    const before = said();
    this.soon = window.setTimeout(() => said() === before && this.say(sentence, css), SOON_MS);
  }

  /** Say that work is under way, once it takes half a second; how long it takes nobody knows, so the bar only moves. */
  sayBusy() {
    const { section, words } = this.calculator;
    clearTimeout(this.soon);
    this.soon = window.setTimeout(() => {
      if (section.dataset.state !== "busy") return;
      this.say(words.busy);
      const bar = document.createElement("progress");
      bar.setAttribute("aria-label", words.busy);
      section.querySelector("[data-status]")?.append(bar);
    }, SOON_MS);
  }

  /** @param {PythonStatus} status */
  showStatus(status) {
    const { section, words } = this.calculator;
    if (!section.isConnected) return;
    if (status.boot) section.dataset.boot = status.boot;
    if (status.state === "idle") return;
    const place = /** @type {HTMLElement} */ (section.querySelector("[data-status]"));
    if (status.state === "loading") {
      section.dataset.state = "loading";
      this.showProgress(place, status);
    } else if (status.state === "failed") {
      section.dataset.state = "failed";
      const why = words[`failed_${status.reason}`] ?? words.failed_unknown;
      const action = status.reason === "upgraded" ? "reload" : "retry";
      const sentence = `${words.failed} ${filled(why, { detail: status.detail ?? "" })}`;
      place.replaceChildren(element("p", "", sentence), button(words[action], { action }));
    } else {
      const waiting = this.calculator.python.waiting.some(({ key }) => key.split(".")[0] === this.calculator.id);
      section.dataset.state = waiting ? "busy" : "ready";
      if (waiting) this.sayBusy();
      else this.say(this.calculator.told ?? (status.lacking ? filled(words.ready_lacking, { file: status.lacking }) : words.ready));
      this.fetchWhenQuiet();
    }
  }

  /** Have what may be asked for later fetched, once nobody waits for an answer, which it would hold up. */
  fetchWhenQuiet() {
    const { outcome, python } = this.calculator;
    const isAwaited = () => python.running || python.waiting.length;
    const look = () => (isAwaited() ? setTimeout(look, QUIET_MS) : whenIdle(() => outcome.fetchLibraries()));
    setTimeout(look, QUIET_MS);
  }

  /**
   * @param {HTMLElement} place
   * @param {PythonStatus} status
   */
  showProgress(place, { stage = "runtime", loaded = 0, total = 0 }) {
    let [label, bar, bytes] = place.children;
    if (!(label && bar instanceof HTMLProgressElement && bytes)) {
      [label, bar, bytes] = ["p", "progress", "span"].map((name) => document.createElement(name));
      bytes.setAttribute("aria-hidden", "true"); // read out, every megabyte would be a sentence
      place.replaceChildren(label, bar, bytes);
    }
    const stageWords = this.calculator.words[`stage_${stage}`];
    if (label.textContent !== stageWords) label.textContent = stageWords;
    bar.setAttribute("aria-label", stageWords);
    if (stage === "starting" || !total) bar.removeAttribute("value");
    else Object.assign(bar, { max: total, value: loaded });
    const megabytes = (/** @type {number} */ count) => (count / 1e6).toFixed(1);
    bytes.textContent = total ? `${megabytes(loaded)} / ${megabytes(total)} MB` : "";
  }

  /** Let the reader end what takes long. */
  offerStop() {
    const place = this.calculator.section.querySelector("[data-status]");
    if (this.calculator.python.busyMs < STOP_AFTER_MS || place?.querySelector('[data-action="stop"]')) return;
    place?.append(button(this.calculator.words.stop, { action: "stop" }));
  }

  /** @param {Mistake[]} mistakes */
  showMistakes(mistakes) {
    for (const place of /** @type {NodeListOf<HTMLElement>} */ (this.calculator.form.querySelectorAll("[data-error-for]"))) {
      const own = mistakes.filter(({ field }) => field === place.dataset.errorFor);
      place.textContent = own.filter(({ code }) => code !== ASKED).map(({ message }) => message).join(" ");
      place.hidden = !place.textContent;
      const folded = place.closest("details");
      if (own.length && folded) folded.open = true;
    }
    for (const box of this.calculator.entry.boxes()) {
      box.setAttribute("aria-invalid", String(mistakes.some(({ field }) => field === box.name)));
    }
    this.calculator.puts.showMistakes(mistakes);
    const summary = /** @type {HTMLElement} */ (this.calculator.section.querySelector("[data-errors]"));
    // The same sentence at several fields (shares that do not add up) is said once here.
    const sentences = [...new Set(mistakes.map(({ message }) => message))];
    summary.replaceChildren(...sentences.map((message) => element("p", "", message)));
    if (mistakes.length) this.say(this.calculator.words.kept);
    this.calculator.section.toggleAttribute("data-stale", mistakes.length > 0);
  }

  showUndo() {
    const { section, work } = this.calculator;
    for (const [action, steps] of Object.entries({ undo: work.history, redo: work.undone })) {
      const button = /** @type {HTMLButtonElement | null} */ (section.querySelector(`[data-action="${action}"]`));
      if (button) button.disabled = steps.length === 0;
    }
  }
}

register("stop", ({ python }) => python.halt());
register("retry", ({ python }) => python.restart());
register("reload", () => document.dispatchEvent(new Event("playbook-reload"))); // calculators.js
