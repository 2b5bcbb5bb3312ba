// A call on the panel: one that comes in, one that is set up, and one that goes on.

import { useState } from "./vendor/hooks.js";
import { h, html } from "./html.js";
import { Button, Keypad, Mute, Volume, lasted } from "./parts.js";
import { say } from "./words.js";

/** @typedef {import("./parts.js").Do} Do */
/** @typedef {import("./view").View} View */
/** @typedef {import("./live.js").Room} Room */

/** @param {{ view: View, act: Do }} of */
export function Ringing({ view, act }) {
  return html`
    <p class="what">${view.doing}</p>
    <p class="big" dir="auto">${view.call?.who ?? ""}</p>
    <div class="row">
      ${h(Button, { act, words: "answer", name: "touch.answer", kind: "go" })}
      ${h(Button, { act, words: "decline", name: "touch.decline", kind: "stop" })}
    </div>
  `;
}

/** @param {{ room: Room, act: Do }} of */
export function InCall({ room, act }) {
  const { view } = room;
  const [keys, setKeys] = useState(false);
  return html`
    <p class="what">${view.on_hold ? say("touch.on_hold") : view.doing}</p>
    <p class="big" dir="auto">${view.call?.who ?? ""}</p>
    <p class="long">${view.call?.since == null ? "" : lasted(room.box() - view.call.since)}</p>
    ${(view.other || view.wish) && html`
      <div class="asks" role="alert">
        <p dir="auto">${view.other ? say("touch.calls_too", { who: view.other }) : view.wish}</p>
        ${h(Button, { act, words: "accept", name: "touch.accept", kind: "go" })}
        ${h(Button, { act, words: "decline", name: "touch.decline", kind: "stop" })}
      </div>`}
    <div class="row">
      ${h(Mute, { act, device: "", muted: view.mic_muted, name: "touch.microphone" })}
      ${h(Mute, { act, device: "video ", muted: view.video_muted, name: "touch.camera" })}
      ${h(Mute, { act, device: "audio ", muted: view.audio_muted, name: "touch.loudspeaker" })}
    </div>
    <div class="row">
      ${h(Volume, { view, act })}
      <button type="button" aria-expanded=${keys} onClick=${() => setKeys(!keys)}>${say("touch.keypad")}</button>
      ${h(Button, { act, words: "hang_up", name: "touch.hang_up", kind: "stop" })}
    </div>
    ${keys && h(Keypad, { act })}
  `;
}
