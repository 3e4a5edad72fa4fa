/** The bar under the header: the newest pinned message; each press jumps to it and turns to the one before. */

import { summary } from "/static/phone/bubble.js";
import { icon, make } from "/static/page/dom.js";
import { withMarks } from "/static/phone/marks.js";

export class PinnedBar {
  constructor(jump) {
    this.jump = jump;
    this.pinned = [];
    this.title = make("span", { class: "pinned-title" });
    this.words = make("span", { class: "pinned-words" });
    this.element = make(
      "button",
      { type: "button", class: "pinned", hidden: true },
      icon("pin"),
      make("span", { class: "pinned-about" }, this.title, this.words),
    );
    this.element.addEventListener("click", () => this.#press());
  }

  show(messages) {
    const pinned = messages.filter((message) => message.pinned).reverse();
    const isSame = pinned.map(idOf).join() === this.pinned.map(idOf).join();
    this.pinned = pinned;
    this.at = isSame ? this.at : 0;
    this.#draw();
  }

  #press() {
    this.jump(this.pinned[this.at].message_id);
    this.at = (this.at + 1) % this.pinned.length;
    this.#draw();
  }

  #draw() {
    this.element.hidden = this.pinned.length === 0;
    if (this.element.hidden) return;
    const place = this.pinned.length > 1 ? ` ${this.at + 1}/${this.pinned.length}` : "";
    this.title.textContent = `Tin đã ghim${place}`;
    this.words.replaceChildren(...withMarks(summary(this.pinned[this.at])));
    this.element.setAttribute("aria-label", `Đến tin đã ghim${place}: ${this.words.textContent}`);
  }
}

function idOf(message) {
  return message.message_id;
}
