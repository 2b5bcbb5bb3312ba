// The cameras: a finger on an arrow moves one until it goes up. What is stored is one touch away, and stored by a long one.

import { useEffect, useLayoutEffect, useRef, useState } from "./vendor/hooks.js";
import { h, html } from "./html.js";
import { Sign } from "./shapes.js";
import { say } from "./words.js";

const NEXT = 500; // ms from one picture to the next
const AGAIN = 3000; // ms, where there was none
const LONG = 800; // ms after which a touch is a long one
const OFFERED = 6; // numbers of places that are offered even if nothing is stored under them
const ARROWS = [
  ["left up", "↖"], ["up", "↑"], ["right up", "↗"],
  ["left", "←"], ["", ""], ["right", "→"],
  ["left down", "↙"], ["down", "↓"], ["right down", "↘"],
];

/** @typedef {import("./parts.js").Do} Do */
/** @typedef {import("./view").Camera} Camera */
/** @typedef {import("./view").View} View */
/** @typedef {import("./live.js").Room} Room */

/** @type {(() => void) | null} */ let opens = null; // shows the cameras, where that is possible

/** A button that shows the cameras. @param {{ room: Room }} of */
export function ToCameras({ room }) {
  if (!isPossible(room.view)) return null;
  return html`<button type="button" class="to-cameras" aria-label=${say("touch.move_camera")} onClick=${() => opens?.()}>
    ${h(Sign, { name: "camera" })}
  </button>`;
}

/** @param {View} view */
function isPossible(view) {
  const asked = view.other || view.wish || view.conference?.camera_wanted;
  return view.cameras.each.length > 0 && ["idle", "in_call"].includes(view.phase) && !asked;
}

/**
 * A page, and the cameras in its place when somebody wants them. A call, or somebody's question, is more important.
 * @param {{ room: Room, act: Do, page: unknown }} of
 */
export function WithCameras({ room, act, page }) {
  const { view } = room;
  const [open, setOpen] = useState(false);
  const possible = isPossible(view);
  useLayoutEffect(() => {
    if (!possible) setOpen(false);
    opens = () => setOpen(true);
  }, [possible]);
  return open && possible ? h(CameraPage, { room, act, close: () => setOpen(false) }) : page;
}

/** @param {{ room: Room, act: Do, close: () => void }} of */
function CameraPage({ room, act, close }) {
  const { each, places } = room.view.cameras;
  const [name, setName] = useState(each[0]?.name ?? "");
  const camera = each.find((one) => one.name === name) ?? each[0];
  if (!camera) return null;
  const own = camera.name === "";
  return html`<div class="camera">
    <div class="choice">
      <button type="button" onClick=${close}>${h(Sign, { name: "back" })} ${say("touch.back")}</button>
      ${each.length > 1 && each.map((one) => html`<button type="button" dir="auto" aria-pressed=${one.name === camera.name}
        onClick=${() => setName(one.name)}>${one.label}</button>`)}
    </div>
    <div class="camera-parts" data-own=${own}>
      ${own && h(Picture, {})}
      ${h(Steering, { key: camera.name, room, camera, act })}
      ${own && places !== null && h(Places, { places, act })}
    </div>
  </div>`;
}

/** What the camera sees, a picture after the other. */
function Picture() {
  const [number, setNumber] = useState(0);
  const [seen, setSeen] = useState(false);
  const waiting = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  useEffect(() => () => clearTimeout(waiting.current), []);
  /** @param {boolean} good @param {number} wait */
  const after = (good, wait) => {
    setSeen(good);
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => setNumber(number + 1), document.visibilityState === "visible" ? wait : AGAIN);
  };
  return html`<div class="picture" data-seen=${seen}>
    <img src=${`/panel/camera.jpg?${number}`} alt=${say("touch.camera_picture")}
      onLoad=${() => after(true, NEXT)} onError=${() => after(false, AGAIN)} />
    ${!seen && html`<p>${say("touch.no_picture")}</p>`}
  </div>`;
}

/** @param {{ room: Room, camera: Camera, act: Do }} of */
function Steering({ room, camera, act }) {
  const [mine, setMine] = useState("");
  const [why, setWhy] = useState("");
  const of = camera.name && ` of ${camera.name}`;
  const others = camera.used_by !== "" && !mine;
  const used = { "": "", screen: "touch.used_by_screen", controller: "touch.used_by_controller" }[camera.used_by];
  const does = mine && camera.used_by === "screen" ? say("touch.camera_moves") : "";
  /** @param {string} ways @param {string} sign */
  const arrow = (ways, sign) =>
    h(Held, {
      hold: room.hold, words: `camera ${ways}${of}`, name: named(ways), sign, disabled: others,
      begins: () => { setWhy(""); setMine(ways); },
      ends: (/** @type {string} */ said) => { setMine(""); setWhy(said); },
      moves: mine === ways && camera.used_by === "screen",
    });
  return html`<section class="steering" aria-label=${say("touch.move_camera")}>
    ${(camera.pan || camera.tilt) && html`<div class="pad">
      ${ARROWS.map(([ways, sign]) => {
        if (ways === "") return camera.home
          ? html`<button type="button" disabled=${others} aria-label=${say("touch.camera_home")} onClick=${() => act(`camera home${of}`)}>⌂</button>`
          : html`<span></span>`;
        const can = (camera.pan || !/left|right/.test(ways)) && (camera.tilt || !/up|down/.test(ways));
        return can ? arrow(ways, sign) : html`<span></span>`;
      })}
    </div>`}
    ${camera.zoom && html`<div class="zoom" role="group" aria-label=${say("touch.zoom")}>
      ${arrow("in", "+")}${arrow("out", "−")}
    </div>`}
    <p class="why" role="status">${others ? say(used) : does || why}</p>
  </section>`;
}

const WAYS = {
  left: "touch.camera_left",
  right: "touch.camera_right",
  up: "touch.camera_up",
  down: "touch.camera_down",
  in: "touch.zoom_in",
  out: "touch.zoom_out",
};

/** @param {string} ways */
const named = (ways) => ways.split(" ").map((way) => say(WAYS[/** @type {keyof typeof WAYS} */ (way)])).join(", ");

/**
 * A button that is held: by a finger, wherever it slides to, or by a key.
 * @param {{ hold: import("./hold.js").Hold, words: string, name: string, sign: string, disabled: boolean, moves: boolean,
 *   begins: () => void, ends: (why: string) => void }} of
 */
function Held({ hold, words, name, sign, disabled, moves, begins, ends }) {
  const release = useRef(/** @type {(() => void) | null} */ (null));
  const [down, setDown] = useState(false);
  const over = (/** @type {string} */ why) => {
    release.current = null;
    setDown(false);
    ends(why);
  };
  const begin = () => {
    if (release.current) return;
    setDown(true);
    begins();
    let ended = false;
    const letGo = hold(words, (why) => {
      ended = true;
      over(why);
    });
    if (!ended) release.current = letGo;
  };
  const end = () => {
    const letGo = release.current;
    if (!letGo) return;
    letGo();
    over("");
  };
  useLayoutEffect(() => () => release.current?.(), []);
  /** @param {PointerEvent} event */
  const pointed = (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
    begin();
  };
  /** @param {KeyboardEvent} event */
  const keyed = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    if (!event.repeat) begin();
  };
  return html`<button type="button" class="steer" aria-label=${name} disabled=${disabled}
    data-down=${down} data-moves=${moves}
    onPointerDown=${pointed} onPointerUp=${end} onPointerCancel=${end} onLostPointerCapture=${end}
    onKeyDown=${keyed} onKeyUp=${end} onBlur=${end}
    onContextMenu=${(/** @type {Event} */ event) => event.preventDefault()}>${sign}</button>`;
}

/** @param {{ places: readonly import("./view").Place[], act: Do }} of */
function Places({ places, act }) {
  const [storing, setStoring] = useState(/** @type {number | null} */ (null));
  const offered = Array.from({ length: OFFERED }, (_, index) => index + 1);
  const numbers = [...new Set([...offered, ...places.map((one) => one.number)])].sort((a, b) => a - b);
  if (storing !== null)
    return html`<section class="presets" role="alertdialog" aria-label=${say("touch.presets")}>
      <p>${say("touch.store_here", { number: storing })}</p>
      <div class="row">
        <button type="button" class="go" onClick=${() => { act(`preset store ${storing}`); setStoring(null); }}>${say("touch.store")}</button>
        <button type="button" onClick=${() => setStoring(null)}>${say("touch.cancel")}</button>
      </div>
    </section>`;
  return html`<section class="presets" aria-label=${say("touch.presets")}>
    <div class="places">
      ${numbers.map((number) => h(Place, {
        key: number, number, stored: places.find((one) => one.number === number), act, store: () => setStoring(number),
      }))}
    </div>
    <p class="hint">${say("touch.how_to_store")}</p>
  </section>`;
}

/**
 * A short touch goes there, a long one asks whether it is to be stored.
 * @param {{ number: number, stored: import("./view").Place | undefined, act: Do, store: () => void }} of
 */
function Place({ number, stored, act, store }) {
  const waiting = useRef(/** @type {number | undefined} */ (undefined));
  const forget = () => {
    clearTimeout(waiting.current);
    waiting.current = undefined;
  };
  const begin = () => {
    forget();
    waiting.current = setTimeout(() => {
      forget();
      store();
    }, LONG);
  };
  const go = () => {
    if (waiting.current === undefined) return;
    forget();
    if (stored) act(`preset ${number}`);
  };
  useLayoutEffect(() => forget, []);
  /** @param {KeyboardEvent} event @param {() => void} does */
  const keyed = (event, does) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    if (!event.repeat) does();
  };
  return html`<button type="button" class="place" data-stored=${Boolean(stored)}
    onPointerDown=${begin} onPointerUp=${go} onPointerCancel=${forget} onPointerLeave=${forget} onBlur=${forget}
    onKeyDown=${(/** @type {KeyboardEvent} */ event) => keyed(event, begin)}
    onKeyUp=${(/** @type {KeyboardEvent} */ event) => keyed(event, go)}
    onContextMenu=${(/** @type {Event} */ event) => event.preventDefault()}>
    ${stored && stored.picture !== 0 && html`<img src=${`/panel/place/${number}.jpg?${stored.picture}`} alt="" draggable=${false} />`}
    <span>${say("touch.preset", { number })}</span>
  </button>`;
}
