/** Who and what the sandbox holds: people, bots and chats, as last read. */

const HUES = [205, 265, 150, 25, 330, 185, 95, 45];

export class World {
  constructor(state) {
    this.now = state.now;
    this.users = state.users.filter((user) => !user.is_bot);
    this.groups = state.chats.filter((chat) => chat.type !== "private");
    this.bots = state.bots;
  }

  /** The name behind a message's `from`, which is either an object or an id. */
  nameOf(sender) {
    if (sender && typeof sender === "object") return sender.name ?? sender.username ?? "";
    const known = [...this.users, ...this.bots].find((one) => one.id === sender);
    return known?.name ?? known?.username ?? "Bot";
  }

  get botName() {
    const [bot] = this.bots;
    return bot ? (bot.name ?? bot.username) : "Chưa có bot";
  }

  isBotName(username) {
    return this.bots.some((bot) => bot.username.toLowerCase() === username.toLowerCase());
  }

  membersOf(group) {
    return this.users.filter((user) => group.members.includes(user.id));
  }

  /** What each phone shows. The groups stand third, so that a usual screen shows two officers beside their group. */
  phones() {
    const people = this.users.map((user) => ({ chat: user.id, title: user.name, group: null }));
    const groups = this.groups.map((group) => ({ chat: group.id, title: group.title, group }));
    return [...people.slice(0, 2), ...groups, ...people.slice(2)];
  }
}

export function senderId(message) {
  return typeof message.from === "object" ? message.from?.id : message.from;
}

/** «Cán bộ Phường 5» → «C5»: a number tells officers apart better than a second letter. */
export function initials(name) {
  const words = name
    .replace(/[^\p{L}\p{N}\s]/gu, " ")
    .trim()
    .split(/\s+/u);
  const last = words.length > 1 ? words.at(-1) : "";
  return (
    (words[0] ?? "?").slice(0, 1) + (/^\d+$/u.test(last) ? last.slice(0, 2) : last.slice(0, 1))
  ).toUpperCase();
}

/** The same name has the same colour everywhere on the page. */
export function hue(name) {
  const sum = [...name].reduce((total, letter) => (total * 31 + letter.codePointAt(0)) % 9973, 7);
  return HUES[sum % HUES.length];
}
