// Buttons that the configuration puts on the panel. One that means something when it is kept down tells the box as the
// finger comes down and as it goes up, and all others when they are tapped. "requested" stands on it from the touch until
// the room has changed, or for `SHORTLY` after the box has taken it: it may have been so already.

import { useLayoutEffect, useRef, useState } from "./vendor/hooks.js";
import { h, html } from "./html.js";
import { ICONS } from "./icons.js";
import { say } from "./words.js";

const SHORTLY = 2000; // ms

/** @typedef {import("./view").PanelButton} Shown */
/** @typedef {import("./view").View} View */
/** @typedef {import("./live.js").Ask} Send */

/** What is so, in a word; nothing says whether one that is not lit by anything is on. */
const WORDS = {
  none: "",
  on: "touch.on",
  blink: "touch.on",
  off: "touch.off",
  unknown: "touch.not_known",
  offline: "touch.out_of_reach",
};

/**
 * The buttons of a page.
 * @param {{ view: View, place: Shown["place"], send: Send }} of
 */
export function Buttons({ view, place, send }) {
  const here = view.buttons.filter((button) => button.place === place);
  if (here.length === 0) return null;
  return html`<div class="configured" data-place=${place}>
    ${here.map((button) => h(Configured, { button, send, key: button.name }))}
  </div>`;
}

/** @param {{ button: Shown, send: Send, key: string }} of */
function Configured({ button, send }) {
  const { asked, press, release } = usePress(button, send);
  const state = asked ? "touch.requested" : WORDS[button.lit];
  return html`<button type="button" data-colour=${button.colour} data-lit=${button.lit} data-asked=${asked}
      ...${button.held ? kept(press, release) : { onClick: () => (press(), release(true)) }}>
    ${button.icon && html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${ICONS[button.icon]} /></svg>`}
    <bdi>${button.label}</bdi>
    ${state && html`<b>${say(state)}</b>`}
  </button>`;
}

/**
 * @param {Shown} button
 * @param {Send} send
 */
function usePress({ name, lit }, send) {
  const [asked, setAsked] = useState(false);
  const down = useRef(false);
  const forgetting = useRef(0);
  useLayoutEffect(() => setAsked(false), [lit]);
  const press = async () => {
    down.current = true;
    clearTimeout(forgetting.current);
    setAsked(true);
    const refused = await send({ press: name });
    if (refused) setAsked(false);
    else forgetting.current = setTimeout(() => setAsked(false), SHORTLY);
  };
  const release = (/** @type {boolean} */ meant) => {
    if (down.current) send({ release: name, meant });
    down.current = false;
  };
  useLayoutEffect(() => {
    const lost = () => release(false);
    addEventListener("blur", lost);
    document.addEventListener("visibilitychange", lost);
    return () => {
      removeEventListener("blur", lost);
      document.removeEventListener("visibilitychange", lost);
      clearTimeout(forgetting.current);
      lost();
    };
  }, [name]);
  return { asked, press, release };
}

/**
 * What a button hears that means something when it is kept down. A finger that slides off it does nothing more.
 * @param {() => void} press
 * @param {(meant: boolean) => void} release
 */
function kept(press, release) {
  const is = (/** @type {KeyboardEvent} */ event) => event.key === "Enter" || event.key === " ";
  return {
    "data-held": true,
    onPointerDown: (/** @type {PointerEvent} */ event) => {
      if (event.button !== 0) return;
      /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
      press();
    },
    onPointerUp: (/** @type {PointerEvent} */ event) => release(isOver(event)),
    onPointerCancel: () => release(false),
    onLostPointerCapture: () => release(false),
    onContextMenu: (/** @type {Event} */ event) => event.preventDefault(),
    onKeyDown: (/** @type {KeyboardEvent} */ event) => {
      if (!is(event)) return;
      event.preventDefault();
      if (!event.repeat) press();
    },
    onKeyUp: (/** @type {KeyboardEvent} */ event) => {
      if (!is(event)) return;
      event.preventDefault();
      release(true);
    },
    onBlur: () => release(false),
    onClick: (/** @type {PointerEvent} */ event) => {
      if (event.detail !== 0 || event.pointerType) return; // a finger's or a mouse's, which have been heard
      press(); // of a screen reader, which knows no pointer
      release(true);
    },
  };
}

/** @param {PointerEvent} event */
function isOver(event) {
  const { left, right, top, bottom } = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
  return event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
}
