// Drawn signs, of the colour and the size of the text around them.

import { html } from "./html.js";

/** @param {string} path */
const icon = (path) => () =>
  html`<svg class="glyph" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${path} /></svg>`;

const CROSSED = "M3 3 21 21";
const MICROPHONE = "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3M5 11a7 7 0 0 0 14 0M12 18v3";
const CAMERA = "M3 7h11v10H3zM14 11l7-4v10l-7-4z";

export const mic = icon(MICROPHONE);
export const micOff = icon(MICROPHONE + CROSSED);
export const camera = icon(CAMERA);
export const cameraOff = icon(CAMERA + CROSSED);
export const speaks = icon("M3 10v4h4l5 4V6L7 10zM16 9a4 4 0 0 1 0 6M18 6a8 8 0 0 1 0 12");
export const shows = icon("M3 5h18v11H3zM9 20h6M12 16v4");
export const records = icon("M12 5a7 7 0 1 0 .1 0M12 9a3 3 0 1 0 .1 0");

/** The actions `layout`: their words, what they are called, and what they look like. */
export const LAYOUTS = [
  { words: "layout one", name: "touch.layout_one", drawn: icon("M3 5h18v14H3z") },
  { words: "layout equal", name: "touch.layout_equal", drawn: icon("M3 5h18v14H3zM12 5v14M3 12h18") },
  { words: "layout top_left", name: "touch.layout_top_left", drawn: icon("M3 5h18v14H3zM15 5v14M3 14h12M15 9h6M15 14h6M9 14v5") },
  { words: "layout top", name: "touch.layout_top", drawn: icon("M3 5h18v14H3zM3 14h18M9 14v5M15 14v5") },
  { words: "layout left", name: "touch.layout_left", drawn: icon("M3 5h18v14H3zM15 5v14M15 10h6M15 14h6") },
];
