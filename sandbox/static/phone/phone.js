/** One phone: a private chat with the bot, or a group seen by one of its members. */

import * as api from "/static/page/api.js";
import { Composer } from "/static/phone/composer.js";
import { icon, make } from "/static/page/dom.js";
import { acceptDrops } from "/static/phone/dropzone.js";
import { Header, Viewers } from "/static/phone/header.js";
import { Log } from "/static/phone/log.js";
import { Outset } from "/static/phone/outset.js";
import { PinnedBar } from "/static/phone/pinned.js";
import { oneAtATime } from "/static/page/readings.js";
import { tellErrors, toast } from "/static/page/toast.js";
import { senderId } from "/static/page/world.js";

export class Phone {
  /** `page`: `open(url, userId)` follows a link and says whether it was ours; `onUnread()` hears of new counts,
   * `meetBot(name)` of the bot's name, which is then `botName`. */
  constructor({ chat, title, group }, world, page) {
    Object.assign(this, { chat, title, group, world, page });
    this.viewer = group ? world.membersOf(group)[0]?.id : chat;
    this.messages = [];
    this.seen = null;
    this.unread = 0;
    this.inView = false;
    this.refresh = oneAtATime(() => this.#read());
    this.acts = this.#makeActs();
    this.#build();
    this.#watch();
    this.showWorld({ title, group }, world);
  }

  /** People or names may have changed; what does not concern this phone stays as it is. */
  showWorld({ title, group }, world) {
    Object.assign(this, { title, group, world });
    this.heading.textContent = title;
    this.showHeader();
    if (group) this.#showMembers(world.membersOf(group));
  }

  showTyping() {
    this.header.startTyping();
  }

  say(text) {
    return this.#post(() => api.sendText(this.chat, this.viewer, text));
  }

  /** What stood there when the page was opened is not new, nor what came before the reader's eyes. */
  countUnread() {
    if (!this.isRead) return;
    const isSeen = !document.hidden && this.inView && this.log.stuck;
    if (this.seen === null || isSeen) this.seen = this.messages.at(-1)?.message_id ?? 0;
    this.unread = this.messages.filter((message) => this.#isNews(message)).length;
    this.toEnd.hidden = this.log.stuck;
    this.toEndCount.textContent = this.unread || "";
    this.page.onUnread();
  }

  #isNews(message) {
    return message.message_id > this.seen && !message.service && senderId(message) !== this.viewer;
  }

  /** What bubbles, cards and the composer let a person do. */
  #makeActs() {
    const as = (work) => () => work(this.chat, this.viewer);
    return {
      open: (url) => this.page.open(url, this.viewer),
      say: (text) => this.say(text),
      press: (message, text) => this.#press(message, text),
      edit: (message) => this.composer.edit(message),
      saveEdit: (message, text) => this.#do(() => api.editText(this.chat, this.viewer, message.message_id, text)),
      jump: (messageId) => this.log.jump(messageId),
      shareContact: () => this.#post(as(api.shareContact)),
      sendSticker: () => this.#post(as(api.sendSticker)),
      sendVoice: () => this.#post(as(api.sendVoice)),
      uploadAll: (files, kind) => this.#uploadAll(files, kind),
      readCommands: async () => (await tellErrors(this.toasts, as(api.readCommands))) ?? [],
    };
  }

  #build() {
    const id = `phone-${this.chat}`;
    this.header = new Header();
    this.log = new Log({ label: `Tin nhắn, ${this.title}`, onScroll: () => this.countUnread() });
    this.outset = new Outset(this.acts);
    this.pinned = new PinnedBar(this.acts.jump);
    this.composer = new Composer(this.title, this.acts);
    this.toasts = make("div", { class: "phone-toasts" });
    this.progress = make("p", { class: "phone-progress", role: "status" });
    this.#buildToEnd();
    const middle = make("div", { class: "phone-middle" }, this.log.element, this.toEnd, this.toasts);
    const parts = [this.header.element, this.pinned.element, middle, this.progress, this.composer.element];
    this.device = make("div", { class: "device" }, parts);
    const caption = this.#buildCaption(id);
    this.element = make("section", { class: "phone", id, "aria-labelledby": `${id}-owner` }, caption, this.device);
    this.element.classList.toggle("phone-group", Boolean(this.group));
  }

  #buildCaption(id) {
    this.heading = make("h2", { id: `${id}-owner`, class: "phone-owner" });
    this.viewers = this.group ? new Viewers(`${id}-viewer`, (viewer) => this.#lookAs(viewer)) : null;
    const beside = this.viewers?.element ?? make("span", {}, "trò chuyện riêng với bot");
    return make("div", { class: "phone-caption" }, this.heading, beside);
  }

  #buildToEnd() {
    this.toEndCount = make("span", { class: "badge" });
    const attributes = { type: "button", class: "to-end", "aria-label": "Xuống tin mới nhất", hidden: true };
    this.toEnd = make("button", attributes, icon("down"), this.toEndCount);
    this.toEnd.addEventListener("click", () => this.log.toEnd());
  }

  #watch() {
    const eyes = new IntersectionObserver(([{ isIntersecting }]) => this.#comeIntoView(isIntersecting), {
      threshold: 0.4,
    });
    eyes.observe(this.element);
    this.log.element.addEventListener("keydown", (event) => this.#leaveLog(event));
    acceptDrops(this.device, (files) => this.#uploadAll(files, "document"));
  }

  #comeIntoView(inView) {
    if (inView && !this.inView) this.log.restore();
    this.inView = inView;
    this.countUnread();
  }

  // A long log has many buttons: Escape, or simply typing, goes past them all to the field.
  #leaveLog({ key, ctrlKey, metaKey, altKey }) {
    const isLetter = key.length === 1 && key !== " " && !ctrlKey && !metaKey && !altKey;
    if (isLetter || key === "Escape") this.composer.focus();
  }

  #showMembers(members) {
    if (!members.some((member) => member.id === this.viewer)) this.viewer = members[0]?.id;
    this.viewers.show(members, this.viewer);
  }

  #lookAs(viewer) {
    this.viewer = viewer;
    this.seen = null;
    this.refresh();
  }

  showHeader() {
    const bot = this.messages.findLast((message) => message.from?.is_bot)?.from;
    if (bot) this.page.meetBot(bot.name);
    if (this.group) this.header.show(this.title, `${this.group.members.length} thành viên`);
    else this.header.show(this.page.botName ?? this.world.botName, "bot");
  }

  async #read() {
    if (this.viewer === undefined) return;
    try {
      const links = this.group ? [] : api.readLinks(this.viewer);
      this.#show(...(await Promise.all([api.readMessages(this.chat, this.viewer), links])));
    } catch (error) {
      this.#tellUnread(error);
    }
  }

  // A lost line is told by the page, once for all phones.
  #tellUnread(error) {
    if (!(error instanceof api.ApiError)) throw error;
    if (!(error instanceof api.Unreachable)) toast(this.toasts, error.message, "error");
  }

  #show(told, links) {
    const messages = told.filter((message) => !message.deleted);
    const newest = messages.at(-1);
    const isNew = newest && newest.message_id !== this.messages.at(-1)?.message_id;
    if (isNew && senderId(newest) !== this.viewer) this.header.stopTyping();
    this.messages = messages;
    this.isRead = true;
    this.showHeader();
    const head = this.outset.nodes(links, !messages.length && !this.group);
    this.log.draw(messages, { viewOf: (message) => this.#viewOf(message), head });
    this.pinned.show(messages);
    this.composer.showReplyKeyboard(messages.findLast((message) => message.reply_keyboard)?.reply_keyboard ?? []);
    this.countUnread();
  }

  #viewOf(message) {
    return {
      own: senderId(message) === this.viewer,
      sender: this.world.nameOf(message.from),
      inGroup: Boolean(this.group),
      quoted: message.reply_to && this.messages.find(({ message_id: id }) => id === message.reply_to),
      acts: this.acts,
    };
  }

  async #press(message, text) {
    const answer = await this.#do(() => api.pressButton(this.chat, this.viewer, message.message_id, text));
    if (answer?.alert) toast(this.toasts, answer.alert);
  }

  async #uploadAll(files, kind) {
    for (const file of files) {
      this.progress.textContent = `Đang gửi ${file.name}…`;
      const caption = this.composer.takeText();
      const sentAs = kind === "photo" && file.type.startsWith("image/") ? "photo" : "document";
      await this.#post(() => api.upload(this.chat, this.viewer, { file, kind: sentAs, caption }));
    }
    this.progress.textContent = "";
  }

  // A new message takes its writer down to it, wherever they were reading.
  #post(work) {
    this.log.stuck = true;
    return this.#do(work);
  }

  // The log follows at once, without waiting for the event.
  async #do(work) {
    const answer = await tellErrors(this.toasts, work);
    this.refresh();
    return answer;
  }
}
