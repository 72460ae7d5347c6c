// Progress on its page: a new hire makes a code or a file of what this device has kept; a manager reads many and sees who is
// where. What a code is and what counts as late is progress.js's. Of others' progress nothing is kept unless it is ticked.

import { isDay, today } from "./days.js";
import { forgetKept, forgetPeople, keep, keepPeople, kept, keptPeople, onForgotten } from "./device.js";
import { button, element } from "./elements.js";
import { forgetPaper, HISTORY, history } from "./history.js";
import { codesIn, csv, failing, fromCode, LONGEST, named, newest, overview, PEOPLE, toCode, Unreadable } from "./progress.js";
import { isDamaged } from "./quiz.js";
import { saveFile } from "./saving.js";
import { keptTicks, STARTED, TICKS } from "./ticks.js";
import { filled } from "./words.js";

/** @typedef {import("./progress.js").Progress} Progress */

/** By what name the device keeps what others have sent, if so chosen. */
const TEAM = "progress";
const FAILING = 10;

/**
 * @param {HTMLElement} section
 * @param {string} name
 */
function field(section, name) {
  return /** @type {HTMLInputElement} */ (section.querySelector(`[name="${name}"]`));
}

/** @param {HTMLElement} section */
function setUp(section) {
  /** @type {import("./words.js").Words} */
  const words = JSON.parse(section.dataset.words ?? "{}");
  /** @type {import("./progress.js").List[]} */
  const lists = JSON.parse(section.dataset.lists ?? "[]");
  if (section.dataset.progress === "mine") mine(section, words, lists);
  else team = new Team(section, words, lists);
}

/**
 * @param {HTMLElement} section
 * @param {import("./words.js").Words} words
 * @param {import("./progress.js").List[]} lists
 */
function mine(section, words, lists) {
  const form = /** @type {HTMLFormElement} */ (section.querySelector("form"));
  const said = /** @type {HTMLElement} */ (section.querySelector("[data-said]"));
  const place = /** @type {HTMLElement} */ (section.querySelector("[data-code]"));
  const started = field(section, "started");
  const before = kept(STARTED);
  if (isDay(before)) started.value = before;
  const damaged = isDamaged(kept(HISTORY)) || (before && !isDay(before)) || lists.some(({ name }) => keptTicks(TICKS + name).damaged);
  if (damaged) said.textContent = words.kept_damaged;
  started.addEventListener("change", () => isDay(started.value) && keep(STARTED, started.value));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { sittings, questions } = history();
    const ticks = lists.map(({ name, count }) => /** @type {const} */ ([name, ownTicks(name, count)]));
    /** @type {Progress} */
    const progress = {
      name: named(field(section, "name").value),
      started: started.value,
      made: today(),
      lists: Object.fromEntries(ticks),
      sittings,
      questions: Object.fromEntries(Object.entries(questions).map(([id, { asked, missed }]) => [id, [asked, missed]])),
    };
    const code = toCode(progress);
    said.textContent = filled(words.contains, {
      ticks: ticks.reduce((total, [, { ticked }]) => total + ticked.length, 0),
      tests: sittings.length,
      questions: Object.keys(questions).length,
    });
    const box = document.createElement("textarea");
    Object.assign(box, { readOnly: true, rows: 4, value: code });
    box.setAttribute("aria-label", words.code);
    box.addEventListener("focus", () => box.select());
    const select = button(words.select, { pressed: () => box.select() });
    const save = button(words.save, {
      pressed: () => saveFile(new Blob([code], { type: "text/plain" }), filled(words.file, { made: progress.made })),
    });
    place.replaceChildren(element("p", "pb-label", words.code), box, select, save);
    place.hidden = false;
    box.focus();
  });
  section.querySelector('[data-action="clear-mine"]')?.addEventListener("click", () => {
    keep(HISTORY, "");
    forgetPaper();
    keep(STARTED, "");
    started.value = "";
    place.hidden = true;
    said.textContent = words.cleared;
  });
}

/**
 * @param {string} name
 * @param {number} count
 */
function ownTicks(name, count) {
  const places = [...keptTicks(TICKS + name).ticked].map(Number);
  const ticked = places.filter((place) => Number.isInteger(place) && place >= 0 && place < count);
  return { ticked, done: ticked.length === count ? keptTicks(TICKS + name).done : "" };
}

class Team {
  /**
   * @param {HTMLElement} section
   * @param {import("./words.js").Words} words
   * @param {import("./progress.js").List[]} lists
   */
  constructor(section, words, lists) {
    this.section = section;
    this.words = words;
    this.lists = lists;
    /** @type {Map<string, [text: string, page: string]>} */
    this.questions = new Map(Object.entries(JSON.parse(section.dataset.questions ?? "{}")));
    this.said = /** @type {HTMLElement} */ (section.querySelector("[data-said]"));
    this.shown = /** @type {HTMLElement} */ (section.querySelector("[data-overview]"));
    this.asOf = field(section, "as_of");
    this.keeping = field(section, "keep");
    this.codes = field(section, "codes");
    this.asOf.value = today();
    /** @type {Progress[]} */
    this.all = [];
    const before = keptPeople(TEAM);
    if (before !== null) {
      this.keeping.checked = true;
      this.tell(this.take(codesIn(before)));
    }
    section.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.add();
    });
    this.asOf.addEventListener("change", () => this.show());
    this.keeping.addEventListener("change", () => this.keep());
    section.querySelector('[data-action="csv"]')?.addEventListener("click", () => this.save());
    section.querySelector('[data-action="forget-progress"]')?.addEventListener("click", () => {
      // Where a calculator has been open in this tab, its script forgets all that is about people; else it is not even there.
      if (document.dispatchEvent(new CustomEvent("playbook-forget", { cancelable: true }))) forgetPeople(() => {});
    });
  }

  async add() {
    const files = [...(field(this.section, "files").files ?? [])];
    const texts = await Promise.all(files.slice(0, PEOPLE).map((file) => (file.size > LONGEST ? "x".repeat(LONGEST + 1) : file.text())));
    const codes = [this.codes.value, ...texts].flatMap(codesIn);
    const wrong = codes.length ? this.take(codes) : [this.words.nothing];
    const good = codes.length - wrong.length;
    this.tell(codes.length ? [filled(this.words.read, { count: Math.max(0, good) }), ...wrong] : wrong);
    if (!wrong.length) this.codes.value = "";
    field(this.section, "files").value = "";
    this.keep();
  }

  /** @param {string[]} lines */
  tell(lines) {
    this.said.replaceChildren(...lines.map((line) => element("p", "", line)));
  }

  /**
   * Read codes; the sentences on those that cannot be read.
   * @param {string[]} codes
   */
  take(codes) {
    /** @type {string[]} */
    const wrong = [];
    const read = codes.slice(0, PEOPLE).flatMap((code, at) => {
      try {
        return [fromCode(code)];
      } catch (error) {
        const reason = this.words[error instanceof Unreadable ? error.reason : "not_ours"];
        wrong.push(filled(this.words.unreadable, { number: at + 1, reason }));
        return [];
      }
    });
    if (codes.length > PEOPLE) wrong.push(filled(this.words.too_many, { count: PEOPLE }));
    this.all = newest([...this.all, ...read]);
    this.show();
    return wrong;
  }

  keep() {
    if (this.keeping.checked && this.all.length) this.keeping.checked = keepPeople(TEAM, this.all.map(toCode).join("\n"));
    else if (!this.keeping.checked) forgetKept(TEAM);
  }

  forget() {
    this.all = [];
    this.codes.value = "";
    field(this.section, "files").value = "";
    this.keeping.checked = false;
    this.show();
    this.said.textContent = this.words.forgotten;
  }

  rows() {
    return overview(this.all, this.lists, isDay(this.asOf.value) ? this.asOf.value : today(), Number(this.section.dataset.pass));
  }

  heads() {
    const { words } = this;
    const lists = this.lists.map(({ title }) => title);
    return [words.person, words.day, words.now, words.late, ...lists, words.tests, words.best, words.passed, words.own, words.made];
  }

  /** @param {import("./progress.js").Row} row */
  cells(row) {
    const { words } = this;
    const late = row.late.join(words.separator) || words.on_time;
    const best = row.best === null ? "" : `${row.best}%`;
    const day = row.started ? row.day : "";
    return [row.name || words.unnamed, day, row.now || words.finished, late, ...row.steps, row.tests, best, row.passed, row.own, row.made];
  }

  show() {
    const { words } = this;
    const rows = this.rows();
    /** @type {HTMLButtonElement} */ (this.section.querySelector('[data-action="csv"]')).disabled = !rows.length;
    this.shown.replaceChildren();
    if (!rows.length) return;
    const late = rows.filter((row) => row.late.length).length;
    this.shown.append(element("p", "pb-test-result", filled(words.summary, { people: rows.length, late, date: this.asOf.value })));
    const overviewed = table(this.heads(), rows.map((row) => this.cells(row)));
    rows.forEach((row, at) => row.late.length && overviewed.querySelectorAll("tbody tr")[at].setAttribute("data-late", ""));
    this.shown.append(scrolled(words.team, overviewed));
    const worst = failing(this.all, FAILING);
    if (!worst.length) return;
    const missed = table(
      [words.question, words.asked, words.missed, words.share, words.people],
      worst.map(({ id, asked, missed, people }) => [
        this.questions.get(id)?.[0] ?? filled(words.other_question, { id }),
        asked,
        missed,
        `${Math.round((missed * 100) / asked)}%`,
        people,
      ]),
    );
    worst.forEach(({ id }, at) => {
      const page = this.questions.get(id)?.[1];
      const cell = missed.querySelectorAll("tbody tr")[at].firstElementChild;
      if (!page || !cell) return;
      const link = document.createElement("a");
      link.href = page;
      link.textContent = cell.textContent;
      cell.replaceChildren(link);
    });
    this.shown.append(element("h4", "", words.failing), scrolled(words.failing, missed));
  }

  save() {
    const table = csv([this.heads(), ...this.rows().map((row) => this.cells(row))]);
    saveFile(new Blob([table], { type: "text/csv" }), filled(this.words.csv_file, { date: this.asOf.value }));
  }
}

/**
 * @param {string[]} heads
 * @param {(string | number)[][]} rows
 */
function table(heads, rows) {
  const made = document.createElement("table");
  const head = made.createTHead().insertRow();
  for (const text of heads) {
    const cell = element("th", "", text);
    cell.setAttribute("scope", "col");
    head.append(cell);
  }
  const body = made.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const value of row) line.insertCell().textContent = String(value);
  }
  return made;
}

/**
 * @param {string} label
 * @param {HTMLElement} content
 */
function scrolled(label, content) {
  const box = element("div", "pb-scroll");
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", label);
  box.append(content);
  return box;
}

/** @type {Team | null} */
let team = null;

// People's data is forgotten, here or in another tab.
document.addEventListener("playbook-forget", () => team?.forget());
onForgotten(() => team?.forget());

window.document$.subscribe(() => {
  team = null;
  for (const section of document.querySelectorAll("[data-progress]")) setUp(/** @type {HTMLElement} */ (section));
});
