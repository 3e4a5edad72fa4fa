/** A button that opens a list of choices: arrows walk it, Escape closes it, focus comes back. */

import { make } from "/static/page/dom.js";

export class Menu {
  /** `read()` gives (or promises) `[{label, detail?, picture?, run}]`; `empty` is said when there is nothing. */
  constructor(button, { label, read, empty }) {
    this.button = button;
    this.read = read;
    this.empty = empty;
    this.list = make("div", { class: "menu", role: "menu", "aria-label": label, hidden: true });
    this.list.addEventListener("keydown", (event) => this.#walk(event));
    this.list.addEventListener("focusout", (event) => this.#left(event));
    // Some browsers do not focus a button that is clicked: the menu would lose focus and close before the click.
    for (const part of [button, this.list]) part.addEventListener("mousedown", (event) => event.preventDefault());
    button.setAttribute("aria-haspopup", "menu");
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => (this.list.hidden ? this.open() : this.close()));
  }

  async open() {
    const items = await this.read();
    this.list.replaceChildren(...items.map((item) => this.#item(item)));
    if (!items.length)
      this.list.append(
        make(
          "button",
          { type: "button", role: "menuitem", "aria-disabled": "true", class: "menu-item" },
          this.empty,
        ),
      );
    this.list.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.list.firstElementChild.focus();
  }

  close() {
    this.list.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
  }

  #item({ label, detail, picture, run }) {
    const item = make("button", { type: "button", role: "menuitem", class: "menu-item", tabindex: "-1" }, picture);
    item.append(make("span", { class: "menu-label" }, label));
    if (detail) item.append(make("span", { class: "menu-detail" }, detail));
    item.addEventListener("click", () => {
      this.close();
      this.button.focus();
      run();
    });
    return item;
  }

  #walk(event) {
    const items = [...this.list.children];
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      items.at(to % items.length).focus();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
      this.button.focus();
    } else if (event.key === "Tab") {
      this.close();
    }
  }

  // The button closes the menu by its own click; closing here as well would open it again.
  #left(event) {
    if (!this.list.contains(event.relatedTarget) && event.relatedTarget !== this.button) this.close();
  }
}
