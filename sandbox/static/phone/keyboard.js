/** The inline buttons under a bubble. */

import { icon, make, whileBusy } from "/static/page/dom.js";
import { isSafe } from "/static/page/links.js";
import { withMarks } from "/static/phone/marks.js";
import { link } from "/static/phone/richtext.js";

export function inlineKeyboard(message, acts) {
  if (!message.buttons?.length) return null;
  return make(
    "div",
    { class: "keyboard", role: "group", "aria-label": "Nút của tin nhắn" },
    message.buttons.map((row) => rowOf(row, message, acts)),
  );
}

function rowOf(row, message, acts) {
  return make(
    "div",
    { class: "keyboard-row" },
    row.map((button) => key(button, message, acts)),
  );
}

function key({ text, url }, message, acts) {
  if (url && isSafe(url)) return urlKey(text, url, acts);
  const face = make("button", { type: "button", class: "key" }, make("span", {}, withMarks(text)));
  face.addEventListener("click", () => whileBusy(face, () => acts.press(message, text)));
  return face;
}

function urlKey(text, url, acts) {
  const face = link(url, make("span", {}, withMarks(text)), acts);
  face.className = "key key-url";
  face.append(icon("arrow-out"), make("span", { class: "sr-only" }, " (mở đường dẫn)"));
  return face;
}
