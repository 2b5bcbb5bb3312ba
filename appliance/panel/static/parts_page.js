// Tests of parts: what acts upon the world is done by a second press, after its page has said what it does. What the
// part has not confirmed yet is called asked.

import { post } from "./post.js";
import { say } from "./words.js";

const SURE = 10000; // ms in which the second press counts
const PATIENCE = 10000; // ms for an answer, which the box gives within 5 s

for (const row of document.querySelectorAll("[data-part]")) {
  const button = /** @type {HTMLButtonElement} */ (row.querySelector("button"));
  const ways = row.querySelector("select");
  const said = /** @type {HTMLElement} */ (row.querySelector("[role=status]"));
  let sure = false;
  /** @type {number | undefined} */ let forgetting;

  /** @param {boolean} now */
  const asks = (now) => {
    sure = now;
    button.textContent = button.dataset[now ? "sure" : "try"] ?? "";
    button.setAttribute("aria-label", `${button.textContent}: ${button.dataset.called}`);
    clearTimeout(forgetting);
    if (now) forgetting = setTimeout(() => asks(false), SURE);
  };

  /** @param {string} became @param {string} words */
  const show = (became, words) => {
    said.dataset.became = became;
    said.textContent = words;
  };

  ways?.addEventListener("change", () => asks(false)); // what was agreed to was something else

  button.addEventListener("click", async () => {
    const body = { part: row.getAttribute("data-part"), how: ways?.value ?? "", sure };
    if (sure || !row.hasAttribute("data-asks")) show("asked", button.dataset.asking ?? "");
    asks(false);
    button.setAttribute("aria-busy", "true");
    const { status, told } = await post("/maintenance/parts/try", body, PATIENCE);
    button.removeAttribute("aria-busy");
    if (status === 403) location.reload(); // whoever was logged in is so no longer
    show(told?.became ?? "failed", told?.says ?? told?.error ?? say("maintain.js_failed"));
    asks(told?.became === "asks");
  });
}
