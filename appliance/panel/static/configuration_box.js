// What the page of the configuration asks of the box.

const WITHIN = 70000; // ms: a small box takes a while to check a file and to take it

/**
 * @typedef {string | number | boolean | (string | number)[]} Value
 * @typedef {{ path: string[], value?: Value, how?: "set" | "add" | "remove" }} Change
 * @typedef {{ line: number, key: string, message: string }} Mistake
 * @typedef {{ added: string[], removed: string[], replaced: string[], restart: string[] }} Effect
 * @typedef {{ path: string[], kind: string, help: string, required: boolean, low: number | null, high: number | null,
 *   choices: string[], default: unknown, secret: boolean }} Field
 * @typedef {{ path: string[], shape: number, named?: boolean, given?: boolean, values?: Record<string, unknown>,
 *   kept?: string[] }} Table
 * @typedef {{ shapes: { help: string, fields: Field[] }[], tables: Table[] }} Form
 * @typedef {{ text: string, mistakes: Mistake[], difference: string, effect: Effect | null, form: Form | null }} Looked
 * @typedef {{ text: string, mark: string, refused: string, trial: number | null, may_keep: boolean, why: string,
 *   link: string }} Source
 * @typedef {{ number: number, who: string, when: string, text: string, difference: string }} Version
 * @typedef {{ became?: string, says?: string, mark?: string, difference?: string, mistakes?: Mistake[],
 *   seconds?: number }} Became
 */

/**
 * Asks the box; null where it does not answer. With a body it is a deed, without one the page asks by itself.
 * @param {string} name
 * @param {unknown} [body]
 * @returns {Promise<any>}
 */
export async function ask(name, body) {
  const deed = body !== undefined;
  /** @type {Record<string, string>} */ const headers = deed
    ? { "Content-Type": "application/json" }
    : { "X-By-Itself": "1" }; // nobody is kept logged in by it
  const answer = await fetch(`/maintenance/configuration/${name}${location.search}`, {
    method: deed ? "POST" : "GET",
    headers,
    ...(deed ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(WITHIN),
  }).catch(() => null);
  if (answer?.status === 403) location.reload(); // whoever was logged in is so no longer
  if (answer && !answer.ok) return { became: "refused", says: (await answer.json().catch(() => ({}))).error ?? "" };
  return answer ? answer.json().catch(() => null) : null;
}

/** @param {string} id */
export const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {string} id */
export const button = (id) => /** @type {HTMLButtonElement} */ (document.getElementById(id));
