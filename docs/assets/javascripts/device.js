// All that this site writes into a browser: what a reader lets this device keep (ticked steps, a quarter's answers, a list of
// people), what it keeps by itself unless the reader turns that off (inputs that name nobody), what is carried along to the
// other language, and the word to other tabs that people's data is forgotten. No other file writes into a storage, so this
// one knows every place where names of people can be. Nothing is ever sent.

// The storage is shared by everything on the host, hence the site's own address before each name. This file is in
// SITE/assets/playbook-…/javascripts/.
const PREFIX = `playbook:${new URL("../../../", import.meta.url).pathname}:`;
const PEOPLE = "people:";
const CARRIED = `${PREFIX}carried:`;
/** When people's data was forgotten last, in whichever tab; a tab that has not heard of it keeps nothing more. */
const FORGOTTEN = "forgotten";
/** How long what is carried along may take to be read. */
const CARRIED_MS = 60_000;
/** How long other tabs may take to say that they have forgotten, before the receipt is shown; it is completed after that. */
const ANSWER_MS = 400;

/** @typedef {{ kept: number, carried: number, tabs: number }} Erased  how many texts, and how many other tabs */

/** Whether this browser keeps anything for this site; a policy or a private window may forbid it. */
export function available() {
  return keep("?", "") && erase("localStorage", (name) => name === `${PREFIX}?`) > 0;
}

/**
 * Keeps a text; false if there is no room or no permission.
 * @param {string} name
 * @param {string} text
 */
export function keep(name, text) {
  try {
    localStorage.setItem(PREFIX + name, text);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} name
 * @returns {string | null}
 */
export function kept(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/**
 * Keeps a calculator's data about people; not where another tab has forgotten them and this one has not heard of it yet.
 * @param {string} id
 * @param {string} plan
 */
export function keepPeople(id, plan) {
  if (forgottenLast() !== heard) return false;
  const is = keep(PEOPLE + id, plan);
  if (forgottenLast() === heard) return is;
  forgetKept(id);
  return false;
}

/**
 * @param {string} id
 * @returns {string | null}
 */
export function keptPeople(id) {
  return kept(PEOPLE + id);
}

/** @param {string} id */
export function forgetKept(id) {
  erase("localStorage", (name) => name === PREFIX + PEOPLE + id);
}

// --- inputs that hold no people's data -------------------------------------------------------------------

const INPUTS = "inputs:";
/** Those of a calculator about people are forgotten with everything about people, though they name none. */
const ABOUT_PEOPLE = ".inputs";
/** "off" where the reader wants nothing to be kept by itself. */
const AUTOSAVE = "autosave";
/** The pages of calculators that were opened last. */
const RECENT = "recent";
const RECENT_AT_MOST = 4;

/** Whether inputs are kept by themselves. */
export function autosaves() {
  return kept(AUTOSAVE) !== "off";
}

/**
 * Has inputs kept by themselves from now on, or not, and then nothing of them stays; in all tabs.
 * @param {boolean} on
 */
export function setAutosave(on) {
  if (on) return erase("localStorage", (name) => name === PREFIX + AUTOSAVE);
  const all = [`${PREFIX}${INPUTS}`, `${PREFIX}${PEOPLE}`, `${PREFIX}${RECENT}`];
  erase("localStorage", (name) => name.startsWith(all[0]) || name === all[2] || (name.startsWith(all[1]) && name.endsWith(ABOUT_PEOPLE)));
  return keep(AUTOSAVE, "off");
}

/**
 * Have something done when another tab has turned keeping on or off.
 * @param {() => void} listener
 */
export function onAutosave(listener) {
  addEventListener("storage", ({ key }) => key === PREFIX + AUTOSAVE && listener());
}

/**
 * Have something done when another tab has kept its inputs of a calculator, or none, in the place of this tab's.
 * @param {(id: string) => void} listener
 */
export function onInputsKept(listener) {
  onKept(INPUTS, "", listener);
  onKept(PEOPLE, ABOUT_PEOPLE, listener);
}

/**
 * Have something done when another tab has kept people's data of a calculator in the place of this tab's.
 * @param {(id: string) => void} listener
 */
export function onPeopleKept(listener) {
  onKept(PEOPLE, "", (id) => !id.endsWith(ABOUT_PEOPLE) && listener(id));
}

/**
 * @param {string} before  the id of a calculator
 * @param {string} after  it
 * @param {(id: string) => void} listener
 */
function onKept(before, after, listener) {
  addEventListener("storage", ({ key }) => {
    const name = key?.startsWith(PREFIX) ? key.slice(PREFIX.length) : "";
    if (name.startsWith(before) && name.endsWith(after)) listener(name.slice(before.length, name.length - after.length));
  });
}

/**
 * @param {string} id  of a calculator, or of the test
 * @param {boolean} people  whether it is about people
 * @param {string} text
 */
export function keepInputs(id, people, text) {
  return people ? keepPeople(id + ABOUT_PEOPLE, text) : keep(INPUTS + id, text);
}

/**
 * @param {string} id
 * @param {boolean} people
 */
export function keptInputs(id, people) {
  return people ? keptPeople(id + ABOUT_PEOPLE) : kept(INPUTS + id);
}

/**
 * @param {string} id
 * @param {boolean} people
 */
export function forgetInputs(id, people) {
  if (people) forgetKept(id + ABOUT_PEOPLE);
  else erase("localStorage", (name) => name === PREFIX + INPUTS + id);
}

/** @param {string} page  of a calculator, from the top of its language */
export function noteRecent(page) {
  if (autosaves()) keep(RECENT, JSON.stringify([page, ...recent().filter((other) => other !== page)].slice(0, RECENT_AT_MOST)));
}

/** @returns {string[]} the pages of calculators that were opened last, the latest first */
export function recent() {
  try {
    const pages = JSON.parse(kept(RECENT) ?? "[]");
    return Array.isArray(pages) ? pages.filter((page) => typeof page === "string") : [];
  } catch {
    return [];
  }
}

export function forgetRecent() {
  erase("localStorage", (name) => name === PREFIX + RECENT);
}

/**
 * Leaves something for the next page of this tab to read, within a minute; false if there is no room or no permission.
 * @param {string} name
 * @param {object} content
 * @param {boolean} [people]  whether it is about people: then nobody reads it once another tab has forgotten them
 */
export function carry(name, content, people = false) {
  try {
    const until = Date.now() + CARRIED_MS;
    sessionStorage.setItem(CARRIED + name, JSON.stringify({ content, until, ...(people ? { heard } : {}) }));
    return true;
  } catch {
    return false;
  }
}

/**
 * Takes what the page before has left; it is gone then.
 * @param {string} name
 * @returns {any} null where there is nothing, or nothing of this minute; undefined where it cannot be read
 */
export function takeCarried(name) {
  let text = null;
  try {
    text = sessionStorage.getItem(CARRIED + name);
    sessionStorage.removeItem(CARRIED + name);
  } catch {
    return null; // storage can be forbidden; then nothing was carried either
  }
  if (text === null) return null;
  try {
    const { content, until, heard: before = heard } = JSON.parse(text);
    if (until <= Date.now() || before !== heard) return null;
    return Number.isFinite(until) && typeof content === "object" && content !== null ? content : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Forgets all people's data that this site has written anywhere, and has the other tabs do the same.
 * @param {(erased: Erased) => void} listener  told when they have had time to answer, and again of each that was slower
 */
export async function forgetPeople(listener) {
  heard = `${Date.now()}.${Math.random()}`;
  const marked = keep(FORGOTTEN, heard); // first: from now on no tab that has not heard writes anything
  const erased = forgetHere();
  if (!marked) keep(FORGOTTEN, heard); // there was no room before
  answered = 0;
  toldOfAnswer = () => {};
  channel?.postMessage({ forget: heard });
  await new Promise((resolve) => setTimeout(resolve, channel ? ANSWER_MS : 0));
  toldOfAnswer = () => listener({ ...erased, tabs: answered });
  toldOfAnswer();
}

/**
 * Have something done when another tab has forgotten people's data.
 * @param {() => void} listener
 */
export function onForgotten(listener) {
  listeners.push(listener);
}

function forgetHere() {
  return {
    kept: erase("localStorage", (name) => name.startsWith(PREFIX + PEOPLE)),
    carried: erase("sessionStorage", (name) => name.startsWith(CARRIED)),
  };
}

/**
 * @param {"localStorage" | "sessionStorage"} storage
 * @param {(name: string) => boolean} which
 * @returns {number} how many texts were erased; none where nothing can be kept
 */
function erase(storage, which) {
  try {
    const names = Object.keys(window[storage]).filter(which);
    for (const name of names) window[storage].removeItem(name);
    return names.length;
  } catch {
    return 0;
  }
}

// --- other tabs ------------------------------------------------------------------------------------------

/** What was forgotten last, as far as this tab has heard. */
let heard = forgottenLast();
let answered = 0;
let toldOfAnswer = () => {};
/** @type {(() => void)[]} */
const listeners = [];
const channel = opened();

/** What says when people's data was forgotten last; null where nothing does, or what stands there is none of ours. */
function forgottenLast() {
  const said = kept(FORGOTTEN);
  return said !== null && /^\d+\.[\d.e-]+$/.test(said) ? said : null;
}

/** @returns {BroadcastChannel | null} none in old browsers, nor in Firefox where it may keep nothing */
function opened() {
  try {
    return new BroadcastChannel(`${PREFIX}people`);
  } catch {
    return null;
  }
}

/** @param {string | null} said */
function hear(said) {
  if (said === null || said === heard) return;
  heard = said;
  forgetHere();
  for (const listener of listeners) listener();
}

channel?.addEventListener("message", ({ data }) => {
  if ("forgotten" in data) {
    if (data.forgotten !== heard) return;
    answered += 1;
    toldOfAnswer();
  } else {
    hear(data.forget);
    channel.postMessage({ forgotten: data.forget });
  }
});
addEventListener("storage", ({ key }) => key === PREFIX + FORGOTTEN && hear(forgottenLast()));
// A page that the browser had put aside, or to sleep, heard nothing.
addEventListener("pageshow", () => hear(forgottenLast()));
document.addEventListener("visibilitychange", () => hear(forgottenLast()));

// What the page before has left and nobody took: the page that it was for did not come, or another came first.
// What cannot be read waits for the page that says so, a minute too.
erase("sessionStorage", (name) => name.startsWith(CARRIED) && lapses(name) <= Date.now());
setTimeout(() => erase("sessionStorage", (name) => name.startsWith(CARRIED) && !(lapses(name) > Date.now())), CARRIED_MS);

/**
 * @param {string} name
 * @returns {number} when what is carried under it lapses; none where it cannot be read
 */
function lapses(name) {
  try {
    return Number(JSON.parse(sessionStorage.getItem(name) ?? "").until);
  } catch {
    return NaN;
  }
}
