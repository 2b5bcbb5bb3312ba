// The log as it is written: the newest line first, those that the filter wants. Nothing queues: a page that is slow asks
// for what it has missed, and the box says how much it does not have any more.

import { follow } from "./live.js";
import { say } from "./words.js";

const SOONEST = 500; // ms between two questions
const PATIENCE = 10000; // ms for an answer
const SHOWN = 500; // lines
const TYPING = 300; // ms after the last letter of a filter

/** @typedef {{ last: number, left_out: number, lines: [string, string, string, string][] }} Answer */

const first = /** @type {HTMLElement} */ (document.getElementById("first"));
const table = /** @type {HTMLElement} */ (document.getElementById("lines"));
const none = /** @type {HTMLElement} */ (document.getElementById("none"));
const filter = /** @type {HTMLFormElement} */ (document.querySelector(".filter"));

let after = 0;
let wanted = "";
let asking = false;
let news = true;
let byHand = false;
/** @type {number | undefined} */ let typing;

async function ask() {
  if (asking || !news) return;
  asking = true;
  news = false;
  const words = wanted;
  /** @type {HeadersInit} */ const headers = byHand ? {} : { "X-By-Itself": "1" }; // nobody is kept logged in by it
  byHand = false;
  try {
    const query = new URLSearchParams([["after", String(after)], ...pairs()]);
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(`/maintenance/log/lines?${query}`, { headers, signal });
    if (answer.status === 403) location.reload();
    else if (answer.ok && words === wanted) show(await answer.json());
  } catch {
    news = true; // the box does not answer, which the connection tells as well
  }
  setTimeout(() => {
    asking = false;
    ask();
  }, SOONEST);
}

/** @param {Answer} told */
function show({ last, left_out, lines }) {
  if (last < after) begin(); // another process, which counts anew
  after = last;
  table.prepend(...lines.reverse().map(row));
  if (left_out > 0 && lines.length > 0) table.children[lines.length - 1].after(row(["", "", "…", `+${left_out}`]));
  while (table.children.length > SHOWN) table.lastElementChild?.remove();
  none.hidden = table.children.length > 0;
}

/** @param {[string, string, string, string]} line */
function row([when, level, event, text]) {
  const made = document.createElement("tr");
  made.dataset.level = level;
  for (const words of [when, level, event, text]) made.insertCell().textContent = words;
  return made;
}

/** What the filter says. @returns {[string, string][]} */
const pairs = () => [...new FormData(filter)].map(([name, value]) => [name, String(value).trim()]);

function begin() {
  after = 0;
  table.replaceChildren();
  news = true;
}

filter.addEventListener("submit", (event) => event.preventDefault());
filter.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    const words = JSON.stringify(pairs());
    if (words === wanted) return;
    wanted = words;
    byHand = true;
    begin();
    ask();
  }, TYPING);
});
wanted = JSON.stringify(pairs());

follow("/maintenance/live", (room) => {
  first.textContent = room.stale ? say("door.no_connection") : "";
  news = true; // also where something else is: that costs one question, and misses nothing
  ask();
});
