// The search worker: Material's own, given Chinese queries in a form that it finds. The index is made at build, where
// jieba cuts Chinese into words; Material cuts the query by the words of the index.

/** @typedef {{title: string, text: string}} Entry */
/** @typedef {{type: 0, data: {docs: Entry[]}} | {type: 2, data: string} | {type: 1 | 3}} SearchMessage */

const SETUP = 0;
const QUERY = 2;
/** A character that stands in no page. */
const END = "龘";
const scope = /** @type {{importScripts(url: string): void}} */ (/** @type {unknown} */ (globalThis));

/** @type {Set<string>} */
const words = new Set();

/**
 * Return a query that Material's search understands.
 *
 * It takes "ABC客户" for one word, which no page has, so a space is put where Chinese meets other letters, and for
 * Chinese punctuation. It never considers a word that ends where the query ends, and would look for 客 where 客户 was
 * typed; so something follows each known word. What begins no known word is left to it as the beginning of one.
 * @param {string} query
 */
function adapted(query) {
  return query
    .replace(/[，。、；：？！（）《》“”]/gu, " ")
    .replace(/\p{sc=Han}+/gu, (run) => {
      const known = Array.from(run, (_, end) => run.slice(0, end + 1)).some((start) => words.has(start));
      return ` ${run}${known ? END : ""} `;
    })
    .replace(/\s+/gu, " ")
    .trim();
}

addEventListener("message", (/** @type {MessageEvent<SearchMessage>} */ event) => {
  const message = event.data;
  if (message.type === SETUP) {
    for (const { title, text } of message.data.docs) {
      for (const [word] of `${title}\u200b${text}`.matchAll(/\p{sc=Han}+/gu)) words.add(word);
    }
  } else if (message.type === QUERY) {
    const query = adapted(message.data);
    if (query === message.data || message.data.includes(END)) return;
    event.stopImmediatePropagation();
    dispatchEvent(new MessageEvent("message", { data: { type: QUERY, data: query } }));
  }
});

// After our listener, so that ours is asked first. The page names Material's file after the "#".
scope.importScripts(new URL(`../../javascripts/workers/${location.hash.slice(1)}`, location.href).href);
