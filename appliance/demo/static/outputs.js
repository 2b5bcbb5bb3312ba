// What the room switches, and the sensors that see whether somebody is there.

import { inOrder } from "./http.js";
import { light } from "./panel.js";

const sensors = document.querySelectorAll("[data-presence]");

for (const sensor of sensors) {
  const send = inOrder(`/hardware/presence/${encodeURIComponent(sensor.dataset.presence)}`);
  sensor.addEventListener("change", () => send({ sees: sensor.checked }));
}

const DARK = "#000000";

// Shows every relay and light, and what every sensor sees, also by others.
export function showOutputs(hardware) {
  for (const relay of document.querySelectorAll("[data-relay]")) light(relay, hardware?.relays[relay.dataset.relay] ?? null);
  for (const screen of document.querySelectorAll("[data-screen]")) light(screen, hardware?.screens[screen.dataset.screen] ?? null);
  for (const lamp of document.querySelectorAll("[data-light]")) {
    const colour = hardware?.lights[lamp.dataset.light] ?? DARK;
    const bulb = lamp.querySelector("i");
    bulb.style.background = colour === DARK ? "" : colour;
    bulb.style.boxShadow = colour === DARK ? "" : `0 0 8px ${colour}`;
  }
  for (const bar of document.querySelectorAll("[data-bar]")) {
    const colours = hardware?.bars[bar.dataset.bar] ?? [];
    bar.querySelectorAll("i").forEach((led, place) => (led.style.background = colours[place] ?? ""));
  }
  for (const sensor of sensors) sensor.checked = hardware?.presence[sensor.dataset.presence] ?? false;
}
