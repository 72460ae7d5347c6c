// Acting on a part of the result: a box typed into, a button, a cell, somebody on a board puts a row into an input table; and
// the reader is led back to where they were when the result has been replaced.

import { isBox } from "./entry.js";
import { part } from "./parts.js";
import { filled } from "./words.js";

/** @typedef {import("./calculator.js").Calculator} Calculator */
/**
 * @typedef {{ table: string, row: Record<string, string | null>, key: string[], remove?: boolean }} Put  a row for an input
 *   table: what is null in it the reader gives; rows with the same texts in the columns of the key make way for it, and
 *   with remove are only taken out
 */

export class Puts {
  /** @param {Calculator} calculator */
  constructor(calculator) {
    this.calculator = calculator;
    /** @type {string | undefined} where a row was put last from a box */
    this.last = "";
    /** @type {Promise<unknown>} */
    this.putting = Promise.resolve();
    const { section } = calculator;
    section.addEventListener("change", ({ target }) => {
      if (isBox(target) && target.dataset.put) this.actOn(target);
    });
    section.addEventListener("click", ({ target }) => {
      const pressed = target instanceof Element ? target.closest("[data-action], [data-put]") : null;
      if (pressed instanceof HTMLElement && pressed.dataset.put && !pressed.dataset.action && !isBox(pressed)) this.actOn(pressed);
    });
    section.addEventListener("keydown", (event) => {
      const cell = event.target instanceof Element ? event.target.closest("td[data-put]") : null;
      if (!(cell instanceof HTMLElement)) return;
      if (event.key === "Enter" || event.key === " ") this.actOn(cell);
      else if (!moveBetweenCells(cell, event.key)) return;
      event.preventDefault();
    });
  }

  /**
   * Put a row into a table by acting on a part of the result: a box typed into, a button, a cell, somebody on a board.
   * @param {HTMLElement} element  with data-put
   */
  async actOn(element) {
    /** @type {Put} */
    const put = JSON.parse(element.dataset.put ?? "");
    if (element instanceof HTMLInputElement) {
      this.last = element.dataset.put;
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
    const box = this.boxes().find(({ dataset }) => {
      /** @type {Put} */
      const put = JSON.parse(dataset.put ?? "");
      return put.table === table && key.every((name) => put.row[name] === row[name]);
    });
    box?.scrollIntoView({ block: "center" });
    box?.focus({ preventScroll: true });
  }

  /** The boxes of the result: those beside what they are about first, then those of tables. */
  boxes() {
    const result = this.calculator.outcome.result();
    return /** @type {HTMLInputElement[]} */ (["tr.pb-aside input[data-put]", "tr:not(.pb-aside) input[data-put]"].flatMap((one) => [...result.querySelectorAll(one)]));
  }

  /**
   * Say what is wrong with a row that was put where the reader has put it, too: the form's table may be far away.
   * @param {import("./status.js").Mistake[]} mistakes
   */
  showMistakes(mistakes) {
    for (const said of this.calculator.outcome.result().querySelectorAll("[data-put-error]")) said.remove();
    const box = this.boxes().find(({ dataset }) => dataset.put === this.last);
    const own = mistakes.filter(({ field }) => field === (box ? JSON.parse(box.dataset.put ?? "").table : ""));
    box?.setAttribute("aria-invalid", String(own.length > 0));
    if (!box || !own.length) return;
    const line = document.createElement("p");
    line.className = "pb-error";
    line.setAttribute("data-put-error", "");
    line.textContent = own.map(({ message }) => message).join(" ");
    (box.closest("label") ?? box).after(line);
    if (line.getBoundingClientRect().bottom > innerHeight) line.scrollIntoView({ block: "nearest" });
  }

  /**
   * Ask where somebody on a board is to stand, put what is decided, and lead back to them.
   * @param {HTMLElement} entry
   * @param {string} [to] the place to begin with; else where they are
   */
  async move(entry, to) {
    /** @type {Put} */
    const put = JSON.parse(entry.dataset.put ?? "");
    const { askMove } = await part("board.js");
    const decided = await askMove(this.calculator, entry, to);
    if (!decided) return entry.focus();
    Object.assign(put.row, decided);
    if (!(await this.put(put))) return;
    const person = entry.dataset.entry ?? "";
    const again = this.calculator.section.querySelector(`[data-entry="${CSS.escape(person)}"]`);
    if (!(again instanceof HTMLElement)) return;
    const folded = again.closest("details");
    if (folded) folded.open = true;
    again.focus();
    this.calculator.status.say(filled(this.calculator.words.moved, { name: person, place: decided.moved_to }));
  }

  /**
   * Note where in the result the reader is and what they are typing there. Nothing more is put from there: a box that is
   * taken out of the page reports half a number as a change, in Chromium.
   * @returns {{ put: string, table: string, typed: string | null, aside: boolean } | null}
   */
  placeInResult() {
    const place = /** @type {HTMLElement | null} */ (this.calculator.outcome.result().querySelector("[data-put]:focus"));
    if (!place) return null;
    const { put = "" } = place.dataset;
    delete place.dataset.put;
    const typed = place instanceof HTMLInputElement && place.value !== place.defaultValue ? place.value : null;
    return { put, table: tableShown(place), typed, aside: place.closest(".pb-aside") !== null };
  }

  /**
   * Lead the reader back to where they were in the result, which has been replaced.
   * @param {{ put: string, table: string, typed: string | null, aside: boolean }} place
   */
  resume({ put, table, typed, aside }) {
    const same = [...this.calculator.section.querySelectorAll(`[data-put="${CSS.escape(put)}"]`)];
    const again = same.find((one) => aside === (one.closest(".pb-aside") !== null)) ?? same[0];
    if (!(again instanceof HTMLElement)) return this.calculator.outcome.focusTable(table);
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
    const answer = await this.calculator.ask("reply", { put_row: put });
    if (!answer) return false;
    if (!answer.ok) {
      this.calculator.status.showMistakes(answer.errors);
      return false;
    }
    this.calculator.work.change({ tables: { ...this.calculator.work.inputs.tables, [put.table]: { ...answer.reading, rows: answer.rows } } });
    await this.calculator.compute();
    return true;
  }
}

/** @param {Element} inside  a table of the result */
export function tableShown(inside) {
  return inside.closest("[data-table]")?.getAttribute("data-table") ?? "";
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
