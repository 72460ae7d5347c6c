// A reader's work as text and back, for another load of the page when no Python need be there. What is the same object in
// two places is the same afterwards: work knows its inputs, lists and scenarios by that. What belongs to work is work.js. The
// load after may be one of another version of the site, which says so by another number.

/**
 * @typedef {null | boolean | number | string | { at: number }} Packed  an object is where it is in the list
 * @typedef {{ list: Packed[] } | { keys: [string, Packed][] } | { map: [string, Packed][] } | { file: string }} Node
 */

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
 * @param {string} text  what `packed` has made; raises RangeError where another version has
 * @returns {any}
 */
export function unpacked(text) {
  /** @type {{ version: number, nodes: Node[] }} */
  const { version, nodes } = JSON.parse(text);
  if (version !== VERSION) throw new RangeError(`version ${version}`);
  /** @type {any[]} */
  const made = nodes.map((node) => ("list" in node ? [] : "map" in node ? new Map() : "file" in node ? fileOf(node.file) : {}));
  const unpack = (/** @type {Packed} */ value) => (typeof value === "object" && value !== null ? made[value.at] : value);
  nodes.forEach((node, at) => {
    if ("list" in node) made[at].push(...node.list.map(unpack));
    else if ("map" in node) for (const [key, value] of node.map) made[at].set(key, unpack(value));
    else if ("keys" in node) Object.assign(made[at], Object.fromEntries(node.keys.map(([key, value]) => [key, unpack(value)])));
  });
  return made[0];
}

/** @param {string} address */
function fileOf(address) {
  const bytes = atob(address.slice(address.indexOf(",") + 1));
  return new Blob([Uint8Array.from(bytes, (character) => character.charCodeAt(0))]);
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
