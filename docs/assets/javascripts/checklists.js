// Lists to tick on a page: what is ticked is kept on this device (ticks.js), counted, cleared and had back.

import { available, keep, kept } from "./device.js";
import { keepTicks, keptTicks, TICKS } from "./ticks.js";

/** A task list's boxes, its name on the device, and its head if the page gives it one. */
class TickList {
  /** @param {string} name @param {HTMLElement | null} head @param {HTMLInputElement[]} boxes */
  constructor(name, head, boxes) {
    this.name = TICKS + name;
    this.head = head;
    this.boxes = boxes;
    /** @type {string | null} what was ticked before everything was cleared */
    this.cleared = null;
    for (const box of boxes) {
      const item = box.closest("li");
      if (!box.labels?.length && item) {
        box.setAttribute("aria-label", (item.firstElementChild?.textContent || item.textContent || "").trim());
        item.addEventListener("click", (event) => {
          const on = event.target instanceof Element ? event.target : null;
          if (on?.closest("li") === item && !on.closest("a, input, button, summary, label")) box.click();
        });
      }
      box.addEventListener("change", () => this.changed());
    }
    if (head) {
      head.querySelector('[data-action="print"]')?.addEventListener("click", () => print());
      this.clearer = /** @type {HTMLButtonElement} */ (head.querySelector('[data-action="clear"]'));
      this.clearer.addEventListener("click", () => (this.cleared === null ? this.clear() : this.restore(this.cleared)));
      const note = /** @type {HTMLElement} */ (head.querySelector("[data-kept]"));
      const { damaged } = keptTicks(this.name);
      note.textContent = (damaged ? note.dataset.damaged : available() ? note.dataset.kept : note.dataset.lost) ?? "";
    }
    this.show();
  }

  /** @param {HTMLInputElement} box */
  key(box) {
    return String(this.boxes.indexOf(box));
  }

  /** Show what the device has kept; a box that has gone from the page is ignored. */
  show() {
    const { ticked } = keptTicks(this.name);
    for (const box of this.boxes) box.checked = ticked.has(this.key(box));
    this.count();
  }

  changed() {
    this.cleared = null;
    const ticked = this.boxes.filter((box) => box.checked);
    keepTicks(this.name, ticked.map((box) => this.key(box)), ticked.length === this.boxes.length);
    this.count();
  }

  clear() {
    this.cleared = kept(this.name) ?? "[]";
    keepTicks(this.name, [], false);
    this.show();
  }

  /** @param {string} ticked */
  restore(ticked) {
    this.cleared = null;
    keep(this.name, ticked);
    this.show();
    this.changed();
  }

  count() {
    if (!this.head || !this.clearer) return;
    const done = this.boxes.filter((box) => box.checked).length;
    const shown = /** @type {HTMLElement} */ (this.head.querySelector("[data-done]"));
    shown.textContent = `${shown.dataset.done} ${done} / ${this.boxes.length}`;
    const progress = /** @type {HTMLProgressElement} */ (this.head.querySelector("progress"));
    progress.max = this.boxes.length;
    progress.value = done;
    this.clearer.disabled = !done && this.cleared === null;
    this.clearer.textContent = (this.cleared === null ? this.clearer.dataset.clear : this.clearer.dataset.undo) ?? "";
  }
}

/** @type {TickList[]} */
let lists = [];

window.document$.subscribe(() => {
  const page = document.querySelector('meta[name="pb-page"]')?.getAttribute("content") ?? "";
  lists = [];
  let name = page;
  /** @type {HTMLElement | null} */
  let head = null;
  /** @type {HTMLInputElement[]} */
  let boxes = [];
  const finish = () => boxes.length && lists.push(new TickList(name, head, boxes));
  // In the order of the page: a head, and the boxes up to the next one.
  for (const found of document.querySelectorAll("article :is([data-checklist], .task-list-item > input)")) {
    if (found instanceof HTMLInputElement) {
      boxes.push(found);
    } else if (found instanceof HTMLElement) {
      finish();
      [name, head, boxes] = [found.dataset.checklist ?? page, found, []];
    }
  }
  finish();
});

// Another tab has ticked something.
window.addEventListener("storage", () => lists.forEach((list) => list.show()));
