// Asks the box for something once, outside of the live connection.

const PATIENCE = 5000; // ms for its answer, where it has nobody else to ask

/**
 * What the box answers; where it does not, `told` is null, and `status` 0.
 * @param {string} path @param {object} body @param {number} patience
 * @returns {Promise<{ ok: boolean, status: number, told: any }>}
 */
export async function post(path, body = {}, patience = PATIENCE) {
  const headers = { "Content-Type": "application/json" };
  const signal = AbortSignal.timeout(patience);
  try {
    const answer = await fetch(path + location.search, { method: "POST", headers, body: JSON.stringify(body), signal });
    return { ok: answer.ok, status: answer.status, told: await answer.json() };
  } catch {
    return { ok: false, status: 0, told: null };
  }
}
