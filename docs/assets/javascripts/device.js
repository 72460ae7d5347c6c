// What a reader lets this device keep: ticked steps, a quarter's answers, a list of people. Texts by name, in the browser's
// localStorage. Nothing is kept that the reader did not ask for, and nothing is ever sent.

// The storage is shared by everything on the host, hence the site's own address before each name. This file is in
// SITE/assets/playbook-…/javascripts/.
const PREFIX = `playbook:${new URL("../../../", import.meta.url).pathname}:`;

/** Whether this browser keeps anything for this site; a policy or a private window may forbid it. */
export function available() {
  return keep("?", "") && forget("?");
}

/**
 * Keeps a text until it is forgotten; false if there is no room or no permission.
 * @param {string} name
 * @param {string} text
 */
export function keep(name, text) {
  try {
    localStorage.setItem(PREFIX + name, text);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} name
 * @returns {string | null}
 */
export function kept(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/**
 * Forgets every text whose name begins so; with "", everything that this site has kept. False where nothing can be kept.
 * @param {string} beginning
 */
export function forget(beginning) {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX + beginning));
    for (const name of names) localStorage.removeItem(name);
    return true;
  } catch {
    return false;
  }
}
