// The result in the page: putting an answer there, its charts, turning the pages of its tables, and what is downloaded of it.

import { register } from "./actions.js";
import { today } from "./days.js";
import { BY_ACTION, part } from "./parts.js";
import { SAVES_DATA } from "./prefetch.js";
import { tableShown } from "./puts.js";
import { saveFile } from "./saving.js";
import { showHtml } from "./trusted.js";

/** @typedef {import("./calculator.js").Calculator} Calculator */

export class Outcome {
  /** @param {Calculator} calculator */
  constructor(calculator) {
    this.calculator = calculator;
    /** @type {Record<string, object>} options of the charts shown */
    this.charts = {};
    /** The example's result. */
    this.default = this.result().innerHTML;
    this.defaultVerdict = this.verdict().textContent ?? "";
  }

  /** @returns {HTMLElement} */
  result() {
    return /** @type {HTMLElement} */ (this.calculator.section.querySelector("[data-result]"));
  }

  /** @returns {HTMLElement} where the one sentence that says what matters stands */
  verdict() {
    return /** @type {HTMLElement} */ (this.calculator.section.querySelector("[data-verdict]"));
  }

  /** @param {string} sentence */
  showVerdict(sentence) {
    const place = this.verdict();
    place.textContent = sentence;
    place.hidden = !sentence;
  }

  /**
   * Put an answer into the page; what has been scrolled, focused or half typed in the former stays so.
   * @param {any} reply
   * @param {{ keepFocusOn?: string }} [options]
   */
  show(reply, { keepFocusOn } = {}) {
    const { puts, words } = this.calculator;
    const scrolled = new Map([...this.scrollers()].map((box) => [box.dataset.name, box.scrollTop]));
    const place = puts.placeInResult();
    showHtml(this.result(), reply.html);
    this.showVerdict(reply.result.verdict?.sentence ?? "");
    for (const box of this.scrollers()) box.scrollTop = keepFocusOn === box.dataset.name ? 0 : (scrolled.get(box.dataset.name) ?? 0);
    if (keepFocusOn) this.focusTable(keepFocusOn);
    if (place) puts.resume(place);
    this.showHeading(reply.example ? words.example_heading : words.result_heading);
    this.charts = reply.charts;
  }

  /** @param {string} words */
  showHeading(words) {
    const heading = this.calculator.section.querySelector("[data-result-heading]");
    if (heading) heading.textContent = words;
  }

  /** Show the example again, as the page came. */
  showExample() {
    this.charts = {};
    showHtml(this.result(), this.default);
    this.showVerdict(this.defaultVerdict);
    this.showHeading(this.calculator.words.example_heading);
  }

  /** @returns {NodeListOf<HTMLElement>} */
  scrollers() {
    return this.calculator.section.querySelectorAll("[data-result] .pb-scroll");
  }

  /** @param {string} name */
  focusTable(name) {
    /** @type {HTMLElement | null} */ (this.calculator.section.querySelector(`[data-table="${name}"] .pb-scroll`))?.focus();
  }

  /**
   * @param {HTMLElement} [place]  where charts stand
   * @param {Record<string, object>} [charts]  their options
   */
  async drawCharts(place = this.result(), charts = this.charts) {
    const figures = /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-chart]"));
    if (!figures.length) return;
    try {
      const { libraries } = await this.calculator.manifest();
      const { loadECharts, mount } = await part("charts.js");
      const echarts = await loadECharts(libraries["echarts.js"]);
      for (const figure of figures) {
        if (figure.isConnected) mount(echarts, figure, charts[figure.dataset.chart ?? ""]);
      }
    } catch (error) {
      console.error(error);
      for (const figure of figures) {
        const canvas = figure.querySelector("[data-canvas]");
        if (canvas) canvas.textContent = this.calculator.words.chart_failed;
      }
    }
  }

  /**
   * @param {object} what
   * @param {Record<string, Blob>} [files]  that go with it
   */
  async download(what, files = {}) {
    this.calculator.python.start();
    const { work, id } = this.calculator;
    const { inputs, scenarios } = work;
    const kept = work.scenariosAsked(id);
    const file = await this.calculator.ask("download", { ...what, scenarios: kept.asked }, { ...kept.attachments, ...files });
    if (!file) return;
    saveFile(new Blob([file.content], { type: file.media }), dated(file.name));
    if ("download" in what && what.download === "plan" && scenarios === work.scenarios) work.saved = inputs;
  }

  /** @param {HTMLElement} figure */
  async savePicture(figure) {
    try {
      const { toPng } = await part("charts.js");
      saveFile(await toPng(figure), dated(`${this.calculator.id}-${figure.dataset.chart}.png`));
    } catch (error) {
      console.error(error);
      this.calculator.status.say(this.calculator.words.png_failed);
    }
  }

  /**
   * What this device is to keep, as the text of a plan file.
   * @returns {Promise<string | null>}
   */
  async plan() {
    const kept = this.calculator.work.scenariosAsked(this.calculator.id);
    const file = await this.calculator.ask("download", { download: "kept", scenarios: kept.asked }, kept.attachments);
    return file && new TextDecoder().decode(file.content);
  }

  // --- people's data -------------------------------------------------------------------------------

  /** Have what may be asked for here before it is, and before the connection may be lost; unless data are saved. */
  async fetchLibraries() {
    if (SAVES_DATA) return;
    try {
      const { libraries } = await this.calculator.manifest();
      const parts = [...new Set(Object.values(BY_ACTION))].map(part); // the small ones first
      const [charts, grid] = await Promise.all([part("charts.js"), part("grid.js"), ...parts]);
      await Promise.all([charts.loadECharts(libraries["echarts.js"]), grid.prepareRows(libraries)]);
    } catch {
      // They are loaded again when they are needed, and what fails then is said.
    }
  }
}

register("page", (calculator, button) => {
  const table = tableShown(button);
  const { pages } = calculator.work;
  pages[table] = { ...pages[table], page: Number(button.dataset.page) };
  return calculator.compute({ keepFocusOn: table });
});
register("save-plan", ({ outcome }) => outcome.download({ download: "plan" }));
register("download", ({ outcome }, button) =>
  outcome.download({ download: button.dataset.format, table: tableShown(button) }),
);
register("png", ({ outcome }, button) => outcome.savePicture(/** @type {HTMLElement} */ (button.closest("[data-chart]"))));
register("print", () => print());

/**
 * A file's name with the reader's day in it, so that next week's is another.
 * @param {string} name
 */
function dated(name) {
  return name.replace(/(?=\.)|$/, `-${today()}`);
}
