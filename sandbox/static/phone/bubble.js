/** One message as it stands in the chat: bubble, sender, time, buttons; or a centred service line. */

import { attachments } from "/static/phone/attachment.js";
import { icon, iconButton, make } from "/static/page/dom.js";
import { inlineKeyboard } from "/static/phone/keyboard.js";
import { plainText, richText } from "/static/phone/richtext.js";
import { hour } from "/static/page/times.js";
import { hue, initials } from "/static/page/world.js";

/** `view` says who looks on: `{own, sender, inGroup, acts, quoted}`. */
export function bubble(message, view) {
  if (message.service)
    return make(
      "div",
      { class: "message service", "data-id": message.message_id },
      make("span", {}, message.service),
    );
  const side = view.own ? "out" : "in";
  const root = make(
    "div",
    { class: `message ${side}`, "data-id": message.message_id, tabindex: "-1" },
    make("div", { class: "message-column" }, body(message, view), inlineKeyboard(message, view.acts)),
    canEdit(message, view) &&
      iconButton("pencil", "Sửa tin nhắn này", {
        class: "message-edit",
        on: { click: () => view.acts.edit(message) },
      }),
  );
  root.classList.toggle("has-keyboard", Boolean(message.buttons?.length));
  root.style.setProperty("--hue", hue(view.sender));
  return root;
}

export function avatar(name) {
  const face = make("span", { class: "avatar", "aria-hidden": "true" }, initials(name));
  face.style.setProperty("--hue", hue(name));
  return face;
}

/** The first words of a message, for the pinned bar and for quotes. */
export function summary(message) {
  const thing = message.photo ? "Ảnh" : message.contact ? "Số điện thoại" : "Tin nhắn";
  const words = message.text ?? message.caption ?? message.document?.file_name ?? thing;
  return words.split("\n", 1)[0];
}

function body(message, view) {
  const only = message.photo && !wording(message) ? " bubble-photo" : "";
  return make(
    "div",
    { class: `bubble${only}` },
    make("span", { class: view.inGroup && !view.own ? "sender" : "sr-only" }, view.own ? "Anh/chị:" : view.sender),
    view.inGroup && !view.own && avatar(view.sender),
    view.quoted && quote(view),
    attachments(message),
    wording(message) && make("span", { class: "text" }, words(message, view.acts)),
    meta(message, view.own),
  );
}

// A contact's card already shows the number.
function wording(message) {
  return message.contact ? "" : message.html || message.text || message.caption;
}

function words(message, acts) {
  return message.html ? richText(message.html, acts) : plainText(message.text ?? message.caption, acts);
}

function quote({ quoted, acts }) {
  return make(
    "button",
    {
      type: "button",
      class: "quote",
      "aria-label": `Trả lời: ${summary(quoted)}`,
      on: { click: () => acts.jump(quoted.message_id) },
    },
    summary(quoted),
  );
}

function meta(message, own) {
  return make(
    "span",
    { class: "meta" },
    message.pinned &&
      make(
        "span",
        { class: "meta-pin", title: "Đã ghim" },
        icon("pin"),
        make("span", { class: "sr-only" }, "đã ghim "),
      ),
    message.edited && make("span", {}, "đã sửa "),
    make("time", {}, hour(message.date)),
    own && make("span", { class: "sent", "aria-hidden": "true" }, "✓"),
  );
}

function canEdit(message, { own }) {
  return own && typeof message.text === "string";
}
