// The display for screen readers: its words, from the same page that draws it.

import { say } from "./words.js";

const canvas = document.getElementById("display");
const spoken = document.getElementById("display-words");
const MINUTE = 60_000;
const STANDS = 7_000; // ms: longer than anything stands that is said in turn with something else

const told = new Map(); // what was spoken of in the last minute, without its numbers, and when
let words = "";
let kind = "";
let waiting = 0;

// a text without its numbers
const without = (text) => text.replace(/\d/g, "0");

function isNews(text) {
  const now = Date.now();
  for (const [old, at] of told) if (now - at >= MINUTE) told.delete(old);
  return !told.has(text);
}

function speak() {
  clearTimeout(waiting);
  told.set(kind, Date.now());
  spoken.textContent = words;
}

// Says what the display says: at once what is new; what counts, once a minute; what was there before, if it stays.
export function readDisplay(parts) {
  words = parts.join(". ") || say("demo.display_dark");
  canvas.setAttribute("aria-label", `${say("demo.display")}: ${words}`);
  const before = kind;
  kind = without(words);
  if (isNews(kind)) return speak();
  if (kind === before) return;
  clearTimeout(waiting);
  if (kind !== without(spoken.textContent)) waiting = setTimeout(speak, STANDS);
}

// Nothing is known about the display.
export function forgetDisplay() {
  clearTimeout(waiting);
  told.clear();
  words = kind = "";
  canvas.setAttribute("aria-label", say("demo.display"));
  spoken.textContent = "";
}
