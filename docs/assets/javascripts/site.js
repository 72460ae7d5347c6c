// The site around the pages: instant navigation wherever the site is copied to, and the language switcher.
// Calculators are not here (calculators.js).

/** @type {{base: string}} */
const config = JSON.parse(document.getElementById("__config")?.textContent ?? "{}");
/** Where the pages of the reader's language begin; macros/site.py sets it per language. */
const base = new URL(config.base, location.href).href;
const switchers = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("[data-language-switch]"));

/**
 * Say whether an address is a page of this site in the reader's language, so that it can be loaded in place.
 * A change of language is an ordinary navigation: header, search and texts all change with it.
 * @param {URL} url
 */
function isPage(url) {
  if (!url.href.startsWith(base)) return false;
  const path = url.pathname.slice(new URL(base).pathname.length);
  return (path === "" || path.endsWith(".html")) && ![...switchers].some(({ hreflang }) => path.startsWith(`${hreflang}/`));
}

// Material knows its pages from the absolute addresses in sitemap.xml; a site that is built before anyone
// knows where it will be served has none. So the click is answered here, and Material does the rest.
document.addEventListener("click", (event) => {
  if (location.protocol === "file:" || event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || !(event.target instanceof Element)) return;
  const link = /** @type {HTMLAnchorElement | null} */ (event.target.closest("a[href]"));
  if (!link || link.target || link.hasAttribute("download")) return;
  const url = new URL(link.href);
  const samePage = url.pathname === location.pathname && url.search === location.search;
  if (samePage || !isPage(url)) return;
  event.preventDefault();
  history.replaceState({ x: scrollX, y: scrollY }, "");
  history.pushState(null, "", url);
  window.location$.next(url);
});

/** Take the fragment out of the page's address, where what it said is no longer so. */
export function withoutFragment() {
  history.replaceState(history.state, "", location.pathname + location.search);
}

// Material looks when a key comes up, which none does when a Chinese word is picked with the mouse, or a word is pasted.
const query = document.querySelector('[data-md-component="search-query"]');
query?.addEventListener("input", () => query.dispatchEvent(new Event("keyup")));

// Material leaves its window of search without a name.
query?.closest("[role=dialog]")?.setAttribute("aria-label", query.getAttribute("aria-label") ?? "");

window.document$.subscribe(() => {
  // What is wider around a calculator (bench.css); the page's head says it of the first page, before it is painted.
  document.documentElement.classList.toggle("pb-at-bench", document.querySelector(".pb-bench") !== null);
  for (const switcher of switchers) {
    const other = document.querySelector(`meta[name="pb-other-language"][data-language="${switcher.hreflang}"]`);
    if (other) switcher.href = new URL(other.getAttribute("content") ?? "", location.href).href;
  }
});
