// What several pages of the panel are made of. A part asks for an action in the words of the room's grammar.

import { html } from "./html.js";
import { say } from "./words.js";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];

/** @typedef {import("./view").View} View */
/** @typedef {(words: string) => void} Do */

/** @param {{ act: Do, words: string, name: string, kind?: string }} of */
export function Button({ act, words, name, kind = "" }) {
  return html`<button type="button" class=${kind} onClick=${() => act(words)}>${say(name)}</button>`;
}

/** @param {{ act: Do, device: string, muted: boolean | null, name: string }} of */
export function Mute({ act, device, muted, name }) {
  const state = muted === null ? "touch.not_known" : muted ? "touch.off" : "touch.on";
  return html`<button type="button" class="mute" data-muted=${String(muted)} onClick=${() => act(`mute ${device}${muted ? "off" : "on"}`)}>
    ${say(name)} <b>${say(state)}</b>
  </button>`;
}

/** @param {{ view: View, act: Do }} of */
export function Volume({ view, act }) {
  return html`<div class="volume" role="group" aria-label=${say("touch.volume")}>
    <button type="button" aria-label=${say("touch.quieter")} onClick=${() => act("volume down")}>−</button>
    <output>${view.volume === null ? "–" : `${view.volume}%`}</output>
    <button type="button" aria-label=${say("touch.louder")} onClick=${() => act("volume up")}>+</button>
  </div>`;
}

/** @param {{ act: Do }} of */
export function Keypad({ act }) {
  return html`<div class="keypad" role="group" aria-label=${say("touch.keypad")}>
    ${KEYS.map((key) => html`<button type="button" onClick=${() => act(`dial ${key}`)}>${key}</button>`)}
  </div>`;
}

/** @param {{ type: (digit: string) => void }} of */
export function Digits({ type }) {
  return html`<div class="keypad" role="group" aria-label=${say("touch.keypad")}>
    ${DIGITS.map((digit) => html`<button type="button" onClick=${() => type(digit)}>${digit}</button>`)}
  </div>`;
}

/** @param {number} milliseconds */
export function lasted(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (/** @type {number} */ part) => String(part).padStart(2, "0");
  return `${hours ? `${hours}:` : ""}${hours ? two(minutes) : minutes}:${two(seconds % 60)}`;
}
