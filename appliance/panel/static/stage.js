// What others see of the room: whether it speaks from the podium, shows its screen, and how pictures are laid out here.

import { h, html } from "./html.js";
import { LAYOUTS } from "./signs.js";
import { Button, lasted } from "./parts.js";
import { say } from "./words.js";

/** @typedef {import("./parts.js").Do} Do */
/** @typedef {import("./view").Conference} Conference */
/** @typedef {import("./live.js").Room} Room */

/** @param {{ room: Room, conference: Conference, act: Do }} of */
export function Podium({ room, conference, act }) {
  const { speaks, podium_asked, remark_until } = conference;
  if (speaks) {
    const remark = remark_until !== null;
    return html`<div class="row podium">
      <p role="status">${remark ? say("touch.remark_left", { time: lasted(Math.max(0, remark_until - room.box()) + 999) }) : say("touch.on_podium")}</p>
      ${h(Button, { act, words: "podium leave", name: remark ? "touch.end_remark" : "touch.leave_podium" })}
    </div>`;
  }
  return html`<div class="row podium">
    ${podium_asked
      ? html`<p role="status">${say("touch.podium_asked")}</p>`
      : h(Button, { act, words: "podium ask", name: "touch.ask_podium" })}
    ${h(Button, { act, words: "podium remark", name: "touch.remark" })}
  </div>`;
}

/** @param {{ conference: Conference, act: Do }} of */
export function Sharing({ conference, act }) {
  const shows = conference.content === "ours";
  return html`<button type="button" aria-pressed=${shows} onClick=${() => act(shows ? "content off" : "content on")}>
    ${say(shows ? "touch.stop_content" : "touch.show_content")}
  </button>`;
}

/** @param {{ act: Do }} of */
export function Layouts({ act }) {
  return html`<div class="row" role="group" aria-label=${say("touch.layout")}>
    ${LAYOUTS.map(({ words, name, drawn }) => html`<button type="button" aria-label=${say(name)} onClick=${() => act(words)}>${drawn()}</button>`)}
  </div>`;
}
