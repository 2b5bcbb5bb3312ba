// What is done to the machine: what the room would notice is done by another press, after the page has said what it does,
// and while somebody is in a call by one more.

import "./maintenance.js";

const SURE = 60000; // ms in which the next press counts: there is something to read first
const PATIENCE = 400000; // ms for an answer: a restore is sent, judged and written
const KIND = "application/octet-stream";

/** @typedef {{ became: string, wants: string, says: string }} Told */

const deeds = /** @type {HTMLElement} */ (document.getElementById("deeds"));
/** @param {string} key */
const words = (key) => deeds.dataset[key] ?? "";

/** @param {string} deed @param {RequestInit} more @param {URLSearchParams} query */
function post(deed, more, query = new URLSearchParams()) {
  for (const [name, value] of new URLSearchParams(location.search)) query.append(name, value);
  const signal = AbortSignal.timeout(PATIENCE);
  return fetch(`/maintenance/machine/${deed}?${query}`, { method: "POST", signal, ...more });
}

/** What an answer says. @param {Response} answer @returns {Promise<Told>} */
async function told(answer) {
  if (answer.status === 403) location.reload(); // whoever was logged in is so no longer
  const said = await answer.json();
  return answer.ok ? said : { became: "refused", wants: "", says: said.error };
}

/** @param {string} deed @param {Record<string, unknown>} wish */
const wished = async (deed, wish) =>
  post(deed, { headers: { "Content-Type": "application/json" }, body: JSON.stringify(wish) });

/** Lets the browser keep a file. @param {Response} answer */
async function keep(answer) {
  const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "room.offhook";
  const address = URL.createObjectURL(await answer.blob());
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), PATIENCE);
}

/** @type {Record<string, (fields: FormData, agreed: Record<string, boolean>) => Promise<Told>>} */
const FILES = {
  backup: async (fields) => {
    const passphrase = String(fields.get("passphrase"));
    if (passphrase !== fields.get("again")) return { became: "refused", wants: "", says: words("differ") };
    const answer = await wished("backup", { passphrase });
    if (!answer.ok) return told(answer);
    await keep(answer);
    return { became: "done", wants: "", says: words("fetched") };
  },
  restore: async (fields, agreed) => {
    const said = encodeURIComponent(String(fields.get("passphrase")));
    const query = new URLSearchParams(Object.keys(agreed).map((each) => [each, "true"]));
    const headers = { "Content-Type": KIND, "Offhook-Passphrase": said };
    return told(await post("restore", { headers, body: fields.get("file") }, query));
  },
};

/** What the fields of a form wish. @param {FormData} fields */
const wish = (fields) => Object.fromEntries([...fields].map(([name, value]) => [name, value === "on" ? true : value]));

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("[data-deed]"))) {
  const deed = form.dataset.deed ?? "";
  const status = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
  const buttons = [...form.querySelectorAll("button")];
  /** @type {Record<string, boolean>} */ let agreed = {};
  /** @type {number | undefined} */ let forgetting;

  const forget = () => {
    agreed = {};
    clearTimeout(forgetting);
    for (const button of buttons) button.textContent = button.dataset.label ?? "";
  };
  form.addEventListener("input", forget); // whoever has changed something has read what it did before

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const pressed = /** @type {HTMLButtonElement} */ (event.submitter ?? buttons[0]);
    const fields = new FormData(form, pressed);
    for (const button of buttons) button.disabled = true;
    status.textContent = words("working");
    const refused = { became: "refused", wants: "", says: words("failed") };
    const asked = FILES[deed]?.(fields, agreed) ?? wished(deed, { ...wish(fields), ...agreed }).then(told);
    const answer = await asked.catch(() => refused);
    for (const button of buttons) button.disabled = false;
    const before = agreed;
    forget();
    status.textContent = answer.says;
    if (answer.became === "asks") {
      agreed = { ...before, [answer.wants]: true };
      pressed.textContent = pressed.dataset.sure ?? "";
      forgetting = setTimeout(forget, SURE);
    } else if (answer.became === "done" && deed !== "update") form.reset(); // no passphrase stays on a page
    pressed.focus();
  });
}
