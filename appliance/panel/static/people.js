// Whom to call: the last calls and the address book, searched on the box.

import { useEffect, useState } from "./vendor/hooks.js";
import { h, html } from "./html.js";
import { Keyboard } from "./keyboard.js";
import { PATIENCE } from "./live.js";
import { say } from "./words.js";

/** @typedef {import("./parts.js").Do} Do */

/** @typedef {import("./view").Peer} Found */

/** @param {{ act: Do }} of */
export function People({ act }) {
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
        ${found.map((one) => html`<li><button type="button" data-missed=${one.last === "missed"} onClick=${() => act(`call ${one.peer_id}`)}>
          <bdi>${one.name || one.peer_id}</bdi>
          <small>${one.last === "missed" ? say("touch.missed") : one.presence === "away" ? say("touch.away") : ""}</small>
        </button></li>`)}
        ${found.length === 0 && html`<li class="hint">${say("touch.nobody")}</li>`}
      </ul>
      ${h(Keyboard, { typed: like, change: setLike })}
    </div>
  `;
}
