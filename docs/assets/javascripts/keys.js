// The keys of the site, and their list under "?". Those of a window are its own (present.js, palette.js); Material has some for
// search and for the pages before and after.

import { calculatorsShown } from "./actions.js";
import { openPalette } from "./palette.js";
import { siteWords } from "./words.js";

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("textarea, input:not([type=radio], [type=checkbox], [type=date], [type=file])"));
}

/** @param {string} action */
function press(action) {
  for (const { section } of calculatorsShown()) {
    const button = /** @type {HTMLButtonElement | null} */ (section.querySelector(`[data-action="${action}"]`));
    if (button && !button.disabled) return button.click();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || document.querySelector("dialog[open]")) return;
  const command = MAC ? event.metaKey : event.ctrlKey;
  const key = event.key.toLowerCase();
  if (command && !event.shiftKey && key === "k") {
    event.preventDefault();
    openPalette();
  } else if (isTyping(event.target)) {
    // A field's own keys: what was typed in it is undone there.
  } else if (command && calculatorsShown().length && (key === "z" || (key === "y" && !MAC))) {
    event.preventDefault();
    press(key === "y" || event.shiftKey ? "redo" : "undo");
  } else if (!event.ctrlKey && !event.metaKey && (key === "?" || key === "？")) {
    event.preventDefault();
    listKeys();
  }
});

function listKeys() {
  const words = siteWords();
  const dialog = document.createElement("dialog");
  dialog.className = "pb-dialog pb-keys";
  dialog.setAttribute("aria-label", words.keys);
  const heading = Object.assign(document.createElement("h3"), { textContent: words.keys });
  const list = document.createElement("dl");
  for (const line of words.keys_list.split("\n")) {
    const [keys, does] = line.split(": ");
    const names = keys.split(" / ").map((name) => Object.assign(document.createElement("kbd"), { textContent: MAC ? name.replace("Ctrl", "⌘") : name }));
    const term = document.createElement("dt");
    term.append(...names.flatMap((name, place) => (place ? [" / ", name] : [name])));
    list.append(term, Object.assign(document.createElement("dd"), { textContent: does }));
  }
  const close = Object.assign(document.createElement("button"), { type: "button", className: "pb-button", textContent: words.close });
  close.addEventListener("click", () => dialog.close());
  dialog.append(heading, list, close);
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
