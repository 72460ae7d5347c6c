// The ninety days as a file on its page: from the day on which the reader starts. What is in it is calendar.js's.

import { events, ics } from "./calendar.js";
import { isDay } from "./days.js";
import { keep, kept } from "./device.js";
import { saveFile } from "./saving.js";
import { STARTED } from "./ticks.js";
import { filled } from "./words.js";

window.document$.subscribe(() => {
  const form = document.querySelector("form[data-calendar]");
  if (!(form instanceof HTMLFormElement)) return;
  const start = /** @type {HTMLInputElement} */ (form.elements.namedItem("start"));
  const said = /** @type {HTMLElement} */ (form.querySelector("[data-said]"));
  const before = kept(STARTED);
  if (isDay(before)) start.value = before;
  form.querySelector('[data-action="print"]')?.addEventListener("click", () => print());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!isDay(start.value)) return;
    keep(STARTED, start.value);
    const stamp = `${new Date().toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
    const name = filled(form.dataset.file ?? "", { start: start.value });
    const file = ics(events(JSON.parse(form.dataset.calendar ?? "[]"), start.value), stamp);
    saveFile(new Blob([file], { type: "text/calendar" }), name);
    said.textContent = filled(said.dataset.said ?? "", { name });
  });
});
