// The keypad: each key goes down and up; a computer's own keys work while the keypad has the focus.

import { inOrder } from "./http.js";
import { pressable } from "./press.js";

const TYPED = { Backspace: "backspace", Delete: "clear", Escape: "clear" };

function connect(keypad) {
  const send = inOrder(`/hardware/keypads/${encodeURIComponent(keypad.dataset.keypad)}`);
  const keys = new Map();
  for (const button of keypad.querySelectorAll("[data-key]")) {
    const key = button.dataset.key;
    const down = () => send({ key, down: true });
    const up = () => send({ key, down: false });
    keys.set(key, pressable(button, down, up));
  }
  const typed = (event) => keys.get(TYPED[event.key] ?? event.key.toUpperCase());
  keypad.addEventListener("keydown", (event) => {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    typed(event)?.press();
  });
  keypad.addEventListener("keyup", (event) => typed(event)?.release());
}

for (const keypad of document.querySelectorAll("[data-keypad]")) connect(keypad);
