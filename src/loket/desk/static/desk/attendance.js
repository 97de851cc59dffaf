// Clocking in and out: finds the place, keeps what was pressed, sends it when there is a line.
(() => {
  "use strict";

  const device = document.getElementById("attendance");
  const queue = window.attendanceQueue;
  if (!device || !queue || !window.indexedDB) return;
  const say = device.dataset;
  const AGAIN = 20000;
  const SKEWED = 120000;
  let isSending = false;

  const show = (name, isShown) => {
    device.querySelector(`[data-show=${name}]`).hidden = !isShown;
  };
  const tell = (name, words) => {
    device.querySelector(`[data-text=${name}]`).textContent = words;
    show(name, Boolean(words));
  };
  const fill = (sentence, facts) => sentence.replace(/\{(\w+)\}/g, (_all, name) => facts[name]);
  const time = (iso) => {
    const at = new Date(iso);
    return `${String(at.getHours()).padStart(2, "0")}.${String(at.getMinutes()).padStart(2, "0")}`;
  };

  const tellSkew = (serverNow) => {
    const off = Math.abs(Date.now() - Date.parse(serverNow));
    if (off <= SKEWED) return tell("skew", "");
    const minutes = Math.round(off / 60000);
    const span = minutes < 60
      ? fill(say.minutes, { n: minutes }) : fill(say.hours, { n: Math.round(minutes / 60) });
    return tell("skew", fill(say.skew, { span }));
  };

  const tellWaiting = async () => {
    const items = await queue.all();
    const list = device.querySelector("[data-text=waiting]");
    list.replaceChildren(...items.map((item) => {
      const line = document.createElement("li");
      line.textContent = fill(say[item.kind] || say.in, { time: time(item.claimed_at) });
      return line;
    }));
    show("waiting", items.length > 0);
    return items;
  };

  // The server's word, or nothing without a line; false if the sign-in has ended.
  const hear = async () => {
    let answer;
    try {
      answer = await fetch(say.contactUrl, { cache: "no-store", headers: { Accept: "application/json" } });
    } catch {
      return null;
    }
    if (answer.redirected || answer.status === 403) return false;
    if (!answer.ok) return null;
    const word = await answer.json();
    await queue.keepContact(word.contact);
    tellSkew(word.now);
    return word;
  };

  const formOf = (item) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(item)) {
      if (value !== null && value !== undefined && name !== "photo") form.append(name, value);
    }
    if (item.photo) form.append("photo", item.photo, item.photo_name || "photo.jpg");
    form.set("sent_at", new Date().toISOString());
    return form;
  };

  // True if the server decided; what it refused is told and dropped, what it could not take stays.
  const send = async (item, csrf) => {
    let answer;
    try {
      answer = await fetch(say.clock, {
        method: "POST", body: formOf(item),
        headers: { Accept: "application/json", "X-CSRFToken": csrf },
      });
    } catch {
      return null;
    }
    if (answer.redirected || answer.status >= 500) return null;
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) {
      await queue.keepContact(said.contact);
      await queue.drop(item.key);
      return true;
    }
    tell("refused", said.sentence || "");
    const others = document.querySelector("details.other");
    if (others && (said.fields || []).some((field) => ["place", "code"].includes(field))) others.open = true;
    if (![409, 429].includes(answer.status)) await queue.drop(item.key);
    return false;
  };

  const wait = async () => {
    for (const item of await queue.all()) {
      if (!item.is_offline) await queue.put({ ...item, is_offline: "1" });
    }
    show("offline", true);
    tell("status", (await queue.all()).length ? say.kept : "");
  };

  const sync = async () => {
    if (isSending) return;
    isSending = true;
    try {
      const word = await hear();
      const items = await tellWaiting();
      if (word === null) return await wait();
      show("offline", false);
      if (word === false) return tell("refused", say.signIn);
      if (!items.length) return tell("status", "");
      tell("status", say.sending);
      const outcomes = [];
      for (const item of items) {
        const outcome = await send(item, word.csrf);
        if (outcome === null) return await wait();
        outcomes.push(outcome);
      }
      await tellWaiting();
      tell("status", "");
      if (outcomes.every(Boolean)) location.assign(say.page);
    } finally {
      isSending = false;
    }
  };

  const locate = () => new Promise((resolve) => {
    if (!navigator.geolocation) return resolve(null);
    tell("status", say.locating);
    navigator.geolocation.getCurrentPosition(resolve, () => resolve(null), {
      enableHighAccuracy: true, timeout: 10000, maximumAge: 0,
    });
  });

  const press = async (form) => {
    const given = new FormData(form);
    const item = {
      key: crypto.randomUUID(), kind: given.get("kind"), way: given.get("way"),
      code: given.get("code") || "", claimed_at: new Date().toISOString(),
      contact: (await queue.contact()) || say.contact || "",
    };
    const photo = given.get("photo");
    if (photo && photo.size) Object.assign(item, { photo, photo_name: photo.name });
    tell("refused", "");
    const found = "bare" in form.dataset || item.way === "code" ? null : await locate();
    if (found) {
      const { latitude, longitude, accuracy } = found.coords;
      Object.assign(item, { latitude, longitude, accuracy, fixed_at: new Date(found.timestamp).toISOString() });
      tell("status", fill(say.located, { n: Math.ceil(accuracy) }));
    } else {
      tell("status", item.way === "place" && !("bare" in form.dataset) ? say.unlocated : say.sending);
    }
    await queue.put(item);
    await sync();
  };

  document.addEventListener("submit", (event) => {
    if (!("press" in event.target.dataset) || event.defaultPrevented) return;
    event.preventDefault();
    press(event.target);
  });
  addEventListener("online", sync);
  addEventListener("offline", () => show("offline", true));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) sync(); });
  setInterval(async () => { if ((await queue.all()).length) sync(); }, AGAIN);

  const begin = async () => {
    if (say.contact) await queue.keepContact(say.contact);
    if (navigator.serviceWorker) {
      await navigator.serviceWorker.register(say.worker, { scope: say.page }).catch(() => null);
      const ready = await navigator.serviceWorker.ready;
      ready.active.postMessage("refresh");
    }
  };
  begin();
  sync();
})();
