/** The sandbox's control API, one function per call. */

export class ApiError extends Error {}

/** Nothing answered at all: the page's own line says so, too. */
export class Unreachable extends ApiError {}

export const readState = () => get("/sandbox/state");
export const readMessages = (chat, as) => get(`${chatPath(chat)}/messages?as=${as}`);
export const readCommands = (chat, as) => get(`${chatPath(chat)}/commands?as=${as}`);
export const readLinks = (as) => get(`/sandbox/links?as=${as}`);

export const sendText = (chat, as, text) => post(`${chatPath(chat)}/send`, { as, text });
export const editText = (chat, as, messageId, text) =>
  post(`${chatPath(chat)}/edit`, { as, message_id: messageId, text });
export const pressButton = (chat, as, messageId, text) =>
  post(`${chatPath(chat)}/press`, { as, text, message_id: messageId });
export const shareContact = (chat, as) => post(`${chatPath(chat)}/contact`, { as });
export const sendSticker = (chat, as) => post(`${chatPath(chat)}/sticker`, { as });
export const sendVoice = (chat, as) => post(`${chatPath(chat)}/voice`, { as });
export const setClock = (order) => post("/sandbox/clock", order);
export const addUser = (user) => post("/sandbox/users", user);
export const addChat = (chat) => post("/sandbox/chats", chat);

export async function upload(chat, as, { file, kind, caption }) {
  const content = await base64(file);
  const body = { as, file_name: file.name, content_base64: content, kind };
  return post(`${chatPath(chat)}/upload`, caption ? { ...body, caption } : body);
}

function chatPath(chat) {
  return `/sandbox/chats/${chat}`;
}

function get(path) {
  return call(path, { headers: { Accept: "application/json" } });
}

function post(path, body) {
  return call(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Unreachable("Không nối được tới sân tập. Kiểm tra chương trình còn chạy không, rồi thử lại.");
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(refusal(response.status, answer?.error));
  return answer;
}

// What the server says is already a Vietnamese sentence; without one the status has to do.
function refusal(status, said) {
  if (status === 413) return "Tệp quá lớn, sân tập không nhận.";
  if (status >= 500) return `Sân tập gặp lỗi (mã ${status}). Anh/chị thử lại.`;
  return said ?? `Sân tập từ chối (mã ${status}).`;
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result.slice(reader.result.indexOf(",") + 1)));
    reader.addEventListener("error", () => reject(new ApiError("Không đọc được tệp này trên máy.")));
    reader.readAsDataURL(file);
  });
}
