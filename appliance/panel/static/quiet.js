// Do not disturb, which ends by itself: whoever began it is often gone when it should end.

import { h, html } from "./html.js";
import { MINUTE } from "./meetings.js";
import { Sign } from "./shapes.js";
import { say } from "./words.js";

const USUAL = 60; // minutes
const MORE = 30; // minutes
const LONGEST = 1440; // minutes: a day

/** @typedef {import("./parts.js").Do} Do */
/** @typedef {import("./live.js").Room} Room */

/** @param {{ room: Room, act: Do }} of */
export function Quiet({ room, act }) {
  const { undisturbed, until } = room.view.quiet;
  const sign = h(Sign, { name: "quiet" });
  if (!undisturbed) return html`<button type="button" class="quiet" onClick=${() => act(`dnd on ${USUAL}`)}>${sign} ${say("touch.quiet")}</button>`;
  const left = until === null ? null : Math.max(0, Math.ceil((until - room.box()) / MINUTE));
  const more = left === null ? USUAL : Math.min(left + MORE, LONGEST);
  return html`<div class="quiet on" role="group" aria-label=${say("touch.quiet")}>
    <p>${sign}<span>${say("touch.quiet")} ${left !== null && html`<b>${say("touch.minutes_left", { count: left })}</b>`}</span></p>
    <button type="button" onClick=${() => act(`dnd on ${more}`)}>${left === null ? say("touch.minutes", { count: USUAL }) : `+${say("touch.minutes", { count: MORE })}`}</button>
    <button type="button" onClick=${() => act("dnd off")}>${say("touch.turn_off")}</button>
  </div>`;
}
