// The search worker: Material's own, given queries in a form that it finds. The index is made at build, where jieba cuts
// Chinese into words; Material cuts the query by the words of the index, and looks for words that begin as typed.

/** @typedef {{title: string, text: string}} Entry */
/** @typedef {{type: 0, data: {docs: Entry[]}} | {type: 2, data: string} | {type: 1 | 3}} SearchMessage */
/** @typedef {{ Token: new (text: string, metadata: object) => object, stemmer: (token: object) => object }} Lunr */

const SETUP = 0;
const QUERY = 2;
/** A character that stands in no page. */
const END = "龘";
/** Marks a message of ours. */
const ADAPTED = "adapted";
/** A shorter beginning is shared by words that have nothing else in common. */
const SHORTEST_WORD = 4;
/** Material's worker brings lunr, with its English stemmer, and shows it to everyone. */
const scope = /** @type {{ importScripts(url: string): void, lunr: Lunr }} */ (/** @type {unknown} */ (globalThis));

/** @type {Set<string>} */
const words = new Set();
/** @type {Map<string, string[]>} English words by their stem; made at the first query */
const families = new Map();

/** @param {string} word */
const stemOf = (word) => String(scope.lunr.stemmer(new scope.lunr.Token(word, {})));

/** @param {string[]} some */
function commonBeginning(some) {
  let length = 0;
  while (some.every((word) => word.length > length && word[length] === some[0][length])) length += 1;
  return some[0].slice(0, length);
}

/**
 * Return what to look for when an English word is typed: the beginning that all words of its stem share, so that
 * "forecasting" finds "forecast". The index has no stems, since what is typed may go on and "forecasti" has none.
 * @param {string} typed
 */
function beginning(typed) {
  if (!families.size) {
    for (const word of words) {
      if (!/^[a-z]/.test(word)) continue;
      const stem = stemOf(word);
      families.set(stem, [...(families.get(stem) ?? []), word]);
    }
  }
  const word = typed.toLowerCase();
  const stem = stemOf(word);
  const family = families.get(stem) ?? [];
  const common = commonBeginning([word, ...family]);
  const sharing = [...words].filter((known) => known.startsWith(common));
  if (family.length && common.length >= SHORTEST_WORD && sharing.every((known) => stemOf(known) === stem)) return common;
  if ([...words].some((known) => known.startsWith(word))) return typed; // "quoting": "quot" would find "quota" too
  if (family.length) return family.reduce((a, b) => (b.length < a.length ? b : a));
  for (let end = word.length - 1; end >= SHORTEST_WORD; end -= 1) {
    if (words.has(word.slice(0, end))) return word.slice(0, end);
  }
  return typed;
}

/**
 * Return a query that Material's search understands.
 *
 * It takes "ABC客户" for one word, which no page has, so a space is put where Chinese meets other letters, and for
 * Chinese punctuation. It never considers a word that ends where the query ends, and would look for 客 where 客户 was
 * typed; so something follows each known word. What begins no known word is left to it as the beginning of one.
 * What stands in quotation marks is left as it is.
 * @param {string} query
 */
function adapted(query) {
  const english = query.includes('"') ? query : query.replace(/(?<![a-z'’*~^])[a-z]{3,}(?![a-z'’*~^])/giu, beginning);
  return english
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
      const plain = `${title}\u200b${text}`.replace(/<[^>]*>/g, " ").toLowerCase();
      for (const [word] of plain.matchAll(/\p{sc=Han}+|[a-z]+/gu)) words.add(word);
    }
  } else if (message.type === QUERY) {
    if (event.lastEventId === ADAPTED) return;
    event.stopImmediatePropagation();
    const query = adapted(message.data);
    dispatchEvent(new MessageEvent("message", { data: { type: QUERY, data: query }, lastEventId: ADAPTED }));
  }
});

// After our listener, so that ours is asked first. The page names Material's file after the "#".
scope.importScripts(new URL(`../../javascripts/workers/${location.hash.slice(1)}`, location.href).href);
