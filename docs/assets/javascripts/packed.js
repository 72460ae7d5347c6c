// A reader's work as text and back, for another load of the page when no Python need be there. What is the same object in
// two places is the same afterwards: work knows its inputs, lists and scenarios by that. What belongs to work is work.js. The
// load after may be one of another version of the site, which says so by another number.

/**
 * @typedef {null | boolean | number | string | { at: number }} Packed  an object is where it is in the list
 * @typedef {{ list: Packed[] } | { keys: [string, Packed][] } | { map: [string, Packed][] } | { file: string }} Node
 */

/** What a text says that this can read. */
const VERSION = 2;

/**
 * @param {object} whole  of objects, lists, maps by text and files
 * @returns {Promise<string>} JSON; files in it as data URLs, which browsers make by themselves
 */
export async function packed(whole) {
  /** @type {Map<object, number>} */
  const places = new Map();
  /** @type {(Node | Promise<Node>)[]} */
  const nodes = [];
  const pack = (/** @type {any} */ value) => {
    if (typeof value !== "object" || value === null) return value;
    const known = places.get(value);
    if (known !== undefined) return { at: known };
    const at = nodes.push({ list: [] }) - 1;
    places.set(value, at);
    const pairs = (/** @type {[string, any][]} */ entries) =>
      entries.filter(([, one]) => one !== undefined).map(([key, one]) => /** @type {[string, Packed]} */ ([key, pack(one)]));
    if (value instanceof Blob) nodes[at] = addressOf(value).then((file) => ({ file }));
    else if (Array.isArray(value)) nodes[at] = { list: value.map(pack) };
    else nodes[at] = value instanceof Map ? { map: pairs([...value]) } : { keys: pairs(Object.entries(value)) };
    return { at };
  };
  pack(whole);
  return JSON.stringify({ version: VERSION, nodes: await Promise.all(nodes) });
}

/**
 * @param {string} text  what `packed` has made; throws where another version has, or others on the same
 *   host have written into the same storage
 * @returns {import("./work.js").Work["state"]}
 */
export function unpacked(text) {
  /** @type {{ version: number, nodes: Node[] }} */
  const { version, nodes } = JSON.parse(text);
  if (version !== VERSION) throw new RangeError(`version ${version}`);
  /** @type {any[]} */
  const made = nodes.map((node) => ("list" in node ? [] : "map" in node ? new Map() : "file" in node ? fileOf(node.file) : {}));
  const unpack = (/** @type {Packed} */ value) => (typeof value === "object" && value !== null ? made[value.at] : value);
  nodes.forEach((node, at) => {
    if ("list" in node) for (const value of node.list) made[at].push(unpack(value));
    else if ("map" in node) for (const [key, value] of node.map) made[at].set(key, unpack(value));
    else if ("keys" in node) for (const [key, value] of node.keys) if (key !== "__proto__") made[at][key] = unpack(value);
  });
  if (!isState(made[0])) throw new TypeError("this is no work");
  return made[0];
}

/** @param {string} address */
function fileOf(address) {
  const bytes = atob(address.slice(address.indexOf(",") + 1));
  return new Blob([Uint8Array.from(bytes, (character) => character.charCodeAt(0))]);
}

/** @param {any} state */
function isState(state) {
  const { inputs, answered, history, undone, pages, saved, left, decider, scenarios } = isRecord(state) ? state : {};
  const areNamed = (/** @type {any} */ several) =>
    Array.isArray(several) && several.every((one) => isRecord(one) && typeof one.name === "string" && isInputs(one.inputs));
  const areSteps = (/** @type {any} */ several) => Array.isArray(several) && several.every((one) => isRecord(one) && isInputs(one.inputs) && areNamed(one.scenarios));
  const all = isInputs(inputs) && isInputs(answered) && (saved === null || isInputs(saved)) && areSteps(history) && areSteps(undone);
  return all && areNamed(scenarios) && left instanceof Map && isRecord(pages) && typeof decider === "string";
}

/** @param {any} value */
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Blob);
}

/** @param {unknown} value */
function isScalar(value) {
  return value === null || ["string", "number", "boolean", "undefined"].includes(typeof value);
}

/** @param {any} inputs */
function isInputs(inputs) {
  const { values, tables, plan, scenario } = isRecord(inputs) ? inputs : {};
  const areValues = values === null || (isRecord(values) && Object.values(values).every((value) => typeof value === "string"));
  const isPlan = plan === null || plan instanceof Blob;
  return areValues && isPlan && isRecord(tables) && Object.values(tables).every(isTable) && isScalar(scenario);
}

/** @param {any} table */
function isTable(table) {
  if (!isRecord(table)) return false;
  const { file = new Blob(), rows = [], columns, answers, ...texts } = table;
  const isRow = (/** @type {unknown} */ row) => Array.isArray(row) && row.every(isScalar);
  const areChosen = (/** @type {any} */ chosen) => chosen === undefined || (isRecord(chosen) && Object.values(chosen).every(isScalar));
  return (
    file instanceof Blob && Array.isArray(rows) && rows.every(isRow) && areChosen(columns) && areChosen(answers) && Object.values(texts).every(isScalar)
  );
}

/**
 * @param {Blob} blob
 * @returns {Promise<string>}
 */
function addressOf(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
