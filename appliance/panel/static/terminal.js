// Settings of the terminal: a value is asked for, and the page says what became of it. What is confirmed it follows as
// every maintenance page does.

import "./maintenance.js";
import { post } from "./post.js";
import { say } from "./words.js";

const PATIENCE = 12000; // ms: the terminal may be read first, and then has five seconds to confirm

const told = /** @type {HTMLElement} */ (document.getElementById("told"));

/** @param {HTMLFormElement} form */
function wanted(form) {
  const number = form.querySelector("input");
  if (number) return Number(number.value);
  const other = /** @type {HTMLSelectElement | HTMLButtonElement} */ (form.querySelector("select, button"));
  return JSON.parse(other.value);
}

document.addEventListener("submit", async (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.dataset.set) return;
  event.preventDefault();
  const body = { setting: form.dataset.set, value: wanted(form) };
  told.textContent = "…";
  const answer = await post("/maintenance/terminal/set", body, PATIENCE);
  if (answer.status === 403) location.reload(); // whoever was logged in is so no longer
  told.textContent = answer.told?.says ?? answer.told?.error ?? say("maintain.js_failed");
});
