// A new hire's progress as a code or a small file that they send, and what a manager sees of many. Plain functions that know
// neither page (progress-page.js) nor device. What comes from others is checked to the last field before anything is shown.

import { bytesOf, lettersOf } from "./base64url.js";
import { daysAfter, isDay } from "./days.js";
import { isSitting } from "./quiz.js";

/**
 * @typedef {{ name: string, day: number, count: number, title: string }} List  what is ticked by a day: its name on the
 *   device, the last day for it, how many ticks it has, what it is called
 * @typedef {{ ticked: number[], done: string }} Ticks  places in the list, and the day on which the last was ticked
 * @typedef {{ name: string, started: string, made: string, lists: Record<string, Ticks>,
 *   sittings: import("./quiz.js").Sitting[], questions: Record<string, [asked: number, missed: number]> }} Progress
 * @typedef {{ name: string, day: number, started: string, made: string, done: number, now: string, late: string[],
 *   steps: string[], tests: number, best: number | null, passed: string, own: number }} Row
 */

/** What begins a code, with the version of what is in it. */
const BEGINS = "PBP1.";
/** The longest code or file that is read, and the most people. */
export const LONGEST = 200_000;
export const PEOPLE = 200;
const NAME = 60;
const SITTINGS = 60;
const QUESTIONS = 2000;
const LISTS = 40;

/** What is wrong with something sent: a word for the page's sentence. */
export class Unreadable extends Error {
  /** @param {"no_code" | "too_long" | "newer" | "damaged" | "not_ours"} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** @param {Progress} progress */
export function toCode(progress) {
  const body = lettersOf(new TextEncoder().encode(JSON.stringify(progress)));
  return `${BEGINS}${body}.${sum(body)}`;
}

/**
 * The codes in a text that somebody has pasted, one or many, broken over lines by a mail or not.
 * @param {string} text
 */
export function codesIn(text) {
  return text.split(/(?=PBP\d+\.)/).map((part) => part.replace(/\s+/g, "")).filter(Boolean);
}

/**
 * Read a code, however hostile. Throws Unreadable.
 * @param {string} code
 * @returns {Progress}
 */
export function fromCode(code) {
  if (code.length > LONGEST) throw new Unreadable("too_long");
  const parts = /^PBP(\d{1,3})\.([\w-]*)\.?([0-9a-f]*)/.exec(code);
  if (!parts) throw new Unreadable("no_code");
  if (`PBP${parts[1]}.` !== BEGINS) throw new Unreadable("newer");
  if (parts[3] !== sum(parts[2])) throw new Unreadable("damaged");
  /** @type {unknown} */
  let content;
  try {
    content = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytesOf(parts[2])));
  } catch {
    throw new Unreadable("damaged");
  }
  return checked(content);
}

/**
 * Only what is known of somebody's progress, each field as it must be. Throws Unreadable.
 * @param {any} content
 * @returns {Progress}
 */
export function checked(content) {
  const lists = Object.entries(plain(content?.lists));
  const questions = Object.entries(plain(content?.questions));
  const sittings = content?.sittings;
  const right =
    typeof content.name === "string" && content.name.length <= NAME * 4 && isDay(content.made) &&
    (content.started === "" || isDay(content.started)) && lists.length <= LISTS && questions.length <= QUESTIONS &&
    Array.isArray(sittings) && sittings.length <= SITTINGS && sittings.every(isSitting) &&
    lists.every(([name, ticks]) => isName(name) && isTicks(ticks)) && questions.every(([id, counts]) => isName(id) && isCounts(counts));
  if (!right) throw new Unreadable("not_ours");
  return {
    name: named(content.name),
    started: content.started,
    made: content.made,
    lists: Object.fromEntries(lists.map(([name, { ticked, done }]) => [name, { ticked: [...new Set(ticked)], done }])),
    sittings: sittings.map((/** @type {any} */ { on, role, stage, asked, right: r, own }) => ({ on, role, stage, asked, right: r, own })),
    questions: Object.fromEntries(questions.map(([id, [asked, missed]]) => [id, [asked, missed]])),
  };
}

/**
 * A name as it is shown: one line without signs that turn or hide what stands beside them.
 * @param {string} text
 */
export function named(text) {
  return text.normalize("NFC").replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ").replace(/\s+/g, " ").trim().slice(0, NAME);
}

/**
 * Of the same person from the same start only what was made last; without a name nobody is taken for another.
 * @param {Progress[]} all
 */
export function newest(all) {
  /** @type {Map<string, Progress>} */
  const kept = new Map();
  all.forEach((one, place) => {
    const who = one.name ? `${one.name}\n${one.started}` : `\n${place}`;
    const other = kept.get(who);
    if (!other || other.made <= one.made) kept.set(who, one);
  });
  return [...kept.values()].slice(0, PEOPLE);
}

/**
 * Who is where on a day: what is late, each list's day of being done or how much of it is, how the tests went. Those with
 * most that is late come first.
 * @param {Progress[]} all
 * @param {List[]} lists
 * @param {string} asOf
 * @param {number} pass  of a hundred
 * @returns {Row[]}
 */
export function overview(all, lists, asOf, pass) {
  const rows = all.map((one) => {
    const day = one.started ? Math.round((Date.parse(asOf) - Date.parse(one.started)) / 86_400_000) + 1 : 0;
    const steps = lists.map((list) => one.lists[list.name]?.ticked.filter((place) => place < list.count).length ?? 0);
    const open = lists.filter((list, at) => steps[at] < list.count);
    const late = one.started ? open.filter((list) => asOf > daysAfter(one.started, list.day - 1)) : [];
    const shares = one.sittings.filter(({ asked }) => asked).map(({ asked, right }) => (right * 100) / asked);
    const passed = one.sittings.filter(({ asked, right }) => asked && right * 100 >= asked * pass);
    return {
      name: one.name,
      day,
      started: one.started,
      made: one.made,
      done: lists.length - open.length,
      now: open[0]?.title ?? "",
      late: late.map(({ title }) => title),
      steps: lists.map(({ name, count }, at) => (steps[at] === count && one.lists[name]?.done) || `${steps[at]}/${count}`),
      tests: one.sittings.length,
      best: shares.length ? Math.floor(Math.max(...shares)) : null,
      passed: passed.map(({ on }) => on).sort()[0] ?? "",
      own: one.sittings.reduce((total, { own }) => total + own, 0),
    };
  });
  return rows.sort((one, other) => other.late.length - one.late.length || other.day - one.day || one.name.localeCompare(other.name));
}

/**
 * The questions that fail most, over all: by the share of answers that were wrong, then by how many.
 * @param {Progress[]} all
 * @param {number} count
 */
export function failing(all, count) {
  /** @type {Map<string, { id: string, asked: number, missed: number, people: number }>} */
  const sums = new Map();
  for (const { questions } of all) {
    for (const [id, [asked, missed]] of Object.entries(questions)) {
      const sum = sums.get(id) ?? { id, asked: 0, missed: 0, people: 0 };
      sums.set(id, { id, asked: sum.asked + asked, missed: sum.missed + missed, people: sum.people + (missed ? 1 : 0) });
    }
  }
  return [...sums.values()]
    .filter(({ missed }) => missed)
    .sort((one, other) => other.missed / other.asked - one.missed / one.asked || other.missed - one.missed || one.id.localeCompare(other.id))
    .slice(0, count);
}

/** Where a text, or a piece of it behind any separator, would be a formula (calculators/engine/reads/formulas.py). */
const FORMULA = /(^|[;,|^~:\t\r\n])([ \u3000\xa0"']*)(?=[=+\-@＝＋－＠﹦﹢﹣﹫])|^(?=[\t\r])/g;
const BEHIND_BLANK = / (?=["']*(?:[=＝﹦]\S|[+\-@＋－＠﹢﹣﹫][\p{L}_][\p{L}\w.]*[(|!]))/gu;

/** @param {string} text */
function disarmed(text) {
  return text.replace(FORMULA, (_, before = "", between = "") => `${before}'${between}`).replace(BEHIND_BLANK, " '");
}

/**
 * A table as a file for a spreadsheet. What would be a formula there is made text.
 * @param {(string | number)[][]} rows
 */
export function csv(rows) {
  const cell = (/** @type {string | number} */ value) => {
    const text = typeof value === "string" ? disarmed(value) : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** @param {any} value */
function plain(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Unreadable("not_ours");
  return value;
}

/** @param {string} name */
const isName = (name) => /^[\w-]{1,80}$/.test(name) && name !== "__proto__";

/** @param {unknown} number @param {number} most */
const isWhole = (number, most) => Number.isInteger(number) && /** @type {number} */ (number) >= 0 && /** @type {number} */ (number) <= most;

/** @param {any} ticks */
function isTicks(ticks) {
  const { ticked, done } = ticks ?? {};
  return Array.isArray(ticked) && ticked.length <= 100 && ticked.every((place) => isWhole(place, 99)) && (done === "" || isDay(done));
}

/** @param {any} counts */
function isCounts(counts) {
  return Array.isArray(counts) && counts.length === 2 && counts.every((count) => isWhole(count, 99_999)) && counts[1] <= counts[0];
}

/**
 * What tells a code that was cut or mistyped from a whole one; it guards against slips and not against malice.
 * @param {string} text
 */
function sum(text) {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
