// Small ways to find, make and change elements. Text is always set as text, never as HTML.
export const find = (selector, root = document) => root.querySelector(selector);
export const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];

/** make("a", { class: "btn", href: "/" }, "Go"): attributes that are null, undefined or false are left out. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Change a text only when it differs, so that a screen reader and a selection are left alone. */
export function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

export function setAttribute(element, name, value) {
  if (!element) return;
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
}

export function show(element, isShown) {
  if (element) element.hidden = !isShown;
}

/** The data that the page's template embedded with json_script. */
export function embedded(id) {
  const element = document.getElementById(id);
  return element ? JSON.parse(element.textContent) : null;
}

const SVG = "http://www.w3.org/2000/svg";

/** An icon of the sprite that the page itself uses, so that its address keeps the hash of this release. */
export function icon(name) {
  const sprite = find("svg.ic use")?.getAttribute("href").split("#")[0] ?? "/static/icons.svg";
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "ic");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${sprite}#${name}`);
  svg.append(use);
  return svg;
}

export function setIcon(element, name) {
  const use = find("use", element);
  // Setting the same address again would fetch the sprite again, and fail without a connection.
  if (use) setAttribute(use, "href", `${use.getAttribute("href").split("#")[0]}#${name}`);
}

/** True while somebody types, so that a single key is theirs and not a command. */
export function isTyping(event) {
  const target = event.target;
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable='true']") !== null;
}

export const isPlainKey = (event) => !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
