// Elements as all of this site's scripts make them: with a class and a text, a button, a field under its name.

/**
 * @param {string} name
 * @param {string} css
 * @param {string} [text]
 */
export function element(name, css, text = "") {
  const made = document.createElement(name);
  made.className = css;
  made.textContent = text;
  return made;
}

/**
 * @param {string} text
 * @param {{ css?: string, action?: string, label?: string, pressed?: () => void }} [more]  action: what it does in a
 *   calculator (actions.js); label: how it is read out, where its text does not say enough
 */
export function button(text, { css = "pb-button", action = "", label = "", pressed } = {}) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: css, textContent: text });
  if (action) made.dataset.action = action;
  if (label) made.setAttribute("aria-label", label);
  if (pressed) made.addEventListener("click", pressed);
  return made;
}

/**
 * @param {string} text
 * @param {HTMLElement} box
 */
export function labelled(text, box) {
  const label = element("label", "pb-field");
  label.append(element("span", "pb-label", text), box);
  return label;
}
