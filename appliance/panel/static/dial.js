// What is typed on the panel: a number to call, and the password of a conference.

import { h, html } from "./html.js";
import { Button, Keypad } from "./parts.js";
import { say } from "./words.js";

/** @typedef {import("./parts.js").Do} Do */
/** @typedef {import("./view").View} View */

/** @param {{ view: View, act: Do }} of */
export function DialPad({ view, act }) {
  return html`
    <output aria-label=${say("touch.number")}>${view.typed.digits}</output>
    ${h(Keypad, { act })}
    <div class="row">
      ${h(Button, { act, words: "backspace", name: "touch.backspace" })}
      ${h(Button, { act, words: "call", name: "touch.call", kind: "go" })}
      ${h(Button, { act, words: "clear", name: "touch.clear" })}
    </div>
  `;
}

/** @param {{ view: View, act: Do }} of */
export function Password({ view, act }) {
  return html`
    <p class="what">${say(view.typed.wrong ? "touch.wrong_password" : "touch.password", { who: view.typed.whose })}</p>
    ${h(DialPad, { view, act })}
    <div class="row">${h(Button, { act, words: "hang_up", name: "touch.cancel" })}</div>
  `;
}
