// The display at the door: whether the room is free, read from far away; and what is on and comes next, from near by.

import { h, html } from "./html.js";
import { render } from "./vendor/preact.js";
import { follow } from "./live.js";
import "./size.js";
import { Line, MINUTE, SHAPES, WORDS, counted, date } from "./meetings.js";
import { day, say, time } from "./words.js";

const FIRST_HOUR = 7;
const LAST_HOUR = 21; // of the strip; the hours around them are shown on days that need them

/** @typedef {import("./view").Meeting} Meeting */
/** @typedef {import("./live.js").Clock} Clock */

/** @param {import("./live.js").Room} room */
function Door({ view, stale, clock }) {
  const state = stale ? "stale" : view.door;
  const word = stale ? say("door.no_connection") : say(WORDS[view.door]);
  return html`
    <main data-state=${state} style=${{ "--letters": Math.max(word.length, 5) }}>
      <header>
        <h1>${view.room}</h1>
        <p class="clock">${clock && !stale ? html`<time>${time(clock.now(), clock.offset)}</time> ${day(clock.now(), clock.offset)}` : "–"}</p>
      </header>
      <div class="state" role="status">
        <p class="word"><span class="shape" aria-hidden="true">${stale ? "?" : SHAPES[view.door]}</span>${word}</p>
        <p class="until">${stale ? "" : until(view, clock)}</p>
      </div>
      ${stale ? "" : h(Meetings, { view, clock })}
      ${clock && !stale && view.meetings.known ? h(Strip, { today: view.meetings.today, clock }) : ""}
    </main>
  `;
}

/**
 * The one time that matters from far away.
 * @param {import("./view").View} view
 * @param {Clock | null} clock
 */
function until(view, clock) {
  const { now, next } = view.meetings;
  if (!clock) return "";
  const ends = (view.door === "booked" || view.door === "in_use") && now && !now.all_day ? now.end : null;
  if (ends) return say("door.until", { time: time(ends, clock.offset) });
  if (view.door === "free" && next) return say("door.until", { time: time(next.start, clock.offset) });
  if (view.door === "soon" && next) return say("door.from", { time: time(next.start, clock.offset) });
  return "";
}

/** @param {{ view: import("./view").View, clock: Clock | null }} of */
function Meetings({ view, clock }) {
  const { known, now, others, next } = view.meetings;
  if (!known || !clock) return html`<section class="meetings"><p>${say("door.schedule_unknown")}</p></section>`;
  return html`
    <section class="meetings">
      ${now && html`<div><h2>${say("door.now")}</h2>${h(Line, { meeting: now, clock })}
        ${others > 0 && html`<p class="others">${say("door.others", { count: others })}</p>`}</div>`}
      ${next
        ? html`<div><h2>${say("door.next")} ${counted(next, clock)}</h2>${h(Line, { meeting: next, clock })}</div>`
        : html`<p>${say("door.nothing_next")}</p>`}
    </section>
  `;
}

/**
 * The day from morning to evening, and where in it we are.
 * @param {{ today: readonly Meeting[], clock: Clock }} of
 */
function Strip({ today, clock }) {
  const hours = today.filter((meeting) => !meeting.all_day);
  const now = hour(clock.now(), clock);
  const first = Math.floor(Math.min(FIRST_HOUR, now, ...hours.map((meeting) => hour(meeting.start, clock))));
  const last = Math.ceil(Math.max(LAST_HOUR, now, ...hours.map((meeting) => hour(meeting.end ?? meeting.start, clock))));
  const part = (/** @type {number} */ at) => `${(100 * (at - first)) / (last - first)}%`;
  const marks = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return html`
    <div class="strip" aria-hidden="true">
      ${hours.map((meeting) => {
        const start = hour(meeting.start, clock);
        const end = hour(meeting.end ?? meeting.start + 60 * MINUTE, clock);
        return html`<i class="meeting" style=${{ left: part(start), width: part(first + end - start) }}></i>`;
      })}
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

const root = /** @type {HTMLElement} */ (document.getElementById("page"));
/** @type {import("./live.js").Room | null} */ let shown = null;
const draw = () => shown && render(h(Door, shown), root);

follow(`/panel/live`, (room) => {
  shown = room;
  draw();
});
setInterval(draw, 1000); // the clock; what has not changed is not touched
