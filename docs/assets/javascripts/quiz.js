// The test: which questions are drawn, which answers are right, and when what was wrong is asked again. Plain functions that
// know neither page (quiz-page.js) nor device.

import { daysAfter, isDay } from "./days.js";

/**
 * @typedef {{ id: string, roles: string[], stage: number, question: string, choices: string[], right: number[],
 *   points: string[], answer: string, page: string, title: string }} Question  `right` are places in `choices`; without
 *   choices it is answered in free words, and `points` are ticked against the model answer
 * @typedef {{ on: string, role: string, stage: number, asked: number, right: number, own: number }} Sitting  one test;
 *   `own` are those of the right ones that the reader judged
 * @typedef {{ asked: number, missed: number, step: number, due: string }} Memory  `due` is empty when nothing comes again
 * @typedef {{ sittings: Sitting[], questions: Record<string, Memory> }} History
 */

/**
 * @typedef {{ id: string, order: number[], chosen: number[], text: string }} Answer  `order` is that of the choices on paper
 * @typedef {{ on: string, wanted: { role: string, stage: number } | null, answers: Answer[] }} Unfinished  a paper that is not
 *   handed in; nothing is wanted where what was wrong is asked again
 */

/** After how many days what was wrong comes again, each time that it is right. Spacing is our start, not a finding. */
const DISTANCES = [1, 3, 7, 14, 30];
/** How many sittings are remembered, and how many questions. */
const SITTINGS = 60;
const QUESTIONS = 2000;
/** How many of those drawn are answered in free words. */
const FREE = 1;

/**
 * @template T
 * @param {readonly T[]} things
 * @param {() => number} random
 */
export function shuffled(things, random) {
  const all = [...things];
  for (let at = all.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [all[at], all[other]] = [all[other], all[at]];
  }
  return all;
}

/**
 * Draw questions of a role up to a stage: at random among those that were asked least, so that a test taken again asks
 * others as long as there are any. One at most is answered in free words; it comes last.
 * @param {Question[]} bank
 * @param {{ role: string, stage: number, count: number }} wanted
 * @param {History} history
 * @param {() => number} [random]
 */
export function drawn(bank, { role, stage, count }, history, random = Math.random) {
  const fitting = bank.filter((one) => one.roles.includes(role) && one.stage <= stage);
  const asked = (/** @type {Question} */ one) => history.questions[one.id]?.asked ?? 0;
  const ordered = shuffled(fitting, random).sort((one, other) => asked(one) - asked(other));
  const free = ordered.filter((one) => !one.choices.length).slice(0, FREE);
  const chosen = ordered.filter((one) => one.choices.length).slice(0, Math.max(0, count - free.length));
  return [...chosen, ...free].slice(0, count);
}

/**
 * What was wrong and is to be asked again by a day, what has waited longest first.
 * @param {Question[]} bank
 * @param {History} history
 * @param {string} day
 */
export function due(bank, history, day) {
  const when = (/** @type {Question} */ one) => history.questions[one.id]?.due ?? "";
  return bank.filter((one) => when(one) && when(one) <= day).sort((one, other) => when(one).localeCompare(when(other)));
}

/**
 * The first day on which something is asked again; empty without one.
 * @param {Question[]} bank
 * @param {History} history
 */
export function nextDue(bank, history) {
  return bank.map((one) => history.questions[one.id]?.due ?? "").filter(Boolean).sort()[0] ?? "";
}

/**
 * Whether an answer is right: exactly the right choices, or every point ticked.
 * @param {Question} question
 * @param {number[]} chosen  places of choices, or of points
 */
export function isRight(question, chosen) {
  const wanted = question.choices.length ? question.right : question.points.map((_, place) => place);
  return wanted.length === new Set(chosen).size && wanted.every((place) => chosen.includes(place));
}

/** @param {number} asked @param {number} mark  of a hundred */
export function needed(asked, mark) {
  return Math.ceil((asked * mark) / 100);
}

/**
 * The history after some questions were answered: what was wrong comes tomorrow, what is right when it was due comes again
 * after longer, and after the longest no more.
 * @param {History} history
 * @param {{ id: string, right: boolean }[]} answers
 * @param {string} day
 * @returns {History}
 */
export function answered(history, answers, day) {
  const questions = { ...history.questions };
  for (const { id, right } of answers) {
    const { asked, missed, step, due: on } = questions[id] ?? { asked: 0, missed: 0, step: 0, due: "" };
    const next = { asked: asked + 1, missed: missed + (right ? 0 : 1), step, due: on };
    if (!right) Object.assign(next, { step: 0, due: daysAfter(day, DISTANCES[0]) });
    else if (on && on <= day) {
      next.step = step + 1;
      next.due = next.step < DISTANCES.length ? daysAfter(day, DISTANCES[next.step]) : "";
    }
    questions[id] = next;
  }
  return { ...history, questions };
}

/**
 * The history with one more sitting.
 * @param {History} history
 * @param {Sitting} sitting
 * @returns {History}
 */
export function sat(history, sitting) {
  return { ...history, sittings: [...history.sittings, sitting].slice(-SITTINGS) };
}

/**
 * What a device has kept; an empty history where that is none of ours.
 * @param {string | null} text
 * @returns {History}
 */
export function readHistory(text) {
  return parsed(text) ?? { sittings: [], questions: {} };
}

/**
 * Whether a device has kept something that is no history (any more).
 * @param {string | null} text
 */
export function isDamaged(text) {
  return Boolean(text) && !parsed(text);
}

/**
 * @param {string | null} text
 * @returns {History | null}
 */
function parsed(text) {
  try {
    const { sittings, questions } = JSON.parse(text ?? "");
    const entries = Object.entries(questions);
    if (entries.length > QUESTIONS || !sittings.every(isSitting) || !entries.every(([, one]) => isMemory(one))) return null;
    return { sittings: sittings.slice(-SITTINGS), questions };
  } catch {
    return null;
  }
}

/**
 * A paper that a device has kept, with its questions; null where that is none of ours, or the bank has one of them no more.
 * @param {string | null} text
 * @param {Question[]} bank
 * @returns {{ paper: Unfinished, questions: Question[] } | null}
 */
export function readUnfinished(text, bank) {
  try {
    /** @type {Unfinished} */
    const paper = JSON.parse(text ?? "");
    const questions = paper.answers.map(({ id }) => /** @type {Question} */ (bank.find((one) => one.id === id)));
    const { on, wanted, answers } = paper;
    const known = wanted === null || (typeof wanted.role === "string" && isCount(wanted.stage));
    if (!isDay(on) || !known || !questions.length || !answers.every((one, at) => isAnswer(one, questions[at]))) return null;
    return { paper, questions };
  } catch {
    return null;
  }
}

/**
 * @param {Answer} answer
 * @param {Question} question
 */
function isAnswer({ order, chosen, text }, { choices }) {
  const places = choices.map((_, place) => place);
  return typeof text === "string" && [...order].sort((a, b) => a - b).join() === places.join() && chosen.every((place) => places.includes(place));
}

/** @param {Unfinished} paper  of which the answered ones are counted */
export function answeredOf({ answers }) {
  return answers.filter(({ chosen, text }) => chosen.length || text.trim()).length;
}

/** @param {unknown} number */
const isCount = (number) => Number.isInteger(number) && /** @type {number} */ (number) >= 0 && /** @type {number} */ (number) < 100_000;

/** @param {any} one */
export function isSitting(one) {
  return (
    isDay(one?.on) && typeof one.role === "string" && /^[a-z_]{1,30}$/.test(one.role) && [one.stage, one.asked, one.right, one.own].every(isCount) &&
    one.right <= one.asked && one.own <= one.right
  );
}

/** @param {any} one */
function isMemory(one) {
  return [one?.asked, one?.missed, one?.step].every(isCount) && one.missed <= one.asked && (one.due === "" || isDay(one.due));
}
