// A configuration on trial: how long still, whether it can be kept, and what became of it.
//
// The box ends a trial by itself, whether this page reaches it or not. So the page shows what it was told last, and asks
// again when something of the room has changed, when the time is over, and while the box does not answer.

import { ask, button, byId } from "./configuration_box.js";
import { follow } from "./live.js";
import { say } from "./words.js";

const SECOND = 1000; // ms
const AGAIN = 2000; // ms between two questions while the box does not answer, or is about to return

/**
 * @typedef {import("./configuration_box.js").Source} Source
 * @typedef {import("./configuration_box.js").Became} Became
 */

/** @type {Source | null} */ let told = null;
let former = ""; // the mark of the file before, where this page has made the change
let until = 0; // ms, of the page's clock
let asking = false;
let again = false; // whether something has changed since it was asked
let silent = false;
/** @type {number | undefined} */ let counting;
/** @type {(source: Source, says: string) => void} */ let ended = () => {};

export const isOn = () => told !== null;

/**
 * Tells `end` of the file as it is once a trial is over, and what became of it.
 * @param {(source: Source, says: string) => void} end
 */
export function begin(end) {
  ended = end;
  button("keep").addEventListener("click", () => deed("keep"));
  button("back").addEventListener("click", () => deed("back"));
  follow("/maintenance/live", () => {
    if (isOn()) renew();
  });
}

/**
 * This page has changed the file with this mark: a trial is on, whether the box can be reached afterwards or not.
 * @param {string} before
 * @param {number} seconds
 */
export function expect(before, seconds) {
  if (seconds === 0) return; // nothing differed
  former = before;
  start({ text: "", mark: "", refused: "", trial: seconds, may_keep: false, why: "", link: "–" });
}

/** Takes what the box says of the file, and of a trial if one is on. @param {Source} source */
export function take(source) {
  if (source.trial !== null) start(source);
  else if (told) {
    const returned = former ? source.mark === former : source.mark !== told.mark;
    told = null;
    former = "";
    clearInterval(counting);
    byId("trial").hidden = true;
    ended(source, say(returned ? "maintain.js_returned" : "maintain.js_kept"));
  }
}

/** @param {Source} source */
function start(source) {
  told = source;
  until = performance.now() + (source.trial ?? 0) * SECOND;
  byId("trial").hidden = false;
  clearInterval(counting);
  counting = setInterval(count, SECOND);
  count();
}

function count() {
  if (!told) return;
  const left = Math.max(0, Math.ceil((until - performance.now()) / SECOND));
  byId("trial-says").textContent = silent ? say("maintain.js_no_box") : say("maintain.js_trial", { seconds: left });
  byId("trial-link").textContent = [say("maintain.js_link", { link: told.link }), told.why].filter(Boolean).join(" ");
  button("keep").disabled = !told.may_keep || silent;
  button("back").disabled = silent;
  if (left === 0 || silent) renew();
}

async function renew() {
  again = asking;
  if (asking) return;
  asking = true;
  const source = await ask("source");
  silent = source === null;
  if (source?.mark !== undefined) take(source);
  else count();
  setTimeout(() => {
    asking = false;
    if (again && isOn()) renew();
  }, AGAIN);
}

/** @param {"keep" | "back"} what */
async function deed(what) {
  for (const id of ["keep", "back"]) button(id).disabled = true;
  /** @type {Became | null} */ const became = await ask(what, {});
  const source = await ask("source");
  if (source?.mark !== undefined) take(source);
  if (became?.says) byId("state").textContent = became.says;
}
