// The room as it is now, over one WebSocket: everything first, then what changes, and a beat of a second both ways.
//
// Nothing is shown that may not be so. Two seconds without a message, and the page is stale. A page that was frozen, or
// whose screen slept, finds what it missed in its socket, and would play it back: so after any gap the socket is dropped
// unread, and another one brings the whole room.

import { holding } from "./hold.js";

import { say } from "./words.js";

const BEAT = 1000; // ms
const STALE = 2000; // ms without a message
const LOOK = 250; // ms between two looks at the time
const BUSY = 1013; // the code of a connection that the box has no place for
const FIRST_RETRY = 300; // ms
const LAST_RETRY = 5000; // ms
export const PATIENCE = 5000; // ms for an answer of the box to what a page asks

/**
 * @typedef {{ view: import("./view").View, stale: boolean, busy: boolean, clock: Clock | null, touch: boolean, box: () => number,
 *   hold: import("./hold.js").Hold }} Room
 *   `busy`: whether it is stale because the box has too many screens; `touch`: whether anything may be asked; `box`: the box's monotonic clock (ms); `hold` begins to hold something down
 * @typedef {(wish: string | Record<string, unknown>) => Promise<string>} Ask asks for an action, or for what else pages
 *   may ask, such as `{ press: NAME }`; says why it was not taken, or nothing
 * @typedef {{ now: () => number, offset: number }} Clock the box's time of day (ms since 1970), and minutes east of UTC
 */

/**
 * Follows the room; `show` is called with it whenever it changes, becomes stale or is so no longer.
 * @param {string} path of the socket
 * @param {(room: Room) => void} show
 * @returns {Ask}
 */
export function follow(path, show) {
  const lang = new URLSearchParams(location.search).get("lang"); // what the page was asked for in, if in any
  const asks = lang ? `?lang=${encodeURIComponent(lang)}` : "";
  const url = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}${asks}`;
  /** @type {WebSocket | null} */ let socket = null;
  /** @type {import("./view").View | null} */ let view = null;
  /** @type {Clock | null} */ let clock = null;
  /** @type {string | null} */ let box = null;
  /** @type {number | undefined} */ let retrying;
  let stale = true;
  let busy = false;
  let heardAt = -Infinity; // by the page's monotonic clock, which may stand still while the machine sleeps
  let heardOn = -Infinity; // by its time of day, which may be set
  let least = Infinity; // ms: the least that the box's monotonic clock was seen to be behind ours, so far
  let ahead = 0; // ms: of the box's time of day, of our monotonic clock
  let failures = 0;
  let touch = false;
  let frames = 0;
  let drawing = false;
  let now = 0; // of the box's monotonic clock, as it was told last
  let asked = 0;
  /** @type {Map<number, (why: string) => void>} */ const waiting = new Map();

  const holds = holding(
    (message) => {
      if (stale || socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    () => now,
  );
  const boxNow = () => now + performance.now() - heardAt;
  const tell = () => view && show({ view, stale, busy, clock, touch, box: boxNow, hold: holds.hold });
  const silent = () => Math.max(performance.now() - heardAt, Date.now() - heardOn);

  /** @param {boolean} now */
  function becomes(now) {
    if (stale !== now) {
      stale = now;
      tell();
    }
  }

  /** @param {boolean} now */
  function becomesBusy(now) {
    if (busy === now) return;
    busy = now;
    tell();
  }

  function drop() {
    if (socket) {
      socket.onmessage = socket.onclose = socket.onopen = null;
      socket.close();
      socket = null;
    }
    holds.letGo(false);
    for (const answer of waiting.values()) answer(""); // nobody knows; what the room shows next does
    waiting.clear();
    becomes(true);
  }

  function connect() {
    clearTimeout(retrying);
    drop();
    heardAt = performance.now(); // from here on it has its time to say something
    heardOn = Date.now();
    least = Infinity;
    const opened = new WebSocket(url);
    socket = opened;
    opened.onmessage = (message) => take(message.data);
    opened.onclose = ({ code }) => {
      drop();
      becomesBusy(code === BUSY);
      later();
    };
  }

  function later() {
    const wait = busy ? LAST_RETRY : Math.min(FIRST_RETRY * 2 ** failures, LAST_RETRY);
    const first = document.getElementById("first"); // there until there is a room to show
    if (first) first.textContent = say(busy ? "door.busy" : "door.no_connection");
    failures += 1;
    clearTimeout(retrying);
    retrying = setTimeout(connect, wait * (0.5 + Math.random() / 2));
  }

  /** @param {string} data */
  function take(data) {
    const message = JSON.parse(data);
    if (message.did !== undefined) {
      waiting.get(message.did)?.(message.why);
      waiting.delete(message.did);
      return;
    }
    if (message.held !== undefined) {
      holds.heard(message);
      return;
    }
    const behind = performance.now() - message.now;
    least = Math.min(least, behind);
    if (silent() > STALE || behind - least > STALE) {
      connect(); // what is in the socket is old
      return;
    }
    heardAt = performance.now();
    heardOn = Date.now();
    failures = 0;
    busy = false;
    now = message.now;
    if (message.box !== undefined) {
      if (box !== null && box !== message.box) {
        location.reload();
        return;
      }
      box = message.box;
      touch = message.touch;
      view = null;
    }
    const changed = set(message.clock);
    if (message.view) view = { ...(view ?? {}), ...message.view };
    if (stale) becomes(false);
    else if (changed || message.view) tell();
  }

  // The time of day is the box's. It is told with every message; a message comes later than it was sent, never sooner.
  /** @param {[number, number] | null} told */
  function set(told) {
    const before = clock;
    if (told === null) clock = null;
    else {
      const [offset, time] = told;
      const seems = time - performance.now();
      const same = before !== null && before.offset === offset;
      if (!same || seems > ahead || ahead - seems > STALE) ahead = seems;
      if (!same) clock = { offset, now: () => performance.now() + ahead }; // whoever has one sees it set
    }
    return (before === null) !== (clock === null) || before?.offset !== clock?.offset;
  }

  // The number of frames that the page was given since it was opened: one is asked for with each beat, so that a screen
  // whose graphics hang can be told from one that is shown. More would keep a quiet page busy.
  function beat() {
    if (!drawing) {
      drawing = true; // a page that is hidden is given none for hours: what it asked for must not pile up
      requestAnimationFrame(() => {
        frames += 1;
        drawing = false;
      });
    }
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ frames }));
  }

  function look() {
    if (socket && silent() > STALE) {
      if (socket.readyState === WebSocket.CONNECTING && silent() < LAST_RETRY) becomes(true);
      else {
        drop();
        later();
      }
    }
  }

  const again = () => {
    if (document.visibilityState !== "visible") return;
    if (!socket || silent() > STALE) {
      failures = 0;
      connect();
    }
  };
  document.addEventListener("visibilitychange", again);
  for (const event of ["online", "pageshow", "focus"]) addEventListener(event, again);
  document.addEventListener("resume", again);
  setInterval(look, LOOK);
  setInterval(beat, BEAT);
  connect();

  return (wish) =>
    new Promise((answer) => {
      if (stale || socket?.readyState !== WebSocket.OPEN) {
        answer("");
        return;
      }
      asked += 1;
      waiting.set(asked, answer);
      const wanted = typeof wish === "string" ? { do: wish } : wish;
      socket.send(JSON.stringify({ ...wanted, id: asked, seen: now }));
    });
}
