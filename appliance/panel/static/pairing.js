// Pairing: this screen may touch from then on.

import { useState } from "./vendor/hooks.js";
import { h, html } from "./html.js";
import { Digits } from "./parts.js";
import { post } from "./post.js";
import { say } from "./words.js";

/** Pairs this screen with the room, by a code that the box's own display shows. */
export function Pairing() {
  const [code, setCode] = useState(/** @type {string | null} */ (null));
  const [why, setWhy] = useState("");
  /** @param {string} path @param {object} body */
  const asked = async (path, body) => {
    const { ok, told } = await post(path, body);
    setWhy(ok ? "" : (told?.error ?? say("door.no_connection")));
    return ok;
  };
  const begin = async () => (await asked("/panel/pairing", {})) && setCode("");
  const end = async () => ((await asked("/panel/pairing/code", { code })) ? location.reload() : setCode(""));
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
