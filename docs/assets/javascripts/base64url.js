// Bytes as letters that an address, a mail or a chat carries unchanged, and back (base64url: RFC 4648, section 5).

/** @param {Uint8Array} bytes */
export function lettersOf(bytes) {
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * Raises what the browser raises where they are no such letters.
 * @param {string} letters
 */
export function bytesOf(letters) {
  const text = atob(letters.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (byte) => byte.charCodeAt(0));
}
