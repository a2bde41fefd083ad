// @ts-nocheck  a service worker: other globals than a page, and names that the build writes
/* Keeps the site for when there is no network. The build writes VERSION and FILES above. */

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== VERSION).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

/* The network first, so that a new release is seen at once; the copy where there is none. */
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(
    fetch(request)
      .then((reply) => (reply.ok ? reply : caches.match(request, { ignoreSearch: true }).then((kept) => kept ?? reply)))
      .catch(() => caches.match(request, { ignoreSearch: true }).then((kept) => kept ?? Response.error())),
  );
});
