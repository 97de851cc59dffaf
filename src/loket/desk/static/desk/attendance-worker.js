// Keeps the page for clocking in when there is no line, and what it is made of. Nothing of anybody.
"use strict";

const KEPT = "loket-attendance-1";
const SHELL = new URL("offline/", self.registration.scope).href;

// The shell names its own styles and scripts, so that a new release is kept whole.
async function keep() {
  const answer = await fetch(SHELL, { cache: "no-store" });
  if (!answer.ok || answer.redirected) return;
  const page = await answer.clone().text();
  const parts = [...page.matchAll(/(?:href|src)="(\/[^"]+\.(?:css|js|woff2|svg)[^"]*)"/g)];
  const cache = await caches.open(KEPT);
  await cache.put(SHELL, answer);
  await Promise.all([...new Set(parts.map((part) => part[1]))].map(async (path) => {
    const part = await fetch(path).catch(() => null);
    if (part && part.ok) await cache.put(new URL(path, self.registration.scope).href, part);
  }));
}

self.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("loket-attendance-") && name !== KEPT) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

self.addEventListener("message", (event) => {
  if (event.data === "refresh") event.waitUntil(keep().catch(() => null));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(SHELL)));
  } else if (/\.(?:css|js|woff2|svg)$/.test(new URL(request.url).pathname)) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(request)) || Response.error()));
  }
});
