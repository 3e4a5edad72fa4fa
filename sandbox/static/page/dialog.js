/** Small questions over the page: Escape and «Thôi» close them, focus goes back where it was. */

import { iconButton, make, whileBusy } from "/static/page/dom.js";
import { tellErrors } from "/static/page/toast.js";

/** Resolves with what `submit(form)` gave, or with undefined when the question was put away. */
export function ask({ title, fields, action, submit }) {
  return new Promise((resolve) => {
    const toasts = make("div", { class: "dialog-toasts" });
    const send = make(
      "button",
      { type: "submit", class: "button button-main" },
      make("span", { class: "spinner", "aria-hidden": "true" }),
      action,
    );
    const stop = make("button", { type: "button", class: "button" }, "Thôi");
    const buttons = make("div", { class: "dialog-buttons" }, stop, submit && send);
    const form = make("form", {}, fields, toasts, buttons);
    const box = shell(title, form);
    let answer;

    stop.addEventListener("click", () => box.close());
    box.addEventListener("close", () => {
      box.remove();
      resolve(answer);
    });
    box.answer = (value) => {
      answer = value;
      box.close();
    };
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const given = await whileBusy(send, () => tellErrors(toasts, () => submit(form)));
      if (given !== undefined) box.answer(given);
    });
    document.body.append(box);
    box.showModal();
    form.querySelector("input, button").focus();
  });
}

/** A list of answers, one press each. */
export function choose({ title, choices }) {
  const list = choices.map(({ label, value }) => {
    const choice = make("button", { type: "button", class: "button choice" }, label);
    choice.addEventListener("click", () => choice.closest("dialog").answer(value));
    return choice;
  });
  return ask({ title, fields: make("div", { class: "choices" }, list) });
}

function shell(title, form) {
  const box = make("dialog", { class: "dialog", "aria-labelledby": "dialog-title" });
  const close = iconButton("close", "Đóng", { on: { click: () => box.close() } });
  box.append(make("div", { class: "dialog-head" }, make("h2", { id: "dialog-title" }, title), close), form);
  return box;
}
