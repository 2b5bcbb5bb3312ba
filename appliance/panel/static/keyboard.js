// A keyboard on the screen: a kiosk has none, and a panel on the wall has no other.

import { html } from "./html.js";
import { useState } from "./vendor/hooks.js";
import { LANGUAGE, say } from "./words.js";

/** Whatever is typed, ids are: a server, a name, a number. */
const IDS = "@.-_";

/** @type {Record<string, string[]>} */
const LAYOUTS = {
  en: ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"],
  es: ["1234567890", "qwertyuiop", "asdfghjklñ", "zxcvbnmáéíóú"],
  pl: ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "ąćęłńóśźż"],
  ru: ["1234567890", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбюё"],
};

/**
 * Letters of the page's language and of English.
 * @param {{ typed: string, change: (typed: string) => void }} of
 */
export function Keyboard({ typed, change }) {
  const languages = LANGUAGE in LAYOUTS && LANGUAGE !== "en" ? [LANGUAGE, "en"] : ["en", "ru"];
  const [language, setLanguage] = useState(languages[0]);
  const other = languages.find((one) => one !== language) ?? "en";
  /** @param {string} key */
  const key = (key) => html`<button type="button" onClick=${() => change(typed + key)}>${key}</button>`;
  return html`<div class="keyboard" role="group" aria-label=${say("touch.keyboard")}>
    ${LAYOUTS[language].map((row) => html`<div>${[...row].map(key)}</div>`)}
    <div>
      <button type="button" onClick=${() => setLanguage(other)}>${other.toUpperCase()}</button>
      ${[...IDS].slice(0, 2).map(key)}
      <button type="button" class="space" aria-label=${say("touch.space")} onClick=${() => change(`${typed} `)}>␣</button>
      ${[...IDS].slice(2).map(key)}
      <button type="button" aria-label=${say("touch.backspace")} onClick=${() => change([...typed].slice(0, -1).join(""))}>⌫</button>
    </div>
  </div>`;
}
