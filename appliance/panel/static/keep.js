// Where the browser allows it, a page keeps what it is made of, so that a screen says itself that the box is out of reach.
// What was kept of another version of the pages is thrown away.

const KEPT = "offhook ";

async function keep() {
  await navigator.serviceWorker.register("/panel/worker.js", { scope: "/panel" });
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const parts = loaded.filter((url) => new URL(url).pathname.startsWith("/panel/static/"));
  const name = KEPT + document.documentElement.dataset.mark;
  const shell = await caches.open(name);
  await shell.addAll([...new Set([location.href.replace(location.hash, ""), ...parts])]);
  for (const other of await caches.keys()) {
    if (other.startsWith(KEPT) && other !== name) await caches.delete(other);
  }
}

if (isSecureContext && "serviceWorker" in navigator) {
  addEventListener("load", () => keep().catch(() => {})); // a certificate that is not trusted, or no room: it works without
}
