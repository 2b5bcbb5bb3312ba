// A page below the first one: the way back, and what the first one says from far away, stand above it.

import { useLayoutEffect, useRef } from "./vendor/hooks.js";
import { h, html } from "./html.js";
import { WORDS } from "./meetings.js";
import { Shape, Sign } from "./shapes.js";
import { say, time } from "./words.js";

/** @typedef {import("./live.js").Room} Room */

/** `came`: somebody has asked for the page. @param {{ room: Room, back: () => void, came: boolean, children: unknown }} of */
export function Aside({ room, back, came, children }) {
  const { view, clock } = room;
  const first = useRef(/** @type {HTMLElement | null} */ (null));
  // Not useEffect, which waits for a frame: what is typed meanwhile would go to a page that is gone. So is it wherever
  // an effect hears keys or fingers, moves the focus, or lets go of what is held.
  useLayoutEffect(() => (came ? first.current?.focus() : undefined), []);
  return html`<div class="aside" onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === "Escape" && back()}>
    <div class="strip">
      <button type="button" ref=${first} onClick=${back}>${h(Sign, { name: "back" })} ${say("touch.back")}</button>
      <p data-state=${view.door}>${h(Shape, { state: view.door })} ${say(WORDS[view.door])}</p>
      <p class="clock">${clock && time(clock.now(), clock.offset)}</p>
    </div>
    ${children}
  </div>`;
}
