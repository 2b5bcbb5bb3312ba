// The panel in the room: what is going on, and what a person there does about it. Nothing is shown that the box has not
// said: a press is "asked" until the room has changed.

import { Calling, InCall, Ringing } from "./call.js";
import { WithCameras } from "./camera.js";
import { Password } from "./dial.js";
import { h, html } from "./html.js";
import { Idle } from "./idle.js";
import "./keep.js";
import { follow } from "./live.js";
import { Night } from "./night.js";
import { Pairing } from "./pairing.js";
import { Phone, ToPhone, usePhone } from "./phone.js";
import { WithRoom } from "./room.js";
import "./size.js";
import { render } from "./vendor/preact.js";
import { day, say, time } from "./words.js";

const SAID = 6000; // ms for which a refusal is shown

/** @typedef {import("./parts.js").Do} Do */
/** @typedef {import("./live.js").Room} Room */

/** @param {{ room: Room, act: import("./live.js").Ask, why: string }} of */
function Panel({ room, act, why }) {
  const { view, stale, busy, clock, touch } = room;
  const phone = usePhone(touch && view.pairing, told);
  return html`
    <main data-state=${stale ? "stale" : view.door} data-phase=${view.phase}>
      <header>
        <h1>${view.room}</h1>
        <p class="clock">${clock && !stale ? html`<time>${time(clock.now(), clock.offset)}</time> ${day(clock.now(), clock.offset)}` : "–"}</p>
        ${!stale && touch && h(ToPhone, { ask: phone.ask })}
      </header>
      <fieldset disabled=${stale || !touch}>
        ${stale ? h(Gone, { kind: "word", why: say(busy ? "door.busy" : "door.no_connection") }) : h(Pages, { room, act })}
      </fieldset>
      ${!stale && !touch && location.protocol === "https:" && h(Pairing, {})}
      <footer><p role="status">${stale ? "" : why || view.says || view.asked || (touch ? "" : say("touch.only_looks"))}</p></footer>
    </main>
    ${h(Night, { view })} ${h(Phone, phone)}
  `;
}

/**
 * The page of what is going on; others are opened from it.
 * @param {{ room: Room, act: import("./live.js").Ask }} of
 */
function Pages({ room, act }) {
  const page = (/** @type {unknown} */ tab, /** @type {unknown} */ buttons) =>
    h(WithCameras, { room, act, page: h(Page, { room, act, tab, buttons }) });
  return h(WithRoom, { room, send: act, page });
}

/** @param {{ room: Room, act: Do, tab: unknown, buttons: unknown }} of */
function Page({ room, act, tab, buttons }) {
  const { view } = room;
  if (view.link === "up" && view.phase === "idle")
    return view.typed.whose ? h(Password, { view, act }) : h(Idle, { room, act, tab, buttons });
  return html`${h(Doing, { room, act })} ${(tab || buttons) && html`<div class="row">${tab}${buttons}</div>`}`;
}

/** @param {{ room: Room, act: Do }} of */
function Doing({ room, act }) {
  const { view } = room;
  if (view.link !== "up") return h(Gone, { kind: "big", why: view.doing });
  switch (view.phase) {
    case "ringing":
      return h(Ringing, { view, act });
    case "calling":
    case "waiting":
      return h(Calling, { view, act });
    case "in_call":
    case "waiting_room":
    case "closing":
      return h(InCall, { room, act });
    default:
      return h(Gone, { kind: "big", why: view.doing });
  }
}

/** @param {{ kind: string, why: string }} of */
const Gone = ({ kind, why }) => html`<div class="gone" role="alert"><p class=${kind}>${why}</p></div>`;

const root = /** @type {HTMLElement} */ (document.getElementById("page"));
/** @type {Room | null} */ let shown = null;
let why = "";
/** @type {number | undefined} */ let forgetting;

const draw = () => shown && render(h(Panel, { room: shown, act, why }), root);

/** @type {import("./live.js").Ask} */
function act(wish) {
  return ask(wish).then((refused) => {
    if (refused) told(refused);
    return refused;
  });
}

/** Shows for a while why something was not done. @param {string} refused */
function told(refused) {
  why = refused;
  clearTimeout(forgetting);
  forgetting = setTimeout(() => {
    why = "";
    draw();
  }, SAID);
  draw();
}

const ask = follow("/panel/live", (room) => {
  shown = room;
  draw();
});
setInterval(draw, 1000); // clock and duration; what has not changed is not touched
