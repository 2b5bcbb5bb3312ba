// Pairs a phone: the screen that asks shows the QR code, and so does the one at the box when a button there asks for it.
// What is in it is told to nobody else: not with the room, and not to programs.

import { h, html } from "./html.js";
import { lasted } from "./parts.js";
import { post } from "./post.js";
import { Sign } from "./shapes.js";
import { useLayoutEffect, useRef, useState } from "./vendor/hooks.js";
import { say } from "./words.js";

const AT_THE_BOX = ["127.0.0.1", "localhost", "[::1]"].includes(location.hostname);
const PAIRS = "pairs" in document.documentElement.dataset;
const LIGHT = 4; // modules around a QR code (ISO/IEC 18004)

/** @typedef {{ seconds: number, where: string, code: string, rows: string[], fingerprint: string }} Offer */
/** @typedef {{ until: number, offer: Offer }} Shown `until`: by the page's monotonic clock (ms) */

/**
 * The invitation that this screen shows, and how to ask for one. `pairing`: one is shown somewhere, says the box; `failed`
 * is told why there is none.
 * @param {boolean} pairing @param {(why: string) => void} failed
 */
export function usePhone(pairing, failed) {
  const [shown, show] = useState(/** @type {Shown | null} */ (null));
  const ask = async () => {
    const { ok, told } = await post("/panel/pairing/offer");
    if (ok) show({ until: performance.now() + told.seconds * 1000, offer: told });
    else failed(told?.error ?? say("door.no_connection"));
  };
  const hide = () => {
    show(null);
    post("/panel/pairing/hide"); // where it is not heard, the code goes by itself
  };
  useLayoutEffect(() => {
    if (!pairing) show(null);
    else if (AT_THE_BOX && !shown) ask();
  }, [pairing]);
  return { shown, ask, hide };
}

/** A button for the header, where phones can be paired. @param {{ ask: () => void }} of */
export const ToPhone = ({ ask }) =>
  PAIRS &&
  html`<button type="button" class="to-phone" aria-label=${say("touch.phone")} onClick=${ask}>${h(Sign, { name: "phone" })}</button>`;

/** The QR code, over everything, while it is good. @param {{ shown: Shown | null, hide: () => void }} of */
export function Phone({ shown, hide }) {
  const left = shown ? shown.until - performance.now() : 0;
  return shown && left > 0 && h(Code, { offer: shown.offer, left, hide });
}

/** @param {{ offer: Offer, left: number, hide: () => void }} of */
function Code({ offer, left, hide }) {
  const cancel = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    cancel.current?.focus();
    return () => before?.focus();
  }, []);
  const typed = { where: offer.where, code: `${offer.code.slice(0, 4)}\u00a0${offer.code.slice(4)}` };
  const escape = (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && hide();
  return html`<div class="phone" role="dialog" aria-modal="true" aria-labelledby="phone" onKeyDown=${escape}>
    ${h(Matrix, { rows: offer.rows })}
    <div class="about">
      <h2 id="phone">${say("touch.phone")}</h2>
      <p>${say("touch.phone_scan")}</p>
      <p>${say("touch.phone_type", typed)}</p>
      ${offer.fingerprint && html`<p class="hint">${say("touch.fingerprint")} <code>${offer.fingerprint}</code></p>`}
      <button type="button" ref=${cancel} onClick=${hide}>${say("touch.cancel")} <span role="timer">${lasted(left)}</span></button>
    </div>
  </div>`;
}

/** @param {{ rows: string[] }} of */
function Matrix({ rows }) {
  const side = rows.length + 2 * LIGHT;
  const runs = rows.flatMap((row, y) =>
    [...row.matchAll(/1+/g)].map((run) => `M${run.index + LIGHT} ${y + LIGHT}h${run[0].length}v1h-${run[0].length}z`),
  );
  return html`<svg role="img" aria-label=${say("touch.phone_scan")} viewBox=${`0 0 ${side} ${side}`} shape-rendering="crispEdges">
    <rect width=${side} height=${side} fill="#fff" /><path fill="#000" d=${runs.join("")} /></svg>`;
}
