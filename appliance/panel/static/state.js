// The room in one word and one time, for whoever stands three metres away.

import { Fit } from "./fit.js";
import { h, html } from "./html.js";
import { WORDS } from "./meetings.js";
import { Shape } from "./shapes.js";
import { say, time } from "./words.js";

/** @typedef {import("./view").View} View */
/** @typedef {import("./live.js").Clock} Clock */

/** @param {{ view: View, clock: Clock | null }} of */
export function State({ view, clock }) {
  const word = say(WORDS[view.door]);
  const at = clock && matters(view);
  const text = at && clock ? time(at.moment, clock.offset) : "";
  const [before, after] = at ? say(at.key, { time: "\n" }).split("\n") : ["", ""];
  return html`<section class="state" data-state=${view.door}>
    <div class="far" role="status">${h(Fit, { kind: "word", text: word, children: word })}</div>
    <div class="when">
      ${h(Fit, { kind: "until", text, children: text && html`${before}<b>${text}</b>${after}` })}
      ${h(Shape, { state: view.door })}
    </div>
  </section>`;
}

/**
 * The one time that matters from far away, and the sentence that it stands in.
 * @param {View} view
 */
function matters(view) {
  const { now, next } = view.meetings;
  const busy = view.door === "check_in" || view.door === "booked" || view.door === "in_use";
  if (busy && now && !now.all_day && now.end !== null) return { moment: now.end, key: "door.until" };
  if (view.door === "free" && next) return { moment: next.start, key: "door.until" };
  if (view.door === "soon" && next) return { moment: next.start, key: "door.from" };
  return null;
}
