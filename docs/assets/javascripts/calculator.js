// One calculator in a page: reads the form and tables, asks Python, shows what it answers. All HTML of forms and
// results is made in Python (calculators/engine/shows); this file moves it, and keeps the reader's work.

import { askMove, letDrag } from "./board.js";
import { loadECharts, mount, toPng } from "./charts.js";
import { forgetKept, keepPeople } from "./device.js";
import { askForPaste, askForRows, prepareRows } from "./dialogs.js";
import { readNow, takeApart } from "./dropped.js";
import { whenIdle } from "./prefetch.js";
import { Broken, Stopped, Superseded, Unreadable } from "./python.js";
import { filled } from "./words.js";

/**
 * @typedef {import("./python.js").Python} Python
 * @typedef {import("./python.js").Status} Status
 * @typedef {import("./words.js").Words} Words
 * @typedef {{ sheet?: string, unit?: string, columns?: Record<string, string>, answers?: Record<string, string>, aligned?: boolean, delimiter?: string }}
 *   Reading  how to read a table
 * @typedef {{ file: Blob, name: string } | { text: string } | { rows: string[][], name?: string } | {}} Source
 * @typedef {Source & Reading} Table  a table without a source is the worked example
 * @typedef {{ values: Record<string, string> | null, tables: Record<string, Table>, plan: Blob | null }} Inputs
 * @typedef {{ field: string, code: string, message: string }} Mistake
 * @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Box  where a value is typed or chosen
 * @typedef {{ table: string, row: Record<string, string | null>, key: string[], remove?: boolean }} Put  a row for an input
 *   table: what is null in it the reader gives; rows with the same texts in the columns of the key make way for it, and
 *   with remove are only taken out
 */

/** The largest file that calculators/engine/reads takes. */
const LARGEST_FILE_MB = 50;
const LARGEST_PLAN_MB = 100;
/** After so long a work the reader may end it. */
const STOP_AFTER_MS = 2000;
const TYPING_PAUSE_MS = 300;
const UNDO_STEPS = 100;
/** A secret word that the page draws: 56 bits, of signs that are not taken for one another (pseudonyms.py). */
const WORD_SIGNS = "BCDFGHJKMNPQRTVWXY23456789";
const WORD_LENGTH = 12;

/** What a reader has put into a calculator; outlives moving between pages. */
export class Work {
  /** @type {Inputs} values null: as the plan or the defaults have them */
  inputs = { values: null, tables: {}, plan: null };
  /** What was answered last, with a result or with what is wrong with it. */
  answered = this.inputs;
  /** @type {Inputs[]} */
  history = [];
  /** @type {Record<string, number>} */
  pages = {};
  touched = false;
  /** @type {Inputs | null} what is somewhere else too: saved as a plan, opened from one, kept on this device */
  saved = null;
  /** @type {Inputs | null} what the page in the other language takes over */
  carried = null;
  /** @type {Map<string, any>} what was left in a window that was closed without an answer, by what it asked for */
  left = new Map();
  /** Whether it is about people, so that it is kept nowhere unless the reader says so. */
  people = false;
  /** Whether the reader wants this device to keep it. */
  kept = false;
  /** Whether this device keeps all of it then, and not only some tables. */
  keepsAll = true;
  /** Whether it is what this device has kept, and nothing since. */
  restored = false;
  /** Who decided last, to be offered again. */
  decider = "";

  /** Be as new. */
  forget() {
    Object.assign(this, new Work(), { people: this.people, keepsAll: this.keepsAll });
  }

  get keptWhole() {
    return this.kept && this.keepsAll;
  }

  /** Something was typed, chosen or opened that is nowhere else, and would be gone with the page. */
  get unsaved() {
    const { values, tables, plan } = this.inputs;
    const own = plan !== null || Object.keys(tables).length > 0 || Object.keys(values ?? {}).length > 0;
    return this.left.size > 0 || (own && this.saved !== this.inputs);
  }

  /**
   * What Python is asked about, and the files that go with it.
   * @param {string} id  of the calculator
   */
  request(id) {
    const { values, plan } = this.inputs;
    /** @type {Record<string, Blob>} */
    const attachments = {};
    /** @type {Record<string, object>} */
    const tables = {};
    for (const [name, table] of Object.entries(this.inputs.tables)) {
      const attachment = `${id}.${name}`;
      if ("file" in table) attachments[attachment] = table.file;
      tables[name] = "file" in table ? { ...table, file: attachment } : table;
    }
    if (plan) attachments[`${id}.plan`] = plan;
    return { attachments, asked: { calculator: id, values, tables, ...(plan ? { plan: `${id}.plan` } : {}) } };
  }

  /**
   * Take over new inputs; the former ones can be had back.
   * @param {Partial<Inputs>} changes
   */
  change(changes) {
    this.history.push(this.inputs);
    if (this.history.length > UNDO_STEPS) this.history.shift();
    this.inputs = { ...this.inputs, ...changes };
    this.pages = {};
    this.touched = true;
  }

  undo() {
    this.inputs = this.history.pop() ?? this.inputs;
    this.pages = {};
  }

  /** Go back to what was answered last: what has come since is not wanted, or cannot be computed. */
  goBack() {
    const at = this.history.indexOf(this.answered);
    if (at >= 0) this.history.length = at;
    this.inputs = this.answered;
    this.pages = {};
  }

  /** Go back to before the plan, which cannot be opened, and so stands for nothing. */
  refusePlan() {
    const { plan } = this.inputs;
    while (this.history.length && this.inputs.plan === plan) this.undo();
  }
}

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
    this.defaults = { values: this.typed(), views: this.views(), result: this.result().innerHTML };
    const keepBox = this.keepBox();
    work.people = keepBox !== null;
    work.keepsAll = !this.keptTables().length;
    if (keepBox) keepBox.checked = work.kept;
    this.typing = 0;
    this.editing = false;
    /** Whether a secret word has just been drawn, which the reader is to note down. */
    this.drawn = false;
    /** Counts the files taken, so that the last one stands. */
    this.turn = 0;
    /** @type {string | null} what is said when Python has started anew, until something is computed */
    this.told = null;
    /** @type {Promise<unknown>} */
    this.putting = Promise.resolve();
    /** @type {Record<string, object>} options of the charts shown */
    this.charts = {};
    this.listen();
    this.showStatus(python.status);
    if (work.restored && this.keptTables().length) {
      this.setToday(); // what is kept are tables of former days; this is another
      work.inputs = { ...work.inputs, values: this.typed() };
      work.saved = work.inputs;
    }
    work.restored = false;
    if (work.touched) {
      if (work.inputs.values) this.fill(work.inputs.values);
      this.compute();
    }
  }

  // --- what the reader does ------------------------------------------------------------------------

  listen() {
    const { form, section } = this;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("focusin", () => this.python.start());
    form.addEventListener("pointerdown", () => this.python.start());
    form.addEventListener("input", ({ target }) => this.isValue(target) && this.later());
    form.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLInputElement && target.type === "file") this.takeFiles(target);
      else if (target instanceof HTMLElement && target === this.keepBox()) this.keepOrNot();
      else if (isBox(target) && target.dataset.reading) this.readAgain(target);
      else if (this.isValue(target)) this.commit();
    });
    section.addEventListener("change", ({ target }) => {
      if (isBox(target) && target.dataset.put) this.actOn(target);
    });
    section.addEventListener("click", ({ target }) => {
      const found = target instanceof Element ? target.closest("[data-action], [data-put]") : null;
      const pressed = /** @type {HTMLElement | null} */ (found);
      if (pressed?.dataset.action) this.act(pressed);
      else if (pressed && !isBox(pressed)) this.actOn(pressed);
    });
    section.addEventListener("keydown", (event) => {
      const cell = event.target instanceof Element ? event.target.closest("td[data-put]") : null;
      if (!(cell instanceof HTMLElement)) return;
      if (event.key === "Enter" || event.key === " ") this.actOn(cell);
      else if (!moveBetweenCells(cell, event.key)) return;
      event.preventDefault();
    });
    const show = form.querySelector('[data-action="show-word"]');
    this.wordBox()?.addEventListener("blur", ({ relatedTarget }) => relatedTarget !== show && this.showWord(false));
    letDrag(this);
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
        this.python.start();
        this.take(tableOf(drop), takeApart(event.dataTransfer));
      });
    }
    section.addEventListener("paste", (event) => {
      const intoField = isBox(event.target) && !isCheck(event.target);
      const place = event.target instanceof Element ? event.target.closest("[data-table-input]") : null;
      const pasted = takeApart(event.clipboardData);
      if (intoField || !place || !(pasted.text.includes("\n") || pasted.rows || pasted.files.length)) return;
      event.preventDefault();
      this.take(tableOf(place), pasted);
    });
  }

  /** @param {HTMLElement} button */
  async act(button) {
    const table = tableOf(button);
    switch (button.dataset.action) {
      case "choose-file":
        return this.fileBox(button, "[data-table-file]").click();
      case "open-plan":
        return this.fileBox(button, "[data-plan-file]").click();
      case "paste": {
        const text = await askForPaste(this.words, this.left(`paste ${table}`));
        return text?.trim() ? this.setTable(table, { text }) : undefined;
      }
      case "edit":
        return this.edit(table);
      case "undo":
        this.work.undo();
        this.fill(this.work.inputs.values ?? this.defaults.values);
        return this.compute();
      case "reset":
        this.work.change({ values: null, tables: {}, plan: null });
        this.fill(this.defaults.values);
        this.python.release();
        return this.compute();
      case "page":
        this.work.pages[this.tableShown(button)] = Number(button.dataset.page);
        return this.compute({ keepFocusOn: this.tableShown(button) });
      case "run":
        this.work.change({ values: {} });
        return this.compute();
      case "forget":
        return this.section.dispatchEvent(new CustomEvent("playbook-forget", { bubbles: true }));
      case "save-plan":
        return this.download({ download: "plan" });
      case "download":
        return this.download({ download: button.dataset.format, table: this.tableShown(button) });
      case "png":
        return this.savePicture(/** @type {HTMLElement} */ (button.closest("[data-chart]")));
      case "show-word":
        return this.showWord(button.getAttribute("aria-pressed") !== "true");
      case "print":
        return print();
      case "stop":
        return this.python.halt();
      case "retry":
        return this.python.restart();
      case "reload":
        return document.dispatchEvent(new Event("playbook-reload")); // playbook.js
    }
  }

  /** @param {HTMLElement} button @param {string} selector */
  fileBox(button, selector) {
    const place = button.closest("[data-table-input]") ?? this.form;
    return /** @type {HTMLInputElement} */ (place.querySelector(selector));
  }

  /** @param {HTMLElement} button */
  tableShown(button) {
    return button.closest("[data-table]")?.getAttribute("data-table") ?? "";
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
    this.showMistakes([{ field, code, message: filled(this.words[code], values) }]);
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
    if (files.length > 1) this.say(filled(this.words.one_file, { name }));
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
    this.work.change({ values: null, tables: {}, plan });
    this.work.saved = this.work.inputs; // it is in that file
    this.compute();
  }

  /**
   * @param {string} name
   * @param {Table} table
   */
  setTable(name, table) {
    this.startToday();
    this.work.change({ values: this.typedValues(), tables: { ...this.work.inputs.tables, [name]: table } });
    return this.compute();
  }

  /**
   * Put a row into a table by acting on a part of the result: a box typed into, a button, a cell, somebody on a board.
   * @param {HTMLElement} element  with data-put
   */
  async actOn(element) {
    /** @type {Put} */
    const put = JSON.parse(element.dataset.put ?? "");
    if (element instanceof HTMLInputElement) {
      for (const [column, text] of Object.entries(put.row)) put.row[column] = text ?? element.value;
      element.defaultValue = element.value; // what differs from it is still being typed
      await this.put(put);
    } else if (element.dataset.entry) await this.move(element);
    else if (!element.matches("td")) await this.put(put);
    else if (element.dataset.mark || (await this.put(put))) this.leadToBox(put); // what is marked is in already
  }

  /**
   * Lead the reader to where a row that was put is taken further.
   * @param {Put} put
   */
  leadToBox({ table, row, key }) {
    const boxes = /** @type {NodeListOf<HTMLElement>} */ (this.result().querySelectorAll("input[data-put]"));
    const box = [...boxes].find(({ dataset }) => {
      /** @type {Put} */
      const put = JSON.parse(dataset.put ?? "");
      return put.table === table && key.every((name) => put.row[name] === row[name]);
    });
    box?.scrollIntoView({ block: "center" });
    box?.focus({ preventScroll: true });
  }

  /**
   * Ask where somebody on a board is to stand, put what is decided, and lead back to them.
   * @param {HTMLElement} entry
   * @param {string} [to] the place to begin with; else where they are
   */
  async move(entry, to) {
    /** @type {Put} */
    const put = JSON.parse(entry.dataset.put ?? "");
    const decided = await askMove(this, entry, to);
    if (!decided) return entry.focus();
    Object.assign(put.row, decided);
    if (!(await this.put(put))) return;
    const person = entry.dataset.entry ?? "";
    const again = this.section.querySelector(`[data-entry="${CSS.escape(person)}"]`);
    if (!(again instanceof HTMLElement)) return;
    const folded = again.closest("details");
    if (folded) folded.open = true;
    again.focus();
    this.say(filled(this.words.moved, { name: person, place: decided.moved_to }));
  }

  /**
   * Note where in the result the reader is and what they are typing there. Nothing more is put from there: a box that is
   * taken out of the page reports half a number as a change, in Chromium.
   * @returns {{ put: string, table: string, typed: string | null } | null}
   */
  placeInResult() {
    const place = /** @type {HTMLElement | null} */ (this.result().querySelector("[data-put]:focus"));
    if (!place) return null;
    const { put = "" } = place.dataset;
    delete place.dataset.put;
    const typed = place instanceof HTMLInputElement && place.value !== place.defaultValue ? place.value : null;
    return { put, table: this.tableShown(place), typed };
  }

  /**
   * Lead the reader back to where they were in the result, which has been replaced.
   * @param {{ put: string, table: string, typed: string | null }} place
   */
  resume({ put, table, typed }) {
    const again = this.section.querySelector(`[data-put="${CSS.escape(put)}"]`);
    if (!(again instanceof HTMLElement)) return this.focusTable(table);
    again.focus();
    if (typed === null || !(again instanceof HTMLInputElement)) return;
    again.value = typed;
    // To a browser only typing is a change.
    const leave = () => again.dataset.put && again.value !== again.defaultValue && this.actOn(again);
    again.addEventListener("blur", leave, { once: true });
  }

  /**
   * Puts a row when those before are in: each is put into the table as the one before has left it.
   * @param {Put} put
   * @returns {Promise<unknown>} whether it is in
   */
  put(put) {
    const done = this.putting.then(() => this.putNext(put));
    this.putting = done.catch(() => {}); // of which who asked for it is told
    return done;
  }

  /** @param {Put} put */
  async putNext(put) {
    const answer = await this.ask("reply", { put_row: put });
    if (!answer) return false;
    if (!answer.ok) {
      this.showMistakes(answer.errors);
      return false;
    }
    this.work.change({ tables: { ...this.work.inputs.tables, [put.table]: { ...answer.reading, rows: answer.rows } } });
    await this.compute();
    return true;
  }

  /**
   * Whether fields that take the reader's own data have something else in them than they began with.
   * @param {Record<string, string>} values
   */
  isOwn(values) {
    const boxes = this.boxes().filter((box) => box.closest("[data-own]"));
    return boxes.some(({ name }) => name in values && values[name] !== this.defaults.values[name]);
  }

  /** The example's dates become the reader's own day with the reader's first table, or first answer. */
  startToday() {
    if (Object.keys(this.work.inputs.tables).length || this.work.inputs.plan) return;
    this.setToday();
  }

  setToday() {
    const now = new Date();
    const days = { day: this.today(), quarter: dayOf(new Date(now.getFullYear(), now.getMonth() - (now.getMonth() % 3), 0)) };
    for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (this.form.querySelectorAll("[data-today]"))) {
      if (box.value !== this.defaults.values[box.name]) continue;
      box.value = box.dataset.today === "quarter" ? days.quarter : days.day;
    }
  }

  /** The reader's own day. */
  today() {
    return dayOf(new Date());
  }

  /** What stands in the form, if it differs from where it began. */
  typedValues() {
    const values = this.typed();
    const changed = !isAlike(values, this.work.inputs.values ?? this.defaults.values);
    return changed ? values : this.work.inputs.values;
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
    const { sheet: _sheet, unit: _unit, columns: _columns, answers: _answers, ...source } = this.work.inputs.tables[name] ?? {};
    return source;
  }

  /**
   * @param {string} name
   * @returns {Reading}
   */
  reading(name) {
    const { sheet, unit, columns, answers } = this.work.inputs.tables[name] ?? {};
    return { sheet, unit, columns, answers };
  }

  /** @param {string} name */
  async edit(name) {
    if (this.editing) return; // a second press while the window is on its way
    this.editing = true;
    const { tables } = this.work.inputs;
    try {
      const answer = await this.ask("reply", { rows_of: name });
      if (!answer || tables !== this.work.inputs.tables) return;
      if (!answer.ok) return this.showMistakes(answer.errors);
      const { libraries } = await this.manifest();
      const left = this.left(`edit ${name}`);
      const before = left.value && left.value.of === tables[name] ? left.value.rows : answer.rows;
      const rows = await askForRows(this.words, before, tabulator(libraries), {
        value: null,
        leave: (rows) => left.leave(rows && { of: tables[name], rows }),
      });
      if (rows) this.setTable(name, { ...answer.reading, rows });
    } catch (error) {
      console.error(error);
      this.say(this.words.edit_failed);
    } finally {
      this.editing = false;
    }
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
        this.say(this.words.left);
      }
    };
    return { value: left.get(question) ?? null, leave };
  }

  /** Whether something has been typed that is not taken over yet. */
  get unfinished() {
    const { values, plan } = this.work.inputs;
    const inForm = !isAlike(this.typed(), values ?? this.defaults.values);
    const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (this.result().querySelectorAll("input[data-put]"));
    return (inForm && (values !== null || !plan)) || [...boxes].some((box) => box.value !== box.defaultValue);
  }

  // --- the form ------------------------------------------------------------------------------------

  /** @param {EventTarget | null} target */
  isValue(target) {
    return isBox(target) && target.type !== "file" && target.name !== "" && !target.dataset.reading;
  }

  /** @returns {Box[]} */
  boxes() {
    return [...this.form.elements].filter(isBox).filter((box) => this.isValue(box));
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
  }

  /** Compute when typing pauses. */
  later() {
    clearTimeout(this.typing);
    this.typing = window.setTimeout(() => this.commit(), TYPING_PAUSE_MS);
  }

  commit() {
    clearTimeout(this.typing);
    const before = this.work.inputs.values ?? this.defaults.values;
    let values = this.typed();
    if (isAlike(values, before)) return;
    if (this.isOwn(values) && !this.isOwn(before)) {
      this.startToday();
      values = this.typed();
    }
    this.work.change({ values });
    this.compute();
  }

  views() {
    /** @type {Record<string, string>} */
    const views = {};
    for (const view of /** @type {NodeListOf<HTMLElement>} */ (this.form.querySelectorAll("[data-table-view]"))) {
      views[view.dataset.tableView ?? ""] = view.innerHTML;
    }
    return views;
  }

  // --- asking Python -------------------------------------------------------------------------------

  /**
   * @param {"reply" | "download"} kind
   * @param {object} more
   * @returns {Promise<any>} nothing when a newer request has taken its place or the program failed (which it says)
   */
  async ask(kind, more = {}) {
    const { inputs, pages } = this.work;
    const { asked, attachments } = this.work.request(this.id);
    const request = { ...asked, language: this.language, pages, ...more };
    const watch = setInterval(() => this.offerStop(), STOP_AFTER_MS / 8);
    try {
      // Only an answer to the same question is replaced by a newer one: a table's rows are not the result.
      const question = [this.id, ...Object.keys(more)].join(".");
      return await this.python.ask(question, kind, request, attachments);
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
        this.showMistakes([{ field: name, code: "unreadable", message: filled(this.words.unreadable, { name: shown }) }]);
        return null;
      }
      if (!(error instanceof Broken)) throw error;
      if (kind === "download" && this.section.hasAttribute("data-stale")) {
        this.say(this.words.mend_first);
        return null;
      }
      console.error(error.message);
      const detail = error.message.trim().split("\n").at(-1) ?? "";
      const { plan } = this.work.answered;
      const aside = this.work.inputs.plan !== plan ? this.words.plan_aside : "";
      if (aside) this.goBack(aside);
      const message = [filled(this.words.broken, { detail }), aside].filter(Boolean).join(" ");
      this.showMistakes([{ field: "", code: "broken", message }]);
      return null;
    } finally {
      clearInterval(watch);
      if (!this.python.busyMs) this.section.querySelector('[data-action="stop"]')?.remove();
    }
  }

  /** Let the reader end what takes long. */
  offerStop() {
    const place = this.section.querySelector("[data-status]");
    if (this.python.busyMs < STOP_AFTER_MS || place?.querySelector('[data-action="stop"]')) return;
    const stop = document.createElement("button");
    Object.assign(stop, { type: "button", className: "pb-button", textContent: this.words.stop });
    stop.dataset.action = "stop";
    place?.append(stop);
  }

  /**
   * Show the work as it was answered last, result and lists included, which are there still.
   * @param {string} why
   */
  goBack(why) {
    clearTimeout(this.typing);
    this.work.goBack();
    this.fill({ ...this.defaults.values, ...this.work.answered.values });
    this.showUndo();
    this.told = why;
    this.say(why);
  }

  /** @param {{ keepFocusOn?: string }} [options] */
  async compute({ keepFocusOn } = {}) {
    this.told = null;
    this.showUndo();
    this.section.dataset.state = this.python.status.state === "ready" ? "busy" : this.section.dataset.state;
    if (this.python.status.state === "ready") this.sayBusy();
    const { inputs } = this.work;
    const reply = await this.ask("reply");
    // An answer to what has been changed since is nobody's answer; the next one is on its way.
    if (!reply || inputs !== this.work.inputs || !this.section.isConnected) return;
    this.section.dataset.state = "ready";
    this.work.answered = inputs;
    for (const [name, html] of Object.entries(reply.inputs)) this.showView(name, html);
    if (!inputs.values && inputs.plan) {
      this.work.inputs = { ...inputs, values: reply.values };
      if (this.work.saved === inputs) this.work.saved = this.work.inputs;
      this.work.answered = this.work.inputs;
      this.fill(reply.values);
    }
    if (!reply.ok && reply.errors.some((/** @type {Mistake} */ { code }) => code === "common.people.no_word")) {
      return this.drawWord(reply.values);
    }
    this.showMistakes(reply.ok ? [] : reply.errors);
    if (!reply.ok) {
      if (reply.errors.some((/** @type {Mistake} */ { field }) => field === "plan")) {
        this.work.refusePlan();
        this.work.answered = this.work.inputs;
      }
      return this.showUndo();
    }
    const scrolled = new Map([...this.scrollers()].map((box) => [box.dataset.name, box.scrollTop]));
    const result = this.result();
    const place = this.placeInResult();
    result.innerHTML = reply.html;
    for (const box of this.scrollers()) box.scrollTop = keepFocusOn === box.dataset.name ? 0 : (scrolled.get(box.dataset.name) ?? 0);
    if (keepFocusOn) this.focusTable(keepFocusOn);
    if (place) this.resume(place);
    const heading = this.section.querySelector("[data-result-heading]");
    if (heading) heading.textContent = reply.example ? this.words.example_heading : this.words.result_heading;
    this.say(this.drawn ? this.words.word_drawn : this.words.updated);
    this.drawn = false;
    this.charts = reply.charts;
    if (this.work.kept) this.keepWork();
    await this.drawCharts(result);
  }

  /** @returns {HTMLElement} */
  result() {
    return /** @type {HTMLElement} */ (this.section.querySelector("[data-result]"));
  }

  /** @returns {NodeListOf<HTMLElement>} */
  scrollers() {
    return this.section.querySelectorAll("[data-result] .pb-scroll");
  }

  /** @param {string} name */
  focusTable(name) {
    /** @type {HTMLElement | null} */ (this.section.querySelector(`[data-table="${name}"] .pb-scroll`))?.focus();
  }

  /** @param {HTMLElement} result */
  async drawCharts(result) {
    const figures = /** @type {NodeListOf<HTMLElement>} */ (result.querySelectorAll("[data-chart]"));
    if (!figures.length) return;
    try {
      const { libraries } = await this.manifest();
      const echarts = await loadECharts(libraries["echarts.js"]);
      for (const figure of figures) {
        if (figure.isConnected) mount(echarts, figure, this.charts[figure.dataset.chart ?? ""]);
      }
    } catch (error) {
      console.error(error);
      for (const figure of figures) {
        const canvas = figure.querySelector("[data-canvas]");
        if (canvas) canvas.textContent = this.words.chart_failed;
      }
    }
  }

  /** @param {object} what */
  async download(what) {
    this.python.start();
    const { inputs } = this.work;
    const file = await this.ask("download", what);
    if (!file) return;
    save(new Blob([file.content], { type: file.media }), file.name);
    if ("download" in what && what.download === "plan") this.work.saved = inputs;
  }

  /** @param {HTMLElement} figure */
  async savePicture(figure) {
    try {
      save(await toPng(figure), `${this.id}-${figure.dataset.chart}.png`);
    } catch (error) {
      console.error(error);
      this.say(this.words.png_failed);
    }
  }

  /**
   * The work as the text of a plan file, names and all, to carry it through a reload; or what this device is to keep.
   * @param {"work" | "kept"} [download]
   * @returns {Promise<string | null>}
   */
  async plan(download = "work") {
    const file = await this.ask("download", { download });
    return file && new TextDecoder().decode(file.content);
  }

  // --- people's data -------------------------------------------------------------------------------

  /** @returns {HTMLInputElement | null} where the reader says that this device may keep people's data */
  keepBox() {
    return this.form.querySelector("[data-keep]");
  }

  /** @returns {string[]} the tables that alone are kept; of none, everything is */
  keptTables() {
    return this.keepBox()?.dataset.keep?.split(" ").filter(Boolean) ?? [];
  }

  /** @returns {HTMLInputElement | null} where the secret word of pseudonyms stands */
  wordBox() {
    return this.form.querySelector("[data-secret]");
  }

  /**
   * Give pseudonyms a secret word that nobody can guess, and show it until the reader turns to something else.
   * @param {Record<string, string>} values
   */
  drawWord(values) {
    const box = this.wordBox();
    if (!box) return;
    const drawn = [...crypto.getRandomValues(new Uint32Array(WORD_LENGTH))];
    const word = drawn.map((number) => WORD_SIGNS[number % WORD_SIGNS.length]).join("").replace(/.{4}(?=.)/g, "$&-");
    const saved = this.work.saved === this.work.inputs;
    this.work.inputs = { ...this.work.inputs, values: { ...values, [box.name]: word } };
    if (saved) this.work.saved = this.work.inputs;
    this.fill(this.work.inputs.values ?? {});
    this.drawn = true;
    this.showWord(true);
    this.compute();
  }

  /** @param {boolean} shown */
  showWord(shown) {
    const box = this.wordBox();
    if (!box) return;
    box.toggleAttribute("data-shown", shown);
    this.form.querySelector('[data-action="show-word"]')?.setAttribute("aria-pressed", String(shown));
    if (shown) box.closest("details")?.setAttribute("open", "");
    if (shown) box.focus();
  }

  keepOrNot() {
    this.work.kept = this.keepBox()?.checked ?? false;
    if (this.work.kept) this.keepWork();
    else forgetKept(this.id);
  }

  async keepWork() {
    const { inputs } = this.work;
    const plan = await this.plan("kept");
    if (plan === null || !this.work.kept || inputs !== this.work.inputs) return;
    if (keepPeople(this.id, plan)) {
      const only = this.keptTables();
      const here = Object.keys(inputs.tables).every((name) => only.includes(name));
      // Of what is not kept, an answer may have been changed last.
      const last = this.work.history.at(-1)?.tables !== inputs.tables;
      if (!only.length || (here && last)) this.work.saved = inputs;
      return;
    }
    this.work.kept = false;
    const box = this.keepBox();
    if (box) box.checked = false;
    this.say(this.words.keep_failed);
  }

  /**
   * Show the page as it came, with nothing of the reader's in it.
   * @param {string} receipt  what was forgotten
   */
  showForgotten(receipt) {
    clearTimeout(this.typing);
    this.form.reset();
    this.fill(this.defaults.values);
    const box = this.keepBox();
    if (box) box.checked = false;
    for (const [name, html] of Object.entries(this.defaults.views)) this.showView(name, html);
    this.charts = {};
    this.result().innerHTML = this.defaults.result;
    const heading = this.section.querySelector("[data-result-heading]");
    if (heading) heading.textContent = this.words.example_heading;
    this.showMistakes([]);
    this.showUndo();
    this.told = receipt;
    this.say(this.told);
  }

  // --- what the reader sees ------------------------------------------------------------------------

  showUndo() {
    const button = /** @type {HTMLButtonElement | null} */ (this.form.querySelector('[data-action="undo"]'));
    if (button) button.disabled = this.work.history.length === 0;
  }

  /**
   * @param {string} name
   * @param {string} html
   */
  showView(name, html) {
    const view = /** @type {HTMLElement | null} */ (this.form.querySelector(`[data-table-view="${name}"]`));
    if (!view || view.innerHTML === html) return;
    const focused = view.contains(document.activeElement) ? document.activeElement?.getAttribute("data-reading") : null;
    const open = view.querySelector("details")?.open ?? false;
    view.innerHTML = html;
    const details = view.querySelector("details");
    if (details) details.open = open;
    if (focused) /** @type {HTMLElement | null} */ (view.querySelector(`[data-reading="${focused}"]`))?.focus();
  }

  /** @param {Mistake[]} mistakes */
  showMistakes(mistakes) {
    for (const place of /** @type {NodeListOf<HTMLElement>} */ (this.form.querySelectorAll("[data-error-for]"))) {
      const own = mistakes.filter(({ field }) => field === place.dataset.errorFor);
      place.textContent = own.map(({ message }) => message).join(" ");
      place.hidden = own.length === 0;
      const folded = place.closest("details");
      if (own.length && folded) folded.open = true;
    }
    for (const box of this.boxes()) {
      box.setAttribute("aria-invalid", String(mistakes.some(({ field }) => field === box.name)));
    }
    const summary = /** @type {HTMLElement} */ (this.section.querySelector("[data-errors]"));
    // The same sentence at several fields (shares that do not add up) is said once here.
    const sentences = [...new Set(mistakes.map(({ message }) => message))];
    summary.replaceChildren(...sentences.map((message) => paragraph(message)));
    if (mistakes.length) this.say(this.words.kept);
    this.section.toggleAttribute("data-stale", mistakes.length > 0);
  }

  /** @param {string} sentence */
  say(sentence) {
    const place = /** @type {HTMLElement} */ (this.section.querySelector("[data-status]"));
    place.replaceChildren(paragraph(sentence));
  }

  /**
   * Say another sentence where the one that it replaces still stands, or will once Python is ready.
   * @param {string} old
   * @param {string} sentence
   */
  sayInstead(old, sentence) {
    if (this.told !== old) return;
    this.told = sentence;
    if (this.section.querySelector("[data-status]")?.textContent === old) this.say(sentence);
  }

  /** Say that work is under way; how long it takes nobody knows, so the bar only moves. */
  sayBusy() {
    this.say(this.words.busy);
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", this.words.busy);
    this.section.querySelector("[data-status]")?.append(bar);
  }

  /** @param {Status} status */
  showStatus(status) {
    const { section, words } = this;
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
      const retry = document.createElement("button");
      Object.assign(retry, { type: "button", className: "pb-button", textContent: words[action] });
      retry.dataset.action = action;
      place.replaceChildren(paragraph(`${words.failed} ${filled(why, { detail: status.detail ?? "" })}`), retry);
    } else {
      const waiting = this.python.waiting.some(({ key }) => key.split(".")[0] === this.id);
      section.dataset.state = waiting ? "busy" : "ready";
      if (waiting) this.sayBusy();
      else this.say(this.told ?? (status.lacking ? filled(words.ready_lacking, { file: status.lacking }) : words.ready));
      whenIdle(() => this.fetchLibraries());
    }
  }

  /** Have the page's libraries here before they are asked for, and before the connection may be lost. */
  async fetchLibraries() {
    try {
      const { libraries } = await this.manifest();
      await loadECharts(libraries["echarts.js"]);
      await prepareRows(tabulator(libraries));
    } catch {
      // They are loaded again when they are needed, and what fails then is said.
    }
  }

  /**
   * @param {HTMLElement} place
   * @param {Status} status
   */
  showProgress(place, { stage = "runtime", loaded = 0, total = 0 }) {
    let [label, bar, bytes] = place.children;
    if (!(label && bar instanceof HTMLProgressElement && bytes)) {
      [label, bar, bytes] = ["p", "progress", "span"].map((name) => document.createElement(name));
      bytes.setAttribute("aria-hidden", "true"); // read out, every megabyte would be a sentence
      place.replaceChildren(label, bar, bytes);
    }
    const stageWords = this.words[`stage_${stage}`];
    if (label.textContent !== stageWords) label.textContent = stageWords;
    bar.setAttribute("aria-label", stageWords);
    if (stage === "starting" || !total) bar.removeAttribute("value");
    else Object.assign(bar, { max: total, value: loaded });
    const megabytes = (/** @type {number} */ count) => (count / 1e6).toFixed(1);
    bytes.textContent = total ? `${megabytes(loaded)} / ${megabytes(total)} MB` : "";
  }
}

/**
 * @param {unknown} target
 * @returns {target is Box}
 */
function isBox(target) {
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
 * @param {HTMLElement} cell
 * @param {string} key
 * @returns whether the key was one that moves
 */
function moveBetweenCells(cell, key) {
  const row = /** @type {HTMLTableRowElement} */ (cell.closest("tr"));
  const at = [...row.cells].indexOf(/** @type {HTMLTableCellElement} */ (cell));
  /** @type {Record<string, Element | null | undefined>} */
  const to = {
    ArrowLeft: row.cells[at - 1],
    ArrowRight: row.cells[at + 1],
    ArrowUp: cellToChoose(row, at, "previousElementSibling"),
    ArrowDown: cellToChoose(row, at, "nextElementSibling"),
  };
  if (!(key in to)) return false;
  const next = to[key];
  if (next instanceof HTMLElement && next.matches("[data-put]")) next.focus();
  return true;
}

/**
 * @param {HTMLTableRowElement} row
 * @param {number} at  the column
 * @param {"previousElementSibling" | "nextElementSibling"} towards
 * @returns the nearest cell of the column that can be chosen: rows of vacancies have none
 */
function cellToChoose(row, at, towards) {
  let next = /** @type {HTMLTableRowElement | null} */ (row[towards]);
  while (next && !next.cells[at]?.matches("[data-put]")) {
    next = /** @type {HTMLTableRowElement | null} */ (next[towards]);
  }
  return next?.cells[at];
}

/** @param {Element} inside */
function tableOf(inside) {
  return inside.closest("[data-table-input]")?.getAttribute("data-table-input") ?? "";
}

/** @param {Record<string, string>} libraries */
function tabulator(libraries) {
  return { script: libraries["tabulator.js"], style: libraries["tabulator.css"] };
}

/**
 * A day as the reader's clock has it.
 * @param {Date} time
 */
function dayOf(time) {
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** @param {string} text */
function paragraph(text) {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}

/**
 * Whether two forms hold the same. The fields of an answer come in the order of their declaration, those of the page in
 * the order of its groups.
 * @param {Record<string, string>} one
 * @param {Record<string, string>} other
 */
function isAlike(one, other) {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
