// “Suggest a change” at the foot of each page: what a reader writes becomes a text file, or a mail that the reader sends.
// Nothing goes anywhere by itself. The words stand in the page (macros/handbook.py).

import { saveFile } from "./saving.js";
import { filled } from "./words.js";

/** @type {Map<string, string[]>} what is written on pages that the reader has left meanwhile, by page */
const drafts = new Map();

/** What is selected on the page before the form is opened: opening it takes the selection away in some browsers. */
let selected = "";
document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  const start = selection?.anchorNode?.parentElement;
  if (selection && !selection.isCollapsed && start?.closest("article") && !start.closest("[data-suggest]")) {
    selected = selection.toString().trim();
  }
});

/** @param {HTMLDetailsElement} details */
function attach(details) {
  const page = details.dataset.suggest ?? "";
  const boxes = [.../** @type {NodeListOf<HTMLTextAreaElement>} */ (details.querySelectorAll("textarea"))];
  const [now, instead] = boxes;
  const mail = /** @type {HTMLAnchorElement} */ (details.querySelector('[data-action="mail"]'));
  const status = /** @type {HTMLElement} */ (details.querySelector("[role=status]"));
  const version = document.querySelector('meta[name="pb-build"]')?.getAttribute("content")?.slice(0, 12) ?? "";

  const text = () => {
    const parts = [...Object.entries(JSON.parse(details.dataset.said ?? "{}")), [details.dataset.version, version]];
    const head = parts.map(([name, value]) => `${name}: ${value}`).join("\n");
    const written = boxes.filter((box) => box.value.trim());
    return [head, ...written.map((box) => `${label(box)}:\n${box.value.trim()}`), ""].join("\n\n");
  };
  const changed = () => {
    drafts.set(page, boxes.map((box) => box.value));
    const subject = encodeURIComponent(details.dataset.subject ?? "");
    const body = encodeURIComponent(text().replace(/\n/g, "\r\n"));
    mail.href = `mailto:${details.dataset.mail}?subject=${subject}&body=${body}`;
    status.textContent = "";
  };
  /** @param {Event} event  stop where there is nothing to suggest yet */
  const lacking = (event) => {
    if (instead.value.trim()) return false;
    event.preventDefault();
    status.textContent = status.dataset.empty ?? "";
    instead.focus();
    return true;
  };

  (drafts.get(page) ?? []).forEach((value, at) => (boxes[at].value = value));
  for (const box of boxes) box.addEventListener("input", changed);
  details.addEventListener("toggle", () => {
    if (details.open && !now.value) now.value = selected;
    changed();
  });
  mail.addEventListener("click", lacking);
  details.querySelector('[data-action="save"]')?.addEventListener("click", (event) => {
    if (lacking(event)) return;
    const name = `${page.replaceAll("/", "-")}.txt`;
    // Windows' editors take a text for UTF-8 by this mark only.
    saveFile(new Blob(["\ufeff", text()], { type: "text/plain;charset=utf-8" }), name);
    status.textContent = filled(status.dataset.saved ?? "", { name });
  });
  changed();
}

/** @param {HTMLTextAreaElement} box */
function label(box) {
  return box.closest("label")?.firstChild?.textContent?.trim() ?? "";
}

window.document$.subscribe(() => {
  selected = "";
  const details = document.querySelector("details[data-suggest]");
  if (details instanceof HTMLDetailsElement) attach(details);
});
