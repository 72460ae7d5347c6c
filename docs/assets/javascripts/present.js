// The result shown to others: full screen, in large type, a step at a time by keyboard, mouse or finger. With names hidden
// Python computes it anew from pseudonyms, so that no name is in the page that is shown, for eyes or for a screen reader.

import { register } from "./actions.js";
import { loadECharts, mount } from "./charts.js";
import { button, element } from "./elements.js";
import { showHtml } from "./trusted.js";
import { filled } from "./words.js";

/** @typedef {import("./calculator.js").Calculator} Calculator */

/** What is no matter for an audience: what became of each row of a list, and what pseudonyms still tell. */
const LEFT_OUT = ["rows_read", "reveals"];
const FIGURES_AT_ONCE = 6;
const SWIPE_PIXELS = 50;
/** Pseudonyms of one showing are the same at every press. */
const word = Array.from(crypto.getRandomValues(new Uint32Array(4)), String).join("-");

register("present", (calculator, pressed) => new Show(calculator, pressed));

/**
 * Cut a result into steps, each a heading and what stands below it.
 * @param {Element} result
 * @returns {{ title: string, content: Element[] }[]}
 */
function stepsOf(result) {
  return [...result.querySelectorAll("[data-section]")].flatMap((section) => {
    if (LEFT_OUT.includes(section.getAttribute("data-section") ?? "")) return [];
    const title = section.querySelector("h2, h3, h4")?.textContent ?? "";
    const tiles = [...section.querySelectorAll(".pb-figures > div")];
    const length = Math.ceil(tiles.length / FIGURES_AT_ONCE);
    const size = Math.ceil(tiles.length / length); // none is left over for a step of its own
    const contents = Array.from({ length }, (_, at) => {
      const list = document.createElement("dl");
      list.className = "pb-figures";
      list.append(...tiles.slice(at * size, (at + 1) * size).map(toShow));
      return list;
    });
    const rest = [...section.querySelectorAll("[data-board], [data-chart], [data-table]:not(.pb-empty), .pb-notices")];
    return [...contents, ...rest.map(toShow)].map((content) => ({ title, content: [content] }));
  });
}

/**
 * Copy a part of a result to be looked at only: nothing in it can be pressed, and everything is unfolded.
 * @param {Element} part
 */
function toShow(part) {
  const copy = /** @type {Element} */ (part.cloneNode(true));
  for (const gone of copy.querySelectorAll(".pb-actions, [data-needs-script]")) gone.remove();
  for (const acted of copy.querySelectorAll("button, input")) {
    const shown = document.createElement("span");
    if (acted instanceof HTMLInputElement) shown.textContent = acted.value;
    else shown.append(...acted.childNodes);
    acted.replaceWith(shown);
  }
  for (const folded of copy.querySelectorAll("details")) folded.open = true;
  for (const one of [copy, ...copy.querySelectorAll("*")]) {
    if (!one.closest("svg")) one.removeAttribute("id"); // a drawing's parts know one another by theirs
    for (const name of ["data-put", "data-action", "data-entry", "data-headline", "data-words", "title"]) one.removeAttribute(name);
    if (one.matches("td[tabindex]")) one.removeAttribute("tabindex");
  }
  return copy;
}

class Show {
  /**
   * @param {Calculator} calculator
   * @param {HTMLElement} pressed  to be led back to
   */
  constructor(calculator, pressed) {
    this.calculator = calculator;
    const { outcome, words } = calculator;
    this.words = words;
    this.at = 0;
    this.hidden = false;
    /** Counts the presses on hiding, so that the last one stands. */
    this.turn = 0;
    this.steps = stepsOf(outcome.result());
    /** @type {Record<string, object>} options of charts that are not drawn yet */
    this.charts = {};
    this.dialog = document.createElement("dialog");
    this.dialog.className = "pb-dialog pb-present";
    this.dialog.setAttribute("aria-label", words.present);
    this.stage = element("div", "pb-stage md-typeset");
    this.stage.tabIndex = -1;
    this.count = document.createElement("p");
    this.count.setAttribute("role", "status");
    this.back = button("‹", { pressed: () => this.go(this.at - 1), label: words.present_back });
    this.on = button("›", { pressed: () => this.go(this.at + 1), label: words.present_on });
    this.hiding = button(words.present_hide, { pressed: () => this.hide(!this.hidden) });
    const bar = element("div", "pb-actions");
    bar.append(this.back, this.on, this.count, this.hiding, button(words.close, { pressed: () => this.dialog.close() }));
    this.frame = element("div", "pb-frame");
    this.frame.append(this.stage, bar);
    this.dialog.append(this.frame);
    this.listen(pressed);
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.stage.focus();
    // In a phone's browser or a frame there may be none; the window is as large as the page then.
    this.frame.requestFullscreen?.().catch(() => {});
    this.show();
  }

  /** @param {HTMLElement} pressed */
  listen(pressed) {
    const { dialog, stage } = this;
    const ended = new AbortController();
    const { signal } = ended;
    dialog.addEventListener("keydown", (event) => {
      event.stopPropagation(); // Material has keys of its own
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const onButton = event.target instanceof HTMLButtonElement;
      /** @type {Record<string, () => void>} */
      const does = {
        ArrowRight: () => this.go(this.at + 1),
        PageDown: () => this.go(this.at + 1),
        ArrowLeft: () => this.go(this.at - 1),
        PageUp: () => this.go(this.at - 1),
        Home: () => this.go(0),
        End: () => this.go(this.steps.length - 1),
        n: () => this.hide(!this.hidden),
        N: () => this.hide(!this.hidden),
        ...(onButton ? {} : { " ": () => this.go(this.at + 1) }),
      };
      if (!(event.key in does)) return;
      event.preventDefault();
      does[event.key]();
    });
    document.addEventListener("fullscreenchange", () => !document.fullscreenElement && dialog.close(), { signal });
    dialog.addEventListener("close", () => {
      ended.abort();
      if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
      dialog.remove();
      pressed.focus();
    });
    /** @type {PointerEvent | null} */
    let down = null;
    stage.addEventListener("pointerdown", (event) => (down = event.pointerType === "touch" ? event : null));
    stage.addEventListener("pointerup", (event) => {
      const from = down;
      down = null;
      const scrolled = event.target instanceof Element ? event.target.closest(".pb-scroll") : null;
      if (!from || from.pointerId !== event.pointerId) return;
      const [x, y] = [event.clientX - from.clientX, event.clientY - from.clientY];
      if (Math.abs(x) > SWIPE_PIXELS && Math.abs(x) > 2 * Math.abs(y)) {
        if (!scrolled || scrolled.scrollWidth <= scrolled.clientWidth) this.go(this.at + (x < 0 ? 1 : -1));
      } else if (Math.hypot(x, y) < SWIPE_PIXELS / 5) {
        this.go(this.at + (event.clientX < stage.clientWidth / 3 ? -1 : 1));
      }
    });
  }

  /** @param {number} at */
  go(at) {
    this.at = Math.max(0, Math.min(at, this.steps.length - 1));
    this.show();
  }

  show() {
    const { steps, stage, words } = this;
    const step = steps[this.at];
    if (!step) return;
    const heading = element("h2", "", step.title);
    stage.replaceChildren(heading, ...step.content);
    stage.scrollTop = 0;
    this.back.disabled = this.at === 0;
    this.on.disabled = this.at === steps.length - 1;
    if (document.activeElement === document.body) stage.focus(); // it was on a button that can no longer be pressed
    this.say([filled(words.present_step, { at: this.at + 1, of: steps.length }), step.title, this.hidden ? words.present_hidden : ""]);
    for (const content of step.content) if (content.matches("[data-chart]")) this.draw(/** @type {HTMLElement} */ (content));
  }

  /** @param {string[]} sentences */
  say(sentences) {
    this.count.textContent = sentences.filter(Boolean).join(" · ");
  }

  /** @param {HTMLElement} figure */
  async draw(figure) {
    const options = this.charts[figure.dataset.chart ?? ""];
    const canvas = figure.querySelector("[data-canvas]");
    if (!options || !canvas || canvas.childElementCount) return; // drawn already
    try {
      const { libraries } = await this.calculator.manifest();
      mount(await loadECharts(libraries["echarts.js"]), figure, options);
    } catch (error) {
      console.error(error);
      canvas.textContent = this.words.chart_failed;
    }
  }

  /**
   * Show everybody by a pseudonym, or by name again. Until Python has answered nothing is shown.
   * @param {boolean} hidden
   */
  async hide(hidden) {
    const turn = ++this.turn;
    const { calculator, words } = this;
    this.hidden = hidden;
    this.hiding.setAttribute("aria-pressed", String(hidden));
    if (!hidden) {
      this.charts = {};
      this.steps = stepsOf(calculator.outcome.result());
      return this.go(this.at);
    }
    this.steps = [];
    this.stage.replaceChildren();
    this.say([words.present_hiding]);
    const reply = await calculator.ask("reply", { presented: word });
    if (turn !== this.turn || !this.dialog.isConnected) return;
    if (!reply?.ok) return this.say([words.present_not_hidden]);
    const made = document.createElement("div");
    showHtml(made, reply.html);
    this.charts = reply.charts;
    this.steps = stepsOf(made);
    this.go(this.at);
  }
}
