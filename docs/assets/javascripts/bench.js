// How inputs and result stand beside each other: the drawer or sheet of the inputs where there is no room for both, the menu
// of what is done with a result, the headline figures that stay in sight, which section is read, what a fold's line says of
// what is in it, and the hint that a table goes on. What it looks like is bench.css.

import { onAttached, onShown, register } from "./actions.js";
// It marks a figure before it is said once more.
import "./changes.js";
import { isBox } from "./entry.js";

/** @typedef {import("./calculator.js").Calculator} Calculator */

/** Where inputs and result have no room beside each other; as in bench.css. */
const NARROW = "(width < 75em)";

register("more", ({ section }, button) => showMenu(section, button.getAttribute("aria-expanded") !== "true"));
register("inputs", (calculator) => showInputs(calculator, !calculator.section.hasAttribute("data-inputs")));

onAttached((calculator) => {
  const { form, section } = calculator;
  form.tabIndex = -1; // to be gone to when it opens
  section.addEventListener("keydown", ({ key }) => key === "Escape" && isOpen(calculator) && showInputs(calculator, false));
  section.addEventListener("click", ({ target }) => target === section && showInputs(calculator, false)); // beside the sheet
  section.addEventListener("click", goToSection);
  section.addEventListener("click", leaveMenu, { capture: true }); // before what was pressed in it opens a window
  section.addEventListener("keydown", ({ key }) => key === "Escape" && showMenu(section, false));
  section.addEventListener("focusin", ({ target }) => {
    const result = section.querySelector("[data-result]");
    if (isOpen(calculator) && target instanceof Node && result?.contains(target)) showInputs(calculator, false, target);
  });
  for (const event of ["input", "change"]) form.addEventListener(event, () => showFoldValues(form));
  section.addEventListener("scroll", ({ target }) => target instanceof HTMLElement && showMore(target), { capture: true, passive: true });
  arranged(calculator);
});
onShown(arranged);

// Paper has a date.
addEventListener("beforeprint", () => {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-printed]"))) {
    place.textContent = ` ${new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" })}`;
  }
});

/** @param {Calculator} calculator */
function arranged(calculator) {
  watchWhatStays(calculator);
  showFoldValues(calculator.form);
  watchTables(calculator);
}

// --- the inputs as a drawer or sheet -------------------------------------------------------------------

/** @param {Calculator} calculator */
function isOpen({ section }) {
  return section.hasAttribute("data-inputs") && matchMedia(NARROW).matches;
}

/**
 * @param {Calculator} calculator
 * @param {boolean} open
 * @param {Node} [on]  what has the focus, where the reader has moved it
 */
function showInputs(calculator, open, on) {
  const { form, section } = calculator;
  section.toggleAttribute("data-inputs", open);
  const button = /** @type {HTMLElement | null} */ (section.querySelector(".pb-strip [data-action=inputs]"));
  button?.setAttribute("aria-expanded", String(open));
  if (!on && matchMedia(NARROW).matches) (open ? form : button)?.focus();
  measureWhatStays(section); // the figures lie elsewhere beside a drawer
}

// --- the menu of what is done with a result, where there is no room for all of it -------------------------

/**
 * @param {HTMLElement} section
 * @param {boolean} open
 */
function showMenu(section, open) {
  const opener = /** @type {HTMLElement | null} */ (section.querySelector("[data-action=more]"));
  if (!opener || open === (opener.getAttribute("aria-expanded") === "true")) return;
  opener.setAttribute("aria-expanded", String(open));
  opener.focus(); // a window that is opened from the menu leads back to it
}

/** @param {MouseEvent} event */
function leaveMenu({ currentTarget, target }) {
  const isOpener = target instanceof Element && target.closest("[data-action=more]");
  if (!isOpener && currentTarget instanceof HTMLElement) showMenu(currentTarget, false);
}

// --- the figures that stay in sight --------------------------------------------------------------------

/** @type {WeakMap<Element, IntersectionObserver>} */
const watched = new WeakMap();

/**
 * Say the headline figures once more where they stay in sight, to those who see them.
 * @param {Element} section
 */
function fillStrip(section) {
  section.querySelector("[data-strip]")?.replaceChildren(
    ...[...section.querySelectorAll("[data-headline]")].map((tile) => {
      const figure = document.createElement("div");
      for (const part of tile.querySelectorAll("dt, .pb-value, .pb-delta")) {
        const copy = document.createElement(part.tagName);
        copy.textContent = part.textContent;
        copy.className = part.className;
        figure.append(copy);
      }
      return figure;
    }),
  );
}

/**
 * Have them shown there once they themselves are out of sight.
 * @param {Element} section
 */
function watchFigures(section) {
  watched.get(section)?.disconnect();
  const row = section.querySelector("[data-headline]")?.parentElement;
  if (!row) return;
  const covered = coveredBy(section);
  const observer = new IntersectionObserver(
    ([{ boundingClientRect, rootBounds }]) =>
      section.toggleAttribute("data-scrolled", boundingClientRect.top < (rootBounds?.top ?? covered)),
    { rootMargin: `-${covered}px 0px 0px 0px`, threshold: [0, 1] },
  );
  observer.observe(row);
  watched.set(section, observer);
}

// --- what stays over the result --------------------------------------------------------------------------

/** What of a calculator stays in sight above its result, and the property that has its height (bench.css). */
const STAYS = { ".pb-bar": "--pb-bar", ".pb-contents": "--pb-contents" };
/** @type {WeakMap<Element, ResizeObserver>} */
const staying = new WeakMap();

/**
 * Have the style sheet know how high is what stays: a sentence or a row of sections may take two lines. All is measured before
 * any of it is told, since what is told has the whole result styled anew.
 * @param {HTMLElement} section
 */
function measureWhatStays(section) {
  fillStrip(section);
  const heights = Object.entries(STAYS).map(([selector, property]) => [property, section.querySelector(selector)?.clientHeight ?? 0]);
  for (const [property, height] of [...heights, ["--pb-strip", heightOfStrip(section)]]) {
    section.style.setProperty(String(property), `${height}px`);
  }
  watchFigures(section);
  followReader(section);
}

/** @param {Calculator} calculator */
function watchWhatStays({ section }) {
  staying.get(section)?.disconnect();
  const observer = new ResizeObserver(() => measureWhatStays(section));
  for (const part of section.querySelectorAll(Object.keys(STAYS).join())) observer.observe(part);
  staying.set(section, observer);
}

/**
 * @param {Element} section
 * @returns {number} pixels that the figures take below the bar, once they are there; on a phone they are elsewhere
 */
function heightOfStrip(section) {
  const figures = section.querySelector("[data-strip]");
  return figures && getComputedStyle(figures).position === "absolute" ? figures.clientHeight : 0;
}

/**
 * @param {Element} section
 * @returns {number} pixels at the top of the window that lie over the result
 */
function coveredBy(section) {
  const lowest = [...section.querySelectorAll(Object.keys(STAYS).join())].map((part) => {
    const { position, top } = getComputedStyle(part);
    return position === "sticky" ? Number.parseFloat(top) + part.clientHeight : 0;
  });
  return Math.ceil(Math.max(0, ...lowest));
}

// --- which section is read -------------------------------------------------------------------------------

/** @type {WeakMap<Element, { hash: string, at: number }>} the section that was gone to last, and where the page stood then */
const gone = new WeakMap();

/**
 * Go to a section of the result, and leave the address as it is: it may carry the inputs.
 * @param {MouseEvent} event
 */
function goToSection(event) {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || !(event.target instanceof Element)) return;
  const link = /** @type {HTMLAnchorElement | null} */ (event.target.closest(".pb-contents a"));
  const part = link && document.getElementById(link.hash.slice(1));
  const heading = part?.querySelector("h4");
  if (!part || !heading) return;
  event.preventDefault();
  heading.tabIndex = -1; // so that the next Tab goes on from there
  heading.focus({ preventScroll: true });
  part.scrollIntoView();
  const section = /** @type {HTMLElement} */ (event.currentTarget);
  gone.set(section, { hash: link.hash, at: scrollY });
  markRead(section, link);
}

/** So many pixels below what stays is what is read; a section that is gone to begins above (bench.css). */
const READ_BELOW = 20;

/** @type {WeakMap<Element, IntersectionObserver>} */
const followed = new WeakMap();

/**
 * Mark the section that is read in the row of sections, and bring it into sight there.
 * @param {HTMLElement} section
 * @param {HTMLAnchorElement} read
 */
function markRead(section, read) {
  for (const link of section.querySelectorAll(".pb-contents a")) {
    if (link === read) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const row = read.closest("ul");
  if (row) row.scrollLeft = read.offsetLeft - row.offsetLeft - (row.clientWidth - read.offsetWidth) / 2;
}

/**
 * Tell which section is read: the first below what stays, or the one that was gone to, as long as the page stands as it did
 * then. A short one near the page's end never comes up there.
 * @param {HTMLElement} section
 */
function followReader(section) {
  followed.get(section)?.disconnect();
  const links = /** @type {HTMLAnchorElement[]} */ ([...section.querySelectorAll(".pb-contents a")]);
  if (!links.length) return;
  const sections = links.map(({ hash }) => document.getElementById(hash.slice(1)));
  /** @type {Set<Element>} */
  const seen = new Set();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) seen[isIntersecting ? "add" : "delete"](target);
      const last = gone.get(section);
      const to = last?.at === scrollY && links.find(({ hash }) => hash === last.hash);
      const isAbove = seen.size === 0 && (sections[0]?.getBoundingClientRect().top ?? 0) > 0;
      const read = to || (isAbove ? links[0] : links[sections.findIndex((one) => one && seen.has(one))]);
      if (read) markRead(section, read); // else the page is below the result
    },
    { rootMargin: `-${coveredBy(section) + heightOfStrip(section) + READ_BELOW}px 0px -40% 0px` },
  );
  for (const one of sections) if (one) observer.observe(one);
  followed.set(section, observer);
}

// --- what is in a fold ---------------------------------------------------------------------------------

/**
 * Say in the line of every folded part what is in it: “20/30/50”, the name of a list.
 * @param {HTMLFormElement} form
 */
function showFoldValues(form) {
  const hides = form.querySelector("[name=pseudonyms]:checked") !== null;
  for (const fold of form.querySelectorAll("details.pb-group")) {
    const place = fold.querySelector("[data-fold-values]");
    const used = [...fold.querySelectorAll("[name]")].filter((box) => !box.closest("[data-field]")?.querySelector("[data-idle]:not([hidden])"));
    const values = used.map((box) => valueSeen(box, hides)).filter(Boolean);
    const list = fold.querySelector(".pb-read .pb-source b, .pb-table-view > .pb-source")?.textContent?.trim();
    const text = list ?? values.reduce((line, value) => `${line}${line && (isNumber(value) && isNumber(line.split(/[·/]/).at(-1) ?? "") ? "/" : " · ")}${value}`, "");
    if (place && place.textContent !== text) place.textContent = text;
  }
}

/**
 * @param {Element} box
 * @param {boolean} hides  whether names are not to be seen
 */
function valueSeen(box, hides) {
  if (!isBox(box) || box.dataset.reading || box.dataset.secret !== undefined) return "";
  if (hides && box.closest("[data-people]")) return "";
  if (box instanceof HTMLSelectElement) return box.selectedOptions[0]?.text ?? "";
  if (box.type !== "radio" && box.type !== "checkbox") return box.value.trim();
  const label = box.closest("label");
  return box instanceof HTMLInputElement && box.checked ? ((label?.querySelector("b") ?? label)?.textContent?.trim() ?? "") : "";
}

/** @param {string} text */
function isNumber(text) {
  return /^\s*[\d.,]+\s*$/.test(text);
}

// --- tables that go on beyond the edge -----------------------------------------------------------------

/** @type {WeakMap<Element, ResizeObserver>} */
const measured = new WeakMap();

/** @param {Calculator} calculator */
function watchTables({ section }) {
  measured.get(section)?.disconnect();
  const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => showMore(target)));
  for (const box of section.querySelectorAll("[data-result] .pb-scroll")) observer.observe(box);
  measured.set(section, observer);
}

/** @param {Element} box */
function showMore(box) {
  if (!box.matches(".pb-scroll")) return;
  box.parentElement?.toggleAttribute("data-more", box.scrollLeft + box.clientWidth < box.scrollWidth - 4);
}
