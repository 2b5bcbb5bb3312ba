// The wall panel: its buttons and lamps.

import { inOrder } from "./http.js";
import { pressable } from "./press.js";
import { say } from "./words.js";

const STEADY = 50; // ms: a finger is never quicker; keyboards and screen readers are, and what is too quick counts as bounce

for (const button of document.querySelectorAll("[data-button]")) {
  const send = inOrder(`/hardware/buttons/${encodeURIComponent(button.dataset.button)}`, STEADY);
  pressable(
    button,
    () => send({ pressed: true }),
    () => send({ pressed: false }),
  );
}

// Lights a lamp or not; null is not known.
export function light(element, lit) {
  element.classList.toggle("lit", lit === true);
  element.classList.toggle("unknown", lit === null);
  const spoken = element.querySelector(".spoken");
  const words = say({ true: "demo.lamp_on", false: "demo.lamp_off", null: "demo.lamp_unknown" }[lit]);
  if (spoken.textContent !== words) spoken.textContent = words;
}

// Shows every lamp and every button held down, also by others.
export function showPanel(hardware) {
  for (const lamp of document.querySelectorAll("[data-lamp]")) light(lamp, hardware?.lamps[lamp.dataset.lamp] ?? null);
  for (const button of document.querySelectorAll("[data-button]"))
    button.classList.toggle("down", hardware?.buttons[button.dataset.button] ?? false);
}
