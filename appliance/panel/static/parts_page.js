// Tests of parts: what acts upon the world is done by a second press, after its page has said what it does.

const SURE = 10000; // ms in which the second press counts
const PARTS_PATIENCE = 10000; // ms for an answer

for (const row of document.querySelectorAll("[data-part]")) {
  const button = /** @type {HTMLButtonElement} */ (row.querySelector("button"));
  const said = /** @type {HTMLElement} */ (row.querySelector("[role=status]"));
  let sure = false;
  /** @type {number | undefined} */ let forgetting;

  /** @param {boolean} now */
  const asks = (now) => {
    sure = now;
    button.textContent = button.dataset[now ? "sure" : "try"] ?? "";
    clearTimeout(forgetting);
    if (now) forgetting = setTimeout(() => asks(false), SURE);
  };

  button.addEventListener("click", async () => {
    const body = JSON.stringify({ part: row.getAttribute("data-part"), sure });
    asks(false);
    const answer = await fetch(`/maintenance/parts/try${location.search}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
      signal: AbortSignal.timeout(PARTS_PATIENCE),
    }).catch(() => null);
    if (answer?.status === 403) location.reload();
    const told = answer?.ok ? await answer.json() : { says: "–" };
    said.textContent = told.says;
    asks(told.became === "asks");
  });
}
