// Whom to call: favourites, the last calls, and everybody who is found by a part of their name or id.

import { useEffect, useRef, useState } from "./vendor/hooks.js";
import { h, html } from "./html.js";
import { Keyboard } from "./keyboard.js";
import { PATIENCE } from "./live.js";
import { date } from "./meetings.js";
import { Sign, There } from "./shapes.js";
import { day, say, time } from "./words.js";

/** @typedef {import("./parts.js").Do} Do */
/** @typedef {import("./live.js").Room} Room */
/** @typedef {import("./live.js").Clock} Clock */
/** @typedef {import("./view").Peer} Peer */

const LONGEST = 100; // characters that are looked for

/**
 * `verb`: what is done with whom one presses; `typing`: with the keyboard at once.
 * @param {{ room: Room, act: Do, verb?: string, typing?: boolean }} of
 */
export function People({ room, act, verb = "call", typing = false }) {
  const [like, setLike] = useState("");
  const [types, setTypes] = useState(typing);
  const found = useFound(like.trim());
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const clear = () => {
    setLike("");
    field.current?.focus();
  };
  /** @param {string} typed */
  const change = (typed) => setLike(typed.slice(0, LONGEST));
  return html`<div class="people">
    <div class="field">
      <input ref=${field} type="text" inputmode="none" autocomplete="off" autocapitalize="off" spellcheck=${false} value=${like}
        aria-label=${say("touch.search")} placeholder=${say("touch.search")}
        onFocus=${() => setTypes(true)} onInput=${() => change(field.current?.value ?? "")} />
      ${like && html`<button type="button" onClick=${clear}>${say("touch.clear")}</button>`}
      ${isId(like, found) && html`<button type="button" class="go" onClick=${() => act(`${verb} ${like}`)}>${say("touch.call")}</button>`}
    </div>
    <div class="list" tabindex="0" role="region" aria-label=${say("touch.people")}>
      ${like.trim() ? h(Found, { found, room, act, verb }) : h(Reach, { room, act, verb })}
    </div>
    ${types && h(Keyboard, { typed: like, change })}
  </div>`;
}

/**
 * Whether what was typed may be meant as an id: it looks like one, or is nobody's name.
 * @param {string} typed
 * @param {readonly Peer[] | null} found
 */
const isId = (typed, found) => /^\S+$/.test(typed) && (/[@\d]/.test(typed) || found?.length === 0);

/** @param {{ room: Room, act: Do, verb: string }} of */
function Reach({ room, act, verb }) {
  const { favourites, recent } = room.view.reach;
  /** @param {string} name @param {readonly Peer[]} peers */
  const part = (name, peers) =>
    peers.length > 0 && html`<h2>${say(name)}</h2>${h(Peers, { peers, clock: room.clock, act, verb })}`;
  return html`${part("touch.favourites", favourites)} ${part("touch.last_calls", recent)}`;
}

/** @param {{ found: readonly Peer[] | null, room: Room, act: Do, verb: string }} of */
function Found({ found, room, act, verb }) {
  if (found?.length === 0) return html`<p class="hint" role="status">${say("touch.nobody")}</p>`;
  return h(Peers, { peers: found ?? [], clock: room.clock, act, verb });
}

/** @param {{ peers: readonly Peer[], clock: Clock | null, act: Do, verb?: string }} of */
export function Peers({ peers, clock, act, verb = "call" }) {
  return html`<ul class="peers">
    ${peers.map((one) => html`<li key=${one.peer_id}><button type="button" onClick=${() => act(`${verb} ${one.peer_id}`)}>
      ${one.presence && h(There, { presence: one.presence })}
      <span><bdi>${one.name || one.peer_id}</bdi>${h(About, { peer: one, clock })}</span>
    </button></li>`)}
  </ul>`;
}

const PRESENCES = { here: "touch.here", busy: "touch.busy", away: "touch.away" };

/**
 * The last call with them, or whether they are there.
 * @param {{ peer: Peer, clock: Clock | null }} of
 */
function About({ peer, clock }) {
  const { last, at, presence } = peer;
  if (!last) return presence && html`<small>${say(PRESENCES[presence])}</small>`;
  const today = clock && at && date(at, clock) === date(clock.now(), clock);
  const when = clock && at ? (today ? time(at, clock.offset) : day(at, clock.offset, "short")) : "";
  const missed = last === "missed";
  return html`<small class=${missed ? "missed" : ""}>${h(Sign, { name: last === "out" ? "out" : "in" })}
    ${missed ? say("touch.missed") : ""} ${when}</small>`;
}

/**
 * Whom the box finds; null until it has answered first.
 * @param {string} like
 */
function useFound(like) {
  const [found, setFound] = useState(/** @type {readonly Peer[] | null} */ (null));
  useEffect(() => {
    if (!like) return;
    const asking = new AbortController();
    const signal = AbortSignal.any([asking.signal, AbortSignal.timeout(PATIENCE)]);
    fetch(`/panel/people?like=${encodeURIComponent(like)}`, { signal })
      .then((answer) => (answer.ok ? answer.json() : []))
      .then(setFound, () => {});
    return () => asking.abort();
  }, [like]);
  return found;
}
