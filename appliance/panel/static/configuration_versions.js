// The configurations that were kept before, and the way back to each.

import { ask, byId } from "./configuration_box.js";
import { say } from "./words.js";

/** @typedef {import("./configuration_box.js").Version} Version */

/**
 * Shows them; `undo` is called with the text of the one that somebody wants back.
 * @param {boolean} mayWrite
 * @param {(text: string) => void} undo
 */
export async function show(mayWrite, undo) {
  /** @type {Version[] | null} */ const versions = await ask("versions");
  if (!Array.isArray(versions)) return;
  const table = /** @type {HTMLTableElement} */ (byId("versions"));
  table.hidden = versions.length === 0;
  byId("no-versions").hidden = versions.length > 0;
  table.tBodies[0].replaceChildren(...versions.map((version) => row(version, mayWrite, undo)));
}

/**
 * @param {Version} version
 * @param {boolean} mayWrite
 * @param {(text: string) => void} undo
 */
function row(version, mayWrite, undo) {
  const made = document.createElement("tr");
  made.dataset.version = String(version.number);
  for (const words of [String(version.number), version.when, version.who || say("maintain.js_found")]) {
    made.insertCell().textContent = words;
  }
  const cell = made.insertCell();
  if (version.difference === "") cell.textContent = say("maintain.js_same_as_now");
  else cell.append(difference(version.difference), back(version, mayWrite, undo));
  return made;
}

/** @param {string} words */
function difference(words) {
  const made = document.createElement("details");
  const summary = document.createElement("summary");
  const lines = document.createElement("pre");
  summary.textContent = say("maintain.js_show");
  lines.className = "difference";
  lines.tabIndex = 0;
  lines.textContent = words;
  made.append(summary, lines);
  return made;
}

/**
 * @param {Version} version
 * @param {boolean} mayWrite
 * @param {(text: string) => void} undo
 */
function back(version, mayWrite, undo) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = say("maintain.js_undo");
  button.setAttribute("aria-label", `${say("maintain.js_undo")}: ${version.number}`);
  button.disabled = !mayWrite;
  button.addEventListener("click", () => undo(version.text));
  return button;
}
