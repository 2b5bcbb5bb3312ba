// Settings of the terminal: a value is asked for, and the page says what became of it. What is confirmed it follows as
// every maintenance page does.

import "./maintenance.js";

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
  const body = JSON.stringify({ setting: form.dataset.set, value: wanted(form) });
  told.textContent = "…";
  const answer = await fetch(`/maintenance/terminal/set${location.search}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body,
    signal: AbortSignal.timeout(PATIENCE),
  }).catch(() => null);
  if (answer?.status === 403) location.reload();
  const said = answer?.ok ? await answer.json() : { says: "–" };
  told.textContent = said.says;
});
