// A keyboard on the screen: a kiosk has none, and a panel on the wall has no other.

import { html } from "./html.js";
import { useState } from "./vendor/hooks.js";
import { LANGUAGE, say } from "./words.js";

const DIGITS = "1234567890";

/** @type {Record<string, string[]>} */
const LAYOUTS = {
  en: ["qwertyuiop", "asdfghjkl", "zxcvbnm.@-_"],
  es: ["qwertyuiop", "asdfghjklñ", "zxcvbnmáéíóú.@-"],
  pl: ["qwertyuiop", "asdfghjkl", "zxcvbnmąćęłńóśźż.@-"],
  ru: ["йцукенгшщзхъ", "фывапролджэё", "ячсмитьбю.@-"],
};

/**
 * Letters of the page's language and of English.
 * @param {{ typed: string, change: (typed: string) => void }} of
 */
export function Keyboard({ typed, change }) {
  const languages = LANGUAGE in LAYOUTS && LANGUAGE !== "en" ? [LANGUAGE, "en"] : ["en", "ru"];
  const [language, setLanguage] = useState(languages[0]);
  const other = languages.find((one) => one !== language) ?? "en";
  return html`<div class="keyboard" role="group" aria-label=${say("touch.keyboard")}>
    ${[DIGITS, ...LAYOUTS[language]].map((row) => html`<div>
      ${[...row].map((key) => html`<button type="button" onClick=${() => change(typed + key)}>${key}</button>`)}
    </div>`)}
    <div>
      <button type="button" onClick=${() => setLanguage(other)}>${other.toUpperCase()}</button>
      <button type="button" class="space" aria-label=${say("touch.space")} onClick=${() => change(`${typed} `)}>␣</button>
      <button type="button" aria-label=${say("touch.backspace")} onClick=${() => change([...typed].slice(0, -1).join(""))}>⌫</button>
    </div>
  </div>`;
}
