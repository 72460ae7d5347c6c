// How lists and plans come in: chosen, dropped, pasted, edited in the page, and read in another way when the reader says so.
// What is in an event is taken apart in dropped.js; the windows are in dialogs.js; every list is read in Python.

import { register } from "./actions.js";
import { isForBox, readNow, takeApart } from "./dropped.js";
import { isBox } from "./entry.js";
import { Lacking, part } from "./parts.js";
import { showHtml } from "./trusted.js";
import { filled } from "./words.js";

/**
 * @typedef {import("./calculator.js").Calculator} Calculator
 * @typedef {import("./entry.js").Box} Box
 * @typedef {import("./work.js").Reading} Reading
 * @typedef {import("./work.js").Source} Source
 * @typedef {import("./work.js").Table} Table
 */

/** The largest file that calculators/engine/reads takes. */
const LARGEST_FILE_MB = 50;
const LARGEST_PLAN_MB = 100;
const GLIDES_MS = 250;

export class Lists {
  /** @param {Calculator} calculator */
  constructor(calculator) {
    this.calculator = calculator;
    this.editing = false;
    /** Counts the files taken, so that the last one stands. */
    this.turn = 0;
    /** How the lists of the example were read. */
    this.defaults = this.views();
    this.listen();
  }

  listen() {
    const { form, section, python } = this.calculator;
    form.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLInputElement && target.type === "file") this.takeFiles(target);
      else if (isBox(target) && target.dataset.reading) this.readAgain(target);
    });
    for (const drop of /** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll("[data-drop]"))) {
      const over = (/** @type {boolean} */ is) => drop.toggleAttribute("data-over", is);
      drop.addEventListener("dragover", (event) => {
        event.preventDefault();
        over(true);
      });
      drop.addEventListener("dragleave", () => over(false));
      drop.addEventListener("drop", (event) => {
        event.preventDefault();
        over(false);
        python.start();
        this.take(tableOf(drop), takeApart(event.dataTransfer));
      });
    }
    section.addEventListener("paste", (event) => {
      const place = event.target instanceof Element ? event.target.closest("[data-table-input]") : null;
      const pasted = takeApart(event.clipboardData);
      if (isForBox(event.target, pasted) || !place || !(pasted.text.includes("\n") || pasted.rows || pasted.files.length)) return;
      event.preventDefault();
      this.take(tableOf(place), pasted);
    });
  }

  /** @param {HTMLElement} button @param {string} selector */
  fileBox(button, selector) {
    const place = button.closest("[data-table-input]") ?? this.calculator.form;
    return /** @type {HTMLInputElement} */ (place.querySelector(selector));
  }

  /** @param {HTMLInputElement} box */
  takeFiles(box) {
    const files = [...(box.files ?? [])];
    box.value = ""; // so that choosing the same file again is a change again
    if (box.hasAttribute("data-plan-file")) this.takePlan(files[0]);
    else this.takeFile(tableOf(box), files);
  }

  /**
   * Take what was dropped or pasted on a table.
   * @param {string} table
   * @param {import("./dropped.js").Dropped} dropped
   */
  take(table, { files, folder, text, rows, link }) {
    if (files.length) return this.takeFile(table, files);
    if (text) return this.setTable(table, { text });
    if (rows) return this.setTable(table, { rows });
    const why = folder ? "a_folder" : link ? "a_link" : "not_a_file";
    return this.refuse(table, why, { name: folder || link });
  }

  /**
   * Say why something is not taken; the work stays as it is.
   * @param {string} field
   * @param {string} code  of the sentence
   * @param {Record<string, string | number>} [values]
   */
  refuse(field, code, values = {}) {
    this.calculator.status.showMistakes([{ field, code, message: filled(this.calculator.words[code], values) }]);
  }

  /**
   * @param {string} table
   * @param {File[]} files
   */
  async takeFile(table, files) {
    const [file] = files;
    if (!file) return this.refuse(table, "not_a_file");
    const { name } = file;
    const isPlan = name.toLowerCase().endsWith(".json");
    if (this.isTooBig(table, file, isPlan ? LARGEST_PLAN_MB : LARGEST_FILE_MB)) return;
    const turn = ++this.turn;
    const content = await readNow(file);
    if (turn !== this.turn) return; // another has been dropped since
    if (!content) return this.refuse(table, "unreadable", { name });
    if (isPlan) return this.openPlan(content);
    await this.setTable(table, { file: content, name });
    if (files.length > 1) this.calculator.status.say(filled(this.calculator.words.one_file, { name }));
  }

  /**
   * Say so of a file that is larger than is read.
   * @param {string} field
   * @param {File} file
   * @param {number} limit  in MB
   */
  isTooBig(field, { name, size }, limit) {
    if (size <= limit * 2 ** 20) return false;
    this.refuse(field, "too_big", { name, size: Math.ceil(size / 2 ** 20), limit });
    return true;
  }

  /** @param {File | undefined} file */
  async takePlan(file) {
    if (!file || this.isTooBig("", file, LARGEST_PLAN_MB)) return;
    const turn = ++this.turn;
    const content = await readNow(file);
    if (turn !== this.turn) return;
    if (content) this.openPlan(content);
    else this.refuse("", "unreadable", { name: file.name });
  }

  /** @param {Blob} plan */
  openPlan(plan) {
    this.calculator.work.change({ values: null, tables: {}, plan, scenario: undefined });
    this.calculator.work.saved = this.calculator.work.inputs; // it is in that file
    this.calculator.compute();
  }

  /**
   * @param {string} name
   * @param {Table} table
   */
  setTable(name, table) {
    if (this.calculator.python.status.state !== "ready" && "file" in table) this.showWaiting(name, table.name);
    this.calculator.entry.startToday();
    this.calculator.work.change({ values: this.calculator.entry.typedValues(), tables: { ...this.calculator.work.inputs.tables, [name]: table } });
    return this.calculator.compute();
  }

  /**
   * Read a table as its view now says. What the file suggests stays the file's until the reader chooses.
   * @param {Box} changed
   */
  readAgain(changed) {
    const name = tableOf(changed);
    const answered = changed.closest("[data-question]");
    /** @type {Reading} */
    const reading = { ...this.reading(name) };
    const [what, column] = (changed.dataset.reading ?? "").split(":");
    if (what === "sheet") reading.sheet = changed.value;
    else if (what === "unit") reading.unit = changed.value;
    else if (what === "column") reading.columns = { ...reading.columns, [column]: changed.value };
    reading.answers = { ...this.reading(name).answers };
    if (answered instanceof HTMLElement) reading.answers[answered.dataset.question ?? ""] = changed.value;
    // Another sheet has columns and questions of its own.
    if (what === "sheet") reading.columns = reading.answers = {};
    this.setTable(name, { ...this.source(name), ...reading });
  }

  /**
   * @param {string} name
   * @returns {Source}
   */
  source(name) {
    const { sheet: _sheet, unit: _unit, columns: _columns, answers: _answers, ...source } = this.calculator.work.inputs.tables[name] ?? {};
    return source;
  }

  /**
   * @param {string} name
   * @returns {Reading}
   */
  reading(name) {
    const { sheet, unit, columns, answers } = this.calculator.work.inputs.tables[name] ?? {};
    return { sheet, unit, columns, answers };
  }

  /** @param {string} name */
  async edit(name) {
    if (this.editing) return; // a second press while the window is on its way
    this.editing = true;
    const { tables } = this.calculator.work.inputs;
    try {
      const answer = await this.calculator.ask("reply", { rows_of: name });
      if (!answer || tables !== this.calculator.work.inputs.tables) return;
      if (!answer.ok) return this.calculator.status.showMistakes(answer.errors);
      const { libraries } = await this.calculator.manifest();
      const { askForRows } = await part("grid.js");
      const left = this.calculator.left(`edit ${name}`);
      const before = left.value && left.value.of === tables[name] ? left.value.rows : answer.rows;
      const rows = await askForRows(this.calculator.words, before, libraries, {
        value: null,
        leave: (rows) => left.leave(rows && { of: tables[name], rows }),
      });
      if (rows) this.setTable(name, { ...answer.reading, rows });
    } catch (error) {
      if (error instanceof Lacking) throw error;
      console.error(error);
      this.calculator.status.say(this.calculator.words.edit_failed);
    } finally {
      this.editing = false;
    }
  }

  views() {
    /** @type {Record<string, string>} */
    const views = {};
    for (const view of /** @type {NodeListOf<HTMLElement>} */ (this.calculator.form.querySelectorAll("[data-table-view]"))) {
      views[view.dataset.tableView ?? ""] = view.innerHTML;
    }
    return views;
  }

  // --- asking Python -------------------------------------------------------------------------------

  /**
   * Name a file that has come while Python still starts, where it will say how it was read.
   * @param {string} table
   * @param {string} name
   */
  showWaiting(table, name) {
    const line = document.createElement("p");
    line.className = "pb-source";
    line.textContent = filled(this.calculator.words.file_waits, { name });
    this.calculator.form.querySelector(`[data-table-view="${table}"]`)?.replaceChildren(line);
  }

  /**
   * @param {string} name
   * @param {string} html
   */
  showView(name, html) {
    const view = /** @type {HTMLElement | null} */ (this.calculator.form.querySelector(`[data-table-view="${name}"]`));
    if (!view || view.innerHTML === html) return;
    const focused = view.contains(document.activeElement) ? document.activeElement?.getAttribute("data-reading") : null;
    const open = [...view.querySelectorAll("details")].map((one) => one.open && one.className);
    glide(this.calculator.form, () => {
      showHtml(view, html);
      for (const one of view.querySelectorAll("details")) one.open = open.includes(one.className);
    });
    if (focused) /** @type {HTMLElement | null} */ (view.querySelector(`[data-reading="${focused}"]`))?.focus();
  }
}

/**
 * Change what stands in the form, and let what moves by that glide to its new place, so that the eye can follow it: a list that
 * has been read takes less room than what invited to one.
 * @param {HTMLElement} form
 * @param {() => void} change
 */
function glide(form, change) {
  const parts = [...form.querySelectorAll(":scope > *, .pb-drop, .pb-drop > .pb-actions, .pb-table-view")];
  const tops = () => parts.map((part) => (part.getClientRects().length ? part.getBoundingClientRect().top : NaN));
  const before = tops();
  change();
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const after = tops();
  const moved = new Map(parts.map((part, at) => [part, before[at] - after[at] || 0]));
  for (const [part, by] of moved) {
    const around = moved.get(/** @type {Element} */ (parts.findLast((one) => one !== part && one.contains(part)))) ?? 0;
    if (Math.abs(by - around) >= 1) part.animate({ translate: [`0 ${by - around}px`, "none"] }, { duration: GLIDES_MS, easing: "ease-out" });
  }
}

register("choose-file", ({ lists }, button) => lists.fileBox(button, "[data-table-file]").click());
register("open-plan", ({ lists }, button) => lists.fileBox(button, "[data-plan-file]").click());
register("edit", ({ lists }, button) => lists.edit(tableOf(button)));
register("paste", async (calculator, button) => {
  const table = tableOf(button);
  const { askForPaste } = await part("dialogs.js");
  const text = await askForPaste(calculator.words, calculator.left(`paste ${table}`));
  return text?.trim() ? calculator.lists.setTable(table, { text }) : undefined;
});

/** @param {Element} inside */
export function tableOf(inside) {
  return inside.closest("[data-table-input]")?.getAttribute("data-table-input") ?? "";
}
