// The panel in the room: what is going on, and what a person there does about it. Nothing is shown that the box has not
// said: a press is "asked" until the room has changed.

import { useEffect, useState } from "./vendor/hooks.js";
import { h, html } from "./html.js";
import { render } from "./vendor/preact.js";
import { Keyboard } from "./keyboard.js";
import { follow } from "./live.js";
import { Line, SHAPES, WORDS, counted } from "./meetings.js";
import { day, say, time } from "./words.js";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];
const PATIENCE = 5000; // ms for an answer of the box
const SAID = 6000; // ms for which a refusal is shown

/** @typedef {import("./view").View} View */
/** @typedef {import("./live.js").Room} Room */
/** @typedef {(words: string) => void} Do */

/** @param {{ room: Room, act: Do, why: string }} of */
function Panel({ room, act, why }) {
  const { view, stale, clock, touch } = room;
  return html`
    <main data-state=${stale ? "stale" : view.door} data-phase=${view.phase}>
      <header>
        <h1>${view.room}</h1>
        <p class="clock">${clock && !stale ? html`<time>${time(clock.now(), clock.offset)}</time> ${day(clock.now(), clock.offset)}` : "–"}</p>
      </header>
      <fieldset disabled=${stale || !touch}>
        ${stale ? html`<p class="big" role="alert">${say("door.no_connection")}</p>` : h(Page, { room, act })}
      </fieldset>
      ${!stale && !touch && location.protocol === "https:" && h(Pairing, {})}
      <footer><p role="status">${stale ? "" : why || view.says || view.asked || (touch ? "" : say("touch.only_looks"))}</p></footer>
    </main>
  `;
}

/** @param {{ room: Room, act: Do }} of */
function Page({ room, act }) {
  const { view } = room;
  if (view.link !== "up") return html`<p class="big" role="alert">${view.doing}</p>`;
  switch (view.phase) {
    case "ringing":
      return h(Ringing, { view, act });
    case "calling":
    case "waiting":
      return html`<p class="what">${view.doing}</p><p class="big" dir="auto">${view.call?.who ?? ""}</p>
        <div class="row">${h(Button, { act, words: "hang_up", name: "touch.hang_up", kind: "stop" })}</div>`;
    case "in_call":
    case "waiting_room":
    case "closing":
      return h(InCall, { room, act });
    case "idle":
      return view.typed.whose ? h(Password, { view, act }) : h(Idle, { room, act });
    default:
      return html`<p class="big" role="alert">${view.doing}</p>`;
  }
}

/** @param {{ view: View, act: Do }} of */
function Ringing({ view, act }) {
  return html`
    <p class="what">${view.doing}</p>
    <p class="big" dir="auto">${view.call?.who ?? ""}</p>
    <div class="row">
      ${h(Button, { act, words: "answer", name: "touch.answer", kind: "go" })}
      ${h(Button, { act, words: "decline", name: "touch.decline", kind: "stop" })}
    </div>
  `;
}

/** @param {{ room: Room, act: Do }} of */
function InCall({ room, act }) {
  const { view } = room;
  const [keys, setKeys] = useState(false);
  return html`
    <p class="what">${view.on_hold ? say("touch.on_hold") : view.doing}</p>
    <p class="big" dir="auto">${view.call?.who ?? ""}</p>
    <p class="long">${view.call?.since == null ? "" : lasted(room.box() - view.call.since)}</p>
    ${(view.other || view.wish) && html`
      <div class="asks" role="alert">
        <p dir="auto">${view.other ? say("touch.calls_too", { who: view.other }) : view.wish}</p>
        ${h(Button, { act, words: "accept", name: "touch.accept", kind: "go" })}
        ${h(Button, { act, words: "decline", name: "touch.decline", kind: "stop" })}
      </div>`}
    <div class="row">
      ${h(Mute, { act, device: "", muted: view.mic_muted, name: "touch.microphone" })}
      ${h(Mute, { act, device: "video ", muted: view.video_muted, name: "touch.camera" })}
      ${h(Mute, { act, device: "audio ", muted: view.audio_muted, name: "touch.loudspeaker" })}
    </div>
    <div class="row">
      ${h(Volume, { view, act })}
      <button type="button" aria-expanded=${keys} onClick=${() => setKeys(!keys)}>${say("touch.keypad")}</button>
      ${h(Button, { act, words: "hang_up", name: "touch.hang_up", kind: "stop" })}
    </div>
    ${keys && h(Keypad, { act })}
  `;
}

/** @param {{ room: Room, act: Do }} of */
function Idle({ room, act }) {
  const { view, clock } = room;
  const [looks, setLooks] = useState(false);
  return html`<div class=${looks ? "split looks" : "split"}>
    <section>
      <p class="word"><span aria-hidden="true">${SHAPES[view.door]}</span> ${say(WORDS[view.door])}</p>
      ${clock && view.meetings.known && h(Schedule, { view, clock, act })}
      <div class="row">
        ${h(Mute, { act, device: "", muted: view.mic_muted, name: "touch.microphone" })}
        ${h(Volume, { view, act })}
      </div>
    </section>
    <section>
      <div class="row">
        <button type="button" aria-pressed=${!looks} onClick=${() => setLooks(false)}>${say("touch.keypad")}</button>
        <button type="button" aria-pressed=${looks} onClick=${() => setLooks(true)}>${say("touch.people")}</button>
      </div>
      ${looks ? h(People, { act }) : h(DialPad, { view, act })}
    </section>
  </div>`;
}

/** @param {{ view: View, clock: import("./live.js").Clock, act: Do }} of */
function Schedule({ view, clock, act }) {
  const { now, next } = view.meetings;
  /** @param {import("./view").Meeting | null} meeting @param {string} head */
  const told = (meeting, head) =>
    meeting && html`<div><h2>${head}</h2>${h(Line, { meeting, clock })}
      ${meeting.peer_id && h(Button, { act, words: `call ${meeting.peer_id}`, name: "touch.join", kind: "go" })}</div>`;
  return html`<section class="meetings">
    ${told(now, say("door.now"))}
    ${next ? told(next, `${say("door.next")} ${counted(next, clock)}`) : html`<p>${say("door.nothing_next")}</p>`}
  </section>`;
}

/** @param {{ view: View, act: Do }} of */
function DialPad({ view, act }) {
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
function Password({ view, act }) {
  return html`
    <p class="what">${say(view.typed.wrong ? "touch.wrong_password" : "touch.password", { who: view.typed.whose })}</p>
    ${h(DialPad, { view, act })}
    <div class="row">${h(Button, { act, words: "hang_up", name: "touch.cancel" })}</div>
  `;
}

/** Pairs this screen with the room, by a code that the box's own display shows. */
function Pairing() {
  const [code, setCode] = useState(/** @type {string | null} */ (null));
  const [why, setWhy] = useState("");
  /** @param {string} path @param {object} body */
  const post = async (path, body) => {
    const headers = { "Content-Type": "application/json" };
    const signal = AbortSignal.timeout(PATIENCE);
    try {
      const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body), signal });
      setWhy(answer.ok ? "" : (await answer.json()).error);
      return answer.ok;
    } catch {
      setWhy(say("door.no_connection"));
      return false;
    }
  };
  const begin = async () => (await post("/panel/pairing", {})) && setCode("");
  const end = async () => ((await post("/panel/pairing/code", { code })) ? location.reload() : setCode(""));
  if (code === null)
    return html`<div class="pairing"><button type="button" onClick=${begin}>${say("touch.pair")}</button> <span role="status">${why}</span></div>`;
  return html`<div class="pairing">
    <p>${say("touch.type_code")}</p>
    <output aria-label=${say("touch.code")}>${code}</output>
    ${h(Digits, { type: (digit) => setCode(code + digit) })}
    <div class="row">
      <button type="button" onClick=${() => setCode(code.slice(0, -1))}>${say("touch.backspace")}</button>
      <button type="button" class="go" onClick=${end}>${say("touch.pair")}</button>
      <button type="button" onClick=${() => setCode(null)}>${say("touch.cancel")}</button>
    </div>
    <p role="status">${why}</p>
  </div>`;
}

/** @param {{ type: (digit: string) => void }} of */
function Digits({ type }) {
  return html`<div class="keypad" role="group" aria-label=${say("touch.keypad")}>
    ${DIGITS.map((digit) => html`<button type="button" onClick=${() => type(digit)}>${digit}</button>`)}
  </div>`;
}

/** @param {{ act: Do }} of */
function Keypad({ act }) {
  return html`<div class="keypad" role="group" aria-label=${say("touch.keypad")}>
    ${KEYS.map((key) => html`<button type="button" onClick=${() => act(`dial ${key}`)}>${key}</button>`)}
  </div>`;
}

/** @typedef {{ peer_id: string, name: string, online: boolean | null, missed: boolean }} Found */

/** @param {{ act: Do }} of */
function People({ act }) {
  const [like, setLike] = useState("");
  const [found, setFound] = useState(/** @type {readonly Found[]} */ ([]));
  useEffect(() => {
    const asking = new AbortController();
    const signal = AbortSignal.any([asking.signal, AbortSignal.timeout(PATIENCE)]);
    fetch(`/panel/people?like=${encodeURIComponent(like)}`, { signal })
      .then((answer) => (answer.ok ? answer.json() : []))
      .then(setFound, () => {});
    return () => asking.abort();
  }, [like]);
  return html`
    <div class="people">
      <output aria-label=${say("touch.search")}>${like || html`<span class="hint">${say("touch.search")}</span>`}</output>
      <ul>
        ${found.map((one) => html`<li><button type="button" data-missed=${one.missed} onClick=${() => act(`call ${one.peer_id}`)}>
          <bdi>${one.name || one.peer_id}</bdi>
          <small>${one.online === false ? say("touch.away") : one.missed ? say("touch.missed") : ""}</small>
        </button></li>`)}
        ${found.length === 0 && html`<li class="hint">${say("touch.nobody")}</li>`}
      </ul>
      ${h(Keyboard, { typed: like, change: setLike })}
    </div>
  `;
}

/** @param {{ act: Do, device: string, muted: boolean | null, name: string }} of */
function Mute({ act, device, muted, name }) {
  const state = muted === null ? "touch.not_known" : muted ? "touch.off" : "touch.on";
  return html`<button type="button" class="mute" data-muted=${String(muted)} onClick=${() => act(`mute ${device}${muted ? "off" : "on"}`)}>
    ${say(name)} <b>${say(state)}</b>
  </button>`;
}

/** @param {{ view: View, act: Do }} of */
function Volume({ view, act }) {
  return html`<div class="volume" role="group" aria-label=${say("touch.volume")}>
    <button type="button" aria-label=${say("touch.quieter")} onClick=${() => act("volume down")}>−</button>
    <output>${view.volume === null ? "–" : `${view.volume}%`}</output>
    <button type="button" aria-label=${say("touch.louder")} onClick=${() => act("volume up")}>+</button>
  </div>`;
}

/** @param {{ act: Do, words: string, name: string, kind?: string }} of */
function Button({ act, words, name, kind = "" }) {
  return html`<button type="button" class=${kind} onClick=${() => act(words)}>${say(name)}</button>`;
}

/** @param {number} milliseconds */
function lasted(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (/** @type {number} */ part) => String(part).padStart(2, "0");
  return `${hours ? `${hours}:` : ""}${hours ? two(minutes) : minutes}:${two(seconds % 60)}`;
}

const root = /** @type {HTMLElement} */ (document.getElementById("page"));
/** @type {Room | null} */ let shown = null;
let why = "";
/** @type {number | undefined} */ let forgetting;

const draw = () => shown && render(h(Panel, { room: shown, act, why }), root);

/** @type {Do} */
function act(words) {
  ask(words).then((refused) => {
    if (!refused) return;
    why = refused;
    clearTimeout(forgetting);
    forgetting = setTimeout(() => {
      why = "";
      draw();
    }, SAID);
    draw();
  });
}

const ask = follow("/panel/live", (room) => {
  shown = room;
  draw();
});
setInterval(draw, 1000); // clock and duration; what has not changed is not touched
