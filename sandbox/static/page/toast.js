/** Short notices that go away by themselves; errors stay longer and interrupt a screen reader. */

import { ApiError } from "/static/page/api.js";
import { iconButton, make } from "/static/page/dom.js";

const SHOWN_FOR = { notice: 6000, error: 10000 };

export function toast(host, text, kind = "notice") {
  const note = make(
    "div",
    { class: `toast toast-${kind}`, role: kind === "error" ? "alert" : "status" },
    make("span", {}, text),
  );
  note.append(iconButton("close", "Đóng thông báo", { on: { click: () => note.remove() } }));
  host.append(note);
  setTimeout(() => note.remove(), SHOWN_FOR[kind]);
}

/** Runs the work; what the server refuses is shown instead of thrown. Returns undefined then. */
export async function tellErrors(host, work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast(host, error.message, "error");
    return undefined;
  }
}
