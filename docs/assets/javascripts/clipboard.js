// Putting something where the reader can paste it: a text, or a picture. On plain HTTP and from a folder a browser has no
// clipboard for scripts; there a text goes the old way, as if the reader had selected it.

/**
 * @param {string} text
 * @returns {Promise<boolean>} whether it is there
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

/** @param {string} text */
function copySelected(text) {
  const box = document.createElement("textarea");
  box.value = text;
  box.className = "pb-offscreen";
  box.setAttribute("aria-hidden", "true");
  box.readOnly = true; // no keyboard comes up on a phone
  const focused = document.activeElement;
  (document.querySelector("dialog[open]") ?? document.body).append(box); // outside an open window nothing can be selected
  box.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch {
    // A browser that forbids it says so by an error.
  }
  box.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return done;
}

/**
 * @param {Blob} picture  a PNG
 * @returns {Promise<boolean>} whether it is there: many browsers take none
 */
export async function copyPicture(picture) {
  try {
    await navigator.clipboard.write([new ClipboardItem({ [picture.type]: picture })]);
    return true;
  } catch {
    return false;
  }
}
