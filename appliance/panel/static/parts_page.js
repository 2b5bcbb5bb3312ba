// Tests of parts: what acts upon the world is done by a second press, after its page has said what it does. What the
// part has not confirmed yet is called asked.

const SURE = 10000; // ms in which the second press counts
const PARTS_PATIENCE = 10000; // ms for an answer, which the box gives within 5 s

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
  const say = (became, words) => {
    said.dataset.became = became;
    said.textContent = words;
  };

  ways?.addEventListener("change", () => asks(false)); // what was agreed to was something else

  button.addEventListener("click", async () => {
    const body = JSON.stringify({ part: row.getAttribute("data-part"), how: ways?.value ?? "", sure });
    if (sure || !row.hasAttribute("data-asks")) say("asked", button.dataset.asking ?? "");
    asks(false);
    button.setAttribute("aria-busy", "true");
    const answer = await fetch(`/maintenance/parts/try${location.search}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
      signal: AbortSignal.timeout(PARTS_PATIENCE),
    }).catch(() => null);
    button.removeAttribute("aria-busy");
    if (answer?.status === 403) location.reload();
    const told = answer?.ok ? await answer.json() : { became: "failed", says: "–" };
    say(told.became, told.says);
    asks(told.became === "asks");
  });
}
