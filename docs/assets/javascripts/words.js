// The sentences that a page's scripts say: the build prints them into the page (data-words), in the reader's language.

/** @typedef {Record<string, string>} Words  sentences by name, with places such as {name} */

/**
 * Fill the places of a sentence.
 * @param {string} sentence
 * @param {Record<string, string | number>} values
 */
export function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** @returns {Words} those of the site around the pages, which are said on all of them */
export function siteWords() {
  return JSON.parse(document.querySelector('meta[name="pb-words"]')?.getAttribute("content") ?? "{}");
}
