// The form of the configuration: a part for each table, which is filled when somebody opens it.

import { byId } from "./configuration_box.js";
import { say } from "./words.js";

/**
 * @typedef {import("./configuration_box.js").Change} Change
 * @typedef {import("./configuration_box.js").Field} Field
 * @typedef {import("./configuration_box.js").Form} Form
 * @typedef {import("./configuration_box.js").Table} Table
 * @typedef {import("./configuration_box.js").Value} Value
 */

const NEW = "*"; // stands for the name of a table that there is not yet
const WHOLE = /^-?\d+$/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** @type {(change: Change) => void} */ let changed = () => {};
/** @type {(path: string[], value: string) => void} */ let replaced = () => {};
/** @type {Form | null} */ let shown = null;
let writable = false;
let drawing = false; // an element that goes loses the focus, which is no doing of anybody
const open = new Set(); // which tables, by their paths
const find = /** @type {HTMLInputElement} */ (byId("find"));

/**
 * Tells `change` of what is changed in the form, and `secret` of another secret: it never becomes part of the text.
 * @param {(change: Change) => void} change
 * @param {(path: string[], value: string) => void} secret
 */
export function begin(change, secret) {
  changed = change;
  replaced = secret;
  find.addEventListener("input", () => seek());
}

/**
 * Shows a form. Whoever is in a field of it stays there, with what they have typed.
 * @param {Form | null} form
 * @param {boolean} mayWrite
 */
export function show(form, mayWrite) {
  const none = byId("no-form");
  none.hidden = form !== null;
  none.textContent = form ? "" : say("maintain.js_not_toml");
  byId("tables").hidden = form === null;
  if (!form) return;
  shown = form;
  writable = mayWrite;
  const active = /** @type {HTMLInputElement | null} */ (byId("tables").querySelector(":focus"));
  drawing = true;
  byId("tables").replaceChildren(...form.tables.filter(usable).map(part));
  drawing = false;
  seek();
  if (active) stay(active);
}

/** @param {HTMLInputElement} before */
function stay(before) {
  const now = /** @type {HTMLInputElement | null} */ (document.getElementById(before.id));
  if (!before.id || !now || now.disabled) return;
  if (before.value !== before.dataset.shown) now.value = before.value;
  now.focus();
}

/**
 * Lets what somebody has typed or chosen count, once they have done with it.
 * @param {HTMLInputElement | HTMLSelectElement} input
 * @param {(said: string) => void} act
 */
function settle(input, act) {
  input.dataset.shown = input.value;
  const settled = () => {
    if (drawing || input.value === input.dataset.shown) return;
    input.dataset.shown = input.value;
    act(input.value);
  };
  input.addEventListener("change", settled);
  input.addEventListener("blur", settled); // of one that was drawn anew meanwhile, the browser knows no change
}

/** A table below one that there is not yet has no place. @param {Table} table */
const usable = (table) => !table.path.slice(0, -1).includes(NEW);

function seek() {
  const words = find.value.trim().toLowerCase();
  for (const each of /** @type {NodeListOf<HTMLElement>} */ (byId("tables").querySelectorAll("details"))) {
    each.hidden = !(each.dataset.words ?? "").includes(words);
  }
}

/** @param {Table} table */
function part(table) {
  const shape = /** @type {Form} */ (shown).shapes[table.shape];
  const name = table.path.join(".");
  const made = document.createElement("details");
  made.dataset.table = name;
  made.dataset.words = [name, shape.help, ...shape.fields.map((field) => field.path[0])].join(" ").toLowerCase();
  const summary = document.createElement("summary");
  summary.textContent = name ? `[${name}]` : "room.toml";
  if (table.given) summary.append(" ✓");
  made.append(summary);
  made.addEventListener("toggle", () => {
    if (made.open) open.add(name);
    else open.delete(name);
    if (made.open && made.childElementCount === 1) made.append(...inside(table));
  });
  made.open = open.has(name);
  if (made.open) made.append(...inside(table)); // at once: its event comes later, and somebody may be in a field
  return made;
}

/** @param {Table} table */
function inside(table) {
  const shape = /** @type {Form} */ (shown).shapes[table.shape];
  const help = document.createElement("p");
  help.textContent = shape.help;
  if (table.named) return [help, another(table)];
  const fields = shape.fields.map((field) => row(table, field));
  return table.given && table.path.length > 0 && writable ? [help, ...fields, removing(table)] : [help, ...fields];
}

/** The name of one more, and what adds it. @param {Table} table */
function another(table) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  const button = pressed(say("maintain.js_add"), () => {
    const name = input.value.trim();
    if (!name) return;
    open.add([...table.path.slice(0, -1), name].join("."));
    changed({ path: [...table.path.slice(0, -1), name], how: "add" });
  });
  input.autocomplete = "off";
  input.id = `n ${table.path.join(".")}`;
  input.dataset.shown = "";
  input.disabled = button.disabled = !writable;
  label.append(say("maintain.js_new_name"), " ", input);
  label.className = "field";
  const all = document.createElement("div");
  all.append(label, button);
  return all;
}

/** @param {Table} table */
const removing = (table) =>
  pressed(`${say("maintain.js_remove")} [${table.path.join(".")}]`, () =>
    changed({ path: table.path, how: "remove" }),
  );

/**
 * @param {string} words
 * @param {() => void} act
 */
function pressed(words, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words;
  button.addEventListener("click", act);
  return button;
}

/**
 * @param {Table} table
 * @param {Field} field
 */
function row(table, field) {
  const key = field.path[0];
  const path = [...table.path, key];
  const id = `f ${path.join(".")}`;
  const value = table.values?.[key];
  const label = document.createElement("label");
  label.htmlFor = id;
  label.textContent = field.required ? `${key} (${say("maintain.js_required")})` : key;
  const input = field.secret ? secret(path, table.kept?.includes(key) ?? false) : control(path, field, value);
  input.id = id;
  input.disabled = !writable || (isTable(value) && !field.secret) || field.kind === "other";
  const help = document.createElement("small");
  help.id = `h ${path.join(".")}`;
  help.textContent = [field.help, field.kind === "other" || isTable(value) ? say("maintain.js_by_text") : ""]
    .filter(Boolean)
    .join(" ");
  input.setAttribute("aria-describedby", help.id);
  const all = document.createElement("div");
  all.className = "field";
  all.append(label, field.secret ? alone(input) : input, help);
  return all;
}

/** What keeps passwords for people wants each in a form; this one is never sent. @param {HTMLElement} input */
function alone(input) {
  const made = document.createElement("form");
  made.addEventListener("submit", (event) => event.preventDefault());
  made.append(input);
  return made;
}

/** @param {unknown} value */
const isTable = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * @param {string[]} path
 * @param {boolean} kept
 */
function secret(path, kept) {
  const input = document.createElement("input");
  input.type = "password";
  input.autocomplete = "new-password";
  input.placeholder = kept ? say("maintain.js_kept_secret") : "";
  settle(input, (said) => replaced(path, said));
  return input;
}

/**
 * @param {string[]} path
 * @param {Field} field
 * @param {unknown} value
 */
function control(path, field, value) {
  const input = field.kind === "switch" || field.kind === "choice" ? choice(field, value) : line(field, value);
  settle(input, (typed) => {
    const said = typed.trim();
    if (said === "" && !(field.kind === "text" && value === "")) changed({ path, how: "remove" });
    else changed({ path, value: meant(said, field.kind) });
  });
  return input;
}

/**
 * @param {Field} field
 * @param {unknown} value
 */
function choice(field, value) {
  const select = document.createElement("select");
  const words = field.kind === "switch" ? ["true", "false"] : field.choices;
  select.append(new Option(standing(field), ""), ...words.map((word) => new Option(word)));
  select.value = value === undefined ? "" : String(value);
  return select;
}

/**
 * @param {Field} field
 * @param {unknown} value
 */
function line(field, value) {
  const input = document.createElement("input");
  input.type = field.kind === "whole" || field.kind === "number" ? "number" : "text";
  if (input.type === "number") {
    input.step = field.kind === "whole" ? "1" : "any";
    if (field.low !== null) input.min = String(field.low);
    if (field.high !== null) input.max = String(field.high);
  }
  input.autocomplete = "off";
  input.spellcheck = false;
  input.placeholder = standing(field);
  input.value = written(value, field.kind);
  return input;
}

/** What holds where the file says nothing. @param {Field} field */
const standing = (field) =>
  field.default === null || field.default === undefined || isTable(field.default) ? "" : written(field.default, field.kind);

/**
 * A value as it is typed.
 * @param {unknown} value
 * @param {string} [kind] a list among other words has brackets
 */
function written(value, kind = "list") {
  if (value === undefined || value === null) return "";
  if (!Array.isArray(value)) return isTable(value) ? JSON.stringify(value) : String(value);
  const all = value.map((each) => (value.every(isPlain) ? each : JSON.stringify(each))).join(", ");
  return kind === "words" ? `[${all}]` : all;
}

/** Whether it reads the same without quotes. @param {unknown} each */
const isPlain = (each) => typeof each === "string" && !/[,"]|^\s*(-?\d|true|false|null)/.test(each);

/**
 * What somebody means who has typed this into a field of this kind.
 * @param {string} said
 * @param {string} kind
 * @returns {Value}
 */
function meant(said, kind) {
  if (kind === "switch") return said === "true";
  if (kind === "whole" || kind === "number") return NUMBER.test(said) ? Number(said) : said;
  if (kind === "list") return listed(said);
  if (kind === "words" && WHOLE.test(said)) return Number(said);
  return kind === "words" && said.startsWith("[") ? listed(said.replace(/^\[|\]$/g, "")) : said;
}

/** @param {string} said */
function listed(said) {
  try {
    return JSON.parse(`[${said}]`);
  } catch {
    return said.split(",").map((each) => each.trim());
  }
}
