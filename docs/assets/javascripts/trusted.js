// Where text becomes markup: what Python has made, and what is only looked through. A browser that is told to (by
// require-trusted-types-for) refuses it anywhere else. The pages' policy does not tell it so, since Material's own script
// puts HTML into pages as it stands. Addresses of workers are files.js's.

/** @type {{ createHTML(html: string): string } | undefined} */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("playbook", { createHTML: (/** @type {string} */ html) => html });

/** @param {string} html */
const trusted = (html) => policy?.createHTML(html) ?? html;

/**
 * @param {Element} place
 * @param {string} html  of Python's, which escapes all that is not its own, or of this page as it came
 */
export function showHtml(place, html) {
  place.innerHTML = trusted(html);
}

/**
 * A document that is no page: nothing in it runs or is fetched.
 * @param {string} html
 */
export function readHtml(html) {
  return new DOMParser().parseFromString(trusted(html), "text/html");
}
