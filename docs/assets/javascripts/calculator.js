// One calculator in a page: what it consists of, and asking Python. All HTML of forms and results is made in Python
// (calculators/engine/shows); the parts below move it, and keep the reader's work (work.js). What the buttons do is
// registered with actions.js, by the part that does it.

import { act, attached, register, shown } from "./actions.js";
import { Entry, isAlike } from "./entry.js";
import { Lists } from "./lists.js";
import { sayOrigin } from "./origin.js";
import { Outcome } from "./outcome.js";
import { People } from "./people.js";
import { Puts } from "./puts.js";
import { Broken, Stopped, Superseded, Unreadable } from "./python.js";
import { Status, STOP_AFTER_MS } from "./status.js";
import { filled } from "./words.js";

/**
 * @typedef {import("./python.js").Python} Python
 * @typedef {import("./status.js").Mistake} Mistake
 * @typedef {import("./words.js").Words} Words
 * @typedef {import("./work.js").Work} Work
 */

export class Calculator {
  /**
   * @param {HTMLElement} section
   * @param {Work} work
   * @param {Python} python
   * @param {() => Promise<{ libraries: Record<string, string> }>} manifest  gives addresses of libraries, absolute
   */
  constructor(section, work, python, manifest) {
    this.section = section;
    this.work = work;
    this.python = python;
    this.manifest = manifest;
    this.id = section.dataset.calculator ?? "";
    this.language = section.dataset.language ?? "";
    /** @type {Words} */
    this.words = JSON.parse(section.dataset.words ?? "{}");
    this.form = /** @type {HTMLFormElement} */ (section.querySelector("[data-form]"));
    /** @type {string | null} what is said when Python has started anew, until something is computed */
    this.told = null;
    this.status = new Status(this);
    this.entry = new Entry(this);
    this.lists = new Lists(this);
    this.people = new People(this);
    this.puts = new Puts(this);
    this.outcome = new Outcome(this);
    this.listen();
    this.status.showStatus(python.status);
    if (work.restored && this.people.keptTables().length) {
      this.entry.setToday(); // what is kept are tables of former days; this is another
      work.inputs = { ...work.inputs, values: this.entry.typed() };
      work.saved = work.inputs;
    }
    work.restored = false;
    attached(this);
    if (work.touched) {
      if (work.inputs.values) this.entry.fill(work.inputs.values);
      this.compute();
    }
  }

  listen() {
    const { form, section } = this;
    form.addEventListener("focusin", () => this.python.start());
    form.addEventListener("pointerdown", () => this.python.start());
    section.addEventListener("click", ({ target }) => {
      const pressed = target instanceof Element ? target.closest("[data-action], [data-put]") : null;
      if (pressed instanceof HTMLElement && pressed.dataset.action) act(this, pressed);
    });
  }

  /** @param {{ keepFocusOn?: string }} [options] */
  async compute({ keepFocusOn } = {}) {
    this.told = null;
    this.status.showUndo();
    this.section.dataset.state = this.python.status.state === "ready" ? "busy" : this.section.dataset.state;
    if (this.python.status.state === "ready") this.status.sayBusy();
    const { inputs } = this.work;
    const reply = await this.ask("reply");
    // An answer to what has been changed since is nobody's answer; the next one is on its way.
    if (!reply || inputs !== this.work.inputs || !this.section.isConnected) return;
    this.section.dataset.state = "ready";
    this.work.answered = inputs;
    for (const [name, html] of Object.entries(reply.inputs)) this.lists.showView(name, html);
    if (!inputs.values && inputs.plan) {
      this.work.inputs = { ...inputs, values: reply.values };
      if (this.work.saved === inputs) this.work.saved = this.work.inputs;
      if (inputs.scenario === undefined) this.takeScenarios(reply.scenarios ?? [], inputs.plan);
      this.work.answered = this.work.inputs;
      this.entry.fill(reply.values);
    }
    if (!reply.ok && reply.errors.some((/** @type {Mistake} */ { code }) => code === "common.people.no_word")) {
      return this.people.drawWord(reply.values);
    }
    const refused = !reply.ok && reply.errors.some((/** @type {Mistake} */ { field }) => field === "plan");
    const lost = refused && inputs.plan === this.work.taken;
    this.status.showMistakes(reply.ok || lost ? [] : reply.errors);
    if (!reply.ok) {
      if (refused) {
        this.work.refusePlan();
        this.work.answered = this.work.inputs;
      }
      if (lost) sayOrigin(this, this.words.kept_damaged);
      return this.status.showUndo();
    }
    this.outcome.show(reply, { keepFocusOn });
    this.status.saySoon(this.words.updated); // unless something that it has brought about is worth a word
    shown(this, reply);
    if (this.people.drawn) this.status.say(this.words.word_drawn);
    else if (this.entry.dated) this.status.say(`${this.words.updated}${this.entry.dated}`);
    this.entry.dated = "";
    this.people.drawn = false;
    if (this.work.kept) this.people.keepWork();
    await this.outcome.drawCharts();
  }

  /**
   * @param {"reply" | "download"} kind
   * @param {object} more
   * @param {Record<string, Blob>} [files]  that go with it, beside the work's own
   * @returns {Promise<any>} nothing when a newer request has taken its place or the program failed (which it says)
   */
  async ask(kind, more = {}, files = {}) {
    const { inputs, pages } = this.work;
    const { asked, attachments } = this.work.request(this.id);
    const request = { ...asked, language: this.language, pages, ...more };
    const watch = setInterval(() => this.status.offerStop(), STOP_AFTER_MS / 8);
    try {
      // Only an answer to the same question is replaced by a newer one: a table's rows are not the result.
      const question = [this.id, ...Object.keys(more)].join(".");
      return await this.python.ask(question, kind, request, { ...attachments, ...files });
    } catch (error) {
      if (error instanceof Superseded) return null;
      this.section.dataset.state = "ready";
      if (error instanceof Stopped) {
        this.goBack(this.words.stopped);
        return null;
      }
      if (error instanceof Unreadable) {
        const name = error.message.split(".").at(-1) ?? "";
        const table = inputs.tables[name];
        const shown = table && "file" in table ? table.name : name;
        this.status.showMistakes([{ field: name, code: "unreadable", message: filled(this.words.unreadable, { name: shown }) }]);
        return null;
      }
      if (!(error instanceof Broken)) throw error;
      if (kind === "download" && this.section.hasAttribute("data-stale")) {
        this.status.say(this.words.mend_first);
        return null;
      }
      console.error(error.message);
      const detail = error.message.trim().split("\n").at(-1) ?? "";
      const { plan } = this.work.answered;
      const aside = this.work.inputs.plan !== plan ? this.words.plan_aside : "";
      if (aside) this.goBack(aside);
      const message = [filled(this.words.broken, { detail }), aside].filter(Boolean).join(" ");
      this.status.showMistakes([{ field: "", code: "broken", message }]);
      return null;
    } finally {
      clearInterval(watch);
      if (!this.python.busyMs) this.section.querySelector('[data-action="stop"]')?.remove();
    }
  }

  /** @param {"undo" | "redo"} [step] */
  async undo(step = "undo") {
    const { inputs, scenarios } = this.work;
    this.work[step]();
    this.entry.fill(this.work.inputs.values ?? this.entry.defaults);
    await this.compute();
    if (this.work.inputs === inputs && this.work.scenarios !== scenarios) this.status.say(this.words.scenarios_undone);
  }

  /**
   * Have the scenarios of a plan that is opened.
   * @param {{ name: string, values: Record<string, string> }[]} scenarios
   * @param {Blob} plan
   */
  takeScenarios(scenarios, plan) {
    this.work.scenarios = scenarios.map(({ name, values }) => ({ name, inputs: { values, tables: {}, plan, scenario: name } }));
  }

  /**
   * Show the work as it was answered last, result and lists included, which are there still.
   * @param {string} why
   */
  goBack(why) {
    clearTimeout(this.entry.typing);
    this.work.goBack();
    this.entry.fill({ ...this.entry.defaults, ...this.work.answered.values });
    this.status.showUndo();
    this.told = why;
    this.status.say(why);
  }

  /**
   * What was left in a window when it was last closed without an answer, and what keeps it, null for nothing.
   * @param {string} question
   * @returns {import("./dialogs.js").Left<any>}
   */
  left(question) {
    const { left } = this.work;
    const leave = (/** @type {any} */ value) => {
      if (value === null) left.delete(question);
      else {
        left.set(question, value);
        this.status.say(this.words.left);
      }
    };
    return { value: left.get(question) ?? null, leave };
  }

  /** Whether something has been typed that is not taken over yet. */
  get unfinished() {
    const { values, plan } = this.work.inputs;
    const inForm = !isAlike(this.entry.typed(), values ?? this.entry.defaults);
    const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (this.outcome.result().querySelectorAll("input[data-put]"));
    return (inForm && (values !== null || !plan)) || [...boxes].some((box) => box.value !== box.defaultValue);
  }

  /**
   * Show the page as it came, with nothing of the reader's in it.
   * @param {string} receipt  what was forgotten
   */
  showForgotten(receipt) {
    clearTimeout(this.entry.typing);
    this.form.reset();
    this.entry.fill(this.entry.defaults);
    const box = this.people.keepBox();
    if (box) box.checked = false;
    for (const [name, html] of Object.entries(this.lists.defaults)) this.lists.showView(name, html);
    this.outcome.showExample();
    this.section.querySelector("[data-origin]")?.replaceChildren();
    this.status.showMistakes([]);
    this.status.showUndo();
    this.told = receipt;
    this.status.say(this.told);
    this.section.dispatchEvent(new Event("playbook-forgotten"));
  }
}

register("run", (calculator) => {
  calculator.work.change({ values: {} });
  return calculator.compute();
});
register("undo", (calculator) => calculator.undo());
register("redo", (calculator) => calculator.undo("redo"));
register("reset", (calculator) => {
  const { entry, python, work } = calculator;
  work.change({ values: null, tables: {}, plan: null, scenario: undefined });
  entry.fill(entry.defaults);
  python.release();
  return calculator.compute();
});
