/** The list of messages: only what changed is drawn again, so that focus, scrolling and screen readers stay calm. */

import { bubble } from "/static/phone/bubble.js";
import { make } from "/static/page/dom.js";
import { day } from "/static/page/times.js";
import { senderId } from "/static/page/world.js";

const NEAR = 60;
const GROUPED_WITHIN = 5 * 60 * 1000;

export class Log {
  constructor({ label, onScroll }) {
    this.element = make("div", {
      class: "log",
      role: "log",
      "aria-live": "off",
      "aria-label": label,
      tabindex: "0",
    });
    this.drawn = new Map();
    this.stuck = true;
    this.top = 0;
    this.element.addEventListener("scroll", () => this.#scrolled(onScroll));
    // A picture that arrives late or a keyboard that opens below would hide the newest message.
    this.element.addEventListener("load", () => this.stuck && this.toEnd("auto"), true);
    new ResizeObserver(() => this.stuck && this.toEnd("auto")).observe(this.element);
  }

  /** `viewOf(message)` says how the message is looked at; `head` is what stands before the first message. */
  draw(messages, { viewOf, head }) {
    const nodes = [...head];
    let before = null;
    for (const message of messages) {
      const newDay = !before || day(before.date) !== day(message.date);
      if (newDay) nodes.push(this.#day(message));
      const node = this.#message(message, viewOf);
      const grouped = !newDay && isOneRun(before, message);
      node.classList.toggle("first", !grouped);
      node.classList.add("last");
      if (grouped) nodes.at(-1).classList.remove("last");
      nodes.push(node);
      before = message;
    }
    this.#arrange(nodes);
    if (this.stuck) this.toEnd("auto");
    // A screen reader hears what comes, not all that stood there when the page was opened.
    requestAnimationFrame(() => this.element.setAttribute("aria-live", "polite"));
  }

  toEnd(behavior = "smooth") {
    this.stuck = true;
    this.element.scrollTo({ top: this.element.scrollHeight, behavior: calm() ? "auto" : behavior });
  }

  jump(messageId) {
    const target = this.element.querySelector(`[data-id="${messageId}"]`);
    if (!target) return;
    target.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
    target.focus({ preventScroll: true });
    target.classList.remove("flash");
    requestAnimationFrame(() => target.classList.add("flash"));
  }

  /** After the phone was out of sight the browser may have forgotten where it was scrolled to. */
  restore() {
    if (this.stuck) this.toEnd("auto");
    else this.element.scrollTop = this.top;
  }

  #scrolled(onScroll) {
    const { offsetParent, scrollTop, clientHeight, scrollHeight } = this.element;
    if (!offsetParent) return;
    // Only a reader who scrolls up leaves the end; a log that grows by itself does not.
    this.stuck = scrollHeight - scrollTop - clientHeight < NEAR || (this.stuck && scrollTop >= this.top);
    this.top = scrollTop;
    onScroll();
  }

  #day(message) {
    const key = `day ${day(message.date)} ${message.message_id}`;
    return this.#kept(key, "", () => make("div", { class: "day" }, make("span", {}, day(message.date))));
  }

  #message(message, viewOf) {
    const view = viewOf(message);
    const signature = JSON.stringify([message, view.own, view.sender, view.quoted]);
    return this.#kept(message.message_id, signature, () => bubble(message, view));
  }

  #kept(key, signature, build) {
    const old = this.drawn.get(key);
    if (old?.signature === signature) return old.node;
    const node = build();
    if (old?.node.contains(document.activeElement))
      this.focusLater = { node, at: tappable(old.node).indexOf(document.activeElement) };
    this.drawn.set(key, { node, signature });
    return node;
  }

  #arrange(nodes) {
    const wanted = new Set(nodes);
    const lostFocus = [...this.element.children].some(
      (child) => !wanted.has(child) && child.contains(document.activeElement),
    );
    for (const [key, { node }] of this.drawn) if (!wanted.has(node)) this.drawn.delete(key);
    for (const child of [...this.element.children]) if (!wanted.has(child)) child.remove();
    nodes.forEach((node, index) => {
      if (this.element.children[index] !== node)
        this.element.insertBefore(node, this.element.children[index] ?? null);
    });
    if (lostFocus) this.#focusAgain(nodes);
  }

  // A pressed button vanishes with the screen it belonged to; the keyboard goes on where the new screen stands.
  #focusAgain(nodes) {
    const { node, at } = this.focusLater ?? { node: nodes.at(-1), at: 0 };
    this.focusLater = null;
    const choices = node ? tappable(node) : [];
    (choices[Math.max(0, Math.min(at, choices.length - 1))] ?? node ?? this.element).focus({ preventScroll: true });
  }
}

function tappable(node) {
  return [...node.querySelectorAll("button, a[href]")];
}

function isOneRun(before, message) {
  if (!before || before.service || message.service) return Boolean(before?.service && message.service);
  return (
    senderId(before) === senderId(message) && Date.parse(message.date) - Date.parse(before.date) < GROUPED_WITHIN
  );
}

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
