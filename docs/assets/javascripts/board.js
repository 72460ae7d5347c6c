// Moving somebody on a board of the result: choosing them with pointer, keyboard or finger opens a window that asks where
// to, who decides and why; a mouse or pen can drag them there first. What is decided becomes a row of an input table
// (puts.js puts it); nothing is moved here.

import { onAttached, onShown, register } from "./actions.js";
import { today } from "./days.js";
import { ask } from "./dialogs.js";
import { element, labelled } from "./elements.js";
import { filled } from "./words.js";

/** @typedef {import("./calculator.js").Calculator} Calculator */

/** How far a press may slip and still be a click. */
const DRAG_PIXELS = 6;

// The entries of a calculator's boards can be dragged.
onAttached((calculator) => {
  calculator.section.addEventListener("pointerdown", (event) => {
    const entry = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest("[data-entry]")) : null;
    // A finger on an entry scrolls the page or taps it.
    if (entry && event.button === 0 && event.pointerType !== "touch") follow(calculator, entry, event);
  });
});

/**
 * @param {Calculator} calculator
 * @param {HTMLElement} entry
 * @param {PointerEvent} start
 */
function follow(calculator, entry, start) {
  const board = /** @type {HTMLElement} */ (entry.closest("[data-board]"));
  /** @type {HTMLElement | null} */
  let ghost = null;
  /** @type {Element | null} */
  let over = null;
  const ended = new AbortController();
  const { signal } = ended;

  /** @param {Element | null} place */
  const show = (place) => {
    over?.removeAttribute("data-over");
    over = place;
    over?.setAttribute("data-over", "");
  };
  const end = () => {
    ended.abort();
    show(null);
    ghost?.remove();
  };
  addEventListener(
    "pointermove",
    (event) => {
      if (!ghost && Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) < DRAG_PIXELS) return;
      ghost ??= document.body.appendChild(/** @type {HTMLElement} */ (entry.cloneNode(true)));
      ghost.classList.add("pb-ghost");
      ghost.style.translate = `${event.clientX}px ${event.clientY}px`;
      const place = document.elementFromPoint(event.clientX, event.clientY)?.closest("td[data-place]") ?? null;
      show(board.contains(place) ? place : null);
    },
    { signal },
  );
  addEventListener(
    "pointerup",
    () => {
      const dragged = ghost !== null;
      const place = over?.getAttribute("data-place");
      end();
      if (!dragged) return;
      // The click that a drag ends with is none, and comes at once if at all.
      const swallow = (/** @type {Event} */ click) => click.stopPropagation();
      addEventListener("click", swallow, { capture: true, once: true });
      setTimeout(() => removeEventListener("click", swallow, { capture: true }));
      if (place) calculator.puts.move(entry, place);
    },
    { signal },
  );
  addEventListener("pointercancel", end, { signal });
  addEventListener("keydown", (event) => event.key === "Escape" && end(), { signal });
}

/**
 * Ask where somebody is to stand, who decides and why.
 * @param {Calculator} calculator
 * @param {HTMLElement} entry
 * @param {string} [to] the place to begin with; else where they are
 * @returns {Promise<{ moved_to: string, decided_by: string, why: string, decided_on: string } | null>} what was decided,
 *   by the columns of the row that is put
 */
export async function askMove(calculator, entry, to) {
  const { words } = calculator;
  const board = /** @type {HTMLElement} */ (entry.closest("[data-board]"));
  const from = /** @type {HTMLElement} */ (entry.closest("[data-place]"));
  const places = /** @type {HTMLElement[]} */ ([...board.querySelectorAll("td[data-place]")]);
  const hides = calculator.entry.typed().pseudonyms === "yes";
  const left = calculator.left(`move ${entry.dataset.entry}`);
  const begun = left.value ?? { decided_by: hides ? "" : calculator.work.decider, why: "", decided_on: today() };
  const begunAt = places.find(({ dataset }) => dataset.name === begun.moved_to)?.dataset.place;
  const content = element("div", "pb-move");
  content.append(choice(words.move_to, places, to ?? begunAt ?? from.dataset.place ?? ""));
  const by = needed(words.move_by, "input", begun.decided_by, words, 80);
  const why = needed(words.move_why, "textarea", begun.why, words, 500);
  const on = needed(words.move_on, "input", begun.decided_on, words, 80);
  /** @type {HTMLInputElement} */ (on.box).type = "date";
  on.box.value = begun.decided_on;
  content.append(by.label, why.label, on.label);
  const decided = await ask({
    title: filled(words.move_title, { name: entry.dataset.entry ?? "" }),
    help: [filled(words.move_help, { place: from.dataset.name ?? "" }), entry.dataset.because ?? ""].filter(Boolean).join(" "),
    accept: words.move_use,
    words,
    content,
    value: () => ({
      moved_to: /** @type {HTMLInputElement | null} */ (content.querySelector("input:checked"))?.value ?? "",
      decided_by: by.box.value.trim(),
      why: why.box.value.trim(),
      decided_on: on.box.value,
    }),
    left: left.leave,
  });
  if (decided) calculator.work.decider = decided.decided_by;
  return decided;
}

/**
 * The places as they stand on the board, one to be chosen.
 * @param {string} label
 * @param {HTMLElement[]} places
 * @param {string} chosen
 */
function choice(label, places, chosen) {
  const group = document.createElement("fieldset");
  group.append(element("legend", "pb-label", label));
  const grid = element("div", "pb-move-places");
  for (const { dataset } of places) {
    const box = document.createElement("input");
    Object.assign(box, { type: "radio", name: "place", value: dataset.name, required: true });
    box.checked = dataset.place === chosen;
    const option = element("label", "");
    option.append(box, element("span", "", dataset.name ?? ""));
    grid.append(option);
  }
  group.append(grid);
  return group;
}

/**
 * Something that has to be filled in, under its name. What is too long is said, and not cut off.
 * @param {string} name
 * @param {"input" | "textarea"} kind
 * @param {string} value
 * @param {import("./words.js").Words} words
 * @param {number} most  characters
 */
function needed(name, kind, value, words, most) {
  const box = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (document.createElement(kind));
  box.required = true;
  box.autocomplete = "off"; // names of people are not for the browser to keep
  box.value = value;
  const wrong = () => {
    const count = box.value.trim().length;
    return !count ? words.move_needed : count > most ? filled(words.too_long_here, { most, count }) : "";
  };
  const check = () => box.setCustomValidity(wrong());
  box.addEventListener("input", check);
  check();
  return { label: labelled(name, box), box };
}

// Beside a board what was done there can be undone without going to the form.
register("undo-here", (calculator) => calculator.undo());
onShown(({ section, work }) => {
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (section.querySelectorAll('[data-action="undo-here"]'))) {
    button.disabled = work.history.length === 0;
  }
});
