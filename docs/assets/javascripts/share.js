// What a reader passes on of a calculator, and takes from others: a link with its inputs, a table, figures, a chart. How a link
// is written is in link.js, how something gets to the clipboard in clipboard.js; files are saved in outcome.js.

import { calculatorsShown, onAttached, onShown, register } from "./actions.js";
import { toPng } from "./charts.js";
import { copyPicture, copyText } from "./clipboard.js";
import { askToCopy } from "./dialogs.js";
import { button } from "./elements.js";
import { fitting, handedOn, isPersonal, labelOf } from "./fields.js";
import { fragmentOf, linkedIn } from "./link.js";
import { sayOrigin } from "./origin.js";
import { tableShown } from "./puts.js";
import { withoutFragment } from "./site.js";
import { filled } from "./words.js";

/** @typedef {import("./calculator.js").Calculator} Calculator */

// --- a link --------------------------------------------------------------------------------------------

register("copy-link", async (calculator) => {
  const { entry, id, status, words, work } = calculator;
  entry.commit();
  if (await holdsList(work)) return offerPlan(calculator, words.link_list);
  const values = handedOn(entry.boxes(), entry.typed());
  const fragment = Object.keys(values).length ? await fragmentOf({ calculator: id, values }) : "";
  if (fragment === null) return offerPlan(calculator, words.link_long);
  const address = location.href.replace(/#.*/, "") + fragment;
  const personal = entry.boxes().filter((box) => isPersonal(box) && box.closest("[data-people]") && box.value.trim());
  const left = personal.length ? filled(words.link_without, { fields: personal.map(labelOf).join(words.between) }) : "";
  const said = [location.protocol === "file:" ? words.link_folder : words.link_copied, left].filter(Boolean).join(" ");
  if (await copyText(address)) status.say(said);
  else await askToCopy(words, address);
});

/** @param {import("./work.js").Work} work */
async function holdsList({ inputs: { tables, plan } }) {
  if (Object.keys(tables).length || !plan) return Object.keys(tables).length > 0;
  try {
    return Object.keys(JSON.parse(await plan.text()).tables).length > 0;
  } catch {
    return true; // a plan that nobody can read
  }
}

/**
 * @param {Calculator} calculator
 * @param {string} why
 */
function offerPlan({ section, status, words }, why) {
  status.say(why);
  section.querySelector("[data-status]")?.append(button(words.save_plan, { action: "save-plan" }));
}

/** @type {WeakMap<Calculator, unknown>} the inputs that came from the address, which has them as long as they stand */
const opened = new WeakMap();

/**
 * Take over what a link carries, all of it or nothing; what this version does not know, or refuses, is said by name.
 * @param {Calculator} calculator
 */
async function openLink(calculator) {
  const { entry, form, id, words, work } = calculator;
  const linked = await linkedIn(location.hash);
  if (!linked || !calculator.section.isConnected) return;
  if (typeof linked === "string") return sayOrigin(calculator, words[`link_${linked}`]);
  if (linked.calculator !== id) {
    const there = calculatorsShown().some((other) => other.id === linked.calculator);
    return there ? undefined : sayOrigin(calculator, words.link_elsewhere);
  }
  const { taken, left } = fitting(entry.boxes(), linked.values);
  const take = () => {
    entry.fill({ ...handedOn(entry.boxes(), entry.defaults), ...taken });
    return entry.typed();
  };
  work.change({ values: take() });
  const { inputs } = work;
  work.saved = inputs;
  opened.set(calculator, inputs);
  await calculator.compute();
  if (work.inputs !== inputs) return; // the reader has gone on
  const refused = /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-error-for]:not([hidden])"));
  const names = [...refused].map(({ dataset }) => dataset.errorFor ?? "").filter((name) => name in taken);
  if (names.length) {
    for (const name of names) delete taken[name];
    left.push(...names.map((name) => labelOf(entry.boxes().filter((box) => box.name === name)[0])));
    work.inputs = work.saved = { ...inputs, values: take() };
    opened.set(calculator, work.inputs);
    calculator.compute();
  }
  const not = left.length ? filled(words.left_out, { fields: [...new Set(left)].join(words.between) }) : "";
  sayOrigin(calculator, [words.link_opened, not].filter(Boolean).join(" "), words.back_to_example);
}

onAttached(openLink);
addEventListener("hashchange", () => calculatorsShown().forEach(openLink));
onShown((calculator) => {
  if (opened.has(calculator) && opened.get(calculator) !== calculator.work.inputs) {
    opened.delete(calculator);
    withoutFragment(); // which says something else now
  }
});

// --- a copy --------------------------------------------------------------------------------------------

/**
 * @param {Calculator} calculator
 * @param {string} text
 * @param {string} said
 */
async function copied({ status, words }, text, said) {
  if (await copyText(text)) status.say(said);
  else await askToCopy(words, text);
}

register("copy-table", async (calculator, pressed) => {
  calculator.python.start();
  const file = await calculator.ask("download", { download: "cells", table: tableShown(pressed) });
  if (file) await copied(calculator, new TextDecoder().decode(file.content), calculator.words.copied_table);
});

register("copy-figures", (calculator, pressed) => {
  const tiles = pressed.closest("[data-section]")?.querySelectorAll(".pb-figures > div") ?? [];
  const lines = Array.from(tiles, (tile) => [tile.querySelector("dt"), tile.querySelector("dd")].map((part) => part?.textContent?.trim() ?? ""));
  return copied(calculator, lines.map((line) => line.join("\t")).join("\n"), calculator.words.copied_figures);
});

register("copy-chart", async (calculator, pressed) => {
  const { outcome, status, words } = calculator;
  const figure = /** @type {HTMLElement} */ (pressed.closest("[data-chart]"));
  try {
    if (await copyPicture(await toPng(figure))) return status.say(words.copied_chart);
  } catch {
    // No picture can be made: saving one says so.
  }
  await outcome.savePicture(figure);
  status.say(words.saved_chart);
});
