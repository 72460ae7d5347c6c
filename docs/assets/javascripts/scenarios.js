// Scenarios: inputs that the reader has named, two to four of them side by side. What is compared, and how it looks, is made
// in Python (calculators/compared.py); here are their names in a bar, and what its buttons do.

import { onAttached, onShown, register } from "./actions.js";
import { ask } from "./dialogs.js";
import { button, element, labelled } from "./elements.js";
import { showHtml } from "./trusted.js";
import { filled } from "./words.js";

/**
 * @typedef {import("./calculator.js").Calculator} Calculator
 * @typedef {import("./work.js").Scenario} Scenario
 */

/** As calculators/engine/asks/limits.py has them. */
const LONGEST_NAME = 40;
const MOST_KEPT = 8;
const LEAST_COMPARED = 2;
const MOST_COMPARED = 4;

/** @type {WeakMap<import("./work.js").Work, Set<string>>} the scenarios that are not to be compared, by name */
const leftOut = new WeakMap();

/** @type {WeakMap<Calculator, Scenario[]>} the scenarios that stand side by side */
const compared = new WeakMap();

/** @param {Calculator} calculator */
function bar({ section }) {
  return /** @type {HTMLElement | null} */ (section.querySelector("[data-scenarios]"));
}

/**
 * What is there to be compared: the inputs of now first, unless they are a scenario already.
 * @param {Calculator} calculator
 * @returns {Scenario[]}
 */
function all({ work, words }) {
  const isKept = work.scenarios.some(({ inputs }) => inputs === work.inputs);
  return isKept || !work.scenarios.length ? work.scenarios : [{ name: words.scenario_now, inputs: work.inputs }, ...work.scenarios];
}

/**
 * @param {Calculator} calculator
 * @returns {Scenario[]} those that are ticked
 */
function chosen(calculator) {
  const without = leftOut.get(calculator.work) ?? new Set();
  return all(calculator).filter(({ name }) => !without.has(name));
}

/** @param {Calculator} calculator */
function show(calculator) {
  const place = bar(calculator)?.querySelector("[data-scenario-list]");
  if (!place) return;
  const { words, work } = calculator;
  const without = leftOut.get(work) ?? new Set();
  place.replaceChildren(
    ...all(calculator).map(({ name, inputs }) => {
      const chip = element("li", "pb-scenario");
      chip.dataset.scenario = name;
      const box = document.createElement("input");
      Object.assign(box, { type: "checkbox", checked: !without.has(name) });
      box.addEventListener("change", () => choose(calculator, name, box.checked));
      const label = element("label", "");
      label.append(box, element("span", "", name));
      chip.append(label);
      if (inputs === work.inputs) chip.dataset.now = "";
      if (work.scenarios.some((one) => one.name === name)) {
        if (inputs !== work.inputs) chip.append(button(words.scenario_open, { action: "open-scenario", label: `${words.scenario_open}: ${name}` }));
        chip.append(button("×", { action: "drop-scenario", label: filled(words.scenario_drop, { name }) }));
      }
      return chip;
    }),
  );
  const compare = /** @type {HTMLButtonElement | null} */ (bar(calculator)?.querySelector('[data-action="compare"]'));
  if (!compare) return;
  const count = chosen(calculator).length;
  compare.hidden = !work.scenarios.length;
  compare.disabled = count < LEAST_COMPARED || count > MOST_COMPARED;
  compare.textContent = filled(words.scenario_compare, { count });
}

/**
 * @param {Calculator} calculator
 * @param {string} name
 * @param {boolean} is  to be compared
 */
function choose(calculator, name, is) {
  const without = leftOut.get(calculator.work) ?? new Set();
  if (is) without.delete(name);
  else without.add(name);
  leftOut.set(calculator.work, without);
  show(calculator);
}

/** @param {HTMLElement} inside */
function nameOf(inside) {
  return inside.closest("[data-scenario]")?.getAttribute("data-scenario") ?? "";
}

/** @param {Calculator} calculator */
function closeComparison(calculator) {
  const { section } = calculator;
  compared.delete(calculator);
  const place = /** @type {HTMLElement} */ (section.querySelector("[data-comparison]"));
  place.hidden = true;
  /** @type {HTMLElement} */ (place.querySelector("[data-compared-here]")).replaceChildren();
}

/**
 * Say of a comparison that it has what is no more: inputs of a moment that has gone, a scenario that was taken out.
 * @param {Calculator} calculator
 */
function markStale(calculator) {
  const { section, words, work } = calculator;
  const there = [work.inputs, ...work.scenarios.map(({ inputs }) => inputs)];
  const place = section.querySelector("[data-comparison]");
  const said = place?.querySelector("[data-compared-before]") ?? element("p", "pb-idle");
  said.setAttribute("data-compared-before", "");
  said.textContent = (compared.get(calculator) ?? []).every(({ inputs }) => there.includes(inputs)) ? "" : words.compared_before;
  if (said.textContent) place?.querySelector("[data-compared-here]")?.before(said);
  else said.remove();
}

/**
 * @param {Calculator} calculator
 * @param {Scenario[]} scenarios
 */
function keep(calculator, scenarios) {
  calculator.work.keepScenarios(scenarios);
  if (calculator.work.kept) calculator.people.keepWork();
  markStale(calculator);
  calculator.status.showUndo();
  show(calculator);
}

/**
 * Ask for a name that no scenario has.
 * @param {Calculator} calculator
 * @param {import("./dialogs.js").Left<string>} left
 * @returns {Promise<string | null>}
 */
function askForName({ words, work }, { value, leave }) {
  const names = work.scenarios.map(({ name }) => name);
  const box = document.createElement("input");
  Object.assign(box, { required: true, autocomplete: "off" });
  let number = names.length + 1;
  while (names.includes(filled(words.scenario_number, { number }))) number += 1;
  box.value = value ?? filled(words.scenario_number, { number });
  const tidy = () => box.value.trim().replace(/\s+/g, " ");
  const check = () => box.setCustomValidity(wrong());
  const wrong = () => {
    const count = tidy().length;
    if (count > LONGEST_NAME) return filled(words.too_long_here, { most: LONGEST_NAME, count });
    return !count ? words.scenario_needed : names.includes(tidy()) || tidy() === words.scenario_now ? words.scenario_taken : "";
  };
  box.addEventListener("input", check);
  const question = { title: words.scenario_keep, help: words.scenario_keep_help, accept: words.scenario_keep_use };
  check();
  return ask({ ...question, words, content: labelled(words.scenario_name, box), value: tidy, left: leave });
}

register("keep-scenario", async (calculator) => {
  const { work, words, entry } = calculator;
  if (work.scenarios.length >= MOST_KEPT) return calculator.status.say(filled(words.scenario_full, { most: MOST_KEPT }));
  entry.commit();
  const name = await askForName(calculator, calculator.left("name"));
  if (name === null) return;
  keep(calculator, [...work.scenarios, { name, inputs: work.inputs }]);
  calculator.status.say(filled(words.scenario_kept, { name }));
});
register("open-scenario", (calculator, button) => {
  const { entry, work } = calculator;
  const found = work.scenarios.find(({ name }) => name === nameOf(button));
  if (!found) return;
  work.change({ scenario: undefined, ...found.inputs });
  work.inputs = found.inputs; // the same, so that it is known again
  entry.fill({ ...entry.defaults, ...found.inputs.values });
  return calculator.compute();
});
register("drop-scenario", (calculator, button) => {
  const dropped = nameOf(button);
  keep(calculator, calculator.work.scenarios.filter(({ name }) => name !== dropped));
  calculator.status.say(filled(calculator.words.scenario_dropped, { name: dropped }));
  /** @type {HTMLElement | null} */ (calculator.section.querySelector('[data-action="keep-scenario"]'))?.focus();
});
register("compare", async (calculator) => {
  const { section, status, words, work, id } = calculator;
  const scenarios = chosen(calculator);
  const { asked, attachments } = work.scenariosAsked(id, scenarios);
  status.say(words.busy);
  const reply = await calculator.ask("reply", { compare: asked }, attachments);
  if (!reply) return;
  if (!reply.ok) return status.showMistakes(reply.errors);
  status.say(words.scenario_compared);
  const place = /** @type {HTMLElement} */ (section.querySelector("[data-comparison]"));
  const here = /** @type {HTMLElement} */ (place.querySelector("[data-compared-here]"));
  showHtml(here, reply.html);
  compared.set(calculator, scenarios);
  place.hidden = false;
  markStale(calculator);
  place.scrollIntoView({ block: "start" });
  place.focus({ preventScroll: true });
  await calculator.outcome.drawCharts(here, reply.charts);
});
register("close-comparison", (calculator) => {
  closeComparison(calculator);
  /** @type {HTMLElement | null} */ (bar(calculator)?.querySelector('[data-action="compare"]'))?.focus();
});
register("download-comparison", (calculator) => {
  const { asked, attachments } = calculator.work.scenariosAsked(calculator.id, compared.get(calculator));
  return calculator.outcome.download({ download: "comparison", compare: asked }, attachments);
});

onAttached((calculator) => {
  show(calculator);
  calculator.section.addEventListener("playbook-forgotten", () => {
    closeComparison(calculator);
    show(calculator);
  });
});
onShown((calculator) => {
  markStale(calculator);
  show(calculator);
});
