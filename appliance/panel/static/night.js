// The night: the screen is dim, or dark where that is configured, and lit while somebody touches it or anything goes on.

import { html } from "./html.js";
import { useLayoutEffect, useRef, useState } from "./vendor/hooks.js";
import { say } from "./words.js";

const LIT = 30000; // ms after a touch
const TAP = 400; // ms in which a finger that was lifted becomes a click
const RESTS = ["idle", "unknown", "offline"];

/** @param {{ view: import("./view").View }} of */
export function Night({ view }) {
  const [touched, setTouched] = useState(-Infinity);
  const wake = () => setTouched(performance.now());
  const rests = view.quiet.night && !view.pairing && RESTS.includes(view.phase) && performance.now() - touched > LIT;
  const dark = rests && view.phase === "idle" && "dark" in document.documentElement.dataset;
  const isDark = useRef(dark);
  isDark.current = dark;
  useLayoutEffect(() => {
    /** @param {Event} event */
    const hear = (event) => {
      if (isDark.current && event.type !== "keydown") return; // the whole touch is for the glass; see below
      if (isDark.current) {
        event.preventDefault();
        event.stopPropagation();
      }
      wake();
    };
    for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, hear, true);
    return () => {
      for (const kind of ["pointerdown", "keydown"]) removeEventListener(kind, hear, true);
    };
  }, []);
  if (dark)
    return html`<button type="button" class="night dark" aria-label=${say("touch.wake")}
      onClick=${wake} onPointerUp=${() => setTimeout(wake, TAP)}></button>`;
  return rests && html`<div class="night dim"></div>`;
}
