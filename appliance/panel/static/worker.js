// The service worker of the pages: what they are made of comes from the box, and from what the browser has kept (keep.js)
// where the box says nothing in time. Nothing else passes through here, and nothing of the room is ever kept.

const PATIENCE = 3000; // ms

const worker = /** @type {any} */ (self);

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  const page = mode === "navigate" && (pathname === "/panel" || pathname === "/panel/door");
  if (page || pathname.startsWith("/panel/static/")) event.respondWith(answer(event.request));
});

/**
 * What is not kept is waited for, however late it comes: a tablet may have slept meanwhile.
 * @param {Request} request
 */
async function answer(request) {
  const late = new Promise((_, fail) => setTimeout(fail, PATIENCE));
  const fetched = fetch(request);
  try {
    return await Promise.race([fetched, late]);
  } catch {
    return (await caches.match(request)) ?? fetched.catch(() => Response.error());
  }
}
