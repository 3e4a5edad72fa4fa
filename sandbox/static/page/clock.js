/** The sandbox's clock in the top bar: it runs like any clock, and can be wound. */

import { setClock } from "/static/page/api.js";
import { icon, isBusy, make, setBusy } from "/static/page/dom.js";
import { dayAndHour, fieldValue, fromField } from "/static/page/times.js";
import { tellErrors } from "/static/page/toast.js";

const TICK = 1000;

export class Clock {
  /** Errors go to `toasts`; `onWound()` is told when the product has done what was due. */
  constructor(toasts, onWound) {
    Object.assign(this, { toasts, onWound });
    for (const part of [
      "topbar",
      "now",
      "clock-toggle",
      "clock-panel",
      "clock-form",
      "clock-field",
      "clock-status",
      "guide-clock",
    ]) {
      this[part] = document.getElementById(part);
    }
    this.buttons = [...this["clock-panel"].querySelectorAll("button")];
    this["clock-toggle"].append(icon("clock"));
    this.#listen();
    setInterval(() => this.#tick(), TICK);
  }

  /** The hour as the server told it, just now. */
  show(now) {
    this.ahead = Date.parse(now) - Date.now();
    this.#tick();
    if (document.activeElement !== this["clock-field"]) this["clock-field"].value = fieldValue(now);
  }

  #listen() {
    this["clock-toggle"].addEventListener("click", () =>
      this.#open(this["clock-toggle"].getAttribute("aria-expanded") !== "true"),
    );
    document.addEventListener("pointerdown", ({ target }) => this.topbar.contains(target) || this.#open(false));
    this["guide-clock"].addEventListener("click", () => {
      this.#open(true);
      this.buttons[0].focus();
    });
    this.topbar.addEventListener("keydown", (event) => event.key === "Escape" && this.#putAway());
    this["clock-form"].addEventListener("submit", (event) => {
      event.preventDefault();
      this.#wind(this["clock-form"].querySelector("button"), { now: fromField(this["clock-field"].value) });
    });
    for (const button of this.buttons.filter(({ type }) => type === "button")) {
      const { advance } = button.dataset;
      button.addEventListener("click", () =>
        this.#wind(button, advance ? { advance: Number(advance) } : { next: true }),
      );
    }
    for (const button of this.buttons) button.prepend(make("span", { class: "spinner", "aria-hidden": "true" }));
  }

  // All buttons wait together: two windings at once would tell two different hours.
  async #wind(button, order) {
    if (this.buttons.some(isBusy)) return;
    this.buttons.forEach((one) => setBusy(one, true));
    button.classList.add("pressed");
    this["clock-status"].textContent = "Đang chỉnh đồng hồ…";
    const answer = await tellErrors(this.toasts, () => setClock(order));
    this.buttons.forEach((one) => setBusy(one, false));
    button.classList.remove("pressed");
    if (answer) this.show(answer.now);
    this["clock-status"].textContent = answer ? `Bây giờ là ${this.now.textContent}` : "";
    this.onWound();
  }

  #open(isOpen) {
    this["clock-toggle"].setAttribute("aria-expanded", String(isOpen));
    this["clock-panel"].classList.toggle("open", isOpen);
  }

  #putAway() {
    if (!this["clock-panel"].classList.contains("open")) return;
    this.#open(false);
    this["clock-toggle"].focus();
  }

  #tick() {
    if (this.ahead === undefined) return;
    const text = dayAndHour(new Date(Date.now() + this.ahead));
    if (text !== this.now.textContent) this.now.textContent = text;
  }
}
