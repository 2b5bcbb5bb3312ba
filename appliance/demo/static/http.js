// Talking to the demo: posts that arrive in order, and following a resource by long polls.

import { say } from "./words.js";

const PATIENCE = 30_000; // ms; a long poll answers within 20 s

async function ask(path, options = {}) {
  const answer = await fetch(path, { ...options, signal: AbortSignal.timeout(PATIENCE), cache: "no-store" });
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.error ?? `${answer.status} ${answer.statusText}`);
  return value;
}

const complaint = () => document.getElementById("complaint");
let hiding = 0;

function complain(error) {
  complaint().textContent = say("demo.failed", { reason: error.message });
  complaint().hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => (complaint().hidden = true), 6000);
}

// Posts a JSON value; says on the page when it was refused. keepalive: it still leaves when the page is being closed.
export async function post(path, value) {
  try {
    return await ask(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(value),
      keepalive: true,
    });
  } catch (error) {
    complain(error);
    return null;
  }
}

// A page that is being left cannot wait for an answer: what it has to say, a release or a stop, goes out at once.
const leaving = () => document.hidden;

// Posts to one path, one after the other and `apart` ms after the one before: a release never overtakes its press.
export function inOrder(path, apart = 0) {
  let last = Promise.resolve();
  const next = async (value) => {
    await post(path, value);
    await pause(apart);
  };
  return (value) => (last = leaving() ? post(path, value) : last.then(() => next(value)));
}

// Posts to one path, leaving out what is out of date by the time the one before has arrived.
export function latest(path) {
  let waiting = null;
  let busy = false;
  return async (value) => {
    if (leaving()) {
      waiting = null;
      return post(path, value);
    }
    waiting = value;
    if (busy) return;
    busy = true;
    while (waiting !== null) {
      const next = waiting;
      waiting = null;
      await post(path, next);
    }
    busy = false;
  };
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// Follows a resource that has a `revision`: show(value) for each new one, gone() when nobody answers; for ever.
export async function follow(path, show, gone) {
  let seen = null;
  for (let wait = 250; ; ) {
    try {
      const value = await ask(seen === null ? path : `${path}?after=${seen}`);
      if (value.revision !== seen) show(value);
      seen = value.revision;
      wait = 250;
    } catch {
      seen = null; // it may be another run: read everything again
      gone();
      await pause(wait);
      wait = Math.min(wait * 2, 2000);
    }
  }
}
