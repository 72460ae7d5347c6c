// The search worker: Material's own, given queries in a form that it finds. The index is made at build, where jieba cuts
// Chinese into words; Material cuts the query by the words of the index, and looks for words that begin as typed. What pages
// are also called (docs/synonyms.toml) is compared with the query as a whole, here: cut into words it would lead whoever types
// one of them, however common, to that page.
// Loading the index keeps a core busy while Python starts, so it waits for the first query, or until the page has settled.
// Before this stands a byte order mark: a worker's script is read in whatever code the server names, unless it says its own.

/** @typedef {{ location: string, title: string, text: string, also?: string[] }} Entry  `also`: other names of its page */
/** @typedef {{type: 0, data: {docs: Entry[]}}} SetupMessage */
/** @typedef {SetupMessage | {type: 2, data: string} | {type: 1}} SearchMessage */
/** @typedef {{ location: string, title: string, text: string, score: number, terms: Record<string, boolean> }} Item */
/** @typedef {{type: 3, data: {items: Item[][]}}} ResultMessage */
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
/** What is typed in full counts as often beside what only begins so. */
const IN_FULL = 4;
/** From how much of a name on it counts as half typed; and from how much of what was typed on, a name in it is meant. */
const HALF = 0.4;
/** A word that stands in more sections is looked for itself, not as the beginning of a name. */
const COMMON = 12;
/** What makes a question of words, and would find every page that asks or answers one. */
const ASKING = /为什么|什么是|是什么(?:意思)?|什么|怎么办|怎么|如何|在?哪里|请问|[吗呢？?]/gu;
/** What is said around a name. */
const FILLING = /我们|公司|的|我|有没有|要|想|该/gu;
const ENDINGS = ["s", "es", "ed", "er", "ers", "ing", "ings", "ion", "ions", "ation", "ations", "al", "ment", "ments", "ly"];
/** Material's worker brings lunr, with its English stemmer, and shows it to everyone. */
const scope = /** @type {{ importScripts(url: string): void, material?: () => void, lunr: Lunr }} */ (/** @type {unknown} */ (globalThis));

/** @type {Map<string, number>} in how many sections each word stands */
const words = new Map();
/** @typedef {{ whole: string, plain: string, stems: string }} Named  a name as it is compared: with all its words, and without */
/** @type {(Named & { page: Entry, name: string, title: boolean })[]} what pages are called */
const names = [];
/** @type {Map<string, string[]>} English words by their stem; made at the first query */
const families = new Map();
/** @type {string[][]} the forms that each word of the query became */
let asked = [];
/** What was typed, to be compared with names. @type {Named} */
let typedName = { whole: "", plain: "", stems: "" };

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
    for (const word of words.keys()) {
      if (!/^[a-z]/.test(word)) continue;
      const stem = stemOf(word);
      families.set(stem, [...(families.get(stem) ?? []), word]);
    }
  }
  const word = typed.toLowerCase();
  if (word.length < SHORTEST_WORD) return [typed];
  const begun = [...words.keys()].filter((known) => known.startsWith(word));
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
    if (begins && [...words.keys()].some((known) => known.startsWith(start))) return [start];
  }
  const near = [...words.keys()].filter((known) => slips(word, known, allowed(word))).slice(0, MOST_FORMS);
  return near.length ? near : [typed];
}

/**
 * How many slips a word may have and still be meant: one from five letters or three Chinese characters on, two from nine.
 * @param {string} word
 */
function allowed(word) {
  if (/\p{sc=Han}/u.test(word)) return word.length < 3 ? 0 : 1;
  return word.length < 5 ? 0 : word.length < 9 ? 1 : 2;
}

/**
 * Whether one word becomes the other by so many slips of the hand: a letter too many, too few, another, or two exchanged.
 * @param {string} one
 * @param {string} other
 * @param {number} most
 */
function slips(one, other, most) {
  if (!most || Math.abs(one.length - other.length) > most || one[0] !== other[0]) return false;
  let [before, last] = [/** @type {number[]} */ ([]), [...Array(other.length + 1).keys()]];
  for (let at = 1; at <= one.length; at += 1) {
    const row = [at];
    for (let to = 1; to <= other.length; to += 1) {
      const same = one[at - 1] === other[to - 1];
      row[to] = Math.min(last[to] + 1, row[to - 1] + 1, last[to - 1] + (same ? 0 : 1));
      const exchanged = at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1];
      if (exchanged) row[to] = Math.min(row[to], before[to - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return last[other.length] <= most;
}

/**
 * Cut a run of Chinese into the longest words that pages have, from its beginning. The rest may be a word that is still
 * being typed: then it is looked for as the words that begin so, beside the words that it is made of if there are such. What
 * begins none and is none stays together.
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
    const known = longest(rest);
    const going = known === rest ? [] : begun(rest).slice(0, MOST_FORMS);
    if (known === rest || !(known || going.length)) {
      if (known) pieces.push(...told([known]));
      else unknown += run[at];
      at += known.length || 1;
      continue;
    }
    if (going.length) {
      const whole = parts(rest);
      pieces.push(...(whole.length ? whole.flatMap((word) => told([word, ...going])) : told(going)));
      break;
    }
    pieces.push(...told([known]));
    at += known.length;
  }
  return [...pieces, ...(unknown ? [unknown] : [])].join(" ");
}

/**
 * Note forms of one word, and return them as Material is to look for them.
 * @param {string[]} some
 */
function told(some) {
  asked.push(some);
  return some.flatMap((word) => [word + END, `${word}${END}^${IN_FULL}`]);
}

/** @param {string} rest  what words begin with, the shortest first, without itself */
const begun = (rest) => [...words.keys()].filter((word) => word.startsWith(rest) && word !== rest).sort((a, b) => a.length - b.length);

/** @param {string} rest  what the longest word is that it begins with */
function longest(rest) {
  let end = rest.length;
  while (end && !words.has(rest.slice(0, end))) end -= 1;
  return rest.slice(0, end);
}

/**
 * The words that a run of Chinese is made of; none if something is left over.
 * @param {string} run
 * @returns {string[]}
 */
function parts(run) {
  const word = longest(run);
  if (!word || word === run) return word ? [word] : [];
  const others = parts(run.slice(word.length));
  return others.length ? [word, ...others] : [];
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
  typedName = compared(query, true);
  const plain = !query.includes('"');
  const english = query.replace(/(?<![a-z'’*~^+-])[a-z]+(?![a-z'’*~^])/giu, (typed, at) => {
    // The index has no such words: looked for, "do" would find "document". The last one may go on, as "do" to "downloads".
    if (plain && isStopWord(typed) && at + typed.length < query.length) return "";
    const some = plain ? forms(typed) : [typed];
    asked.push(some);
    return some.flatMap((form) => (plain ? [form, `${form}^${IN_FULL}`] : [form])).join(" ");
  });
  const said = plain ? english.replace(ASKING, " ") : english;
  return (said.trim() || english.trim() || query)
    .replace(/[，。、；：？！（）《》“”]/gu, " ")
    .replace(/\p{sc=Han}+/gu, (run) => ` ${cut(run)} `)
    .replace(/\s+/gu, " ")
    .trim();
}

/**
 * A text as names are compared: small letters, without signs, and without what says nothing; blanks only between words.
 * @param {string} text
 * @param {boolean} [going]  whether its last word may go on, and is kept whatever it is
 * @returns {Named}
 */
function compared(text, going = false) {
  const whole = joined(text.toLowerCase().replace(/['’]s\b/gu, "").replace(/[^\p{L}\p{N}]+/gu, " "));
  const telling = whole.replace(ASKING, " ").replace(FILLING, " ").replace(/[a-z]+/gu, (word, at, all) => {
    const says = word === "a" || (going && at + word.length === all.length) || !isStopWord(word);
    return says ? word : " ";
  });
  const plain = joined(telling) || whole;
  return { whole, plain, stems: plain.replace(/[a-z]+/gu, stemOf) };
}

/** @param {string} text  in which no blank is beside a Chinese character */
const joined = (text) => text.trim().replace(/ +/gu, " ").replace(/(?<=\p{sc=Han}) | (?=\p{sc=Han})/gu, "");

/**
 * How well what was typed is a name: above 1 where it is the name, half of it, has it, is in a title, or is that with a slip;
 * otherwise how much of the longer the shorter is. A common word that a name only begins with is no half name.
 * @param {typeof names[number]} name
 * @param {boolean} sound  whether what was typed consists of words that pages have
 */
function fits(name, sound) {
  const { whole, plain, stems } = typedName;
  if (whole === name.whole || plain === name.plain || stems === name.stems) return 3;
  const share = plain.length / name.plain.length;
  if (name.plain.startsWith(plain) || name.whole.startsWith(whole)) {
    if (Math.max(share, whole.length / name.whole.length) >= HALF && (words.get(whole) ?? 0) <= COMMON) return 2 + share / 2;
    if (!name.title) return 0;
  }
  const bounds = /\p{sc=Han}/u.test(plain) ? "" : " ";
  /** @param {string} one @param {string} other */
  const has = (one, other) => other.length > 1 && `${bounds}${one}${bounds}`.includes(`${bounds}${other}${bounds}`);
  if (has(stems, name.stems)) return 1 / share < HALF ? 1 / share : 1 + 0.5 / share;
  if (name.title && has(name.stems, stems)) return 1 + share / 2;
  if (sound || share < HALF) return 0;
  const slip = (/** @type {string} */ one, /** @type {string} */ other) => {
    const most = allowed(one);
    if (slips(one, other, most)) return 1.9;
    const begins = [...Array(2 * most + 1).keys()].map((more) => other.slice(0, one.length - most + more));
    return begins.some((begin) => slips(one, begin, most)) ? 1 + share / 2 : 0;
  };
  return Math.max(slip(plain, name.plain), slip(whole, name.whole));
}

/**
 * How well what was typed is what a page is called, by the page's address.
 * @returns {Map<string, { fit: number, page: Entry, name: string }>}
 */
function named() {
  const sound = typedName.plain.split(/[^\p{sc=Han}a-z]+/gu).every((part) => words.has(part) || (/\p{sc=Han}/u.test(part) && parts(part).some((one) => one.length > 1)));
  /** @type {ReturnType<typeof named>} */
  const best = new Map();
  for (const one of names) {
    const fit = fits(one, sound);
    if (fit > (best.get(one.page.location)?.fit ?? 0)) best.set(one.page.location, { fit, page: one.page, name: one.name });
  }
  return best;
}

/**
 * Return a result in which nothing is missing where another form of the same word was found. Pages come first whose name was
 * typed, then those that have more of the words in one place; Material goes by titles: a page called after one word would
 * lead.
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
  const called = named();
  /** @param {Item[]} items */
  const place = (items) => items[0].location.split("#")[0];
  const found = new Set(pages.map(place));
  for (const [location, { page, name, fit }] of called) {
    if (fit > 1 && !found.has(location)) pages.push([{ ...page, text: name, score: 0, terms: {} }]);
  }
  const most = new Map(
    pages.map((items) => [items, Math.max(...items.map(({ terms }) => share(Object.values(terms))), called.get(place(items))?.fit ?? 0)]),
  );
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
  const { docs } = waiting.data;
  const pages = new Map(docs.map((entry) => [entry.location, entry]));
  for (const { location, title, also } of docs) {
    const page = pages.get(location.split("#")[0]);
    if (!page || !(also || page.location === location)) continue;
    for (const name of also ?? [title.replace(/\u200b/g, "")]) {
      names.push({ page, name, title: !also, ...compared(name) });
    }
  }
  waiting.data.docs = docs.filter(({ also }) => !also);
  for (const { title, text } of waiting.data.docs) {
    const plain = `${title}\u200b${text}`.replace(/<[^<>]*>/g, " ").toLowerCase();
    const own = new Set(plain.match(/\p{sc=Han}+|[a-z]+/gu));
    for (const word of own) words.set(word, (words.get(word) ?? 0) + 1);
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
