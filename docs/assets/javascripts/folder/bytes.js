// Bytes as a classic script carries them: as text in windows-1252, where each byte is one character. Base64 would be a third
// longer. Not here: how such scripts are made (macros/folder.py).

/** @type {Uint8Array | undefined} the byte of each character; made at the first text */
let bytes;

/**
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function decoded(text) {
  if (!bytes) {
    bytes = new Uint8Array(1 << 16);
    const characters = new TextDecoder("windows-1252").decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
    for (let byte = 0; byte < 256; byte++) bytes[characters.charCodeAt(byte)] = byte;
  }
  const content = new Uint8Array(text.length);
  for (let at = 0; at < content.length; at++) content[at] = bytes[text.charCodeAt(at)];
  return content;
}

/** @param {string | URL} url @returns {string} the name of its file */
export const nameOf = (url) => /[^/]*$/.exec(String(url).split("?")[0])?.[0] ?? "";
