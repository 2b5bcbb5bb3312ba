// A maintenance page that stays open: where its subject has changed, it asks for itself and takes over what is new.

import { follow } from "./live.js";
import { say } from "./words.js";

const SOONEST = 1000; // ms between two times that a page asks for itself
const PATIENCE = 10000; // ms for its answer

/** @typedef {Record<string, number>} Numbers how often each subject has changed */

const first = /** @type {HTMLElement} */ (document.getElementById("first"));
/** @type {Numbers} */ let seen = JSON.parse(document.querySelector("main")?.dataset.news ?? "{}");
/** @type {Numbers} */ let now = seen;
let asking = false;

/** @param {Element} part */
const isOld = (part) => now[part.getAttribute("data-live") ?? ""] !== seen[part.getAttribute("data-live") ?? ""];

/** Asks for the page where anything on it is old; what is news meanwhile is asked for afterwards. */
async function renew() {
  if (asking || ![...document.querySelectorAll("[data-live]")].some(isOld)) return;
  asking = true;
  const told = now;
  try {
    const headers = { "X-By-Itself": "1" }; // nobody is kept logged in by it
    const answer = await fetch(location.href, { headers, signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok) {
      take(new DOMParser().parseFromString(await answer.text(), "text/html"));
      seen = told;
    } else if (answer.status === 403) location.reload(); // whoever was logged in is so no longer
  } catch {
    // the box does not answer, which the connection tells as well
  }
  setTimeout(() => {
    asking = false;
    renew();
  }, SOONEST);
}

/** @param {Document} page */
function take(page) {
  for (const part of document.querySelectorAll("[data-live]")) {
    const other = page.getElementById(part.id);
    if (!other || !part.isConnected || other.outerHTML === part.outerHTML) continue;
    if (inner(part) && inner(part) === inner(other)) continue; // each of what is in it is taken over by itself
    replace(part, other);
  }
}

/** @param {Element} part */
const inner = (part) => [...part.querySelectorAll("[data-live]")].map((each) => each.id).join(" ");

/**
 * Whoever is at a control that is replaced stays there.
 * @param {Element} part
 * @param {Element} other
 */
function replace(part, other) {
  const focused = part.contains(document.activeElement) ? document.activeElement?.id : "";
  part.replaceWith(document.adoptNode(other));
  if (focused) document.getElementById(focused)?.focus();
}

follow("/maintenance/live", (room) => {
  first.textContent = room.stale ? say("door.no_connection") : "";
  const told = /** @type {Numbers} */ (/** @type {unknown} */ (room.view));
  now = { ...told };
  renew();
});
