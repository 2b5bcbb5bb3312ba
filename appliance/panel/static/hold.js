// What a finger holds down: the box is told so again and again, and ends it by itself when it hears nothing of it.

const BEAT = 200; // ms

/**
 * @typedef {(words: string, over: (why: string) => void) => () => void} Hold
 *   begins to hold something; returns what lets go. `over` is called when the box, or the browser, has ended it.
 */

/**
 * All holds of this page.
 * @param {(message: object) => boolean} send tells the box, if it can be told; returns whether it was
 * @param {() => number} seen the time of the box that was told last
 */
export function holding(send, seen) {
  let numbers = 0;
  /** @type {Map<number, { over: (why: string) => void, beating: ReturnType<typeof setInterval> }>} */
  const held = new Map();

  /** @param {number} number */
  function ended(number) {
    const one = held.get(number);
    held.delete(number);
    clearInterval(one?.beating);
    return one;
  }

  /** @type {Hold} */
  function hold(words, over) {
    numbers += 1;
    const number = numbers;
    let seq = 0;
    const beat = () => send({ hold: number, do: words, seq: seq++, seen: seen() });
    if (!beat()) {
      over("");
      return () => {};
    }
    held.set(number, { over, beating: setInterval(beat, BEAT) });
    return () => {
      if (ended(number)) send({ hold: number });
    };
  }

  /** @param {{ held: number, why: string }} answer of the box: it has begun, or (with a reason) is over */
  function heard(answer) {
    if (answer.why) ended(answer.held)?.over(answer.why);
  }

  /** Ends all, because of the browser. @param {boolean} tell whether the box can still be told */
  function letGo(tell) {
    for (const number of [...held.keys()]) {
      if (tell) send({ hold: number });
      ended(number)?.over("");
    }
  }

  addEventListener("blur", () => letGo(true));
  addEventListener("pagehide", () => letGo(true));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" || letGo(true));
  return { hold, heard, letGo };
}
