/** What a message carries besides its text: a photo, a document, a contact. */

import { icon, make } from "/static/page/dom.js";

const COLOURS = {
  pdf: "red",
  doc: "blue",
  docx: "blue",
  odt: "blue",
  xls: "green",
  xlsx: "green",
  csv: "green",
  ods: "green",
  zip: "amber",
  rar: "amber",
};
const NUMBER = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 1 });

/** The parts of the message that are not text, in the order in which they are shown. */
export function attachments(message) {
  const { photo, document: file, contact } = message;
  return [photo && photoPart(photo), file && documentPart(file), contact && contactPart(contact)];
}

/** «1,2 MB» */
export function size(bytes) {
  if (bytes < 1024) return `${bytes} byte`;
  if (bytes < 1024 * 1024) return `${NUMBER.format(bytes / 1024)} KB`;
  return `${NUMBER.format(bytes / 1024 / 1024)} MB`;
}

function photoPart(photo) {
  const picture = make("img", {
    src: photo.url,
    alt: "Ảnh trong tin nhắn",
    width: photo.width,
    height: photo.height,
  });
  return make(
    "a",
    { class: "photo", href: photo.url, target: "_blank", rel: "noopener", "aria-label": "Mở ảnh cỡ đầy đủ" },
    picture,
  );
}

function documentPart(file) {
  const ending = file.file_name.includes(".") ? file.file_name.split(".").at(-1).toLowerCase() : "";
  const about = [ending.toUpperCase(), size(file.size ?? 0)].filter(Boolean).join(" · ");
  return make(
    "a",
    {
      class: "document",
      href: file.url,
      download: file.file_name,
      "aria-label": `Tải về ${file.file_name}, ${size(file.size ?? 0)}`,
    },
    make("span", { class: `document-icon document-${COLOURS[ending] ?? "grey"}` }, icon("file"), icon("download")),
    make(
      "span",
      { class: "document-about" },
      make("span", { class: "document-name" }, file.file_name),
      make("span", { class: "document-size" }, about),
    ),
  );
}

function contactPart({ name, phone }) {
  return make(
    "div",
    { class: "document" },
    make("span", { class: "document-icon document-blue" }, icon("contact")),
    make(
      "span",
      { class: "document-about" },
      make("span", { class: "document-name" }, name),
      make("span", { class: "document-size" }, phone),
    ),
  );
}
