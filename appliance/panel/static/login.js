// Logging in and out, and a new password. Nothing typed here is ever part of an address.

const LOGIN_PATIENCE = 30_000; // ms: the box takes one password after the other, and some seconds for each

const main = /** @type {HTMLElement} */ (document.querySelector("main"));
const wrong = /** @type {HTMLElement} */ (document.querySelector("#wrong"));

/**
 * Asks for something; returns whether it was done, and else says why not.
 * @param {string} path @param {Record<string, string>} body
 */
async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  const signal = AbortSignal.timeout(LOGIN_PATIENCE);
  try {
    const answer = await fetch(path + location.search, { method: "POST", headers, body: JSON.stringify(body), signal });
    wrong.textContent = answer.ok ? "" : (await answer.json()).error;
    return answer.ok;
  } catch {
    wrong.textContent = main.dataset.failed ?? "";
    return false;
  }
}

/** The page again, saying what became of it, in the language that it has now. @param {string} said */
function again(said) {
  const query = new URLSearchParams(location.search);
  query.set("said", said);
  location.replace(`/login?${query}`);
}

/** @type {Record<string, (fields: Record<string, string>) => Promise<void>>} */
const SENT = {
  in: async ({ password }) => {
    if (await post("/login", { password })) location.replace(main.dataset.to ?? "/login");
  },
  out: async () => {
    if (await post("/login/out", {})) again("out");
  },
  change: async ({ now, new: chosen, again: repeated }) => {
    if (chosen !== repeated) wrong.textContent = main.dataset.differ ?? "";
    else if (await post("/login/password", { now, new: chosen })) again("changed");
  },
};

for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    const buttons = [...form.querySelectorAll("button")];
    wrong.textContent = "";
    for (const button of buttons) button.disabled = true;
    await SENT[form.id](fields);
    for (const button of buttons) button.disabled = false;
    /** @type {HTMLInputElement | null} */ (form.querySelector("input:not([hidden])"))?.select();
  });
}
