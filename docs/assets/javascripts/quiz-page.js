// The test on its page: setting it up, asking, showing what is right and why, and keeping the history on the device, and a
// paper that is not handed in: what is written in it may be about customers, so it is kept as what is filled in elsewhere is,
// and forgotten with people's data. What is drawn and what counts as right is quiz.js's.

import { today } from "./days.js";
import { autosaves, available, keep, keepInputs, kept, keptInputs, onForgotten } from "./device.js";
import { element } from "./elements.js";
import { forgetPaper, HISTORY, history, PAPER } from "./history.js";
import { answered, answeredOf, drawn, due, isDamaged, isRight, needed, nextDue, readUnfinished, sat, shuffled } from "./quiz.js";
import { filled } from "./words.js";

/** @typedef {import("./quiz.js").Question} Question */

class Test {
  /** @param {HTMLElement} section */
  constructor(section) {
    this.section = section;
    /** @type {Question[]} */
    this.bank = JSON.parse(section.dataset.test ?? "[]");
    /** @type {import("./words.js").Words} */
    this.words = JSON.parse(section.dataset.words ?? "{}");
    this.setup = /** @type {HTMLFormElement} */ (section.querySelector("[data-setup]"));
    this.paper = /** @type {HTMLFormElement} */ (section.querySelector("[data-paper]"));
    this.again = /** @type {HTMLButtonElement} */ (this.setup.querySelector('[data-action="again"]'));
    const note = /** @type {HTMLElement} */ (this.setup.querySelector("[data-kept]"));
    const { damaged, kept: keeps, lost } = note.dataset;
    const told = !available() ? lost : isDamaged(kept(HISTORY)) ? damaged : autosaves() ? keeps : this.words.kept_scores;
    note.textContent = told ?? "";
    this.offer = /** @type {HTMLElement} */ (this.setup.querySelector("[data-unfinished]"));
    this.setup.addEventListener("submit", (event) => {
      event.preventDefault();
      this.draw();
    });
    this.again.addEventListener("click", () => this.repeat());
    this.offer.querySelector('[data-action="go-on"]')?.addEventListener("click", () => this.goOn());
    this.offer.querySelector('[data-action="discard"]')?.addEventListener("click", () => {
      forgetPaper();
      this.offer.hidden = true;
      this.setup.querySelector("select")?.focus();
    });
    this.showDue();
    this.showUnfinished();
  }

  unfinished() {
    return readUnfinished(keptInputs(PAPER, true), this.bank);
  }

  showUnfinished() {
    const found = this.unfinished();
    this.offer.hidden = !found;
    if (!found) return;
    const { paper } = found;
    const said = { on: paper.on, asked: paper.answers.length, done: answeredOf(paper) };
    /** @type {HTMLElement} */ (this.offer.querySelector("span")).textContent = filled(this.words.unfinished, said);
  }

  goOn() {
    const found = this.unfinished();
    if (found) new Paper(this, found.questions, found.paper.wanted, found.paper.answers);
    else this.offer.hidden = true;
  }

  /** People's data were forgotten, in another tab: what is written here is gone, too. */
  forget() {
    this.paper.replaceChildren();
    this.paper.hidden = true;
    this.offer.hidden = true;
  }

  /** @param {string} name */
  choice(name) {
    return /** @type {HTMLSelectElement} */ (this.setup.elements.namedItem(name)).value;
  }

  showDue() {
    const count = due(this.bank, history(), today()).length;
    this.again.textContent = count ? filled(this.words.again_due, { count }) : this.words.again;
  }

  draw() {
    const wanted = { role: this.choice("role"), stage: Number(this.choice("stage")), count: Number(this.section.dataset.count) };
    const questions = drawn(this.bank, wanted, history());
    if (questions.length) new Paper(this, questions, wanted);
    else this.say(this.words.none_fit);
  }

  repeat() {
    const questions = due(this.bank, history(), today()).slice(0, Number(this.section.dataset.count));
    const next = nextDue(this.bank, history());
    if (questions.length) new Paper(this, questions, null);
    else this.say(next ? filled(this.words.none_due, { date: next }) : this.words.none_missed);
  }

  /** @param {string} sentence */
  say(sentence) {
    this.open();
    const said = element("p", "pb-test-result", sentence);
    said.setAttribute("role", "status");
    this.paper.append(said);
  }

  /** An empty paper in place of what stood there. */
  open() {
    this.paper.replaceChildren();
    this.paper.hidden = false;
    this.offer.hidden = true;
    /** @type {HTMLElement} */ (this.section.querySelector("[data-fixed]")).hidden = true;
  }
}

/** The questions of one sitting, as they stand on the page. */
class Paper {
  /**
   * @param {Test} test
   * @param {Question[]} questions
   * @param {{ role: string, stage: number } | null} wanted  null for what was wrong before, which is no sitting
   * @param {import("./quiz.js").Answer[]} [answers]  what was answered before, to go on with
   */
  constructor(test, questions, wanted, answers = []) {
    this.test = test;
    this.questions = questions;
    this.wanted = wanted;
    this.words = test.words;
    this.before = history();
    test.open();
    const list = element("ol", "pb-test-questions");
    this.items = questions.map((question, number) => this.item(question, number, answers[number]));
    list.append(...this.items);
    this.result = element("p", "pb-test-result");
    this.result.setAttribute("role", "status");
    this.result.tabIndex = -1;
    this.button = element("button", "pb-button pb-primary", this.words.check);
    test.paper.append(list, this.button, this.result);
    test.paper.onsubmit = (event) => {
      event.preventDefault();
      this.check();
    };
    test.paper.oninput = () => this.keep();
    /** @type {HTMLElement} */ (test.paper.querySelector("input, textarea")).focus();
  }

  /** Keep what is answered so far, as what is filled in elsewhere is kept. */
  keep() {
    if (!this.button.isConnected || !autosaves()) return;
    const answers = this.questions.map(({ id }, number) => ({
      id,
      order: this.places(number, "input"),
      chosen: this.chosen(number),
      text: this.items[number].querySelector("textarea")?.value ?? "",
    }));
    keepInputs(PAPER, true, JSON.stringify({ on: today(), wanted: this.wanted && { role: this.wanted.role, stage: this.wanted.stage }, answers }));
  }

  /**
   * @param {Question} question
   * @param {number} number
   * @param {import("./quiz.js").Answer} [answer]
   */
  item(question, number, answer) {
    const item = element("li", "");
    const group = element("fieldset", "");
    group.append(element("legend", "", question.question));
    if (!question.choices.length) {
      const box = document.createElement("textarea");
      Object.assign(box, { rows: 5, maxLength: 4000, name: `answer-${number}` });
      box.setAttribute("aria-label", this.words.write);
      box.value = answer?.text ?? "";
      group.append(element("p", "pb-test-hint", this.words.write), box);
    } else {
      const several = question.right.length > 1;
      if (several) group.append(element("p", "pb-test-hint", this.words.several));
      for (const place of answer?.order ?? shuffled([...question.choices.keys()], Math.random)) {
        const choice = option(several ? "checkbox" : "radio", `answer-${number}`, place, question.choices[place]);
        /** @type {HTMLInputElement} */ (choice.firstElementChild).checked = answer?.chosen.includes(place) ?? false;
        group.append(choice);
      }
    }
    item.append(group);
    return item;
  }

  /**
   * The places that are chosen, or for free words the points that are ticked.
   * @param {number} number
   */
  chosen(number) {
    return this.places(number, "input:checked");
  }

  /**
   * @param {number} number
   * @param {string} which  boxes
   */
  places(number, which) {
    const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (this.items[number].querySelectorAll(which));
    return [...boxes].map((box) => Number(box.value));
  }

  check() {
    const open = this.questions.flatMap((question, number) => {
      const text = this.items[number].querySelector("textarea")?.value ?? "";
      return (question.choices.length ? this.chosen(number).length : text.trim()) ? [] : [number];
    });
    if (open.length) {
      const numbers = open.map((number) => number + 1).join(this.words.separator);
      this.result.textContent = filled(this.words.missing, { count: open.length, numbers });
      /** @type {HTMLElement} */ (this.items[open[0]].querySelector("input, textarea")).focus();
      return;
    }
    this.questions.forEach((question, number) => this.explain(question, number));
    this.button.remove();
    forgetPaper();
    this.settle();
    this.result.focus();
  }

  /**
   * Show what is right and why. What was chosen stays as it is; for free words the points appear, to be ticked.
   * @param {Question} question
   * @param {number} number
   */
  explain(question, number) {
    const item = this.items[number];
    for (const label of item.querySelectorAll("label")) {
      const box = /** @type {HTMLInputElement} */ (label.querySelector("input"));
      const right = question.right.includes(Number(box.value));
      box.disabled = true;
      label.dataset.right = String(right);
      const mark = [right ? this.words.right_choice : "", box.checked ? this.words.your_choice : ""].filter(Boolean);
      if (mark.length) label.append(element("small", "", mark.join(this.words.separator)));
    }
    const why = element("div", "pb-test-why");
    const text = item.querySelector("textarea");
    if (text) {
      text.readOnly = true;
      why.append(element("strong", "", this.words.model));
    }
    why.append(element("p", "", question.answer));
    if (text) {
      const points = element("fieldset", "");
      points.append(element("legend", "", this.words.points));
      question.points.forEach((point, place) => points.append(option("checkbox", `point-${number}`, place, point)));
      points.addEventListener("change", () => this.settle());
      why.append(points);
    }
    const from = element("p", "pb-quiz-page", `${this.words.page} `);
    const link = document.createElement("a");
    link.href = question.page;
    link.textContent = question.title;
    from.append(link);
    why.append(from);
    item.append(why);
  }

  /** Mark, score and keep, each time as if for the first: free words are judged while the reader ticks. */
  settle() {
    const answers = this.questions.map((question, number) => ({ id: question.id, right: isRight(question, this.chosen(number)) }));
    answers.forEach(({ right }, number) => {
      this.items[number].dataset.right = String(right);
      const mark = this.items[number].querySelector("[data-mark]") ?? element("strong", "pb-test-mark");
      mark.setAttribute("data-mark", "");
      mark.textContent = right ? this.words.right : this.words.wrong;
      this.items[number].prepend(mark);
    });
    const free = this.questions.map((question) => !question.choices.length);
    const [asked, right] = [answers.length, answers.filter((answer) => answer.right).length];
    const own = answers.filter((answer, number) => answer.right && free[number]).length;
    const pass = needed(asked, Number(this.test.section.dataset.pass));
    const verdict = !this.wanted ? this.words.practised : right >= pass ? this.words.passed : this.words.failed;
    const sentences = [filled(verdict, { asked, right, needed: pass })];
    if (own) sentences.push(filled(this.words.own, { count: own }));
    const open = free.filter((is, number) => is && !answers[number].right).length;
    if (open) sentences.push(filled(this.words.open, { count: open }));
    this.result.textContent = sentences.join(" ");

    let next = answered(this.before, answers, today());
    if (this.wanted) {
      next = sat(next, { on: today(), role: this.wanted.role, stage: this.wanted.stage, asked, right, own });
    }
    keep(HISTORY, JSON.stringify(next));
    this.test.showDue();
  }
}

/**
 * @param {"radio" | "checkbox"} type
 * @param {string} name
 * @param {number} place
 * @param {string} text
 */
function option(type, name, place, text) {
  const label = element("label", "pb-test-choice");
  const box = document.createElement("input");
  Object.assign(box, { type, name, value: String(place) });
  label.append(box, element("span", "", text));
  return label;
}

/** @type {Test | null} */
let shown = null;

window.document$.subscribe(() => {
  const section = document.querySelector("[data-test]");
  shown = section instanceof HTMLElement ? new Test(section) : null;
});
onForgotten(() => shown?.forget());
