// The search worker: Material's own, given queries in a form that it finds. The index is made at build, where jieba cuts
// Chinese into words; Material cuts the query by the words of the index, and looks for words that begin as typed.
// Loading the index keeps a core busy while Python starts, so it waits for the first query, or until the page has settled.

/** @typedef {{title: string, text: string}} Entry */
/** @typedef {{type: 0, data: {docs: Entry[]}}} SetupMessage */
/** @typedef {SetupMessage | {type: 2, data: string} | {type: 1}} SearchMessage */
/** @typedef {{type: 3, data: {items: {terms: Record<string, boolean>}[][]}}} ResultMessage */
/** @typedef {{ Token: new (text: string, metadata: object) => object, stemmer: (token: object) => object,
 *   stopWordFilter: (token: object) => object | undefined }} Lunr */

const SETUP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;
/** A character that stands in no page. */
const END = "龘";
/** Marks a message of ours. */
const ADAPTED = "adapted";
/** A calculator's Python has usually started by then. */
const SETTLED_MS = 3000;
/** A shorter beginning is shared by too many words that have nothing else in common. */
const SHORTEST_WORD = 4;
const MOST_FORMS = 8;
/** What makes a question of words, and would find every page that asks or answers one. */
const ASKING = /为什么|什么是|是什么(?:意思)?|什么|怎么|如何|在?哪里|请问|[吗呢？?]/gu;
const ENDINGS = ["s", "es", "ed", "er", "ers", "ing", "ings", "ion", "ions", "ation", "ations", "al", "ment", "ments", "ly"];
/** Material's worker brings lunr, with its English stemmer, and shows it to everyone. */
const scope = /** @type {{ importScripts(url: string): void, material?: () => void, lunr: Lunr }} */ (/** @type {unknown} */ (globalThis));

/** @type {Set<string>} */
const words = new Set();
/** @type {Map<string, string[]>} English words by their stem; made at the first query */
const families = new Map();
/** @type {string[][]} the forms that each word of the query became */
let asked = [];

/** @param {string} word */
const token = (word) => new scope.lunr.Token(word, {});
/** @param {string} word */
const stemOf = (word) => String(scope.lunr.stemmer(token(word)));
/** @param {string} word */
const isStopWord = (word) => word !== "A" && !scope.lunr.stopWordFilter(token(word.toLowerCase())); // A is a tier, too

/**
 * Return what to look for when an English word is typed: itself and the other forms of the words that begin so, that
 * "forecasting" may find "forecast". The index has no stems, since what is typed may go on and "forecasti" has none.
 * @param {string} typed
 */
function forms(typed) {
  if (!families.size) {
    for (const word of words) {
      if (!/^[a-z]/.test(word)) continue;
      const stem = stemOf(word);
      families.set(stem, [...(families.get(stem) ?? []), word]);
    }
  }
  const word = typed.toLowerCase();
  if (word.length < SHORTEST_WORD) return [typed];
  const begun = [...words].filter((known) => known.startsWith(word));
  const stems = new Set([word, ...begun].map(stemOf));
  const related = [...stems].flatMap((stem) => families.get(stem) ?? []);
  const all = [...new Set([...(begun.length ? [word] : []), ...related])];
  // What is looked for is found with any ending, so the longer of two that begin alike says nothing new.
  const found = all.filter((form) => !all.some((other) => other !== form && form.startsWith(other)));
  if (found.length > MOST_FORMS) return [typed];
  if (found.length) return found;
  // "quoti" is on its way to "quoting", which no page need have: what is before a begun ending is looked for.
  for (let end = word.length - 1; end >= SHORTEST_WORD; end -= 1) {
    const start = word.slice(0, end);
    const begins = ENDINGS.some((ending) => ending.startsWith(word.slice(end)));
    if (begins && [...words].some((known) => known.startsWith(start))) return [start];
  }
  return [typed];
}

/**
 * Cut a run of Chinese into the longest words that pages have, from its beginning. The rest may be a word that is still
 * being typed: then it is looked for as the words that begin so. What begins none stays together.
 *
 * Material cuts a run itself, but loses count of the words it has found. It never considers a word that ends where the
 * run ends, and would look for 客 where 客户 was typed; so something follows each word.
 * @param {string} run
 */
function cut(run) {
  const pieces = [];
  let unknown = "";
  for (let at = 0; at < run.length; ) {
    const rest = run.slice(at);
    let end = run.length;
    while (end > at && !words.has(run.slice(at, end))) end -= 1;
    const begun = end === run.length ? [] : [...words].filter((word) => word.startsWith(rest));
    if (!begun.length && end === at) {
      unknown += run[at];
      at += 1;
      continue;
    }
    if (unknown) pieces.push(unknown);
    unknown = "";
    const some = begun.length ? begun.sort((a, b) => a.length - b.length).slice(0, MOST_FORMS) : [run.slice(at, end)];
    asked.push(some);
    pieces.push(...some.map((word) => word + END));
    at = begun.length ? run.length : end;
  }
  return [...pieces, ...(unknown ? [unknown] : [])].join(" ");
}

/**
 * Return a query that Material's search understands.
 *
 * It takes "ABC客户" for one word, which no page has, so a space is put where Chinese meets other letters, and for
 * Chinese punctuation. What stands in quotation marks is left as it is.
 * @param {string} query
 */
function adapted(query) {
  asked = [];
  const plain = !query.includes('"');
  const english = query.replace(/(?<![a-z'’*~^+-])[a-z]+(?![a-z'’*~^])/giu, (typed, at) => {
    // The index has no such words: looked for, "do" would find "document". The last one may go on, as "do" to "downloads".
    if (plain && isStopWord(typed) && at + typed.length < query.length) return "";
    const some = plain ? forms(typed) : [typed];
    asked.push(some);
    return some.join(" ");
  });
  const told = plain ? english.replace(ASKING, " ") : english;
  return (told.trim() || english.trim() || query)
    .replace(/[，。、；：？！（）《》“”]/gu, " ")
    .replace(/\p{sc=Han}+/gu, (run) => ` ${cut(run)} `)
    .replace(/\s+/gu, " ")
    .trim();
}

/**
 * Return a result in which nothing is missing where another form of the same word was found, and in which pages come
 * first that have more of the words in one place. Material goes by titles: a page called after one word would lead.
 * @param {ResultMessage} message
 */
function improved(message) {
  const pages = message.data.items;
  for (const { terms } of pages.flat()) {
    for (const some of asked) {
      const used = some.filter((form) => terms[form]);
      for (const form of some) if (!terms[form] && (used.length || form !== some[0])) delete terms[form];
    }
  }
  const most = new Map(pages.map((page) => [page, Math.max(...page.map(({ terms }) => share(Object.values(terms))))]));
  pages.sort((one, other) => (most.get(other) ?? 0) - (most.get(one) ?? 0));
  return message;
}

/** @param {boolean[]} found */
const share = (found) => found.filter(Boolean).length / Math.max(1, found.length);

/** @type {SetupMessage | undefined} the index, until it is loaded */
let waiting;
/** Resolves when Material's worker has loaded it. */
const loaded = new Promise((resolve) => addEventListener("loaded", resolve, { once: true }));

/** How long to wait before the worker's file is asked for again, where the connection was lost: longer each time. */
let again = SETTLED_MS;

/** Loads Material's worker and the index unless that has begun. */
function load() {
  if (!waiting) return;
  try {
    // Its listener comes after ours, so that ours is asked first. The page names its file after the "#"; in a page opened
    // from a folder it has come along (macros/folder.py).
    if (scope.material) scope.material();
    else scope.importScripts(new URL(`../../javascripts/workers/${location.hash.slice(1)}`, location.href).href);
  } catch {
    setTimeout(load, again);
    again *= 2;
    return;
  }
  for (const { title, text } of waiting.data.docs) {
    const plain = `${title}\u200b${text}`.replace(/<[^<>]*>/g, " ").toLowerCase();
    for (const [word] of plain.matchAll(/\p{sc=Han}+|[a-z]+/gu)) words.add(word);
  }
  hand(waiting);
  waiting = undefined;
}

/**
 * Hands Material's worker a message.
 * @param {SearchMessage} message
 */
function hand(message) {
  dispatchEvent(new MessageEvent("message", { data: message, lastEventId: ADAPTED }));
}

const post = globalThis.postMessage;
globalThis.postMessage = (/** @type {{type: number}} */ message) => {
  if (message.type === READY) dispatchEvent(new Event("loaded"));
  else post(message.type === RESULT ? improved(/** @type {ResultMessage} */ (message)) : message);
};

addEventListener("message", async (/** @type {MessageEvent<SearchMessage>} */ event) => {
  if (event.lastEventId === ADAPTED) return;
  event.stopImmediatePropagation();
  const message = event.data;
  if (message.type === SETUP) {
    waiting = message;
    setTimeout(load, SETTLED_MS);
    post({ type: READY }); // the page takes no query before
  } else if (message.type === QUERY) {
    if (!message.data) return post({ type: RESULT, data: { items: [] } }); // as the page asks when it begins
    load();
    await loaded;
    hand({ type: QUERY, data: adapted(message.data) });
  }
});
