/** Hours as people in Vietnam read them, whatever the browser's own zone. */

const WEEKDAYS = {
  Sun: "Chủ nhật",
  Mon: "thứ Hai",
  Tue: "thứ Ba",
  Wed: "thứ Tư",
  Thu: "thứ Năm",
  Fri: "thứ Sáu",
  Sat: "thứ Bảy",
};
const CLOCK = new Intl.DateTimeFormat("en-US", {
  timeZone: "Asia/Ho_Chi_Minh",
  hourCycle: "h23",
  weekday: "short",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

/** «08:00» */
export function hour(moment) {
  const at = parts(moment);
  return `${at.hour}:${at.minute}`;
}

/** «thứ Năm, 14/5/2026» */
export function day(moment) {
  const at = parts(moment);
  return `${WEEKDAYS[at.weekday]}, ${at.day}/${at.month}/${at.year}`;
}

/** «thứ Năm, 14/5/2026 08:00» */
export function dayAndHour(moment) {
  return `${day(moment)} ${hour(moment)}`;
}

/** What an `<input type="datetime-local">` takes: «2026-05-14T08:00». */
export function fieldValue(moment) {
  const at = parts(moment);
  return `${at.year}-${at.month.padStart(2, "0")}-${at.day.padStart(2, "0")}T${at.hour}:${at.minute}`;
}

/** The instant an officer means by the field; Vietnam keeps UTC+7 all year round. */
export function fromField(value) {
  return `${value.slice(0, 16)}:00+07:00`;
}

function parts(moment) {
  return Object.fromEntries(CLOCK.formatToParts(new Date(moment)).map(({ type, value }) => [type, value]));
}
