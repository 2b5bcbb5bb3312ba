// A call on the panel: one that comes in, one that is set up, and one that goes on.

import { useState } from "./vendor/hooks.js";
import { Asks } from "./asks.js";
import { Avatar } from "./avatar.js";
import { ToCameras } from "./camera.js";
import { Chat } from "./chat.js";
import { h, html } from "./html.js";
import { Ends, Invite } from "./owner.js";
import { Participants } from "./participants.js";
import { Button, Keypad, Mute, Volume, lasted } from "./parts.js";
import { Layouts, Podium, Sharing } from "./stage.js";
import { say } from "./words.js";

/** @typedef {import("./parts.js").Do} Do */
/** @typedef {import("./view").View} View */
/** @typedef {import("./live.js").Room} Room */
/** @typedef {"" | "keys" | "people" | "chat" | "layouts" | "invite"} Pane what lies below the buttons of a call */

/** @param {{ view: View, act: Do }} of */
export function Ringing({ view, act }) {
  return html`
    <section class="meets">
      ${h(Other, { view })}
      <div class="row">
        ${h(Button, { act, words: "answer", name: "touch.answer", kind: "go" })}
        ${h(Button, { act, words: "decline", name: "touch.decline", kind: "stop" })}
      </div>
    </section>
  `;
}

/** @param {{ view: View, act: Do }} of */
export function Calling({ view, act }) {
  return html`
    <section class="meets">
      ${h(Other, { view })}
      <div class="row">${h(Button, { act, words: "hang_up", name: "touch.hang_up", kind: "stop" })}</div>
    </section>
  `;
}

/**
 * Who is at the other end of a call that is being set up.
 * @param {{ view: View }} of
 */
function Other({ view }) {
  const { who, peer_id } = view.call ?? { who: "", peer_id: "" };
  return html`<div class="talk">
    ${who && h(Avatar, { key: peer_id, name: who, peer_id })}
    <div>
      <p class="what">${view.doing}</p>
      <p class="big" dir="auto">${who}</p>
    </div>
  </div>`;
}

/** @param {{ room: Room, act: Do }} of */
export function InCall({ room, act }) {
  const { view } = room;
  const { conference } = view;
  const [pane, setPane] = useState(/** @type {Pane} */ (""));
  const [read, setRead] = useState(view.chat);
  if (pane === "chat" && read !== view.chat) setRead(view.chat);
  return html`
    <div class="talk">
      ${!view.call?.group && view.call?.peer_id && h(Avatar, { key: view.call.peer_id, name: view.call.who, peer_id: view.call.peer_id })}
      <div>
        <p class="what">${view.on_hold ? say("touch.on_hold") : view.doing}</p>
        <p class="big" dir="auto">${view.call?.who ?? ""}</p>
      </div>
      <p class="long">${view.call?.since == null ? "" : lasted(room.box() - view.call.since)}</p>
      ${conference && html`<p class="signs">
        ${conference.recorded && html`<b class="recorded">● ${say("touch.recorded")}</b>`}
        ${conference.content && html`<b>${say(conference.content === "ours" ? "touch.we_show" : "touch.they_show")}</b>`}
      </p>`}
    </div>
    ${h(Asks, { view, act })}
    <div class="row">
      ${h(Mute, { act, device: "", muted: view.mic_muted, name: "touch.microphone" })}
      ${h(Mute, { act, device: "video ", muted: view.video_muted, name: "touch.camera" })}
      ${h(Mute, { act, device: "audio ", muted: view.audio_muted, name: "touch.loudspeaker" })}
    </div>
    <div class="row acts">
      ${h(Volume, { view, act })}
      ${view.phase === "in_call" && html`<button type="button" aria-pressed=${view.on_hold === true} onClick=${() => act(`hold ${view.on_hold ? "off" : "on"}`)}>${say(view.on_hold ? "touch.resume" : "touch.hold")}</button>`}
      ${conference && h(Sharing, { conference, act })}
      ${h(Ends, { conference, act })}
    </div>
    ${conference?.podium && h(Podium, { room, conference, act })}
    <nav class="row panes">
      ${h(Tab, { name: say("touch.keypad"), of: "keys", pane, setPane })}
      ${(view.call?.group || view.roster.length > 0) && h(Tab, { name: counted(view), of: "people", pane, setPane })}
      ${view.chat.length > 0 && h(Tab, { name: `${say("touch.chat")}${read === view.chat ? "" : " ●"}`, of: "chat", pane, setPane })}
      ${conference?.layouts && h(Tab, { name: say("touch.layout"), of: "layouts", pane, setPane })}
      ${conference?.ours && h(Tab, { name: say("touch.invite"), of: "invite", pane, setPane })}
      ${h(ToCameras, { room })}
    </nav>
    ${pane === "keys" && h(Keypad, { act })}
    ${pane === "people" && h(Participants, { view, act })}
    ${pane === "chat" && h(Chat, { lines: view.chat })}
    ${pane === "layouts" && conference?.layouts && h(Layouts, { act })}
    ${pane === "invite" && conference?.ours && h(Invite, { room, act })}
  `;
}

/** @param {View} view */
function counted(view) {
  const count = view.conference?.count ?? null;
  return count === null ? say("touch.participants") : `${say("touch.participants")} (${count})`;
}

/** @param {{ name: string, of: Pane, pane: Pane, setPane: (pane: Pane) => void }} of */
function Tab({ name, of, pane, setPane }) {
  const open = pane === of;
  return html`<button type="button" aria-expanded=${open} onClick=${() => setPane(open ? "" : of)}>${name}</button>`;
}
