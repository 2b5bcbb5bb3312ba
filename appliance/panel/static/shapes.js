// What is said by a shape as well as by a colour: the states of the room, and whether somebody is there.

import { html } from "./html.js";

/** @typedef {import("./view").View["door"]} Door */
/** @typedef {NonNullable<import("./view").Peer["presence"]>} Presence */

/** @type {Record<Door, string>} a ring, a half, a disc, a square, a question */
const STATES = {
  free: "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20zm0 3.6a6.4 6.4 0 1 1 0 12.8a6.4 6.4 0 1 1 0-12.8z",
  soon: "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20zm0 3.6a6.4 6.4 0 0 1 0 12.8z",
  check_in: "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20zm0 3.6a6.4 6.4 0 0 1 0 12.8z",
  booked: "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20z",
  in_use: "M2 2h20v20H2z",
  unknown: "M10.2 15.5v-1.3c0-2 1-3 2.4-4 1.1-.9 1.7-1.5 1.7-2.5 0-1.2-.9-2-2.3-2-1.5 0-2.5.9-2.7 2.5H5.8C6 4.7 8.4 2.5 12.1 2.5c3.5 0 5.8 1.9 5.8 4.9 0 2.2-1.2 3.4-2.7 4.5-1.2.9-1.7 1.5-1.7 2.6v1zM12 18a2 2 0 1 0 0 4 2 2 0 1 0 0-4z",
};

/** @type {Record<Presence, string>} a disc, a bar across a disc, a ring */
const PRESENCES = {
  here: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18z",
  busy: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM6.5 10h11v4h-11z",
  away: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zm0 3.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z",
};

const SIGNS = {
  people: "M9 4a4 4 0 1 0 0 8a4 4 0 1 0 0-8zM1.5 20.5v-1.2c0-3.2 3.3-5.3 7.5-5.3s7.5 2.1 7.5 5.3v1.2zM16 4.4a4 4 0 0 1 0 7.2a6 6 0 0 0 0-7.2zM17.8 14.4c2.8.6 4.7 2.4 4.7 4.9v1.2h-4v-1.4c0-1.8-.7-3.3-1.9-4.6z",
  keypad: "M4 3h4v4H4zM10 3h4v4h-4zM16 3h4v4h-4zM4 10h4v4H4zM10 10h4v4h-4zM16 10h4v4h-4zM10 17h4v4h-4zM4 17h4v4H4zM16 17h4v4h-4z",
  quiet: "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20zM6.5 10.2h11v3.6h-11z",
  phone: "M7 1.5h10a1.5 1.5 0 0 1 1.5 1.5v18a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 21V3A1.5 1.5 0 0 1 7 1.5zM8 4v13.5h8V4zM10.5 19v1.5h3V19z",
  back: "M14.5 4 17 6.4 11.4 12 17 17.6 14.5 20l-8-8z",
  camera: "M12 2a7.5 7.5 0 1 0 0 15a7.5 7.5 0 1 0 0-15zm0 3.5a4 4 0 1 1 0 8a4 4 0 1 1 0-8zM7 18.5h10l1.5 3.5h-13z",
  in: "M19.5 6.3 17.7 4.5 8 14.2V8H5.5v10.5H16V16H9.8z",
  out: "M4.5 17.7l1.8 1.8L16 9.8V16h2.5V5.5H8V8h6.2z",
};

const drawn = (/** @type {string} */ path, /** @type {string} */ kind) =>
  html`<svg class=${kind} viewBox="0 0 24 24" aria-hidden="true"><path fill="currentColor" fill-rule="evenodd" d=${path} /></svg>`;

/** @param {{ state: Door }} of */
export const Shape = ({ state }) => drawn(STATES[state], "shape");

/** @param {{ presence: Presence }} of */
export const There = ({ presence }) => drawn(PRESENCES[presence], `there ${presence}`);

/** @param {{ name: keyof typeof SIGNS }} of */
export const Sign = ({ name }) => drawn(SIGNS[name], "sign");
