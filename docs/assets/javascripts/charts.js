// Interactive charts: ECharts takes over from the drawing made at build, with the options that Python made.
// Here: loading the library, following the width, pictures for slides. Not here: what a chart shows (engine/shows/charts.py).

import { load } from "./load.js";

/**
 * Load ECharts once.
 * @param {string} url
 * @returns {Promise<any>}
 */
export async function loadECharts(url) {
  await load(url);
  return /** @type {any} */ (globalThis).echarts;
}

/** @type {WeakMap<Element, any>} */
const mounted = new WeakMap();

/**
 * Put a chart into a figure.
 * @param {any} echarts
 * @param {HTMLElement} figure
 * @param {object} options
 */
export function mount(echarts, figure, options) {
  const canvas = /** @type {HTMLElement} */ (figure.querySelector("[data-canvas]"));
  const chart = echarts.init(canvas, null, { renderer: "svg", height: canvas.clientHeight || 380 });
  chart.setOption(options);
  mounted.set(figure, chart);
  // Paper is narrower and tells nobody: the style sheet scales the drawing, by this.
  const measure = () => {
    canvas.querySelector("svg")?.setAttribute("viewBox", `0 0 ${chart.getWidth()} ${chart.getHeight()}`);
  };
  measure();
  letKeysPoint(canvas, chart, options);
  const observer = new ResizeObserver(() => {
    if (!canvas.isConnected) {
      observer.disconnect();
      chart.dispose();
    } else {
      chart.resize();
      measure();
    }
  });
  observer.observe(canvas);
}

/**
 * Let the arrow keys go from point to point, as a mouse does, and Escape leave.
 * @param {HTMLElement} canvas
 * @param {any} chart
 * @param {any} options
 */
function letKeysPoint(canvas, chart, options) {
  const last = Math.max(0, ...(options?.series ?? []).map((/** @type {any} */ { data = [] }) => data.length - 1));
  let at = -1;
  canvas.tabIndex = 0;
  canvas.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      event.preventDefault();
      at = Math.min(Math.max(at + step, 0), last);
      chart.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: at });
    } else if (event.key === "Escape") chart.dispatchAction({ type: "hideTip" });
  };
  canvas.onblur = () => chart.dispatchAction({ type: "hideTip" });
}

/**
 * Return the figure's drawing as a PNG of twice its size on the page's background, with its title above it.
 * @param {HTMLElement} figure
 * @returns {Promise<Blob>}
 */
export async function toPng(figure) {
  mounted.get(figure)?.dispatchAction({ type: "hideTip" });
  const drawing = /** @type {SVGSVGElement} */ (figure.querySelector("[data-canvas] svg"));
  const { width, height } = drawing.getBoundingClientRect();
  const copy = withoutVariables(drawing);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.setAttribute("viewBox", drawing.getAttribute("viewBox") ?? `0 0 ${width} ${height}`);
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await picture.decode();
  const style = getComputedStyle(figure);
  const title = figure.querySelector("figcaption b")?.textContent ?? "";
  const [margin, heading, scale] = [16, 32, 2];
  const canvas = document.createElement("canvas");
  canvas.width = (width + 2 * margin) * scale;
  canvas.height = (height + heading + 2 * margin) * scale;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.scale(scale, scale);
  pen.fillStyle = getComputedStyle(document.body).backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = style.color;
  pen.font = `bold 16px ${style.fontFamily}`;
  pen.fillText(title, margin, margin + 16);
  pen.drawImage(picture, margin, margin + heading, width, height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"),
  );
}

/**
 * Copy a drawing with its colours worked out: a picture outside the page knows none of the page's CSS variables.
 * @param {SVGSVGElement} drawing
 */
function withoutVariables(drawing) {
  const copy = /** @type {SVGSVGElement} */ (drawing.cloneNode(true));
  const originals = [drawing, ...drawing.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((element, place) => {
    const style = getComputedStyle(originals[place]);
    for (const property of ["fill", "stroke", "font-family", "font-size", "font-weight"]) {
      element.setAttribute(property, style.getPropertyValue(property));
    }
  });
  return copy;
}
