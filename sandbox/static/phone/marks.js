/** The status marks that open a line, drawn by the page itself: not every computer has a font that shows them. */

import { make } from "/static/page/dom.js";

const PICTURES = { "✅": "done", "⏳": "waiting", "↩": "returned", "⛔": "refused" };
const FINDS = /([✅⏳↩⛔])\uFE0F?/u;

/** The text as nodes; a mark stays a letter for copying and for screen readers. */
export function withMarks(text) {
  return text.split(FINDS).map((part) => (PICTURES[part] ? mark(part) : part));
}

function mark(letter) {
  return make("span", { class: `mark mark-${PICTURES[letter]}` }, letter);
}
