// What stands in a calculator's form: reading and filling its boxes, which of them matter beside the others, how a number
// was understood, and when what is typed becomes the reader's work.

import { onShown } from "./actions.js";
import { dayOf, today } from "./days.js";
import { filled } from "./words.js";

/** @typedef {import("./calculator.js").Calculator} Calculator */
/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Box  where a value is typed or chosen */

const TYPING_PAUSE_MS = 300;

export class Entry {
  /** @param {Calculator} calculator */
  constructor(calculator) {
    this.calculator = calculator;
    this.typing = 0;
    /** What is to be said of a date that has become the reader's own. */
    this.dated = "";
    /** What the form began with. */
    this.defaults = this.typed();
    const { form } = calculator;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", ({ target }) => {
      if (!this.isValue(target)) return;
      if (isBox(target)) target.parentElement?.querySelector("[data-understood]")?.remove(); // of what stood there before
      this.later();
    });
    form.addEventListener("change", ({ target }) => this.isValue(target) && this.commit());
    form.addEventListener("keydown", (event) => isBox(event.target) && this.step(event.target, event));
    this.showMattering();
  }

  /** @param {EventTarget | null} target */
  isValue(target) {
    return isBox(target) && target.type !== "file" && target.name !== "" && !target.dataset.reading;
  }

  /** @returns {Box[]} */
  boxes() {
    return [...this.calculator.form.elements].filter(isBox).filter((box) => this.isValue(box));
  }

  /** What stands in the form. */
  typed() {
    /** @type {Record<string, string>} */
    const values = {};
    for (const box of this.boxes()) {
      if (isCheck(box) && box.type === "radio" && !box.checked) continue;
      if (isCheck(box) && box.type === "checkbox") values[box.name] = box.checked ? "yes" : "no";
      // A browser does not tell what it does not understand.
      else values[box.name] = box.validity.badInput ? "?" : box.value;
    }
    return values;
  }

  /** @param {Record<string, string>} values */
  fill(values) {
    for (const box of this.boxes()) {
      if (!(box.name in values)) continue;
      if (isCheck(box)) box.checked = box.value === values[box.name];
      else box.value = values[box.name];
    }
    this.showMattering();
    this.showUnderstood({});
  }

  /**
   * Show the fields that matter beside the others; of one that does not, and has something of the reader's, why it is not
   * used. Python decides by the same declaration (calculators/engine/asks/fields.py).
   */
  showMattering() {
    const typed = this.typed();
    const fields = /** @type {HTMLElement[]} */ ([...this.calculator.form.querySelectorAll("[data-matters]")]);
    /**
     * @param {string} name
     * @returns {boolean}
     */
    const idle = (name) => {
      const field = fields.find(({ dataset }) => dataset.field === name);
      /** @type {[string, string[]][]} */
      const wanted = Object.entries(JSON.parse(field?.dataset.matters ?? "{}"));
      return wanted.some(([other, values]) => {
        const value = (typed[other] ?? "").trim();
        return idle(other) || !(values.includes(value) || (values.includes("*") && value !== ""));
      });
    };
    for (const field of fields) {
      const name = field.dataset.field ?? "";
      const isIdle = idle(name);
      const why = /** @type {HTMLElement} */ (field.querySelector("[data-idle]"));
      why.hidden = !isIdle;
      field.hidden = isIdle && typed[name] === this.defaults[name];
      const group = /** @type {HTMLElement | null} */ (field.closest("[data-group]"));
      if (group) group.hidden = [...group.querySelectorAll("[data-field]")].every((one) => one instanceof HTMLElement && one.hidden);
    }
  }

  /**
   * Say beside a number that was written in another way how it was understood: 1,200,000 beside 120万.
   * @param {Record<string, string>} values  as Python has read them
   */
  showUnderstood(values) {
    for (const box of this.boxes().filter(({ dataset }) => dataset.stepped !== undefined)) {
      const said = values[box.name] ?? "";
      const isSame = !said || said === box.value.trim() || (said.length < 6 && Number(said.replaceAll(",", "")) === Number(box.value));
      const place = box.parentElement?.querySelector("[data-understood]") ?? document.createElement("span");
      place.className = "pb-understood";
      place.setAttribute("data-understood", "");
      place.textContent = isSame ? "" : `= ${said}`;
      if (isSame) place.remove();
      else box.after(place);
    }
  }

  /**
   * Arrows change a number by one, within its bounds.
   * @param {Box} box
   * @param {KeyboardEvent} event
   */
  step(box, event) {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const number = Number(box.value.replaceAll(",", "") || "0");
    if (!by || !box.dataset.stepped || Number.isNaN(number) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const [least, most] = box.dataset.stepped.split(" ").map(Number);
    box.value = String(Math.min(most, Math.max(least, Number((number + by).toFixed(3)))));
    this.later();
  }

  /** Compute when typing pauses. */
  later() {
    this.showMattering();
    clearTimeout(this.typing);
    this.typing = window.setTimeout(() => this.commit(), TYPING_PAUSE_MS);
  }

  commit() {
    this.showMattering();
    clearTimeout(this.typing);
    const before = this.calculator.work.inputs.values ?? this.defaults;
    let values = this.typed();
    if (isAlike(values, before)) return;
    if (this.isOwn(values) && !this.isOwn(before)) {
      this.startToday();
      values = this.typed();
    }
    this.calculator.work.change({ values });
    this.calculator.compute();
  }

  /** What stands in the form, if it differs from where it began. */
  typedValues() {
    const values = this.typed();
    const changed = !isAlike(values, this.calculator.work.inputs.values ?? this.defaults);
    return changed ? values : this.calculator.work.inputs.values;
  }

  /**
   * Whether fields that take the reader's own data have something else in them than they began with.
   * @param {Record<string, string>} values
   */
  isOwn(values) {
    const boxes = this.boxes().filter((box) => box.closest("[data-own]"));
    return boxes.some(({ name }) => name in values && values[name] !== this.defaults[name]);
  }

  /** The example's dates become the reader's own day with the reader's first table, or first answer. */
  startToday() {
    if (Object.keys(this.calculator.work.inputs.tables).length || this.calculator.work.inputs.plan) return;
    this.setToday();
  }

  /** Put the reader's own day where the example's was; which is said with the next result. */
  setToday() {
    const now = new Date();
    const days = { day: today(), quarter: dayOf(new Date(now.getFullYear(), now.getMonth() - (now.getMonth() % 3), 0)) };
    for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (this.calculator.form.querySelectorAll("[data-today]"))) {
      if (box.value !== this.defaults[box.name]) continue;
      box.value = box.dataset.today === "quarter" ? days.quarter : days.day;
      this.dated = filled(this.calculator.words[`dated_${box.dataset.today}`], { before: this.defaults[box.name], now: box.value });
    }
  }
}

onShown(({ entry }, reply) => entry.showUnderstood(reply.values));

/**
 * @param {unknown} target
 * @returns {target is Box}
 */
export function isBox(target) {
  return [HTMLInputElement, HTMLSelectElement, HTMLTextAreaElement].some((kind) => target instanceof kind);
}

/**
 * @param {Box} box
 * @returns {box is HTMLInputElement}
 */
function isCheck(box) {
  return box.type === "radio" || box.type === "checkbox";
}

/**
 * Whether two forms hold the same. The fields of an answer come in the order of their declaration, those of the page in
 * the order of its groups.
 * @param {Record<string, string>} one
 * @param {Record<string, string>} other
 */
export function isAlike(one, other) {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
