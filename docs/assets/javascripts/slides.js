// Slides on a page: one at a time on the whole window, turned by keys, by the buttons, or by a touch of them. Without
// this script, and on paper, they stand below each other (handbook.css). Nothing else is on this page's keys.

const NEXT = ["ArrowRight", "ArrowDown", "PageDown", " "];
const BACK = ["ArrowLeft", "ArrowUp", "PageUp"];

/** The slides of a page, and which of them is shown. */
class Slides {
  /** @param {HTMLElement} bar what starts, turns and ends them @param {HTMLElement[]} slides */
  constructor(bar, slides) {
    this.bar = bar;
    this.slides = slides;
    this.at = 0;
    bar.hidden = false;
    for (const slide of slides) slide.tabIndex = -1;
    bar.addEventListener("click", (event) => {
      const pressed = event.target instanceof Element ? event.target.closest("button") : null;
      if (pressed?.dataset.action === "present") this.show(0);
      if (pressed?.dataset.action === "back") this.show(this.at - 1);
      if (pressed?.dataset.action === "next") this.show(this.at + 1);
      if (pressed?.dataset.action === "end") this.end();
    });
  }

  get presenting() {
    return document.body.dataset.presenting !== undefined;
  }

  /** @param {number} place */
  show(place) {
    this.at = Math.min(Math.max(place, 0), this.slides.length - 1);
    document.body.dataset.presenting = "";
    this.slides.forEach((slide, index) => slide.toggleAttribute("data-shown", index === this.at));
    const count = /** @type {HTMLElement} */ (this.bar.querySelector("[data-count]"));
    count.textContent = `${this.at + 1} / ${this.slides.length}`;
    this.slides[this.at]?.focus();
  }

  end() {
    delete document.body.dataset.presenting;
    for (const slide of this.slides) slide.removeAttribute("data-shown");
    this.bar.querySelector("button")?.focus();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (!this.presenting || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === " " && event.target instanceof HTMLButtonElement) return;
    if (event.key === "Escape") this.end();
    else if (NEXT.includes(event.key)) this.show(this.at + 1);
    else if (BACK.includes(event.key)) this.show(this.at - 1);
    else if (event.key === "Home") this.show(0);
    else if (event.key === "End") this.show(this.slides.length - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** @type {Slides | null} */
let shown = null;

window.document$.subscribe(() => {
  delete document.body.dataset.presenting;
  const bar = document.querySelector("article [data-slides]");
  const slides = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("article .pb-slide")]);
  shown = bar instanceof HTMLElement && slides.length ? new Slides(bar, slides) : null;
});

window.addEventListener("keydown", (event) => shown?.key(event), { capture: true });
