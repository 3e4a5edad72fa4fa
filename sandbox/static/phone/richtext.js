/** The server's `html` of a message, rebuilt from an allow-list: nothing else reaches the page. */

import { make } from "/static/page/dom.js";
import { isSafe } from "/static/page/links.js";
import { withMarks } from "/static/phone/marks.js";

const KEPT = new Set(["b", "i", "u", "s", "code", "pre", "blockquote", "br"]);
const RENAMED = { strong: "b", em: "i", ins: "u", del: "s", strike: "s" };
const DROPPED = new Set(["script", "style", "template", "iframe", "object", "svg", "math"]);
const URL_TEXT = /(?<url>(?:https?:\/\/|\b(?:t|telegram)\.me\/)[^\s<>"«»]*[^\s<>"«».,;:!?)])/u;
const COMMAND = /(?<![\p{L}\p{N}/.])(?<command>\/[a-z][a-z0-9_]{0,31})(?![\p{L}\p{N}/])/u;
const FINDS = new RegExp(`${URL_TEXT.source}|${COMMAND.source}`, "giu");

/** `acts.open(url)` follows a link, `acts.say(text)` sends a command that stands in the text. */
export function richText(html, acts) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  return children(parsed.body, acts, true);
}

/** A text without marks, where addresses and commands can still be pressed. */
export function plainText(text, acts) {
  const found = document.createDocumentFragment();
  let from = 0;
  for (const match of text.matchAll(FINDS)) {
    found.append(...withMarks(text.slice(from, match.index)), pressable(match, acts));
    from = match.index + match[0].length;
  }
  found.append(...withMarks(text.slice(from)));
  return found;
}

export function link(address, label, acts) {
  return make(
    "a",
    {
      href: address,
      target: "_blank",
      rel: "noopener noreferrer",
      on: { click: (event) => acts.open(address) && event.preventDefault() },
    },
    label,
  );
}

function children(node, acts, linked) {
  const safe = document.createDocumentFragment();
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) safe.append(linked ? plainText(child.data, acts) : child.data);
    else if (child.nodeType === Node.ELEMENT_NODE) safe.append(element(child, acts, linked));
  }
  return safe;
}

function element(node, acts, linked) {
  const written = node.localName;
  const name = RENAMED[written] ?? written;
  if (DROPPED.has(name)) return "";
  if (name === "a" && isSafe(node.href)) return link(node.getAttribute("href"), children(node, acts, false), acts);
  if (name === "tg-spoiler" || node.classList.contains("tg-spoiler")) return spoiler(children(node, acts, false));
  const inner = children(node, acts, linked && name !== "code" && name !== "pre");
  return KEPT.has(name) ? make(name, {}, inner) : inner;
}

function spoiler(inner) {
  const cover = make(
    "button",
    { type: "button", class: "spoiler", "aria-label": "Nội dung ẩn, bấm để xem" },
    make("span", {}, inner),
  );
  cover.addEventListener("click", () => cover.replaceWith(...cover.firstChild.childNodes), { once: true });
  return cover;
}

function pressable(match, acts) {
  const { url, command } = match.groups;
  if (command)
    return make("button", { type: "button", class: "text-link", on: { click: () => acts.say(command) } }, command);
  return link(url.includes("://") ? url : `https://${url}`, url, acts);
}
