// A window to go anywhere by a few letters: the calculators, the pages, and what can be done on this page; found by the titles
// of both languages and the words that search knows them by (search/pages.json, macros/site.py).

import { calculatorsShown } from "./actions.js";
import { element } from "./elements.js";
import { REMOTE } from "./files.js";
import { siteWords } from "./words.js";

/** @typedef {{ title: string, words: string, run: () => void }} Choice */

const SHOWN = 12;
const config = /** @type {{ base: string }} */ (JSON.parse(document.getElementById("__config")?.textContent ?? "{}"));
/** Where the pages of the reader's language begin. */
const base = new URL(config.base, location.href);
/** @type {Promise<[string, string, string][]> | null} address, title and other words of each page */
let pages = null;

async function readPages() {
  if (REMOTE) return (await fetch(new URL("search/pages.json", base))).json();
  const script = Object.assign(document.createElement("script"), { src: new URL("search/pages.js", base).href });
  await new Promise((resolve, reject) => {
    Object.assign(script, { onload: resolve, onerror: reject });
    document.head.append(script);
  });
  return /** @type {any} */ (globalThis).playbookPages;
}

/** @returns {Choice[]} what the buttons of the page do, each once */
function actionsHere() {
  const places = calculatorsShown().length ? calculatorsShown().map(({ section }) => section) : [document.querySelector("article")];
  const buttons = places.flatMap((place) => [.../** @type {NodeListOf<HTMLButtonElement>} */ (place?.querySelectorAll("button[data-action]") ?? [])]);
  /** @type {Map<string, Choice>} */
  const found = new Map();
  for (const button of buttons) {
    const title = (button.getAttribute("aria-label") ?? button.textContent ?? "").trim();
    if (!title || button.disabled || found.has(title) || !(button.getClientRects().length || button.closest(".pb-menu"))) continue;
    found.set(title, { title, words: "", run: () => button.click() });
  }
  return [...found.values()];
}

/**
 * How well a choice is what was typed: all its words are there; those of a title weigh more than others, its beginning most.
 * @param {Choice} choice
 * @param {string[]} typed
 */
function rank({ title, words }, typed) {
  const [name, rest] = [title.toLowerCase(), words.toLowerCase()];
  let sum = 0;
  for (const word of typed) {
    if (name.startsWith(word)) sum += 4;
    else if (name.includes(word)) sum += 3;
    else if (rest.includes(word)) sum += 1;
    else return 0;
  }
  return sum || 1;
}

export async function openPalette() {
  if (document.querySelector("dialog[open]")) return;
  const words = siteWords();
  const dialog = document.createElement("dialog");
  dialog.className = "pb-dialog pb-palette";
  dialog.setAttribute("aria-label", words.palette);
  const box = Object.assign(document.createElement("input"), { type: "text", placeholder: words.palette_help, autocomplete: "off" });
  const list = document.createElement("ul");
  list.id = "pb-palette";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.palette);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "true", "aria-controls": list.id, "aria-label": words.palette })) {
    box.setAttribute(name, value);
  }
  const none = element("p", "pb-help", words.palette_none);
  none.hidden = true;
  none.setAttribute("role", "status");
  dialog.append(box, list, none);
  document.body.append(dialog);
  dialog.showModal();

  /** @type {Choice[]} */
  let choices = actionsHere();
  /** @type {Choice[]} */
  let found = [];
  let at = 0;
  const mark = () => {
    for (const [place, item] of [...list.children].entries()) item.setAttribute("aria-selected", String(place === at));
    const chosen = list.children[at];
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) box.setAttribute("aria-activedescendant", chosen.id);
    else box.removeAttribute("aria-activedescendant");
  };
  const show = () => {
    const typed = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    const ranked = choices.map((choice) => ({ choice, rank: rank(choice, typed) })).filter((one) => one.rank);
    found = ranked.sort((one, other) => other.rank - one.rank).slice(0, SHOWN).map(({ choice }) => choice);
    const items = found.map(({ title }, place) => {
      const item = Object.assign(document.createElement("li"), { id: `${list.id}-${place}`, textContent: title });
      item.setAttribute("role", "option");
      item.addEventListener("click", () => go(place));
      return item;
    });
    list.replaceChildren(...items);
    none.hidden = items.length > 0;
    at = 0;
    mark();
  };
  const go = (/** @type {number} */ place) => {
    const choice = found[place];
    dialog.close();
    choice?.run();
  };
  box.addEventListener("input", show);
  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation(); // Material has keys of its own
    if (event.isComposing) return;
    if (event.key === "Enter") go(at);
    else if (event.key === "ArrowDown") at = Math.min(at + 1, found.length - 1);
    else if (event.key === "ArrowUp") at = Math.max(at - 1, 0);
    else return;
    event.preventDefault();
    mark();
  });
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  show();
  try {
    pages ??= readPages();
    const all = await pages;
    choices = [...choices, ...all.map(([address, title, rest]) => ({ title, words: rest, run: () => follow(address) }))];
    show();
  } catch {
    pages = null; // to be asked for again; what can be done here is there
  }
}

/** @param {string} address  from the top of the language */
function follow(address) {
  const link = Object.assign(document.createElement("a"), { href: new URL(address, base).href });
  document.body.append(link); // as if it had been pressed, so that site.js loads the page in place
  link.click();
  link.remove();
}
