// The display at the door: whether the room is free, read from far away; and what is on and comes next, from near by,
// with what somebody there may do about it. A press is "asked" until the room has changed.

import { Controls } from "./controls.js";
import { h, html } from "./html.js";
import "./keep.js";
import { PATIENCE, follow } from "./live.js";
import { Line, SHAPES, WORDS, counted } from "./meetings.js";
import "./size.js";
import { Strip } from "./strip.js";
import { render } from "./vendor/preact.js";
import { day, say, time } from "./words.js";

const SAID = 6000; // ms for which a refusal is shown

/** @typedef {import("./live.js").Clock} Clock */

/** @param {{ room: import("./live.js").Room, act: (words: string) => void, asked: boolean, why: string }} of */
function Door({ room, act, asked, why }) {
  const { view, stale, busy, clock, touch } = room;
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
        <p class="until">${stale ? (busy ? say("door.busy") : "") : until(view, clock)}</p>
      </div>
      <div class="foot">
        ${stale ? "" : h(Meetings, { view, clock })}
        ${clock && !stale && touch ? h(Controls, { view, clock, act, asked, why }) : ""}
      </div>
      ${clock && !stale && view.meetings.known ? h(Strip, { today: view.meetings.today, clock }) : ""}
    </main>
  `;
}

const KEPT = new Set(["check_in", "booked", "in_use"]); // while a meeting is on, it ends then

/**
 * The one time that matters from far away.
 * @param {import("./view").View} view
 * @param {Clock | null} clock
 */
function until(view, clock) {
  const { now, next } = view.meetings;
  if (!clock) return "";
  const ends = KEPT.has(view.door) && now && !now.all_day ? now.end : null;
  if (ends) return say("door.until", { time: time(ends, clock.offset) });
  if (view.door === "free" && next) return say("door.until", { time: time(next.start, clock.offset) });
  if (view.door === "soon" && next) return say("door.from", { time: time(next.start, clock.offset) });
  return "";
}

/** @param {{ view: import("./view").View, clock: Clock | null }} of */
function Meetings({ view, clock }) {
  const { known, now, others, next, today } = view.meetings;
  if (!known || !clock) return html`<section class="meetings"><p>${say("door.schedule_unknown")}</p></section>`;
  const moment = clock.now();
  const released = today.find((each) => each.released !== null && each.released <= moment && moment < (each.end ?? 0));
  return html`
    <section class="meetings">
      ${!now && released && html`<div class="released"><h2>${say("door.released")}</h2>${h(Line, { meeting: released, clock })}</div>`}
      ${now && html`<div><h2>${say("door.now")}</h2>${h(Line, { meeting: now, clock })}
        ${others > 0 && html`<p class="others">${say("door.others", { count: others })}</p>`}</div>`}
      ${next
        ? html`<div><h2>${say("door.next")} ${counted(next, clock)}</h2>${h(Line, { meeting: next, clock })}</div>`
        : html`<p>${say("door.nothing_next")}</p>`}
    </section>
  `;
}

const root = /** @type {HTMLElement} */ (document.getElementById("page"));
/** @type {import("./live.js").Room | null} */ let shown = null;
let asked = false;
let why = "";
/** @type {number | undefined} */ let forgetting;

const draw = () => shown && render(h(Door, { room: shown, act, asked, why }), root);

/** @param {string} words */
function act(words) {
  asked = true;
  says("", PATIENCE);
  ask(words).then((refused) => refused && says(refused, SAID));
}

/**
 * Shows why not, or nothing; after a while it is forgotten, and so is what was asked.
 * @param {string} words
 * @param {number} during ms
 */
function says(words, during) {
  why = words;
  asked &&= !words;
  clearTimeout(forgetting);
  forgetting = setTimeout(() => {
    why = "";
    asked = false;
    draw();
  }, during);
  draw();
}

const ask = follow("/panel/door/live", (room) => {
  asked &&= !room.stale && room.view.meetings === shown?.view.meetings;
  shown = room;
  draw();
});
setInterval(draw, 1000); // the clock; what has not changed is not touched
