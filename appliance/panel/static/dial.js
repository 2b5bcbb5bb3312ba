// What is typed on the panel: a number to call, and the password of a conference.

import { useLayoutEffect } from "./vendor/hooks.js";
import { h, html } from "./html.js";
import { Button, Keypad } from "./parts.js";
import { say } from "./words.js";

/** @typedef {import("./parts.js").Do} Do */
/** @typedef {import("./view").View} View */

/**
 * `letters`: what to do where somebody wants to type an id; `beside`: what stands beside Call.
 * @param {{ view: View, act: Do, letters?: () => void, beside?: unknown }} of
 */
export function DialPad({ view, act, letters, beside = null }) {
  useLayoutEffect(() => typing(act), [act]);
  return html`<div class="dial">
    <div class="field">
      <output aria-label=${say("touch.number")}>${view.typed.digits}</output>
      ${h(Button, { act, words: "backspace", name: "touch.backspace" })}
      ${h(Button, { act, words: "clear", name: "touch.clear" })}
    </div>
    ${h(Keypad, { act })}
    <div class="row">
      ${letters && html`<button type="button" onClick=${letters}>${say("touch.keyboard")}</button>`}
      ${beside}
      ${h(Button, { act, words: "call", name: "touch.call", kind: "go" })}
    </div>
  </div>`;
}

/** @param {{ view: View, act: Do }} of */
export function Password({ view, act }) {
  return html`
    <p class="what" role="status">${say(view.typed.wrong ? "touch.wrong_password" : "touch.password", { who: view.typed.whose })}</p>
    ${h(DialPad, { view, act, beside: h(Button, { act, words: "hang_up", name: "touch.cancel" }) })}
  `;
}

/**
 * Types on a keyboard that is plugged in; returns how to end that.
 * @param {Do} act
 */
function typing(act) {
  /** @param {KeyboardEvent} event */
  const typed = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (/^[0-9*#]$/.test(event.key)) act(`dial ${event.key}`);
    else if (event.key === "Backspace") act("backspace");
  };
  addEventListener("keydown", typed);
  return () => removeEventListener("keydown", typed);
}
