// What somebody at the door may do, as far as the box offers it: book the room, check in, and what is on and next.

import { h, html } from "./html.js";
import { MINUTE } from "./meetings.js";
import { say, time } from "./words.js";

const LEAST = 5 * MINUTE; // less than that nobody books a room for; the box says so too

/** @typedef {import("./view").View} View */
/** @typedef {import("./live.js").Clock} Clock */
/** @typedef {(words: string) => void} Do */

/** @param {{ view: View, clock: Clock, act: Do, asked: boolean, why: string }} of */
export function Controls({ view, clock, act, asked, why }) {
  const { at_door: offered, meetings } = view;
  const starts = choices(offered.starts, clock.now(), offered.until, clock);
  const longer = choices(offered.extends, meetings.now?.end ?? clock.now(), offered.until, clock);
  const buttons = [
    ...starts.map(([minutes, word, end]) => h(Button, { act, words: `door start ${minutes}`, kind: "", word, about: end })),
    ...longer.map(([minutes, word, end]) =>
      h(Button, { act, words: `door extend ${minutes}`, kind: "", word: `+${word}`, about: end })),
    offered.check_in && h(Button, { act, words: "door check_in", kind: "go", word: say("door.come"), about: about(view, offered.waits, clock) }),
    offered.frees !== null && h(Button, { act, words: "door release", kind: "", word: say("door.release"), about: about(view, offered.frees, clock) }),
    offered.end && h(Button, { act, words: "door end", kind: "", word: say("door.end"), about: "" }),
  ].filter(Boolean);
  if (buttons.length === 0) return html`<p class="said" role="status">${why}</p>`;
  const lead = starts.length ? say("door.start") : longer.length ? say("door.extend") : "";
  return html`
    <fieldset class="controls" disabled=${asked}>
      ${lead && html`<legend>${lead}</legend>`}
      <div class="row">${buttons}</div>
      <p class="said" role="status">${why || (asked ? say("door.asked") : say("door.calendar"))}</p>
    </fieldset>
  `;
}

/** @param {{ act: Do, words: string, kind: string, word: string, about: string }} of */
function Button({ act, words, kind, word, about }) {
  return html`<button type="button" class=${kind} onClick=${() => act(words)}>
    ${word}${about && html`<small dir="auto">${about}</small>`}
  </button>`;
}

/**
 * Which meeting it is, where another one is on or comes before it: by its time.
 * @param {View} view
 * @param {number | null} start
 * @param {Clock} clock
 */
function about(view, start, clock) {
  return start === null || view.meetings.now?.start === start ? "" : say("door.from", { time: time(start, clock.offset) });
}

/**
 * The minutes that are offered, each with its word and until when that is; those that would cover what comes next make
 * one choice together: until then.
 * @param {readonly number[]} minutes
 * @param {number} from
 * @param {number | null} until
 * @param {Clock} clock
 * @returns {[number, string, string][]}
 */
function choices(minutes, from, until, clock) {
  const fits = (/** @type {number} */ each) => until === null || from + each * MINUTE <= until;
  const cut = minutes.find((each) => !fits(each));
  const word = (/** @type {number} */ count) => say("door.minutes", { count });
  const end = (/** @type {number} */ at) => say("door.until", { time: time(at, clock.offset) });
  /** @type {[number, string, string][]} */
  const whole = minutes.filter(fits).map((each) => [each, word(each), end(from + each * MINUTE)]);
  if (cut === undefined || until === null || until - from < LEAST) return whole;
  return [...whole, [cut, word(Math.round((until - from) / MINUTE)), end(until)]];
}
