// The day from morning to evening at the door: what is booked, what was released, and where in it we are.

import { html } from "./html.js";
import { MINUTE, date } from "./meetings.js";

const FIRST_HOUR = 7;
const LAST_HOUR = 21; // of the strip; the hours around them are shown on days that need them

/** @typedef {import("./view").Meeting} Meeting */
/** @typedef {import("./live.js").Clock} Clock */

/** @param {{ today: readonly Meeting[], clock: Clock }} of */
export function Strip({ today, clock }) {
  const hours = today.filter((meeting) => !meeting.all_day);
  const now = hour(clock.now(), clock);
  const ends = (/** @type {Meeting} */ meeting) => meeting.end ?? meeting.start + 60 * MINUTE;
  const first = Math.floor(Math.min(FIRST_HOUR, now, ...hours.map((meeting) => hour(meeting.start, clock))));
  const last = Math.ceil(Math.max(LAST_HOUR, now, ...hours.map((meeting) => hour(ends(meeting), clock))));
  const part = (/** @type {number} */ at) => `${(100 * (at - first)) / (last - first)}%`;
  const marks = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  /** @param {string} kind @param {number} from @param {number} to */
  const piece = (kind, from, to) => {
    const [start, end] = [hour(from, clock), hour(to, clock)];
    return end > start && html`<i class=${kind} style=${{ left: part(start), width: part(first + end - start) }}></i>`;
  };
  return html`
    <div class="strip" aria-hidden="true">
      ${hours.map((meeting) => html`
        ${piece(meeting.local ? "meeting local" : "meeting", meeting.start, meeting.released ?? ends(meeting))}
        ${meeting.released !== null && piece("released", meeting.released, ends(meeting))}`)}
      ${marks.map((mark) => html`<b style=${{ left: part(mark) }}>${mark % 3 === 0 && mark < last ? mark : ""}</b>`)}
      <i class="now" style=${{ left: part(now) }}></i>
    </div>
  `;
}

/**
 * The hour of today, with its part; yesterday's are 0, tomorrow's 24.
 * @param {number} moment
 * @param {Clock} clock
 */
function hour(moment, clock) {
  const apart = date(moment, clock) - date(clock.now(), clock);
  if (apart) return apart < 0 ? 0 : 24;
  return (((moment / MINUTE + clock.offset) / 60) % 24);
}
