// The test on its page: setting it up, asking, showing what is right and why, and keeping the history on the device. What is
// drawn and what counts as right is quiz.js's.

import { today } from "./days.js";
import { available, keep, kept } from "./device.js";
import { element } from "./elements.js";
import { HISTORY, history } from "./history.js";
import { answered, drawn, due, isDamaged, isRight, needed, nextDue, sat, shuffled } from "./quiz.js";
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
    note.textContent = (isDamaged(kept(HISTORY)) ? note.dataset.damaged : available() ? note.dataset.kept : note.dataset.lost) ?? "";
    this.setup.addEventListener("submit", (event) => {
      event.preventDefault();
      this.draw();
    });
    this.again.addEventListener("click", () => this.repeat());
    this.showDue();
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
    /** @type {HTMLElement} */ (this.section.querySelector("[data-fixed]")).hidden = true;
  }
}

/** The questions of one sitting, as they stand on the page. */
class Paper {
  /**
   * @param {Test} test
   * @param {Question[]} questions
   * @param {{ role: string, stage: number } | null} wanted  null for what was wrong before, which is no sitting
   */
  constructor(test, questions, wanted) {
    this.test = test;
    this.questions = questions;
    this.wanted = wanted;
    this.words = test.words;
    this.before = history();
    test.open();
    const list = element("ol", "pb-test-questions");
    this.items = questions.map((question, number) => this.item(question, number));
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
    /** @type {HTMLElement} */ (test.paper.querySelector("input, textarea")).focus();
  }

  /**
   * @param {Question} question
   * @param {number} number
   */
  item(question, number) {
    const item = element("li", "");
    const group = element("fieldset", "");
    group.append(element("legend", "", question.question));
    if (!question.choices.length) {
      const box = document.createElement("textarea");
      Object.assign(box, { rows: 5, maxLength: 4000, name: `answer-${number}` });
      box.setAttribute("aria-label", this.words.write);
      group.append(element("p", "pb-test-hint", this.words.write), box);
    } else {
      const several = question.right.length > 1;
      if (several) group.append(element("p", "pb-test-hint", this.words.several));
      const places = question.choices.map((_, place) => place);
      for (const place of shuffled(places, Math.random)) {
        group.append(option(several ? "checkbox" : "radio", `answer-${number}`, place, question.choices[place]));
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
    const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (this.items[number].querySelectorAll("input:checked"));
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

window.document$.subscribe(() => {
  const section = document.querySelector("[data-test]");
  if (section instanceof HTMLElement) new Test(section);
});
