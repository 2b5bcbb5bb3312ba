// A line as large as it is meant to be, or as large as there is room for: in no language is a word cut off.

import { useLayoutEffect, useRef } from "./vendor/hooks.js";
import { html } from "./html.js";

/** @param {{ kind: string, text: string, children?: unknown }} of */
export function Fit({ kind, text, children }) {
  const line = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    const shown = /** @type {HTMLElement} */ (line.current);
    shown.style.setProperty("--fit", "1");
    const fits = shown.clientWidth / shown.scrollWidth;
    if (fits < 1) shown.style.setProperty("--fit", String(fits * 0.99));
  }, [text, innerWidth, innerHeight]);
  return html`<p class=${kind} ref=${line}>${children}</p>`;
}
