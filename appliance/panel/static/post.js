// Asks the box for something once, outside of the live connection.

const PATIENCE = 5000; // ms for its answer

/**
 * What the box answers; `told` is null where it does not.
 * @param {string} path @param {object} body
 * @returns {Promise<{ ok: boolean, told: any }>}
 */
export async function post(path, body = {}) {
  const headers = { "Content-Type": "application/json" };
  const signal = AbortSignal.timeout(PATIENCE);
  try {
    const answer = await fetch(path + location.search, { method: "POST", headers, body: JSON.stringify(body), signal });
    return { ok: answer.ok, told: await answer.json() };
  } catch {
    return { ok: false, told: null };
  }
}
