// Asking backwards: which value of an input brings a figure to a goal. What may be asked, the search and its sentences are
// Python's (calculators/backwards.py); here is the window that asks, and what is done with the answer.

import { register } from "./actions.js";
import { ask } from "./dialogs.js";
import { element, labelled } from "./elements.js";
import { showHtml } from "./trusted.js";

/**
 * @typedef {import("./calculator.js").Calculator} Calculator
 * @typedef {{ field: string, figure: string, goal: string }} Goal
 * @typedef {{ field: string, field_label: string, figure: string, figure_label: string, now: string, value: string }} Pair
 */

/** @type {WeakMap<import("./work.js").Work, Goal>} what was asked last */
const last = new WeakMap();

/**
 * @param {Calculator} calculator
 * @param {Pair[]} pairs
 * @param {string} wrong  what was wrong with the last question
 * @returns {Promise<Goal | null>}
 */
function askForGoal(calculator, pairs, wrong) {
  const { words, work } = calculator;
  const { value: open, leave } = calculator.left("seek");
  const begun = open ?? last.get(work);
  const content = element("div", "pb-seek");
  const figures = [...new Map(pairs.map((pair) => [pair.figure, `${pair.figure_label} (${pair.now})`]))];
  const figure = choice(words.seek_figure, figures);
  const field = choice(words.seek_field, []);
  const fill = () => {
    const those = pairs.filter((pair) => pair.figure === figure.box.value);
    field.box.replaceChildren(...those.map((pair) => option(pair.field, `${pair.field_label} (${pair.value})`)));
  };
  figure.box.addEventListener("change", fill);
  if (pairs.some((pair) => pair.figure === begun?.figure)) figure.box.value = begun?.figure ?? "";
  fill();
  if ([...field.box.options].some((one) => one.value === begun?.field)) field.box.value = begun?.field ?? "";
  const box = document.createElement("input");
  Object.assign(box, { required: true, autocomplete: "off" });
  box.value = begun?.goal ?? "";
  const check = () => box.setCustomValidity(box.value.trim() ? "" : words.seek_needed);
  box.addEventListener("input", check);
  check();
  content.append(figure.label, labelled(words.seek_goal, box), field.label);
  if (wrong) content.prepend(Object.assign(element("p", "pb-error", wrong), { role: "alert" }));
  const question = { title: words.seek_title, help: words.seek_help, accept: words.seek_use };
  const value = () => ({ field: field.box.value, figure: figure.box.value, goal: box.value });
  return ask({ ...question, words, content, value, left: leave });
}

/**
 * @param {string} words
 * @param {[string, string][]} options
 */
function choice(words, options) {
  const box = document.createElement("select");
  box.append(...options.map(([value, text]) => option(value, text)));
  return { label: labelled(words, box), box };
}

/**
 * @param {string} value
 * @param {string} text
 */
function option(value, text) {
  return Object.assign(document.createElement("option"), { value, textContent: text });
}

register("seek", async (calculator) => {
  const { entry, status, words, work } = calculator;
  entry.commit();
  const known = await calculator.ask("reply", { seek: {} });
  if (!known) return;
  if (!known.ok) return status.showMistakes(known.errors);
  if (!known.pairs.length) return status.say(words.seek_nothing);
  let wrong = "";
  for (;;) {
    const asked = await askForGoal(calculator, known.pairs, wrong);
    if (!asked) return;
    last.set(work, asked);
    status.sayBusy();
    const reply = await calculator.ask("reply", { seek: asked });
    if (!reply) return;
    wrong = reply.ok ? "" : reply.errors[0].message;
    if (wrong) continue; // said in the window, which has what was asked
    const { html, sentences, value, values } = reply.seek;
    status.say(sentences.join(" "));
    const content = element("div", "pb-sought");
    showHtml(content, html);
    const accept = value === null ? words.seek_again : words.seek_take;
    if (!(await ask({ title: words.seek_title, help: "", accept, words, content, value: () => true }))) return;
    if (value === null) continue;
    entry.fill({ ...entry.typed(), ...values });
    return entry.commit();
  }
});
