// Attaches the calculators of the page that is shown, after loading and after every instant navigation.
// The tab's one Python and the reader's work live here, so that both outlive a change of page.

import { onAttached, onShown } from "./actions.js";
import "./bench.js";
import { Calculator } from "./calculator.js";
import "./anywhere.js";
import "./autosave.js";
import { carry, forgetPeople, keptPeople, onForgotten, takeCarried } from "./device.js";
import { packed, unpacked } from "./packed.js";
import { part } from "./parts.js";
import { placeOfPage } from "./place.js";
import { Python } from "./python.js";
import "./recent.js";
import { small } from "./verified.js";
import "./tables.js";
import { filled } from "./words.js";
import { Work, works } from "./work.js";

/** @type {Python | null} */
let python = null;
/** @type {Promise<{ libraries: Record<string, string> }> | null} */
let manifest = null;
/** @type {Calculator[]} */
let shown = [];
/** @type {Calculator | null} the last that was shown, for its language and its words */
let last = null;

/**
 * @param {string} url
 * @returns {Promise<{ libraries: Record<string, string> }>} addresses of the page's libraries
 */
async function readManifest(url) {
  const { libraries } = JSON.parse(new TextDecoder().decode((await small(url)).content));
  return {
    libraries: Object.fromEntries(Object.entries(libraries).map(([name, file]) => [name, new URL(file, url).href])),
  };
}

window.document$.subscribe(() => {
  const sections = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-calculator]"));
  shown = [];
  for (const section of sections) {
    const address = new URL(section.dataset.runtime ?? "", location.href).href;
    python ??= new Python(address);
    const libraries = () => {
      manifest ??= readManifest(address).catch((error) => {
        manifest = null; // to be asked for again
        throw error;
      });
      return manifest;
    };
    const id = section.dataset.calculator ?? "";
    const work = works.get(id) ?? takeWork(id);
    works.set(id, work);
    last = new Calculator(section, work, python, libraries);
    shown.push(last);
  }
  if (!python || !shown.length) return;
  python.watchers = new Set(shown.map((calculator) => calculator.status.showStatus.bind(calculator.status)));
  python.start(); // in a worker: the page is not held up
});

/**
 * Start Python before the page with the calculator is there.
 * @param {string} manifest  the runtime's, as an absolute address
 */
export function startPython(manifest) {
  python ??= new Python(manifest);
  python.start();
}

// What is of no use to most, and is seen or done without being pressed.
/** @param {Calculator} calculator */
function haveParts({ section, work }) {
  if (section.querySelector("[data-board]")) part("board.js");
  if (work.scenarios.length) part("scenarios.js");
  if (works.size > 1) part("roster.js");
  if (location.hash.startsWith("#with=")) part("share.js");
}
onAttached(haveParts);
onShown(haveParts);
addEventListener("hashchange", () => shown.forEach(haveParts));

/** @param {string} id */
function takeWork(id) {
  const work = new Work();
  const lasting = keptPeople(id);
  const carried = takeCarried(id);
  work.damaged = carried === undefined;
  try {
    if (carried) work.resume(unpacked(carried.work));
  } catch {
    work.damaged = true;
  }
  if (!work.touched && lasting) {
    work.change({ plan: new Blob([lasting]) });
    work.saved = work.inputs;
    work.restored = true;
  }
  work.taken = work.inputs.plan;
  work.kept = lasting !== null;
  return work;
}

// One press forgets all people's data: in every tab, in their Python, and on this device.
document.addEventListener("playbook-forget", (event) => {
  event.preventDefault(); // progress-page.js would forget what is kept
  const about = [...works.values()].filter((work) => work.people);
  const here = about.filter((work) => work.touched || work.left.size).length;
  const steps = about.reduce((sum, { history, undone }) => sum + history.length + undone.length, 0);
  forgetWork();
  /** @type {((words: import("./words.js").Words) => string) | null} */
  let receipt = null;
  forgetPeople((erased) => {
    const before = receipt;
    receipt = (words) => filled(words.forgotten, { here, steps, ...erased });
    if (before) for (const one of shown) one.status.sayInstead(before(one.words), receipt(one.words));
    else showForgotten(receipt);
  });
});

onForgotten(() => {
  forgetWork();
  showForgotten((words) => words.forgotten_elsewhere);
});

function forgetWork() {
  // As its button to cancel does: nothing stays of what is in it.
  /** @type {HTMLElement | null} */ (document.querySelector(".pb-dialog [data-cancel]"))?.click();
  for (const work of works.values()) if (work.people) work.forget();
  python?.forget();
}

/** @param {(words: import("./words.js").Words) => string} receipt */
function showForgotten(receipt) {
  for (const calculator of shown) {
    if (calculator.work.people) calculator.showForgotten(receipt(calculator.words));
    else if (calculator.work.touched) calculator.compute();
  }
}

/**
 * Have work go along to another load of the page, with every step back; it may be too large for the tab's storage, and then
 * leaving is asked about.
 * @param {[string, Work][]} worked  by calculator
 */
async function carryAlong(worked) {
  for (const [id, work] of worked) {
    const { inputs } = work;
    for (const state of [work.state, { ...work.state, history: [], undone: [] }]) {
      if (!carry(id, { work: await packed(state) }, work.people)) continue;
      work.carried = inputs;
      break;
    }
  }
}

// The other language is another load of the page; all work in this tab goes along, and the place by playbook.js.
document.addEventListener(
  "click",
  async (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-language-switch]") : null;
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    for (const calculator of shown) calculator.entry.commit();
    const worked = [...works].filter(([, work]) => work.left.size > 0 || (work.touched && !(work.keptWhole && work.saved === work.inputs)));
    if (!worked.length || !last) return;
    event.preventDefault();
    event.stopPropagation();
    const { words } = last;
    const about = worked.some(([, work]) => work.people);
    const question = { title: words.carry_title, help: words.carry_help, accept: words.carry_use };
    if (about && !(await (await part("dialogs.js")).askWhether(words, question))) return;
    if (python?.status.state === "ready") await Promise.all(shown.map(({ puts }) => puts.putting));
    await carryAlong(worked);
    location.href = link.href;
  },
  true,
);

// Another version of the site is another load of the page.
document.addEventListener("playbook-reload", async (event) => {
  event.preventDefault(); // playbook.js would reload at once
  for (const calculator of shown) calculator.entry.commit();
  const here = placeOfPage();
  if (here) carry("place", here);
  await carryAlong([...works].filter(([, work]) => work.touched || work.left.size));
  location.reload();
});

window.addEventListener("beforeunload", (event) => {
  const unsaved = [...works.values()].some((work) => work.unsaved && work.carried !== work.inputs);
  if (unsaved || shown.some((calculator) => calculator.unfinished)) event.preventDefault();
});
