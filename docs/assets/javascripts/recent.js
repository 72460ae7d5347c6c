// The calculators that were opened last, on the home page. Their addresses are on this device only (device.js), and nothing of
// what was put into them.

import { onAttached } from "./actions.js";
import { forgetRecent, noteRecent, recent } from "./device.js";
import { button, element } from "./elements.js";
import { siteWords } from "./words.js";

const page = () => document.querySelector('meta[name="pb-page"]')?.getAttribute("content") ?? "";

onAttached(() => {
  if (page()) noteRecent(page());
});

window.document$.subscribe(() => {
  const heading = page() === "index.md" ? document.querySelector("article h1") : null;
  if (!heading || document.querySelector(".pb-recent")) return;
  const all = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll(".md-nav a[href]")]);
  const links = recent().flatMap((one) => {
    const path = `/${one.replace(/\.md$/, ".html")}`;
    const found = all.find(({ href }) => new URL(href).pathname.endsWith(path));
    const link = document.createElement("a");
    if (found) Object.assign(link, { href: found.href, textContent: found.textContent?.trim() });
    return found ? [link] : [];
  });
  if (!links.length) return;
  const words = siteWords();
  const line = element("p", "pb-recent");
  const forget = () => {
    forgetRecent();
    line.remove();
  };
  const clear = button(words.recent_clear, { css: "pb-quiet", pressed: forget });
  line.append(words.recent, ...links.flatMap((link) => [" ", link]), " ", clear);
  heading.after(line);
});
