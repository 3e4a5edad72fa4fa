/** What stands before the first message of a private chat: links received elsewhere, and «Bắt đầu». */

import { icon, make } from "/static/page/dom.js";
import { link, plainText } from "/static/phone/richtext.js";

export class Outset {
  constructor(acts) {
    this.acts = acts;
    this.cards = [];
    this.start = make("button", { type: "button" }, "Bắt đầu");
    this.start.addEventListener("click", () => acts.say("/start"));
    this.begin = make("div", { class: "begin" }, make("p", {}, "Chưa có tin nhắn nào."), this.start);
  }

  /** The nodes to show; the same links give the same nodes, so that focus stays on them. */
  nodes(links, isEmpty) {
    const written = JSON.stringify(links);
    if (written !== this.written) this.cards = links.map(({ text, url }) => this.#card(text, url));
    this.written = written;
    // One button stands out: whoever has a link begins with it.
    this.start.className = links.length ? "button" : "button button-main";
    return isEmpty ? [...this.cards, this.begin] : this.cards;
  }

  #card(text, url) {
    const open = link(url, "Mở đường dẫn", this.acts);
    open.className = "button button-main card-open";
    return make(
      "div",
      { class: "card" },
      make("span", { class: "card-kind" }, icon("link"), "Tin nhận ngoài bot"),
      make("p", {}, plainText(text, this.acts)),
      open,
      make("span", { class: "card-url" }, url),
    );
  }
}
