// Pairs this device: by the code behind the # of the address, where a QR code has led here, or by one that is typed.

import { post } from "./post.js";

const main = /** @type {HTMLElement} */ (document.querySelector("main"));
const wrong = /** @type {HTMLElement} */ (document.querySelector("#wrong"));
const said = /** @type {HTMLElement} */ (document.querySelector("#said"));
const field = /** @type {HTMLInputElement} */ (document.querySelector("input"));
const buttons = [...document.querySelectorAll("button")];

/** Asks for something; returns whether it was done, and else says why not. @param {string} path @param {object} body */
async function asked(path, body) {
  wrong.textContent = "";
  for (const button of buttons) button.disabled = true;
  const { ok, told } = await post(path, body);
  for (const button of buttons) button.disabled = false;
  if (!ok) wrong.textContent = told?.error ?? main.dataset.failed ?? "";
  return ok;
}

/** @param {string} code */
async function pair(code) {
  said.textContent = main.dataset.doing ?? "";
  const paired = await asked("/panel/pairing/code", { code: code.replaceAll(" ", "") });
  said.textContent = "";
  if (paired) location.replace(main.dataset.to ?? "/panel");
  else field.focus();
}

async function show() {
  said.textContent = "";
  if (!(await asked("/panel/pairing", {}))) return;
  said.textContent = main.dataset.shown ?? "";
  field.focus();
}

document.querySelector("#code")?.addEventListener("submit", (event) => {
  event.preventDefault();
  pair(field.value);
});
document.querySelector("#show")?.addEventListener("submit", (event) => {
  event.preventDefault();
  show();
});

/** A browser that came here from another site has not shown that it is paired already: asked from here, it does. */
async function isPaired() {
  if (!new URLSearchParams(location.search).has("to")) return false;
  const answer = await fetch(main.dataset.to ?? "", { redirect: "manual" }).catch(() => null);
  return answer !== null && answer.ok;
}

const code = location.hash.slice(1);
if (code) {
  history.replaceState(null, "", location.pathname + location.search); // it stays in no history
  pair(code);
} else if (await isPaired()) location.replace(main.dataset.to ?? "/panel");
else field.focus();
addEventListener("hashchange", () => location.reload()); // another code was read while this page is open
