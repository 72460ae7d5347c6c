// Attaches the calculators of the page that is shown, after loading and after every instant navigation.
// The tab's one Python and the reader's work live here, so that both outlive a change of page.

import { Calculator, Work, keptName } from "./calculator.js";
import { forget, kept } from "./device.js";
import { askWhether } from "./dialogs.js";
import { packed, unpacked } from "./packed.js";
import { prefetch } from "./prefetch.js";
import { Python } from "./python.js";
import { small } from "./verified.js";
import { isOther } from "./version.js";

/** @type {Python | null} */
let python = null;
/** @type {Promise<{ libraries: Record<string, string> }> | null} */
let manifest = null;
/** @type {Map<string, Work>} */
const works = new Map();
/** @type {Calculator[]} */
let shown = [];

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

/**
 * Where work is kept while the page is loaded anew in the other language: in this tab only, and only until then. The
 * storage is shared by everything on the host, hence the site's path, which the runtime's address begins with.
 * @param {string} id
 */
const carriedKey = (id) => `playbook:${python?.manifest.replace(/assets\/runtime\/[^/]*$/, "")}:${id}`;

window.document$.subscribe(() => {
  if (isOther()) location.reload(); // a page of another version, under the scripts of this one
  const sections = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-calculator]"));
  shown = [];
  for (const section of sections) {
    const address = new URL(section.dataset.runtime ?? "", location.href).href;
    python ??= new Python(address);
    manifest ??= readManifest(address).catch((error) => {
      manifest = null;
      throw error;
    });
    const id = section.dataset.calculator ?? "";
    const work = works.get(id) ?? takeCarried(id);
    works.set(id, work);
    shown.push(new Calculator(section, work, python, manifest));
  }
  if (!shown.length) prefetch(() => !python).catch(console.warn);
  if (!python || !shown.length) return;
  python.watchers = new Set(shown.map((calculator) => calculator.showStatus.bind(calculator)));
  python.start(); // in a worker: the page is not held up
});

/** @param {string} id */
function takeCarried(id) {
  const work = new Work();
  const lasting = kept(keptName(id));
  /** @type {{ plan: string | null, unsaved: boolean, inputs?: string }} */
  let carried = { plan: lasting, unsaved: false, inputs: "" };
  try {
    carried = JSON.parse(sessionStorage.getItem(carriedKey(id)) ?? "null") ?? carried;
    sessionStorage.removeItem(carriedKey(id));
  } catch {
    // Storage can be forbidden; then there is nothing to take.
  }
  const { plan, unsaved, inputs } = carried;
  if (inputs) work.change(unpacked(inputs));
  else if (plan) work.change({ plan: new Blob([plan]) });
  if (unsaved) work.carried = work.inputs.plan;
  work.kept = lasting !== null;
  work.restored = plan !== null && plan === lasting;
  return work;
}

// One press forgets all people's data: in this tab, in its Python, and on this device.
document.addEventListener("playbook-forget", () => {
  forget("people:");
  for (const work of works.values()) if (work.people) work.forget();
  python?.forget();
  for (const calculator of shown) {
    if (calculator.work.people) calculator.showForgotten();
    else if (calculator.work.touched) calculator.compute();
  }
});

// The other language is another load of the page; the work goes along as a plan.
document.addEventListener(
  "click",
  async (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-language-switch]") : null;
    const worked = shown.filter(({ work }) => work.touched);
    if (!(link instanceof HTMLAnchorElement) || !worked.length || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (python?.status.state === "failed") return; // who would make the plan? the link is one as any other
    event.preventDefault();
    event.stopPropagation();
    for (const calculator of worked) {
      const { work, words } = calculator;
      if (work.kept && !calculator.keptTables().length) continue;
      const question = { title: words.carry_title, help: words.carry_help, accept: words.carry_use };
      if (work.people && !(await askWhether(words, question))) return;
      try {
        const plan = await calculator.plan();
        const { unsaved } = work;
        if (plan) sessionStorage.setItem(carriedKey(calculator.id), JSON.stringify({ plan, unsaved }));
        work.saved = work.inputs;
      } catch (error) {
        console.warn(error); // too large for the tab's storage: then the warning before leaving stands
      }
    }
    location.href = link.href;
  },
  true,
);

// Another version of the site is another load of the page; the work goes along as it is, since there may be no Python.
document.addEventListener("playbook-reload", async () => {
  for (const [id, work] of works) {
    if (!work.touched) continue;
    try {
      const inputs = await packed(work.inputs);
      sessionStorage.setItem(carriedKey(id), JSON.stringify({ plan: null, unsaved: work.unsaved, inputs }));
      work.saved = work.inputs;
    } catch (error) {
      console.warn(error); // as above
    }
  }
  location.reload();
});

// A file that misses its place would be opened by the browser instead of this page, and the work with it gone.
document.addEventListener("dragover", (event) => {
  if (!shown.length || event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "none";
});

window.addEventListener("beforeunload", (event) => {
  if ([...works.values()].some((work) => work.unsaved)) event.preventDefault();
});

document.dispatchEvent(new Event("playbook-arrived")); // overrides/arrival.js waits for it
