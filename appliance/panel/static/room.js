// What the configuration puts on the panel: a page of its own for what is in the room, and buttons below other pages.

import { useLayoutEffect, useState } from "./vendor/hooks.js";
import { Aside } from "./aside.js";
import { Buttons } from "./buttons.js";
import { h, html } from "./html.js";
import { say } from "./words.js";

/** @typedef {import("./buttons.js").Send} Send */
/** @typedef {import("./live.js").Room} Room */
/** @typedef {import("./view").PanelButton["place"]} Place */

/**
 * A page with its buttons, and one more that shows the room in its place. Whatever begins or ends is more important.
 * @param {{ room: Room, send: Send, page: (tab: unknown, buttons: unknown) => unknown }} of
 */
export function WithRoom({ room, send, page }) {
  const { view } = room;
  const [open, setOpen] = useState(false);
  useLayoutEffect(() => setOpen(false), [view.phase]);
  const there = view.buttons.some(({ place }) => place === "room");
  if (open && there) {
    const children = h(Buttons, { view, place: "room", send });
    return h(Aside, { room, back: () => setOpen(false), came: true, children });
  }
  const place = placeOf(room);
  const here = place && view.buttons.some((button) => button.place === place);
  if (view.phase === "ringing") return page(null, null);
  const tab = there && html`<button type="button" onClick=${() => setOpen(true)}>${say("touch.room_page")}</button>`;
  return page(tab, here && h(Buttons, { view, place, send }));
}

/**
 * @param {Room} room
 * @returns {Place | null}
 */
function placeOf({ view }) {
  if (view.link !== "up") return null;
  if (view.phase === "idle") return "idle";
  return ["in_call", "waiting_room", "closing"].includes(view.phase) ? "call" : null;
}
