/** The head of a phone: whom one talks with, and what they are doing; for a group also as whom one looks on. */

import { avatar } from "/static/phone/bubble.js";
import { make } from "/static/page/dom.js";

const TYPING_FOR = 5000;

export class Header {
  constructor() {
    this.face = make("span", {});
    this.name = make("span", { class: "phone-name" });
    this.status = make("span", { class: "phone-status" });
    const titles = make("div", { class: "phone-titles" }, this.name, this.status);
    this.element = make("div", { class: "phone-header" }, this.face, titles);
  }

  show(name, status) {
    this.usual = status;
    this.#showStatus();
    if (name === this.name.textContent) return;
    this.name.textContent = name;
    this.face.replaceChildren(avatar(name));
  }

  startTyping() {
    this.isTyping = true;
    this.#showStatus();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.stopTyping(), TYPING_FOR);
  }

  stopTyping() {
    this.isTyping = false;
    this.#showStatus();
  }

  #showStatus() {
    this.status.textContent = this.isTyping ? "đang nhập…" : this.usual;
  }
}

/** «xem với tư cách»: the member through whose eyes a group is seen. */
export class Viewers {
  constructor(id, look) {
    this.choice = make("select", { id });
    this.choice.addEventListener("change", () => look(Number(this.choice.value)));
    this.element = make(
      "span",
      { class: "phone-viewer" },
      make("label", { for: id }, "xem với tư cách"),
      this.choice,
    );
  }

  show(members, viewer) {
    const options = members.map(({ id, name }) => make("option", { value: id, selected: id === viewer }, name));
    this.choice.replaceChildren(...options);
  }
}
