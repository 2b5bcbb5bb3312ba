// Who else is in the conference, and what of theirs is on. The owner of the conference acts on each of them.

import { useMemo, useState } from "./vendor/hooks.js";
import { Avatar } from "./avatar.js";
import { h, html } from "./html.js";
import * as signs from "./signs.js";
import { Twice } from "./owner.js";
import { Button } from "./parts.js";
import { say } from "./words.js";

const STEP = 50; // people: more rows than anybody reads would be drawn again with each flag

const ZERO = 48; // as in conference.py, which says what the flags are
const [MIC_ON, MIC_MUTED, CAMERA_ON, SPEAKS, SHOWS, RECORDS] = [1, 2, 4, 8, 16, 32];

/** @typedef {import("./parts.js").Do} Do */
/** @typedef {import("./view").View} View */
/** @typedef {import("./view").Seat} Seat */

/** @param {{ view: View, act: Do }} of */
export function Participants({ view, act }) {
  const [most, setMost] = useState(STEP);
  const { roster, flags } = view;
  const ours = view.conference?.ours ?? false;
  const left = Math.max(roster.length, (view.conference?.count ?? 1) - 1) - Math.min(most, roster.length);
  return html`
    <div class="participants">
      ${ours && roster.length > 0 && html`<div class="row">${h(Button, { act, words: "mute_all", name: "touch.mute_all" })}</div>`}
      <ul>
        ${roster.slice(0, most).map((seat, at) => h(Row, { key: seat.peer_id || String(at), seat, flag: flags.charCodeAt(at) - ZERO, ours, act }))}
        ${roster.length === 0 && html`<li class="hint">${say("touch.nobody_else")}</li>`}
      </ul>
      ${left > 0 && roster.length > most && html`<button type="button" onClick=${() => setMost(most + STEP)}>${say("touch.more", { count: left })}</button>`}
      ${left > 0 && roster.length <= most && html`<p class="hint">${say("touch.and_more", { count: left })}</p>`}
    </div>
  `;
}

/** @param {{ seat: Seat, flag: number, ours: boolean, act: Do }} of */
function Row({ seat, flag, ours, act }) {
  return useMemo(
    () => html`<li data-speaks=${Boolean(flag & SPEAKS)}>
      ${h(Avatar, { name: seat.name, peer_id: seat.peer_id })}
      <bdi>${seat.name}</bdi>
      <span class="flags">${flag & SPEAKS ? sign("touch.speaks", signs.speaks) : ""}
        ${flag & SHOWS ? sign("touch.shows", signs.shows) : ""}${flag & RECORDS ? sign("touch.records", signs.records) : ""}
        ${flag & MIC_ON ? sign("touch.mic_on", signs.mic) : flag & MIC_MUTED ? sign("touch.mic_off", signs.micOff) : ""}
        ${flag & CAMERA_ON ? sign("touch.camera_on", signs.camera) : sign("touch.camera_off", signs.cameraOff)}</span>
      ${ours && seat.peer_id && html`<span class="does">
        <button type="button" disabled=${!(flag & MIC_ON)} aria-label=${say("touch.mute_who", { who: seat.name })} onClick=${() => act(`mute_one ${seat.peer_id}`)}>${say("touch.mute")}</button>
        ${h(Twice, { act, words: `remove ${seat.peer_id}`, name: say("touch.remove"), about: say("touch.remove_who", { who: seat.name }) })}
      </span>`}
    </li>`,
    [seat.name, seat.peer_id, flag, ours],
  );
}

/** @param {string} key @param {() => unknown} icon */
const sign = (key, icon) => html`<span role="img" aria-label=${say(key)} title=${say(key)}>${icon()}</span>`;
