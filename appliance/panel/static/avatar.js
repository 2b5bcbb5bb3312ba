// Somebody's picture as the box has it from the terminal, and until there is one the first letter of the name.

import { html } from "./html.js";

/** @param {{ name: string, peer_id: string }} of */
export function Avatar({ name, peer_id }) {
  const letter = /[\p{L}\p{N}]/u.exec(name)?.[0].toUpperCase() ?? "?";
  return html`<span class="avatar" aria-hidden="true">${letter}${peer_id && html`<img alt="" loading="lazy" src=${`/panel/avatar?of=${encodeURIComponent(peer_id)}`} />`}</span>`;
}
