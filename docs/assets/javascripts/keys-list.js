// The list of the site's keys, in a window.

import { button, element } from "./elements.js";
import { MAC } from "./keys.js";
import { siteWords } from "./words.js";

export function listKeys() {
  if (document.querySelector("dialog[open]")) return;
  const words = siteWords();
  const dialog = document.createElement("dialog");
  dialog.className = "pb-dialog pb-keys";
  dialog.setAttribute("aria-label", words.keys);
  const heading = element("h3", "", words.keys);
  const list = document.createElement("dl");
  for (const line of words.keys_list.split("\n")) {
    const [keys, does] = line.split(": ");
    const names = keys.split(" / ").map((name) => element("kbd", "", MAC ? name.replace("Ctrl", "⌘") : name));
    const term = document.createElement("dt");
    term.append(...names.flatMap((name, place) => (place ? [" / ", name] : [name])));
    list.append(term, element("dd", "", does));
  }
  dialog.append(heading, list, button(words.close, { pressed: () => dialog.close() }));
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
