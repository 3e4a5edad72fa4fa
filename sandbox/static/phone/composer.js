/** Where a person writes: text field, commands, paperclip, send; and the bot's reply keyboard below. */

import { icon, iconButton, make, whileBusy } from "/static/page/dom.js";
import { withMarks } from "/static/phone/marks.js";
import { Menu } from "/static/phone/menu.js";

const TALLEST = 140;

export class Composer {
  /** `acts` as phones have them: `say`, `saveEdit`, `shareContact`, `uploadAll`, `readCommands` and so on. */
  constructor(label, acts) {
    this.acts = acts;
    this.field = make("textarea", {
      class: "field",
      rows: "1",
      placeholder: "Tin nhắn",
      "aria-label": `Tin nhắn gửi tới ${label}`,
      enterkeyhint: "send",
    });
    this.sendButton = iconButton("send", "Gửi", { class: "send" });
    this.commands = iconButton("menu", "Danh sách lệnh", { class: "commands" });
    this.clip = iconButton("clip", "Gửi tệp, ảnh hoặc thứ khác");
    this.editing = null;
    this.#build();
    this.#listen();
  }

  focus() {
    this.field.focus();
  }

  /** What was typed goes with an upload as its caption. */
  takeText() {
    const text = this.field.value.trim();
    this.#write("");
    return text;
  }

  edit(message) {
    this.editing = message;
    this.editBar.hidden = false;
    this.#write(message.text);
    this.focus();
  }

  /** `rows` as the bot laid them out; an empty list takes the keyboard away. */
  showReplyKeyboard(rows) {
    const shown = JSON.stringify(rows);
    if (shown === this.shownRows) return;
    this.shownRows = shown;
    this.replies.replaceChildren(
      ...rows.map((row) =>
        make(
          "div",
          { class: "reply-row" },
          row.map((button) => this.#replyKey(button)),
        ),
      ),
    );
    this.replies.hidden = rows.length === 0;
  }

  #build() {
    const commandMenu = new Menu(this.commands, {
      label: "Lệnh của bot",
      read: () => this.#commandItems(),
      empty: "Bot chưa khai báo lệnh nào",
    });
    const clipMenu = new Menu(this.clip, { label: "Gửi", read: () => this.#clipItems() });
    this.editBar = make(
      "div",
      { class: "edit-bar", hidden: true },
      icon("pencil"),
      make("span", {}, "Đang sửa tin nhắn"),
      iconButton("close", "Thôi sửa", { on: { click: () => this.#stopEditing() } }),
    );
    this.replies = make("div", { class: "replies", role: "group", "aria-label": "Trả lời nhanh", hidden: true });
    const line = make("div", { class: "composer-line" }, this.commands, this.field, this.clip, this.sendButton);
    this.element = make(
      "div",
      { class: "composer" },
      commandMenu.list,
      clipMenu.list,
      this.editBar,
      line,
      this.replies,
    );
  }

  #listen() {
    this.sendButton.addEventListener("click", () => this.#submit());
    this.field.addEventListener("input", () => this.#grow());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.field.addEventListener("paste", (event) => this.#paste(event));
  }

  #key(event) {
    // Vietnamese input methods use Enter to finish a word; that Enter does not send.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape" && this.editing) {
      event.stopPropagation();
      this.#stopEditing();
    }
  }

  #paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.acts.uploadAll(files, "photo");
  }

  // The field empties at once, so that fast writers are not held up; a refused text comes back.
  async #submit() {
    const text = this.field.value.trim();
    if (!text) return;
    const edited = this.editing;
    this.#stopEditing();
    const sent = await (edited ? this.acts.saveEdit(edited, text) : this.acts.say(text));
    if (sent === undefined && !this.field.value) this.#write(text);
  }

  #stopEditing() {
    this.editing = null;
    this.editBar.hidden = true;
    this.#write("");
    this.focus();
  }

  #write(text) {
    this.field.value = text;
    this.#grow();
  }

  #grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST)}px`;
  }

  async #commandItems() {
    const commands = await this.acts.readCommands();
    return commands.map(({ command, description }) => ({
      label: `/${command}`,
      detail: description,
      run: () => this.acts.say(`/${command}`),
    }));
  }

  #clipItems() {
    const { shareContact, sendSticker, sendVoice } = this.acts;
    return [
      { label: "Tệp", picture: icon("file"), run: () => this.#pick("document") },
      { label: "Ảnh", picture: icon("photo"), run: () => this.#pick("photo") },
      { label: "Số điện thoại của tôi", picture: icon("contact"), run: shareContact },
      { label: "Nhãn dán", picture: icon("sticker"), run: sendSticker },
      { label: "Tin thoại", picture: icon("voice"), run: sendVoice },
    ];
  }

  #pick(kind) {
    const chooser = make("input", { type: "file", multiple: true, accept: kind === "photo" ? "image/*" : null });
    chooser.addEventListener("change", () => this.acts.uploadAll([...chooser.files], kind));
    chooser.click();
  }

  #replyKey({ text, request_contact: contact }) {
    const face = make(
      "button",
      { type: "button", class: "reply-key" },
      contact && icon("contact"),
      make("span", {}, withMarks(text)),
    );
    face.addEventListener("click", () =>
      whileBusy(face, () => (contact ? this.acts.shareContact() : this.acts.say(text))),
    );
    return face;
  }
}
