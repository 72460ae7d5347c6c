// What stands in a form is kept on this device by itself, unless the reader turns it off: no list, and nothing that may name
// people, of which the reader decides (people.js). What is written where is device.js.

import { calculatorsShown, onAttached, onShown } from "./actions.js";
import { isDay, today } from "./days.js";
import { autosaves, available, forgetInputs, keepInputs, keptInputs, onAutosave, onInputsKept, setAutosave } from "./device.js";
import { fitting, handedOn } from "./fields.js";
import { sayOrigin } from "./origin.js";
import { filled } from "./words.js";
import { works } from "./work.js";

/** @typedef {import("./calculator.js").Calculator} Calculator */

/** Whether the reader has been told that nothing can be kept. */
let told = false;
/** @type {WeakSet<object>} inputs that are saved by being here, and are not any more once others have taken their place */
const here = new WeakSet();

/** @param {Calculator} calculator */
function box({ section }) {
  return /** @type {HTMLInputElement | null} */ (section.querySelector("[data-autosave]"));
}

/**
 * What the reader has changed of the form, as far as it may be kept; a day that is the reader's today is another tomorrow.
 * @param {Calculator} calculator
 */
function changed({ entry, work }) {
  const days = entry.boxes().filter((one) => one.dataset.today).map(({ name }) => name);
  const values = Object.entries(handedOn(entry.boxes(), work.inputs.values ?? {}));
  return Object.fromEntries(values.filter(([name, value]) => value !== entry.defaults[name] && !days.includes(name)));
}

/** @param {Calculator} calculator */
function keepNow(calculator) {
  const { entry, id, status, words, work } = calculator;
  if (!autosaves() || (work.saved === work.inputs && !here.has(work.inputs))) return; // it is in a plan, or in a link
  const { values, tables, plan } = work.inputs;
  const kept = changed(calculator);
  if (!Object.keys(kept).length) return forgetInputs(id, work.people);
  const day = today();
  if (keepInputs(id, work.people, JSON.stringify({ day, values: kept }))) {
    const open = handedOn(entry.boxes(), values ?? {});
    const rest = Object.entries(values ?? {}).filter(([name, value]) => !(name in open) && value !== entry.defaults[name]);
    if (!Object.keys(tables).length && !plan && !rest.length && !work.scenarios.length) here.add((work.saved = work.inputs));
  } else if (!told) {
    told = true;
    status.say(words.autosave_failed);
  }
}

/** @param {Calculator} calculator */
function restore(calculator) {
  const { entry, id, words, work } = calculator;
  const text = keptInputs(id, work.people);
  if (work.touched && text !== null && work.saved === work.inputs) here.add(work.inputs); // from another load of the page
  if (work.touched || !autosaves() || text === null) return;
  const { day, values } = parsed(text);
  const { taken, left } = fitting(entry.boxes(), values);
  if (!Object.keys(taken).length) {
    work.damaged = true;
    return forgetInputs(id, work.people);
  }
  if (entry.isOwn({ ...entry.defaults, ...taken })) entry.setToday();
  entry.fill(taken);
  work.change({ values: entry.typed() });
  here.add((work.saved = work.inputs));
  const not = left.length ? filled(words.left_out, { fields: left.join(words.between) }) : "";
  sayOrigin(calculator, [filled(words.restored, { day }), not].filter(Boolean).join(" "), words.back_to_example);
}

/**
 * @param {string} text
 * @returns {{ day: string, values: Record<string, string> }} nothing in it where it is none of ours
 */
function parsed(text) {
  try {
    const { day, values } = JSON.parse(text);
    const all = Object.values(values).every((value) => typeof value === "string");
    return all && isDay(day) ? { day, values } : { day: "", values: {} };
  } catch {
    return { day: "", values: {} };
  }
}

/**
 * From now on the inputs are nowhere but in this tab: another has kept its own in their place, or nothing is kept any more.
 * @param {string} id  of a calculator
 */
function isInTabOnly(id) {
  const work = works.get(id);
  if (work && here.delete(work.inputs) && work.saved === work.inputs) work.saved = null;
}

function showSwitch() {
  for (const calculator of calculatorsShown()) {
    const own = box(calculator);
    if (own) own.checked = own.defaultChecked = autosaves() && !own.disabled;
  }
}

onAttached((calculator) => {
  const own = box(calculator);
  if (!own) return;
  own.disabled = !available();
  if (own.disabled && !told) {
    told = true;
    sayOrigin(calculator, calculator.words.autosave_failed);
  }
  own.addEventListener("change", () => {
    setAutosave(own.checked);
    showSwitch();
    if (own.checked) keepNow(calculator);
    else {
      for (const id of works.keys()) isInTabOnly(id);
      calculator.status.say(calculator.words.autosave_off);
    }
  });
  restore(calculator);
  if (calculator.work.damaged) sayOrigin(calculator, calculator.words.kept_damaged);
  calculator.work.damaged = false;
  showSwitch();
});
onShown(keepNow);
onInputsKept(isInTabOnly);
onAutosave(() => {
  showSwitch();
  if (!autosaves()) for (const id of works.keys()) isInTabOnly(id);
});
