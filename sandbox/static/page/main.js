/** The page: reads the sandbox's state, keeps one phone per chat, follows live events. */

import { readState } from "/static/page/api.js";
import { Clock } from "/static/page/clock.js";
import { icon, make } from "/static/page/dom.js";
import { choose } from "/static/page/dialog.js";
import { follow } from "/static/page/events.js";
import { startCommand } from "/static/page/links.js";
import { askForChat, askForUser } from "/static/page/people.js";
import { Phone } from "/static/phone/phone.js";
import { oneAtATime } from "/static/page/readings.js";
import { Tabs } from "/static/page/tabs.js";
import { tellErrors, toast } from "/static/page/toast.js";
import { World } from "/static/page/world.js";

const CURRENT = "thidua-phone";
const NEW_PERSON = "new";

class Page {
  constructor() {
    this.phones = new Map();
    this.readWorld = oneAtATime(() => this.#readWorld());
    this.strip = document.getElementById("phones");
    this.toasts = document.getElementById("toasts");
    this.offline = document.getElementById("offline");
    this.clock = new Clock(this.toasts, () => this.readAll());
    this.tabs = new Tabs(document.getElementById("tabs"), (phone) => this.turnTo(phone));
    this.wanted = sessionStorage.getItem(CURRENT);
    this.#listen();
  }

  /** What is read before the line is up may already be old: each opening of the line reads everything. */
  start() {
    follow({
      onEvent: (event) => this.#hear(event),
      onOpen: () => this.#comeOnline(),
      onLost: () => this.#showOffline(true),
    });
  }

  async readAll() {
    await this.readWorld();
    await Promise.all([...this.phones.values()].map((phone) => phone.refresh()));
  }

  /** Follows a link on a user's phone; false for a link that leads elsewhere. */
  open(url, userId) {
    const command = startCommand(url, this.world);
    if (command === null) return false;
    this.#sendAs(userId, command);
    return true;
  }

  turnTo(phone, behavior = "smooth") {
    this.current = phone;
    sessionStorage.setItem(CURRENT, String(phone.chat));
    for (const one of this.phones.values()) one.element.classList.toggle("current", one === phone);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    phone.element.scrollIntoView({ block: "nearest", inline: "nearest", behavior: calm ? "auto" : behavior });
    this.onUnread();
  }

  /** Only its messages tell a bot's name; who has none yet sees it all the same. */
  meetBot(name) {
    if (name === this.botName) return;
    this.botName = name;
    for (const phone of this.phones.values()) phone.showHeader();
  }

  onUnread() {
    const phones = this.#inOrder();
    this.tabs.draw(phones, this.current);
    const unread = phones.reduce((total, phone) => total + phone.unread, 0);
    document.title = `${unread ? `(${unread}) ` : ""}thidua · sân tập`;
  }

  async #readWorld() {
    const state = await tellErrors(this.toasts, readState);
    if (!state) return;
    this.world = new World(state);
    this.clock.show(this.world.now);
    await this.#drawPhones();
  }

  async #drawPhones() {
    const plans = this.world.phones();
    const added = plans.filter((plan) => !this.phones.has(plan.chat)).map((plan) => this.#addPhone(plan));
    for (const plan of plans) this.phones.get(plan.chat).showWorld(plan, this.world);
    plans.forEach((plan, index) => this.#place(this.phones.get(plan.chat).element, index));
    this.#showEmpty(plans.length === 0);
    const first = this.phones.get(Number(this.wanted)) ?? this.#inOrder()[0];
    if (!this.current && first) this.turnTo(first, "auto");
    this.onUnread();
    await Promise.all(added.map((phone) => phone.refresh()));
  }

  #addPhone(plan) {
    const phone = new Phone(plan, this.world, this);
    this.phones.set(plan.chat, phone);
    phone.element.addEventListener("focusin", () => this.current !== phone && this.turnTo(phone));
    return phone;
  }

  #place(element, index) {
    if (this.strip.children[index] !== element)
      this.strip.insertBefore(element, this.strip.children[index] ?? null);
  }

  #inOrder() {
    return this.world
      ? this.world
          .phones()
          .map((plan) => this.phones.get(plan.chat))
          .filter(Boolean)
      : [];
  }

  #hear({ kind, chat }) {
    const phone = this.phones.get(chat);
    if (kind === "message" && phone) phone.refresh();
    else if (kind === "action") phone?.showTyping();
    else this.readWorld().then(() => this.phones.get(chat)?.refresh());
  }

  async #comeOnline() {
    this.#showOffline(false);
    await this.readAll();
    if (this.world) await this.#openAddress(new URLSearchParams(location.search));
  }

  #showOffline(isLost) {
    this.offline.hidden = !isLost;
    this.offline.textContent = isLost ? "Mất kết nối, đang nối lại…" : "";
  }

  #showEmpty(isEmpty) {
    const old = this.strip.querySelector(".empty");
    if (!isEmpty) old?.remove();
    else if (!old) this.strip.append(this.#welcome());
  }

  #welcome() {
    const add = make(
      "button",
      { type: "button", class: "button button-main", on: { click: () => askForUser() } },
      "Thêm người",
    );
    const address = make("code", {}, location.origin);
    return make(
      "div",
      { class: "empty" },
      make("h2", {}, "Sân tập chưa có ai"),
      make("p", {}, "Thêm một người để có chiếc điện thoại đầu tiên, rồi thêm nhóm nếu cần."),
      make("p", {}, "Bot nối vào địa chỉ này thay cho máy chủ Telegram: ", address),
      add,
    );
  }

  #listen() {
    const [user, chat] = ["add-user", "add-chat"].map((id) => document.getElementById(id));
    user.append(icon("person"));
    chat.append(icon("group"));
    user.addEventListener("click", () => askForUser());
    chat.addEventListener("click", () => this.world && askForChat(this.world));
    document.addEventListener("visibilitychange", () => this.phones.forEach((phone) => phone.countUnread()));
  }

  // `/?start=PAYLOAD&as=USER`: the console's invite link. It is taken off the address, or a reload would send it again.
  async #openAddress(query) {
    const payload = query.get("start");
    if (payload === null) return;
    history.replaceState(null, "", "/");
    const user = query.get("as") ?? (await this.#chooseUser());
    if (user) await this.#sendAs(Number(user), `/start ${payload}`.trim());
  }

  async #chooseUser() {
    const people = this.world.users.map((user) => ({ label: user.name, value: user.id }));
    const chosen = await choose({
      title: "Mở đường dẫn mời trên điện thoại của ai?",
      choices: [...people, { label: "Người mới…", value: NEW_PERSON }],
    });
    if (chosen !== NEW_PERSON) return chosen;
    const added = await askForUser();
    await this.readWorld();
    return added?.id;
  }

  async #sendAs(userId, command) {
    const phone = this.phones.get(userId);
    if (!phone) return toast(this.toasts, "Không có điện thoại của người này trong sân tập.", "error");
    this.turnTo(phone);
    return phone.say(command);
  }
}

new Page().start();
