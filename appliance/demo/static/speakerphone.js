// The speakerphone: hook, mute and volume keys, and the lamps that the appliance drives on it.

import { inOrder } from "./http.js";
import { light } from "./panel.js";
import { pressable } from "./press.js";
import { say } from "./words.js";

const BODY = {
  off: { hook: "off" },
  on: { hook: "on" },
  mute: { key: "mute" },
  hold: { key: "hold" },
  volume_up: { key: "volume_up" },
  volume_down: { key: "volume_down" },
};

const LABELS = { off_hook: "demo.line_open", ring: "demo.ringing", mute: "demo.muted", hold: "demo.on_hold" };

for (const box of document.querySelectorAll("[data-speakerphone]")) {
  const send = inOrder(`/hardware/speakerphones/${encodeURIComponent(box.dataset.speakerphone)}`);
  for (const key of box.querySelectorAll("[data-do]")) pressable(key, () => send(BODY[key.dataset.do]));
}

function lampOf(list, name) {
  const known = list.querySelector(`[data-lamp-of="${CSS.escape(name)}"]`);
  if (known) return known;
  const lamp = document.createElement("li");
  lamp.dataset.lampOf = name;
  const spoken = document.createElement("span");
  spoken.className = "spoken";
  lamp.append(document.createElement("i"), name in LABELS ? say(LABELS[name]) : name, " ", spoken);
  list.append(lamp);
  return lamp;
}

// Shows each speakerphone's own lamps; hardware null: nothing is known.
export function showSpeakerphones(hardware) {
  for (const box of document.querySelectorAll("[data-speakerphone]")) {
    const phone = hardware?.speakerphones[box.dataset.speakerphone];
    const list = box.querySelector(".lamps");
    const names = phone ? Object.keys(phone.lamps) : [...list.children].map((lamp) => lamp.dataset.lampOf);
    for (const name of names) light(lampOf(list, name), phone?.plugged ? phone.lamps[name] : null);
    box.dataset.glow = ["ring", "hold", "mute", "off_hook"].find((name) => phone?.lamps[name]) ?? "";
  }
}
