// A reader's inputs as text and back, for a reload when no Python is there to make a plan of them.

/** @typedef {import("./work.js").Inputs} Inputs */

const FILE = "data:";

/**
 * @param {Inputs} inputs
 * @returns {Promise<string>} JSON; files in it as data URLs, which browsers make by themselves
 */
export async function packed(inputs) {
  /** @type {Map<Blob, string>} */
  const files = new Map();
  for (const value of [inputs.plan, ...Object.values(inputs.tables).map((table) => "file" in table && table.file)]) {
    if (value) files.set(value, await addressOf(value));
  }
  return JSON.stringify(inputs, (_, value) => (value instanceof Blob ? { [FILE]: files.get(value) } : value));
}

/**
 * Throws where the text is none of `packed`: others on the same host can write into the same storage.
 * @param {string} text
 * @returns {Inputs}
 */
export function unpacked(text) {
  const inputs = JSON.parse(text, (_, value) => {
    const address = value?.[FILE];
    if (typeof address !== "string") return value;
    const bytes = atob(address.slice(address.indexOf(",") + 1));
    return new Blob([Uint8Array.from(bytes, (character) => character.charCodeAt(0))]);
  });
  if (!isInputs(inputs)) throw new TypeError("these are no inputs");
  return inputs;
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
