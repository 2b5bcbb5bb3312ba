// The configuration: one text, shown as it is and as a form. What is changed in the form changes the text, and the other
// way round; either is looked at by the box, which says what is wrong and what would change. Applied, it is on trial.

import { ask, button, byId } from "./configuration_box.js";
import * as form from "./configuration_form.js";
import * as trial from "./configuration_trial.js";
import * as versions from "./configuration_versions.js";
import { say } from "./words.js";

const TYPING = 600; // ms after the last letter
const AGAIN = 3000; // ms between two tries to reach the box when the page is opened
const MINUTE = 60; // seconds of a trial, as far as the page knows where no answer came

/**
 * @typedef {import("./configuration_box.js").Change} Change
 * @typedef {import("./configuration_box.js").Effect} Effect
 * @typedef {import("./configuration_box.js").Looked} Looked
 * @typedef {import("./configuration_box.js").Mistake} Mistake
 * @typedef {import("./configuration_box.js").Source} Source
 */

const text = /** @type {HTMLTextAreaElement} */ (byId("text"));
/** @type {Map<string, Change>} */ const secrets = new Map(); // they never become part of the text
let mark = "";
let inForce = ""; // the text with that mark; nothing where that is somebody else's, and not looked at yet
let writable = false;
let right = false; // whether the box has looked at what is there now, and found no mistake
let looks = 0;
/** @type {Change[]} */ let waiting = []; // changes of the form that no answer of the box has put into the text yet
/** @type {number | undefined} */ let typing;

/** Shows the file as the box has it, whatever was changed here. @param {Source} source */
function take(source) {
  mark = source.mark;
  inForce = source.text;
  writable = source.refused === "" && source.trial === null;
  waiting = [];
  text.readOnly = !writable;
  text.value = source.text;
  secrets.clear();
  byId("conflict").hidden = true;
  trial.take(source);
  look();
  versions.show(writable, restore);
}

/** Shows the file anew, and says what came of it; returns whether the box has answered. */
async function load(says = "") {
  /** @type {Source | null} */ const source = await ask("source");
  if (source?.mark === undefined) return false;
  byId("state").textContent = source.refused ? say("maintain.js_read_only", { why: source.refused }) : says;
  take(source);
  return true;
}

async function open() {
  if (await load()) return;
  byId("state").textContent = say("maintain.js_failed");
  setTimeout(open, AGAIN);
}

const draft = () => ({ mark, text: text.value, secrets: [...secrets.values()] });

/** Lets the box look at the text, with changes of the form if there are any. @param {Change[]} changes */
async function look(changes = []) {
  waiting.push(...changes);
  looks += 1;
  const [mine, before, sent] = [looks, text.value, [...waiting]];
  right = false;
  byId("right").textContent = say("maintain.js_looking");
  buttons();
  /** @type {(Looked & { became?: string, says?: string }) | null} */
  const looked = await ask("look", { ...draft(), changes: sent });
  if (mine !== looks || text.value !== before) return; // something else is looked at by now, with all that waits
  if (!looked || looked.became) {
    byId("right").textContent = looked?.says ?? say("maintain.js_failed");
    if (looked && sent.length > 0) drop(looked.says ?? "");
    return;
  }
  waiting = [];
  if (text.value !== looked.text) text.value = looked.text;
  form.show(looked.form, writable);
  mistakes(looked.mistakes);
  effect(looked);
  buttons();
}

/** The box cannot make these changes. @param {string} why */
function drop(why) {
  waiting = [];
  byId("state").textContent = why;
  look();
}

/** @param {Mistake[]} found */
function mistakes(found) {
  right = found.length === 0;
  byId("right").textContent = right ? say("maintain.js_right") : "";
  byId("mistakes").replaceChildren(...found.map(mistake));
}

/** @param {Mistake} of */
function mistake({ line, key, message }) {
  const made = document.createElement("li");
  const there = document.createElement("button");
  there.type = "button";
  there.textContent = say("maintain.js_line", { line });
  there.addEventListener("click", () => goTo(line));
  made.append(there, ` ${key ? `${key}: ` : ""}${message}`);
  return made;
}

/** @param {number} line */
function goTo(line) {
  const lines = text.value.split("\n");
  const begin = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  text.focus();
  text.setSelectionRange(begin, begin + (lines[line - 1] ?? "").length);
  text.scrollTop = (text.scrollHeight / lines.length) * Math.max(0, line - 5);
}

/** @param {Looked} looked */
function effect({ effect: services, difference }) {
  byId("difference").textContent = difference;
  byId("difference").hidden = difference === "";
  byId("secrets").textContent =
    secrets.size > 0 ? say("maintain.js_secrets", { keys: [...secrets.keys()].join(", ") }) : "";
  byId("restart").textContent = services?.restart.length
    ? say("maintain.js_restart", { tables: services.restart.join(", ") })
    : "";
  const rows = services ? changed(services) : [];
  const table = /** @type {HTMLTableElement} */ (byId("effect"));
  table.hidden = rows.length === 0;
  table.tBodies[0].replaceChildren(...rows);
  byId("no-effect").textContent = services ? none(rows.length, difference) : say("maintain.js_effect_unknown");
}

/**
 * @param {number} rows
 * @param {string} difference
 */
const none = (rows, difference) =>
  rows > 0 ? "" : say(difference || secrets.size > 0 ? "maintain.js_services_same" : "maintain.js_nothing");

/** @param {Effect} services */
const changed = ({ added, removed, replaced }) => [
  ...added.map((name) => service(name, "maintain.js_added")),
  ...removed.map((name) => service(name, "maintain.js_removed")),
  ...replaced.map((name) => service(name, "maintain.js_replaced")),
];

/**
 * @param {string} name
 * @param {string} becomes the key of what becomes of it
 */
function service(name, becomes) {
  const row = document.createElement("tr");
  row.insertCell().textContent = name;
  row.insertCell().textContent = say(becomes);
  return row;
}

function buttons() {
  const differs = secrets.size > 0 || waiting.length > 0 || text.value !== inForce;
  button("apply").disabled = !(writable && right && differs) || trial.isOn();
  button("discard").disabled = !differs || trial.isOn();
}

async function apply() {
  button("apply").disabled = button("discard").disabled = true;
  byId("state").textContent = say("maintain.js_applying");
  const became = await ask("apply", draft());
  if (became === null || became.became === "done") {
    byId("state").textContent = "";
    trial.expect(mark, became?.seconds ?? MINUTE); // without an answer it may have been taken all the same
    await load();
  } else if (became.became === "unknown") {
    await unknown(became.says);
  } else {
    byId("state").textContent = became.says;
    if (became.mistakes) mistakes(became.mistakes);
    if (became.mark !== undefined) conflict(became.mark, became.difference);
    else if (!became.mistakes) look();
  }
}

/** The box cannot say whether it has taken the change: what is typed here stays. @param {string} says */
async function unknown(says) {
  /** @type {Source | null} */ const source = await ask("source");
  if (source?.trial) trial.expect(mark, source.trial);
  if (source?.trial) take(source);
  else await look();
  byId("state").textContent = says;
}

/**
 * Somebody else was quicker.
 * @param {string} theirs the mark of what they have made of the file
 * @param {string} difference
 */
function conflict(theirs, difference) {
  const section = byId("conflict");
  section.hidden = false;
  /** @type {HTMLElement} */ (section.querySelector("pre")).textContent = difference;
  button("mine").onclick = () => {
    section.hidden = true;
    byId("state").textContent = "";
    mark = theirs;
    inForce = "";
    look();
  };
  button("theirs").focus();
}

/** Puts a former text into the page, where it is looked at before it is applied. @param {string} former */
function restore(former) {
  text.value = former;
  look();
  text.focus();
}

text.addEventListener("input", () => {
  right = false;
  buttons();
  clearTimeout(typing);
  typing = setTimeout(() => look(), TYPING);
});
button("apply").addEventListener("click", apply);
button("discard").addEventListener("click", () => load());
button("theirs").addEventListener("click", () => load());
form.begin(
  (change) => {
    clearTimeout(typing);
    look([change]);
  },
  (path, value) => {
    if (value) secrets.set(path.join("."), { path, value });
    else secrets.delete(path.join("."));
    look();
  },
);
trial.begin((source, says) => {
  byId("state").textContent = says;
  take(source);
});
open();
