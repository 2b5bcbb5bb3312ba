// What is written in the call: its last messages, as they come.

import { useEffect, useRef } from "./vendor/hooks.js";
import { html } from "./html.js";

/** @param {{ lines: readonly import("./view").Line[] }} of */
export function Chat({ lines }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [lines]);
  return html`
    <ol class="chat" role="log" tabindex="0" ref=${list}>
      ${lines.map((line) => html`<li data-ours=${line.ours}><b><bdi>${line.who}</bdi></b> <span dir="auto">${line.text}</span></li>`)}
    </ol>
  `;
}
