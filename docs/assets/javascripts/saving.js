// Having the browser save a file. What is in it, and how it is called, is whoever's that makes it.

/** How long a browser may take to fetch what it saves. */
const FETCHED_MS = 60_000;

/**
 * @param {Blob} content
 * @param {string} name
 */
export function saveFile(content, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), FETCHED_MS);
}
