// Meetings as pages show them, and what they make of the room.

import { html } from "./html.js";
import { say, time } from "./words.js";

/** What stands on the door, as keys of the catalogue. */
export const WORDS = {
  free: "door.free",
  soon: "door.soon",
  check_in: "door.check_in",
  booked: "door.booked",
  in_use: "door.in_use",
  unknown: "door.unknown",
};

/** The same as shapes, for whoever does not see the colour. */
export const SHAPES = { free: "○", soon: "◐", check_in: "◐", booked: "●", in_use: "■", unknown: "?" };

export const MINUTE = 60000; // ms
const COUNTED = 60; // minutes before a meeting from which on they are counted

/** @typedef {import("./view").Meeting} Meeting */
/** @typedef {import("./live.js").Clock} Clock */

/**
 * What it is about, when, and whose it is.
 * @param {{ meeting: Meeting, clock: Clock }} of
 */
export function Line({ meeting, clock }) {
  const end = meeting.end === null ? "" : `–${time(meeting.end, clock.offset)}`;
  const hours = meeting.all_day ? say("door.all_day") : `${time(meeting.start, clock.offset)}${end}`;
  const tomorrow = date(meeting.start, clock) > date(clock.now(), clock);
  return html`
    <p class="title" dir="auto">${meeting.title || say(meeting.local ? "door.local" : "door.private")}</p>
    <p class="hours">${tomorrow ? `${say("door.tomorrow")} ` : ""}${hours}${meeting.owner && html` · <bdi>${meeting.owner}</bdi>`}</p>
  `;
}

/**
 * In how many minutes it begins, in the last hour before it.
 * @param {Meeting} next
 * @param {Clock} clock
 */
export function counted(next, clock) {
  const minutes = Math.ceil((next.start - clock.now()) / MINUTE);
  return minutes > 0 && minutes <= COUNTED ? say("door.in_minutes", { count: minutes }) : "";
}

/**
 * The number of its day.
 * @param {number} moment
 * @param {Clock} clock
 */
export function date(moment, clock) {
  return Math.floor((moment / MINUTE + clock.offset) / 1440);
}
