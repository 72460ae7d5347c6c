// The dictionary of measures: what is typed leaves those measures on the page whose name, other name or formula has it.
// Search of the whole site is not here (search.js).

/** @param {string} text */
const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ");

window.document$.subscribe(() => {
  const find = document.querySelector("article [data-find-measure]");
  const field = find?.querySelector("input");
  const count = find?.querySelector("output");
  if (!(find instanceof HTMLElement) || !field || !count) return;
  find.hidden = false;
  /** @type {{ parts: HTMLElement[], said: string, topic: Element | null }[]} */
  const measures = [];
  /** @type {Element | null} */
  let topic = null;
  for (const part of document.querySelectorAll("article :is(h2, .pb-measure)")) {
    if (part.matches("h2")) {
      topic = part;
    } else if (part instanceof HTMLElement && part.previousElementSibling instanceof HTMLElement) {
      const said = plain(`${part.previousElementSibling.textContent} ${part.textContent}`);
      measures.push({ parts: [part.previousElementSibling, part], said, topic });
    }
  }
  const show = () => {
    const words = plain(field.value).trim().split(" ");
    const left = measures.filter((measure) => words.every((word) => measure.said.includes(word)));
    for (const measure of measures) for (const part of measure.parts) part.hidden = !left.includes(measure);
    for (const { topic } of measures) {
      if (topic instanceof HTMLElement) topic.hidden = !left.some((measure) => measure.topic === topic);
    }
    count.textContent = field.value.trim() ? `${left.length} / ${measures.length}` : "";
  };
  field.addEventListener("input", show);
  // A link to one measure shows it, whatever is typed.
  window.addEventListener("hashchange", () => {
    const there = location.hash && document.getElementById(location.hash.slice(1));
    if (!there || !there.hidden) return;
    field.value = "";
    show();
    there.scrollIntoView();
  });
});
