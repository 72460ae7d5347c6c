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
 * @param {string} text
 * @returns {Inputs}
 */
export function unpacked(text) {
  return JSON.parse(text, (_, value) => {
    const address = value?.[FILE];
    if (typeof address !== "string") return value;
    const bytes = atob(address.slice(address.indexOf(",") + 1));
    return new Blob([Uint8Array.from(bytes, (character) => character.charCodeAt(0))]);
  });
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
