// Sees to it that a page's scripts and styles arrive as the page knows them, and says so where they do not. It stands in the
// page itself, whose words it has from its own element, since nothing else may have come.
// Here: fetching once more what was wrong, and what is said when that does not help. Not here: Python's files (verified.js).

(() => {
  /** Scripts on a slow line take their time; this is said until they come. */
  const PATIENCE_MS = 20_000;
  const MENDED = "playbook:mended";
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  /** @type {{ arrival_missing: string, arrival_late: string, incomplete: string, framed: string, reload: string }} */
  const words = JSON.parse(own.dataset.words ?? "{}");
  /** @type {Element | null} */
  let note = null;
  let begun = false;

  /** @param {string} text */
  function say(text) {
    if (document.readyState === "loading") return document.addEventListener("readystatechange", () => say(text), { once: true });
    note?.remove();
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "pb-button", textContent: words.reload, onclick: () => location.reload() });
    note = document.createElement("p");
    note.setAttribute("role", "alert");
    note.className = "pb-note";
    note.append(text, " ", button);
    (document.querySelector("article") ?? document.body).prepend(note);
  }

  /** @returns {Map<string, string>} what this page takes, by address */
  function taken() {
    /** @type {Map<string, string>} */
    const found = new Map();
    for (const element of document.querySelectorAll("[integrity]")) {
      const address = element.getAttribute("src") ?? element.getAttribute("href") ?? "";
      found.set(new URL(address, location.href).href, element.getAttribute("integrity") ?? "");
    }
    const { integrity } = JSON.parse(document.querySelector('script[type="importmap"]')?.textContent ?? "{}");
    for (const [address, hash] of Object.entries(integrity ?? {})) found.set(new URL(address, location.href).href, hash);
    return found;
  }

  /**
   * Have the browser fetch everything anew, past what it has; then the page can begin again.
   * @param {string} failed  what did not come
   */
  async function mend(failed) {
    if (begun) return;
    begun = true;
    const missing = await Promise.all(
      [...taken()].map(([address, integrity]) =>
        fetch(address, { cache: "reload", integrity }).then(
          (response) => (response.ok ? "" : address),
          () => address,
        ),
      ),
    );
    const names = missing.filter((address) => address).map((address) => address.split("/").pop());
    try {
      if (!names.length && sessionStorage.getItem(MENDED) !== failed) {
        sessionStorage.setItem(MENDED, failed);
        return location.reload();
      }
    } catch {
      // Storage can be forbidden; then the reader reloads.
    }
    say(words.arrival_missing.replace("{files}", names.join(", ") || (failed.split("/").pop() ?? "")));
  }

  /**
   * In a folder nothing can be fetched, and Chromium and WebKit compare nothing, but refuse what they are to compare.
   * @param {HTMLScriptElement | HTMLLinkElement} target
   */
  function inFolder(target) {
    const link = target instanceof HTMLLinkElement;
    if (link && target.rel !== "stylesheet") return;
    if (target.integrity) {
      const copy = document.createElement(target.localName);
      for (const { name, value } of target.attributes) if (name !== "integrity") copy.setAttribute(name, value);
      target.replaceWith(copy);
    } else if (link || !target.src.includes("/from-folder/")) {
      // A zip file that nobody has unpacked, or half of a folder. Of Python's files the calculator tells.
      say(words.incomplete);
    }
  }

  addEventListener(
    "error",
    ({ target }) => {
      if (!(target instanceof HTMLScriptElement || target instanceof HTMLLinkElement)) return;
      if (location.protocol === "file:") {
        inFolder(target);
      } else if (window.origin === "null") {
        say(words.framed.replace("{address}", location.href)); // a sandboxed frame, which may run no module
      } else if (target.integrity) {
        const failed = "src" in target ? target.src : target.href;
        // What else the page takes is known once it has been read, whether or not its scripts ever come.
        if (document.readyState === "loading") document.addEventListener("readystatechange", () => mend(failed), { once: true });
        else mend(failed);
      }
    },
    true,
  );

  const late = setTimeout(() => note ?? say(words.arrival_late), PATIENCE_MS); // what is mended may not come either
  document.addEventListener("playbook-arrived", () => {
    clearTimeout(late);
    note?.remove();
  });
})();
