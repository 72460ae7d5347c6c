// A calculator's inputs in the fragment of an address, which no browser sends to a server: how they are written there, and
// what is made of whatever a fragment says. No page is read here; what becomes of the inputs is share.js's business.

import { bytesOf, lettersOf } from "./base64url.js";

/**
 * @typedef {{ calculator: string, values: Record<string, string> }} Linked
 * @typedef {"broken" | "other_version"} Wrong
 */

const MARK = "#with=";
/** What a link says; one that says something else is another's, and is not guessed at. */
const VERSION = 1;
/** Characters of a fragment: chat programs cut longer ones. */
const LONGEST = 8_000;
/** Bytes of what is in it, unpacked: more is no form's. */
const LARGEST = 64 * 1024;

/**
 * @param {Linked} linked
 * @returns {Promise<string | null>} a fragment with its `#`; null where it would be too long
 */
export async function fragmentOf({ calculator, values }) {
  const text = JSON.stringify({ version: VERSION, calculator, values });
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate"));
  const fragment = MARK + lettersOf(new Uint8Array(await new Response(packed).arrayBuffer()));
  return fragment.length > LONGEST ? null : fragment;
}

/**
 * @param {string} fragment  as an address has it
 * @returns {Promise<Linked | Wrong | null>} null where it is no link of ours
 */
export async function linkedIn(fragment) {
  if (!fragment.startsWith(MARK)) return null;
  try {
    const written = fragment.slice(MARK.length);
    if (written.length > LONGEST || !/^[\w-]+$/.test(written)) return "broken";
    return checked(JSON.parse(await unpacked(bytesOf(written))));
  } catch {
    return "broken"; // cut off, changed on the way, or made by somebody else
  }
}

/**
 * Unpack no more than a form can hold: a few bytes may say that they are a gigabyte.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
async function unpacked(bytes) {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let [text, size] = ["", 0];
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    size += value?.length ?? 0;
    if (size > LARGEST) {
      reader.cancel().catch(() => {});
      throw new RangeError("more than a form can hold");
    }
    text += decoder.decode(value, { stream: true });
  }
  return text + decoder.decode();
}

/**
 * @param {any} said
 * @returns {Linked | Wrong}
 */
function checked(said) {
  if (typeof said?.version === "number" && said.version !== VERSION) return "other_version";
  const { version, calculator, values } = said;
  const isForm = typeof values === "object" && values !== null && !Array.isArray(values);
  if (version !== VERSION || typeof calculator !== "string" || !isForm) return "broken";
  return Object.values(values).every((value) => typeof value === "string") ? { calculator, values } : "broken";
}
