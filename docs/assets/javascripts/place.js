// Where on a page the reader is, so that the same page in the other language opens there: by what stands at the top of the
// window and is called the same in both, a heading, a field, a table.

/** @typedef {{ selector: string, top: number }} Place  top: pixels below the window's upper edge */

/** Pixels that the header covers. */
const HEADER = 100;

/** @returns {Place | null} null at the beginning of a page */
export function placeOfPage() {
  if (scrollY < HEADER) return null;
  // What stands in the rail of the inputs is always there, and tells nothing.
  const named = [...document.querySelectorAll("article :is([id], [data-field], [data-table]):not(.pb-rail, .pb-rail *)")];
  const seen = named.filter((element) => element.getClientRects().length && element.getBoundingClientRect().top <= HEADER);
  const last = seen.at(-1);
  if (!last) return null;
  const name = ["id", "data-field", "data-table"].find((one) => last.getAttribute(one)) ?? "id";
  return { selector: `[${name}="${CSS.escape(last.getAttribute(name) ?? "")}"]`, top: last.getBoundingClientRect().top };
}

/**
 * Scroll to a place, and stay there while the page is still being filled, until the reader does something.
 * @param {Place} place
 */
export function returnTo({ selector, top }) {
  try {
    if (!Number.isFinite(top)) return;
    document.querySelector(selector);
  } catch {
    return; // not what placeOfPage has left
  }
  const scroll = () => {
    const element = document.querySelector(selector);
    if (element) scrollBy({ top: element.getBoundingClientRect().top - top, behavior: "instant" });
  };
  const observer = new ResizeObserver(scroll);
  observer.observe(document.body);
  for (const done of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    addEventListener(done, () => observer.disconnect(), { once: true, passive: true });
  }
  scroll();
}
