// The first of the page's own scripts, on every page: it loads what works with what stands there, fetches beforehand what
// calculators start from, and says when something did not come. Calculators themselves are in calculators.js.

import { carry, takeCarried } from "./device.js";
import { button, element } from "./elements.js";
import "./keys.js";
import { Lacking, part, partsOfPage } from "./parts.js";
import { placeOfPage, returnTo } from "./place.js";
import { prefetch, whenPointedAt } from "./prefetch.js";
import { isOther, newerThere } from "./version.js";
import { filled, siteWords } from "./words.js";

/** Whether Python is wanted by now, and fetches what it needs itself. */
let wanted = false;

window.document$.subscribe(() => {
  if (isOther()) return reload(); // a page of another version, under the scripts of this one
  // A window belongs to the page that it was opened on, and closes when the reader goes back from there.
  /** @type {HTMLDialogElement | null} */ (document.querySelector(".pb-dialog"))?.close();
  wanted ||= document.querySelector("[data-calculator]") !== null;
  prefetch(() => !wanted).catch(console.warn);
  // overrides/arrival.js waits for it.
  partsOfPage().then(() => document.dispatchEvent(new Event("playbook-arrived")));
  if (document.querySelector('meta[name="pb-page"][content="index.md"]')) part("recent.js").catch(console.warn);
});

// It is there on arrival then; the worker goes along with instant navigation.
whenPointedAt(async (manifest) => {
  wanted = true;
  const { startPython } = await part("calculators.js");
  startPython(manifest);
});

// The other language is another load of the page, at the same place; what was worked on goes along by calculators.js.
document.addEventListener(
  "click",
  ({ target }) => {
    const place = target instanceof Element && target.closest("a[data-language-switch]") ? placeOfPage() : null;
    if (place) carry("place", place);
  },
  true,
);
const place = takeCarried("place");
if (place) returnTo(place);

// --- parts that did not come -----------------------------------------------------------------------------

addEventListener("unhandledrejection", (event) => {
  if (!(event.reason instanceof Lacking)) return;
  event.preventDefault();
  console.warn(event.reason.cause);
  sayLacking(event.reason.message);
});

/** @param {string} file */
async function sayLacking(file) {
  const words = siteWords();
  const sentence = (await newerThere()) ? words.failed_upgraded : filled(words.lacking, { file });
  const said = [element("p", "", sentence), button(words.reload, { pressed: reload })];
  const places = document.querySelectorAll("[data-calculator] [data-status]");
  if (places.length) return places[0].replaceChildren(...said);
  const note = element("div", "pb-note");
  note.setAttribute("role", "alert");
  note.dataset.lacking = "";
  note.append(...said);
  document.querySelector("[data-lacking]")?.remove();
  document.querySelector("article")?.prepend(note);
}

/** Load the page anew; calculators bring the work along. */
function reload() {
  if (document.dispatchEvent(new Event("playbook-reload", { cancelable: true }))) location.reload();
}
