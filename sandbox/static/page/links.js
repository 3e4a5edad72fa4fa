/** Deep links to the bot: `https://t.me/<bot>?start=X` and `tg://resolve?domain=<bot>&start=X`. */

const HOSTS = new Set(["t.me", "www.t.me", "telegram.me"]);

/** The command such a link sends («/start X»), or null for any other link. */
export function startCommand(address, world) {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const username = botName(url);
  if (!username || !world.isBotName(username)) return null;
  return `/start ${url.searchParams.get("start") ?? ""}`.trim();
}

/** Only addresses of these kinds are ever made clickable. */
export function isSafe(address) {
  return URL.canParse(address) && ["http:", "https:", "mailto:", "tel:", "tg:"].includes(new URL(address).protocol);
}

function botName(url) {
  if (HOSTS.has(url.hostname)) return url.pathname.slice(1);
  if (url.protocol === "tg:" && url.href.startsWith("tg://resolve")) return url.searchParams.get("domain");
  return null;
}
