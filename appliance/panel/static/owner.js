// Buttons that nobody should press by mistake, and what the owner of a conference has beside them.

import { useLayoutEffect, useRef, useState } from "./vendor/hooks.js";
import { h, html } from "./html.js";
import { Button } from "./parts.js";
import { People } from "./people.js";
import { say } from "./words.js";

const SURE = 4000; // ms in which a second press counts
const HELD = 1000; // ms for which a button is held

/** @typedef {import("./parts.js").Do} Do */
/** @typedef {import("./live.js").Room} Room */
/** @typedef {import("./view").Conference} Conference */

/**
 * A button that acts when it is pressed a second time.
 * @param {{ act: Do, words: string, name: string, about?: string, kind?: string }} of
 */
export function Twice({ act, words, name, about = name, kind = "" }) {
  const [sure, setSure] = useState(false);
  useLayoutEffect(() => {
    if (!sure) return undefined;
    const forgetting = setTimeout(() => setSure(false), SURE);
    return () => clearTimeout(forgetting);
  }, [sure]);
  const press = () => {
    if (sure) act(words);
    setSure(!sure);
  };
  return html`<button type="button" class=${sure ? `${kind} sure` : kind} aria-label=${sure ? `${about}: ${say("touch.sure")}` : about} onClick=${press}>${sure ? say("touch.sure") : name}</button>`;
}

/**
 * A button that acts when it was held for a second.
 * @param {{ act: Do, words: string, name: string, kind?: string }} of
 */
export function Held({ act, words, name, kind = "" }) {
  const [down, setDown] = useState(false);
  const due = useRef(/** @type {number | undefined} */ (undefined));
  const stop = () => {
    clearTimeout(due.current);
    setDown(false);
  };
  useLayoutEffect(() => {
    addEventListener("blur", stop);
    return () => {
      removeEventListener("blur", stop);
      stop();
    };
  }, []);
  const start = () => {
    clearTimeout(due.current);
    setDown(true);
    due.current = setTimeout(() => {
      stop();
      act(words);
    }, HELD);
  };
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    if (event.type === "keyup") stop();
    else if (!event.repeat) start();
  };
  return html`<button type="button" class=${`${kind} held`} data-down=${down} aria-description=${say("touch.hold_down")}
    onPointerDown=${start} onPointerUp=${stop} onPointerLeave=${stop} onPointerCancel=${stop} onContextMenu=${(/** @type {Event} */ event) => event.preventDefault()}
    onKeyDown=${key} onKeyUp=${key} onBlur=${stop}><span>${say(name)}</span><small>${say("touch.hold_down")}</small></button>`;
}

/**
 * What ends the call here, and for everybody where the conference is the room's own.
 * @param {{ conference: Conference | null, act: Do }} of
 */
export function Ends({ conference, act }) {
  const HangUp = conference?.hang_up === "hold" ? Held : Button;
  if (!conference?.ours) return h(HangUp, { act, words: "hang_up", name: "touch.hang_up", kind: "stop" });
  return html`
    ${h(HangUp, { act, words: "hang_up leave", name: "touch.leave", kind: "stop" })}
    ${h(Twice, { act, words: "hang_up all", name: say("touch.end_for_all"), kind: "stop" })}
  `;
}

/** @param {{ room: Room, act: Do }} of */
export function Invite({ room, act }) {
  return h(People, { room, act, verb: "invite" });
}
