// What the fields of a form are to whoever takes their values elsewhere, into a link or onto this device: what each is called,
// what it can take, and whether it may hold people's data, which goes nowhere. Filling a form is entry.js.

/** @typedef {import("./entry.js").Box} Box */

/**
 * Which of the values may leave the form: not those that may name people, a secret word, or how names are shown.
 * @param {Box[]} boxes
 * @param {Record<string, string>} values
 * @returns {Record<string, string>}
 */
export function handedOn(boxes, values) {
  const names = new Set(boxes.filter((box) => !isPersonal(box)).map(({ name }) => name));
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

/** @param {Box} box */
export function isPersonal(box) {
  return box.closest('[data-people], [data-group="privacy"]') !== null || box.hasAttribute("data-secret");
}

/**
 * What of some values, of another version perhaps, a form takes: nothing that it does not know, that it could not show, or
 * that is people's.
 * @param {Box[]} boxes
 * @param {Record<string, string>} values
 * @returns {{ taken: Record<string, string>, left: string[] }} left: what is not taken, as the reader knows it
 */
export function fitting(boxes, values) {
  /** @type {Record<string, string>} */
  const taken = {};
  /** @type {string[]} */
  const left = [];
  for (const [name, value] of Object.entries(values)) {
    const own = boxes.filter((box) => box.name === name);
    if (own.length && !isPersonal(own[0]) && own.some((box) => takes(box, value))) taken[name] = value;
    else left.push(own.length ? labelOf(own[0]) : name.slice(0, 40));
  }
  return { taken, left };
}

/**
 * @param {Box} box
 * @param {string} value
 */
function takes(box, value) {
  if (box instanceof HTMLSelectElement) return [...box.options].some((option) => option.value === value);
  if (box.type === "checkbox") return value === "yes" || value === "no";
  if (box.type === "radio") return box.value === value;
  if (box.type === "date") return value === "" || /^\d{4}-\d\d-\d\d$/.test(value);
  if (box.type === "number") return value === "" || Number.isFinite(Number(value));
  return (box.maxLength < 0 || value.length <= box.maxLength) && (box instanceof HTMLTextAreaElement || !/[\r\n]/.test(value));
}

/**
 * @param {Box} box
 * @returns {string} what the form calls a field
 */
export function labelOf(box) {
  const field = box.closest("[data-field]");
  const label = field?.querySelector(".pb-label") ?? field?.querySelector(".pb-switch span");
  return label?.textContent?.trim() || box.name;
}
