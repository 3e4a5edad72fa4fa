/** Elements made without innerHTML: a text is always only a text. */

const SVG = "http://www.w3.org/2000/svg";

/** A child or attribute that is null, undefined or false is left out; `on` holds listeners. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") listen(element, value);
    else if (value === true) element.setAttribute(name, "");
    else if (isShown(value)) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter(isShown));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/static/images/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** A button that shows only a picture still says its name. */
export function iconButton(name, label, attributes = {}) {
  const { class: more = "", ...rest } = attributes;
  return make(
    "button",
    { type: "button", class: `icon-button ${more}`.trim(), "aria-label": label, title: label, ...rest },
    icon(name),
  );
}

/** Marks the button as at work until the promise settles; a second press meanwhile does nothing. */
export async function whileBusy(button, work) {
  if (isBusy(button)) return undefined;
  setBusy(button, true);
  try {
    return await work();
  } finally {
    setBusy(button, false);
  }
}

// aria-disabled rather than disabled: a disabled button would lose the keyboard's focus.
export function setBusy(button, busy) {
  for (const name of ["aria-busy", "aria-disabled"]) {
    if (busy) button.setAttribute(name, "true");
    else button.removeAttribute(name);
  }
}

export function isBusy(button) {
  return button.getAttribute("aria-disabled") === "true";
}

function listen(element, listeners) {
  for (const [event, listener] of Object.entries(listeners)) element.addEventListener(event, listener);
}

function isShown(value) {
  return value !== null && value !== undefined && value !== false;
}
