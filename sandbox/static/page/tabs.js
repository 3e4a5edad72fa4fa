/** The strip of phones: tabs on a narrow screen, signposts on a wide one; each with its count of unread messages. */

import { avatar } from "/static/phone/bubble.js";
import { make } from "/static/page/dom.js";

export class Tabs {
  constructor(element, choose) {
    this.element = element;
    this.choose = choose;
    element.addEventListener("keydown", (event) => this.#walk(event));
  }

  draw(phones, current) {
    const wanted = phones.map((phone) => `${phone.chat} ${phone.title}`).join("\n");
    if (wanted !== this.drawn) this.element.replaceChildren(...phones.map((phone) => this.#tab(phone)));
    this.drawn = wanted;
    phones.forEach((phone, index) => mark(this.element.children[index], phone, phone === current));
  }

  #tab(phone) {
    const tab = make(
      "button",
      { type: "button", class: "tab" },
      avatar(phone.title),
      make("span", { class: "tab-name" }, phone.title),
      make("span", { class: "badge", "aria-hidden": "true" }),
    );
    tab.addEventListener("click", () => this.choose(phone));
    return tab;
  }

  #walk(event) {
    const tabs = [...this.element.children];
    const at = tabs.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    tabs.at(to % tabs.length).focus();
  }
}

function mark(tab, phone, isCurrent) {
  tab.querySelector(".badge").textContent = phone.unread || "";
  tab.setAttribute("aria-label", phone.unread ? `${phone.title}, ${phone.unread} tin chưa đọc` : phone.title);
  if (!isCurrent) return tab.removeAttribute("aria-current");
  if (tab.getAttribute("aria-current") === "true") return undefined;
  tab.setAttribute("aria-current", "true");
  return tab.scrollIntoView({ block: "nearest", inline: "nearest" });
}
