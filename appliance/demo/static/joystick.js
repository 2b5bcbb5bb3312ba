// The camera joystick: a stick that drives while it is held off its middle, a zoom rocker, and home.

import { latest, post } from "./http.js";
import { pressable } from "./press.js";
import { drive, home, zoom } from "./visca.js";

const DEAD = 0.15; // part of the way around the middle that counts as the middle
const KEYS = { ArrowLeft: [-0.6, 0], ArrowRight: [0.6, 0], ArrowUp: [0, 0.6], ArrowDown: [0, -0.6] };

const alive = (part) => (Math.abs(part) < DEAD ? 0 : part);

function connectStick(pad, send) {
  const knob = pad.querySelector(".knob");
  let frame = drive(0, 0);
  const lean = (pan, tilt) => {
    knob.style.translate = `${pan * 45}px ${-tilt * 45}px`;
    const next = drive(alive(pan), alive(tilt));
    if (next !== frame) send({ hex: next });
    frame = next;
  };
  const follow = (event) => {
    const box = pad.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * 2 - 1;
    const y = 1 - ((event.clientY - box.top) / box.height) * 2;
    const far = Math.max(1, Math.hypot(x, y));
    lean(x / far, y / far);
  };
  const hold = pressable(pad, () => {}, () => lean(0, 0));
  pad.addEventListener("pointerdown", follow);
  pad.addEventListener("pointermove", (event) => pad.classList.contains("held") && follow(event));
  pad.addEventListener("keydown", (event) => {
    if (!(event.key in KEYS)) return;
    event.preventDefault();
    hold.press();
    lean(...KEYS[event.key]);
  });
  pad.addEventListener("keyup", (event) => event.key in KEYS && hold.release());
}

for (const box of document.querySelectorAll("[data-serial]")) {
  const path = `/hardware/serial/${encodeURIComponent(box.dataset.serial)}`;
  connectStick(box.querySelector(".pad"), latest(path));
  const sendZoom = latest(path);
  for (const button of box.querySelectorAll("[data-zoom]")) {
    pressable(
      button,
      () => sendZoom({ hex: zoom(Number(button.dataset.zoom) * 0.6) }),
      () => sendZoom({ hex: zoom(0) }),
    );
  }
  pressable(box.querySelector("[data-home]"), () => post(path, { hex: home() }));
}
