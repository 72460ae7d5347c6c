// The keys of the site; their list under "?" is keys-list.js's. Those of a window are its own (present.js, palette.js); Material
// has some for search and for the pages before and after.

import { calculatorsShown } from "./actions.js";
import { part } from "./parts.js";

export const MAC = /Mac|iPhone|iPad/.test(navigator.platform);

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
    part("palette.js").then(({ openPalette }) => openPalette());
  } else if (isTyping(event.target)) {
    // A field's own keys: what was typed in it is undone there.
  } else if (command && calculatorsShown().length && (key === "z" || (key === "y" && !MAC))) {
    event.preventDefault();
    press(key === "y" || event.shiftKey ? "redo" : "undo");
  } else if (!event.ctrlKey && !event.metaKey && (key === "?" || key === "？")) {
    event.preventDefault();
    part("keys-list.js").then(({ listKeys }) => listKeys());
  }
});
