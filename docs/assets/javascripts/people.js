// People's data: whether this device may keep them, and the secret word that pseudonyms are worked out from. What is written
// where is device.js; forgetting reaches over calculators and tabs, and is in calculators.js.

import { register } from "./actions.js";
import { forgetKept, keepPeople, onPeopleKept } from "./device.js";
import { works } from "./work.js";

/** @typedef {import("./calculator.js").Calculator} Calculator */

/** A secret word that the page draws: 56 bits, of signs that are not taken for one another (pseudonyms.py). */
const WORD_SIGNS = "BCDFGHJKMNPQRTVWXY23456789";
const WORD_LENGTH = 12;

export class People {
  /** @param {Calculator} calculator */
  constructor(calculator) {
    this.calculator = calculator;
    /** Whether a secret word has just been drawn, which the reader is to note down. */
    this.drawn = false;
    const { form, work } = calculator;
    const keepBox = this.keepBox();
    work.people = keepBox !== null;
    work.keepsAll = !this.keptTables().length;
    if (keepBox) keepBox.checked = work.kept;
    form.addEventListener("change", ({ target }) => target === this.keepBox() && this.keepOrNot());
    const show = form.querySelector('[data-action="show-word"]');
    this.wordBox()?.addEventListener("blur", ({ relatedTarget }) => relatedTarget !== show && this.showWord(false));
  }

  /** @returns {HTMLInputElement | null} where the reader says that this device may keep people's data */
  keepBox() {
    return this.calculator.form.querySelector("[data-keep]");
  }

  /** @returns {string[]} the tables that alone are kept; of none, everything is */
  keptTables() {
    return this.keepBox()?.dataset.keep?.split(" ").filter(Boolean) ?? [];
  }

  /** @returns {HTMLInputElement | null} where the secret word of pseudonyms stands */
  wordBox() {
    return this.calculator.form.querySelector("[data-secret]");
  }

  /**
   * Give pseudonyms a secret word that nobody can guess, and show it until the reader turns to something else.
   * @param {Record<string, string>} values
   */
  drawWord(values) {
    const box = this.wordBox();
    if (!box) return;
    if (box.value.trim()) return this.calculator.entry.commit(); // the reader was faster
    const drawn = [...crypto.getRandomValues(new Uint32Array(WORD_LENGTH))];
    const word = drawn.map((number) => WORD_SIGNS[number % WORD_SIGNS.length]).join("").replace(/.{4}(?=.)/g, "$&-");
    const saved = this.calculator.work.saved === this.calculator.work.inputs;
    this.calculator.work.inputs = { ...this.calculator.work.inputs, values: { ...values, [box.name]: word } };
    if (saved) this.calculator.work.saved = this.calculator.work.inputs;
    this.calculator.entry.fill(this.calculator.work.inputs.values ?? {});
    this.drawn = true;
    this.showWord(true);
    this.calculator.compute();
  }

  /** @param {boolean} shown */
  showWord(shown) {
    const box = this.wordBox();
    if (!box) return;
    box.toggleAttribute("data-shown", shown);
    this.calculator.form.querySelector('[data-action="show-word"]')?.setAttribute("aria-pressed", String(shown));
    if (shown) box.closest("details")?.setAttribute("open", "");
    if (shown) box.focus();
  }

  keepOrNot() {
    this.calculator.work.kept = this.keepBox()?.checked ?? false;
    if (this.calculator.work.kept) this.keepWork();
    else {
      forgetKept(this.calculator.id);
      this.calculator.work.saved = null; // it is nowhere but in this tab
    }
  }

  async keepWork() {
    const { inputs } = this.calculator.work;
    const plan = await this.calculator.outcome.plan();
    if (plan === null || !this.calculator.work.kept || inputs !== this.calculator.work.inputs) return;
    if (keepPeople(this.calculator.id, plan)) {
      const only = this.keptTables();
      const here = Object.keys(inputs.tables).every((name) => only.includes(name));
      // Of what is not kept, an answer may have been changed last.
      const last = this.calculator.work.history.at(-1)?.inputs.tables !== inputs.tables;
      if (!only.length || (here && last)) this.calculator.work.saved = inputs;
      return;
    }
    this.calculator.work.kept = false;
    const box = this.keepBox();
    if (box) box.checked = false;
    this.calculator.status.say(this.calculator.words.keep_failed);
  }
}

// Of two tabs that keep the same calculator's, the device has the last one's.
onPeopleKept((id) => {
  const work = works.get(id);
  if (work?.kept) work.saved = null;
});
register("forget", ({ section }) => section.dispatchEvent(new CustomEvent("playbook-forget", { bubbles: true })));
register("show-word", ({ people }, button) => people.showWord(button.getAttribute("aria-pressed") !== "true"));
