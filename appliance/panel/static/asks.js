// What somebody wants of the room while it is in a call: to be answered, something in the conference, or its camera.

import { useEffect, useState } from "./vendor/hooks.js";
import { h, html } from "./html.js";
import { Button } from "./parts.js";
import { say } from "./words.js";

const SETTLED = 700; // ms: who presses sooner was on the way to something else

/** @typedef {import("./parts.js").Do} Do */
/** @typedef {import("./view").View} View */

/** @param {{ view: View, act: Do }} of */
export function Asks({ view, act }) {
  const { other, wish } = view;
  const wants = view.conference?.camera_wanted ?? "";
  return html`
    ${other && h(Ask, { key: other, act, text: say("touch.calls_too", { who: other }), yes: "accept", no: "decline", name: "touch.answer_ends" })}
    ${!other && wish && h(Ask, { key: wish, act, text: wish, yes: "accept", no: "decline" })}
    ${wants && h(Ask, { key: `camera ${wants}`, act, text: say("touch.wants_camera", { who: wants }), yes: "camera allow", no: "camera refuse", name: "touch.allow" })}
  `;
}

/**
 * A question; `yes` and `no` are what its buttons do.
 * @param {{ act: Do, text: string, yes: string, no: string, name?: string }} of
 */
function Ask({ act, text, yes, no, name = "touch.accept" }) {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const settling = setTimeout(() => setSettled(true), SETTLED);
    return () => clearTimeout(settling);
  }, []);
  return html`
    <div class="asks" role="alert">
      <p dir="auto">${text}</p>
      <fieldset class="row" disabled=${!settled}>
        ${h(Button, { act, words: yes, name, kind: "go" })}
        ${h(Button, { act, words: no, name: "touch.decline", kind: "stop" })}
      </fieldset>
    </div>
  `;
}
