// The search worker: Material's own, given the query with Chinese and other words set apart.
// Material takes "ABC客户" for one word, which no page has; in an index they are two. The index is made at build.

/** @typedef {{type: number, data: unknown}} SearchMessage */

const QUERY = 2;
const scope = /** @type {{importScripts(url: string): void}} */ (/** @type {unknown} */ (globalThis));

/**
 * Return a query with spaces where Chinese and other words meet, and for Chinese punctuation.
 * @param {string} query
 */
function setApart(query) {
  return query
    .replace(/[，。、；：？！（）《》“”]/gu, " ")
    .replace(/([\p{L}\p{N}])(?=\p{sc=Han})/gu, (match) => (/\p{sc=Han}/u.test(match) ? match : `${match} `))
    .replace(/(\p{sc=Han})(?=[\p{L}\p{N}])(?!\p{sc=Han})/gu, "$1 ");
}

addEventListener("message", (/** @type {MessageEvent<SearchMessage>} */ event) => {
  const { type, data } = event.data;
  if (type !== QUERY || typeof data !== "string") return;
  const query = setApart(data);
  if (query === data) return;
  event.stopImmediatePropagation();
  dispatchEvent(new MessageEvent("message", { data: { type, data: query } }));
});

// After our listener, so that ours is asked first. The page names Material's file after the "#".
scope.importScripts(new URL(`../../javascripts/workers/${location.hash.slice(1)}`, location.href).href);
