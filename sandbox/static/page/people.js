/** «Thêm người», «Thêm nhóm»: a sandbox of one's own starts empty. */

import { addChat, addUser } from "/static/page/api.js";
import { ask } from "/static/page/dialog.js";
import { make } from "/static/page/dom.js";

export function askForUser() {
  return ask({
    title: "Thêm người",
    action: "Thêm",
    fields: [
      field("name", "Họ tên hoặc chức danh", {
        required: true,
        placeholder: "Cán bộ Phường 5",
        autocomplete: "off",
      }),
      field("username", "Tên tài khoản, nếu có", {
        placeholder: "canbo_phuong5",
        pattern: "@?[A-Za-z0-9_]{3,32}",
        autocomplete: "off",
      }),
      field("phone", "Số điện thoại, nếu có", { type: "tel", placeholder: "09…", autocomplete: "off" }),
    ],
    submit: ({ elements }) =>
      addUser(
        filled({
          name: elements.name.value,
          username: elements.username.value.replace("@", ""),
          phone: elements.phone.value,
        }),
      ),
  });
}

export function askForChat(world) {
  const isAdmin = checkbox("admin", "1", "Bot là quản trị viên (đọc mọi tin, ghim được)");
  return ask({
    title: "Thêm nhóm",
    action: "Lập nhóm",
    fields: [
      field("title", "Tên nhóm", { required: true, placeholder: "Cụm 1", autocomplete: "off" }),
      make(
        "fieldset",
        {},
        make("legend", {}, "Người trong nhóm"),
        world.users.map((user) => checkbox("person", user.id, user.name)),
      ),
      make(
        "fieldset",
        {},
        make("legend", {}, "Bot"),
        world.bots.map((bot) => checkbox("bot", bot.username, bot.name ?? bot.username)),
        isAdmin,
      ),
    ],
    submit: (form) => addChat(chatOf(new FormData(form))),
  });
}

function chatOf(data) {
  const people = data.getAll("person").map(Number);
  const bots = data.getAll("bot");
  return {
    title: data.get("title").trim(),
    type: "supergroup",
    members: [...people, ...bots],
    admins: data.has("admin") ? bots : [],
  };
}

function field(name, label, attributes) {
  return make("label", { class: "form-field" }, make("span", {}, label), make("input", { name, ...attributes }));
}

function checkbox(name, value, label) {
  return make(
    "label",
    { class: "form-check" },
    make("input", { type: "checkbox", name, value, checked: true }),
    make("span", {}, label),
  );
}

function filled(values) {
  const trimmed = Object.entries(values).map(([name, value]) => [name, value.trim()]);
  return Object.fromEntries(trimmed.filter(([, value]) => value));
}
