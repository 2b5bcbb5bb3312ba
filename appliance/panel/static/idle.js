// The panel of a room at rest: whether it is free, read from far away; what comes next, and whom to call.

import { useLayoutEffect, useState } from "./vendor/hooks.js";
import { Aside } from "./aside.js";
import { ToCameras } from "./camera.js";
import { DialPad } from "./dial.js";
import { h, html } from "./html.js";
import { Line, MINUTE, counted } from "./meetings.js";
import { Button, Mute, Volume } from "./parts.js";
import { Peers, People } from "./people.js";
import { Quiet } from "./quiet.js";
import { Sign } from "./shapes.js";
import { State } from "./state.js";
import { say } from "./words.js";

const LEFT = MINUTE; // ms without a touch, after which the room can be read from far away again
const FAVOURITES = 6; // as many as have room beside everything else

/** @typedef {import("./parts.js").Do} Do */
/** @typedef {import("./view").View} View */
/** @typedef {import("./live.js").Room} Room */
/** @typedef {"home" | "people" | "letters" | "keypad"} Where */

/**
 * `tab`: the way to another page; `buttons`: those of the configuration.
 * @param {{ room: Room, act: Do, tab: unknown, buttons: unknown }} of
 */
export function Idle({ room, act, tab, buttons }) {
  const [where, go] = useState(/** @type {Where} */ ("home"));
  useLayoutEffect(() => leave(where, () => go("home")), [where]);
  if (where === "people" || where === "letters") {
    const people = h(People, { room, act, typing: where === "letters" });
    return h(Aside, { room, back: () => go("home"), came: true, children: people });
  }
  if (where === "keypad" || room.view.typed.digits) {
    const back = () => {
      if (room.view.typed.digits) act("clear");
      go("home");
    };
    return h(Aside, { room, back, came: where !== "home", children: h(DialPad, { view: room.view, act, letters: () => go("letters") }) });
  }
  return h(Home, { room, act, go, tab, buttons });
}

/** @param {{ room: Room, act: Do, go: (where: Where) => void, tab: unknown, buttons: unknown }} of */
function Home({ room, act, go, tab, buttons }) {
  const { view, clock } = room;
  const favourites = view.reach.favourites.slice(0, FAVOURITES);
  return html`<div class="idle" data-undisturbed=${view.quiet.undisturbed}>
    ${h(State, { view, clock })}
    ${clock && view.meetings.known && h(Schedule, { view, clock, act })}
    ${favourites.length > 0 && html`<nav class="favourites" aria-label=${say("touch.favourites")}>
      ${h(Peers, { peers: favourites, clock, act })}</nav>`}
    <div class="bar">
      <button type="button" onClick=${() => go("people")}>${h(Sign, { name: "people" })} ${say("touch.people")}</button>
      <button type="button" onClick=${() => go("keypad")}>${h(Sign, { name: "keypad" })} ${say("touch.keypad")}</button>
      ${tab}
      ${h(Quiet, { room, act })}
      ${h(Mute, { act, device: "", muted: view.mic_muted, name: "touch.microphone" })}
      ${h(Volume, { view, act })}
      ${h(ToCameras, { room })}
    </div>
    ${buttons && html`<div class="row">${buttons}</div>`}
  </div>`;
}

/** @param {{ view: View, clock: import("./live.js").Clock, act: Do }} of */
function Schedule({ view, clock, act }) {
  const { at_door } = view;
  const { now, next } = view.meetings;
  /** @param {import("./view").Meeting | null} meeting @param {string} head */
  const told = (meeting, head) =>
    meeting && html`<div class="meeting"><div><h2>${head}</h2>${h(Line, { meeting, clock })}</div>
      ${at_door.check_in && at_door.waits === meeting.start && h(Button, { act, words: "door check_in", name: "door.come", kind: "go" })}
      ${meeting.peer_id && h(Button, { act, words: `call ${meeting.peer_id}`, name: "touch.join", kind: "go" })}</div>`;
  return html`<section class="meetings">
    ${told(now, say("door.now"))}
    ${next ? told(next, `${say("door.next")} ${counted(next, clock)}`) : html`<p class="meeting">${say("door.nothing_next")}</p>`}
  </section>`;
}

/** @param {Where} where @param {() => void} home */
function leave(where, home) {
  if (where === "home") return;
  let timer = setTimeout(home, LEFT);
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(home, LEFT);
  };
  addEventListener("pointerdown", again, true);
  addEventListener("keydown", again, true);
  return () => {
    clearTimeout(timer);
    removeEventListener("pointerdown", again, true);
    removeEventListener("keydown", again, true);
  };
}
