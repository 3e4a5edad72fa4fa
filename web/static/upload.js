/* Uploads in pieces that go on where they stopped (tus 1.0). Written for old phones: ES5, XMLHttpRequest, no library. */
(function () {
  "use strict";

  var PIECE = 1024 * 1024;
  var SILENCE = 30000;
  var PAUSES = [1000, 2000, 4000, 8000, 15000, 30000];
  var VERSION = "1.0.0";
  var CHECKING = "Đang kiểm tra tệp…";
  var CHECKING_MANY = "Đang kiểm tra tệp, có thể mất vài phút. Anh/chị giữ trang này mở.";

  var form = document.getElementById("form");
  var slice = window.File && (Blob.prototype.slice || Blob.prototype.webkitSlice);
  if (!form || !slice || !window.XMLHttpRequest || !("upload" in new XMLHttpRequest())) return;

  var input = document.getElementById("file");
  var list = document.getElementById("files");
  var message = document.getElementById("message");
  var finishForm = document.getElementById("finish");
  var doneButton = document.getElementById("done");
  var page = form.getAttribute("data-page");
  var largest = Number(form.getAttribute("data-largest"));
  var largestWords = form.getAttribute("data-largest-words");
  var items = [];
  var isWorking = false;
  var tries = 0;
  var again = null;
  var timer = null;

  document.documentElement.className += " scripted";
  readRows();
  showEnd();
  input.onchange = function () {
    pick(input.files);
    input.value = "";
  };
  finishForm.onsubmit = function (event) {
    event.preventDefault();
    finish();
  };
  window.addEventListener("online", retryNow);
  window.addEventListener("beforeunload", function (event) {
    if (!isWorking) return undefined;
    event.preventDefault();
    event.returnValue = "";
    return "";
  });

  /* Files that the server knows from before: they go on when the person picks them again. */
  function readRows() {
    var rows = list.getElementsByTagName("li");
    for (var i = 0; i < rows.length; i += 1) {
      var row = rows[i];
      items.push(makeItem(row, {
        key: row.getAttribute("data-key"),
        name: row.getAttribute("data-name"),
        size: Number(row.getAttribute("data-size")),
        modified: row.getAttribute("data-modified"),
        offset: Number(row.getAttribute("data-offset"))
      }));
    }
  }

  function makeItem(row, item) {
    item.row = row;
    item.bar = row.getElementsByTagName("progress")[0];
    item.state = row.querySelector(".state");
    item.drop = document.createElement("button");
    item.drop.type = "button";
    item.drop.className = "drop";
    item.drop.appendChild(document.createTextNode("Bỏ tệp này"));
    item.drop.onclick = function () { drop(item, showEnd); };
    row.appendChild(item.drop);
    return item;
  }

  function addRow(file) {
    var row = document.createElement("li");
    var name = document.createElement("span");
    name.className = "name";
    name.appendChild(document.createTextNode(file.name));
    var bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    var state = document.createElement("span");
    state.className = "state";
    row.appendChild(name);
    row.appendChild(bar);
    row.appendChild(state);
    list.appendChild(row);
    return makeItem(row, { key: "", name: file.name, size: file.size, modified: modifiedOf(file), offset: 0 });
  }

  function modifiedOf(file) {
    var at = file.lastModified || (file.lastModifiedDate && file.lastModifiedDate.getTime());
    return at ? String(at) : "";
  }

  function isPhoto(name) {
    return /\.(jpe?g|png|heic|heif|webp)$/i.test(name);
  }

  function pick(files) {
    var chosen = [];
    var i;
    for (i = 0; i < files.length; i += 1) chosen.push(files[i]);
    if (!chosen.length) return;
    var refusal = refusalOf(chosen);
    if (refusal) {
      say(refusal, "refused");
      return;
    }
    say("");
    var leftovers = isPhoto(chosen[0].name) ? notPhotos() : others(chosen);
    dropAll(leftovers, function () {
      for (i = 0; i < chosen.length; i += 1) attachFile(chosen[i]);
      start();
    });
  }

  function refusalOf(chosen) {
    for (var i = 0; i < chosen.length; i += 1) {
      var file = chosen[i];
      if (!file.size) return "«" + file.name + "» rỗng (0 byte). Anh/chị mở lại tệp trên máy rồi chọn lại.";
      if (file.size > largest) {
        return "«" + file.name + "» " + megabytes(file.size) + ", quá " + largestWords +
          ". Anh/chị quét lại ở mức 150-200 dpi hoặc tách thành nhiều tệp rồi chọn lại.";
      }
      if (chosen.length > 1 && !isPhoto(file.name)) {
        return "Mỗi thành phần một tệp: anh/chị chọn một tệp PDF, Word, Excel, hoặc chọn nhiều ảnh một lần.";
      }
    }
    return "";
  }

  function notPhotos() {
    return items.filter(function (item) { return !isPhoto(item.name); });
  }

  function others(chosen) {
    return items.filter(function (item) { return !isSame(item, chosen[0]); });
  }

  function isSame(item, file) {
    return item.name === file.name && item.size === file.size && item.modified !== "" && item.modified === modifiedOf(file);
  }

  function attachFile(file) {
    var found = null;
    for (var i = 0; i < items.length; i += 1) if (isSame(items[i], file)) found = items[i];
    if (!found) {
      found = addRow(file);
      items.push(found);
    }
    found.file = file;
    if (!isComplete(found)) {
      found.state.textContent = "Chờ đến lượt, " + megabytes(found.size);
      found.bar.hidden = true;
    }
  }

  function start() {
    if (isWorking) return;
    setWorking(true);
    step();
  }

  /* One request at a time: the next thing that is left to do. */
  function step() {
    var item = null;
    for (var i = 0; i < items.length && !item; i += 1) {
      if (items[i].file && items[i].offset < items[i].size) item = items[i];
    }
    if (!item) {
      say("");
      setWorking(false);
      showEnd();
      if (items.length === 1 && !isPhoto(items[0].name) && isComplete(items[0])) finish();
      return;
    }
    if (items.length > 1) {
      say("Đang tải tệp " + (items.filter(isComplete).length + 1) + "/" + items.length + ". Anh/chị giữ trang này mở.");
    }
    if (item.key && item.isAsked) sendPiece(item);
    else announce(item);
  }

  function announce(item) {
    var request = open("POST", page + "/files", item);
    request.setRequestHeader("Upload-Length", String(item.size));
    var notes = "filename " + base64(item.name);
    if (item.modified) notes += ",modified " + base64(item.modified);
    request.setRequestHeader("Upload-Metadata", notes);
    request.onload = function () {
      if (request.status !== 201) return failed(request, item);
      item.key = request.getResponseHeader("Location").replace("files/", "");
      item.isAsked = true;
      return reached(request, item);
    };
    request.send();
  }

  function ask(item) {
    var request = open("HEAD", page + "/files/" + item.key, item);
    request.onload = function () {
      if (request.status !== 200) return failed(request, item);
      return reached(request, item);
    };
    request.send();
  }

  function sendPiece(item) {
    var from = item.offset;
    var request = open("PATCH", page + "/files/" + item.key, item);
    request.setRequestHeader("Content-Type", "application/offset+octet-stream");
    request.setRequestHeader("Upload-Offset", String(from));
    request.upload.onprogress = function (event) {
      watch(request);
      show(item, from + (event.loaded || 0));
    };
    request.onload = function () {
      if (request.status !== 204) return failed(request, item);
      return reached(request, item);
    };
    request.send(slice.call(item.file, from, Math.min(from + PIECE, item.size)));
  }

  function open(method, address, item) {
    var request = new XMLHttpRequest();
    request.open(method, address, true);
    request.setRequestHeader("Tus-Resumable", VERSION);
    request.onerror = function () { lost(item); };
    request.onabort = function () { lost(item); };
    watch(request);
    return request;
  }

  /* A connection that is silent for long is given up: an old phone would wait for it for minutes. */
  function watch(request) {
    clearTimeout(timer);
    timer = setTimeout(function () { request.abort(); }, SILENCE);
  }

  function reached(request, item) {
    clearTimeout(timer);
    tries = 0;
    if (message.className) say("");
    item.offset = Number(request.getResponseHeader("Upload-Offset"));
    show(item, item.offset);
    step();
  }

  function lost(item) {
    clearTimeout(timer);
    say("Mất mạng. Phần đã tải được giữ lại. Anh/chị giữ nguyên trang này: có mạng lại trang tự tải tiếp.", "lost");
    wait(item);
  }

  function wait(item) {
    var pause = PAUSES[Math.min(tries, PAUSES.length - 1)];
    tries += 1;
    again = function () {
      again = null;
      if (item.key) ask(item);
      else announce(item);
    };
    timer = setTimeout(retryNow, pause);
  }

  function retryNow() {
    if (!again) return;
    clearTimeout(timer);
    again();
  }

  function failed(request, item) {
    clearTimeout(timer);
    var said = read(request);
    if (request.status === 409) return ask(item);
    if (request.status === 423 || request.status === 429 || request.status >= 502) {
      if (said.text) say(said.text, "lost");
      return wait(item);
    }
    if (request.status === 404 && item.key && !item.hasBegunAgain) {
      item.hasBegunAgain = true;
      item.key = "";
      item.offset = 0;
      return announce(item);
    }
    if (!item.key) remove(item);
    return stop(said);
  }

  function stop(said) {
    setWorking(false);
    say(said.text || "Máy chủ không nhận tệp này. Anh/chị tải lại trang rồi thử lại.", "refused");
  }

  function finish() {
    setWorking(true);
    doneButton.disabled = true;
    say(items.length > 5 ? CHECKING_MANY : CHECKING);
    var request = new XMLHttpRequest();
    request.open("POST", page + "/finish", true);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    request.onerror = function () {
      finishLater("Mất mạng khi đang kiểm tra. Tệp đã tải xong được giữ lại, trang tự thử lại.", "lost");
    };
    request.onload = function () {
      var said = read(request);
      if (request.status === 200 || said.code === "link-used") return leave();
      if (request.status === 423 || request.status >= 502) return finishLater(CHECKING_MANY, "");
      doneButton.disabled = false;
      stop(said);
      return keepWhatTheServerKeeps();
    };
    request.send("seen=" + encodeURIComponent(document.getElementById("seen").value));
  }

  /* The server goes on checking although a proxy has lost patience; asked again, it says when it is done. */
  function finishLater(text, kind) {
    say(text, kind);
    tries += 1;
    again = function () { again = null; finish(); };
    timer = setTimeout(retryNow, PAUSES[Math.min(tries, PAUSES.length - 2)]);
  }

  function leave() {
    isWorking = false;
    window.location.replace(page);
  }

  /* After a refusal the server has dropped a file that is not valid, and kept one that is only unfinished. */
  function keepWhatTheServerKeeps() {
    items.slice().forEach(function (item) {
      if (!item.key) return;
      var request = new XMLHttpRequest();
      request.open("HEAD", page + "/files/" + item.key, true);
      request.setRequestHeader("Tus-Resumable", VERSION);
      request.onload = function () {
        if (request.status === 404) remove(item);
        showEnd();
      };
      request.send();
    });
  }

  function drop(item, then) {
    if (!item.key) {
      remove(item);
      then();
      return;
    }
    var request = new XMLHttpRequest();
    request.open("DELETE", page + "/files/" + item.key, true);
    request.setRequestHeader("Tus-Resumable", VERSION);
    request.onload = function () {
      if (request.status === 204 || request.status === 404) remove(item);
      else say(read(request).text || "", "refused");
      then();
    };
    request.onerror = function () {
      say("Mất mạng. Anh/chị thử lại khi có mạng.", "lost");
    };
    request.send();
  }

  function dropAll(leftovers, then) {
    if (!leftovers.length) {
      then();
      return;
    }
    drop(leftovers[0], function () { dropAll(leftovers.slice(1), then); });
  }

  function remove(item) {
    items = items.filter(function (one) { return one !== item; });
    if (item.row.parentNode) item.row.parentNode.removeChild(item.row);
  }

  function isComplete(item) {
    return item.offset === item.size;
  }

  function showEnd() {
    var ready = items.length > 0 && items.every(isComplete);
    mark("ready", ready);
    finishForm.hidden = !ready || isWorking;
    var label = items.length > 1 ? "Xong, ghép " + items.length + " ảnh thành 1 tệp" : "Xong, gửi vào hồ sơ";
    doneButton.firstChild.nodeValue = label;
    document.getElementById("pick").firstChild.nodeValue = ready ? "Thêm hoặc đổi tệp" : "Chọn tệp";
  }

  function setWorking(on) {
    isWorking = on;
    mark("working", on);
    items.forEach(function (item) { item.drop.hidden = on; });
    if (on) {
      finishForm.hidden = true;
      keepAwake();
    }
  }

  function mark(state, on) {
    var root = document.documentElement;
    root.className = root.className.replace(" " + state, "") + (on ? " " + state : "");
  }

  function keepAwake() {
    if (!navigator.wakeLock) return;
    navigator.wakeLock.request("screen").then(function () {}, function () {});
  }

  function show(item, sent) {
    var share = Math.floor(100 * sent / item.size);
    item.bar.value = share;
    item.bar.hidden = sent >= item.size;
    item.state.textContent = sent >= item.size
      ? "Đã tải xong, " + megabytes(item.size)
      : "Đang tải " + share + " % · " + megabytes(sent) + " / " + megabytes(item.size);
  }

  function megabytes(size) {
    if (size < 1024 * 1024) return Math.ceil(size / 1024) + " KB";
    var value = size / 1024 / 1024;
    return (value < 10 ? value.toFixed(1).replace(".", ",") : String(Math.round(value))) + " MB";
  }

  function say(text, kind) {
    message.className = kind || "";
    message.textContent = text;
  }

  function read(request) {
    try {
      return JSON.parse(request.responseText) || {};
    } catch (error) {
      return {};
    }
  }

  function base64(text) {
    return window.btoa(unescape(encodeURIComponent(text)));
  }
}());
