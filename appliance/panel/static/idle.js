// The panel of a room at rest: whether it is free, what comes next, and whom to call.

import { useState } from "./vendor/hooks.js";
import { DialPad } from "./dial.js";
import { h, html } from "./html.js";
import { Line, SHAPES, WORDS, counted } from "./meetings.js";
import { Button, Mute, Volume } from "./parts.js";
import { People } from "./people.js";
import { say } from "./words.js";

/** @typedef {import("./parts.js").Do} Do */
/** @typedef {import("./view").View} View */
/** @typedef {import("./live.js").Room} Room */

/** @param {{ room: Room, act: Do }} of */
export function Idle({ room, act }) {
  const { view, clock } = room;
  const [looks, setLooks] = useState(false);
  return html`<div class=${looks ? "split looks" : "split"}>
    <section>
      <p class="word"><span aria-hidden="true">${SHAPES[view.door]}</span> ${say(WORDS[view.door])}</p>
      ${clock && view.meetings.known && h(Schedule, { view, clock, act })}
      <div class="row">
        ${h(Mute, { act, device: "", muted: view.mic_muted, name: "touch.microphone" })}
        ${h(Volume, { view, act })}
      </div>
    </section>
    <section>
      <div class="row">
        <button type="button" aria-pressed=${!looks} onClick=${() => setLooks(false)}>${say("touch.keypad")}</button>
        <button type="button" aria-pressed=${looks} onClick=${() => setLooks(true)}>${say("touch.people")}</button>
      </div>
      ${looks ? h(People, { act }) : h(DialPad, { view, act })}
    </section>
  </div>`;
}

/** @param {{ view: View, clock: import("./live.js").Clock, act: Do }} of */
function Schedule({ view, clock, act }) {
  const { now, next } = view.meetings;
  /** @param {import("./view").Meeting | null} meeting @param {string} head */
  const told = (meeting, head) =>
    meeting && html`<div><h2>${head}</h2>${h(Line, { meeting, clock })}
      ${meeting.peer_id && h(Button, { act, words: `call ${meeting.peer_id}`, name: "touch.join", kind: "go" })}</div>`;
  return html`<section class="meetings">
    ${told(now, say("door.now"))}
    ${next ? told(next, `${say("door.next")} ${counted(next, clock)}`) : html`<p>${say("door.nothing_next")}</p>`}
  </section>`;
}
