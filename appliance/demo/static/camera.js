// What the room's camera sees: the picture moves as the camera does.

import { decimal, say } from "./words.js";

const picture = document.getElementById("camera-picture");
const numbers = document.getElementById("camera-numbers");
const WIDE = [64, 27.2]; // degrees across and down at zoom 1

let view = null; // what is drawn: pan, tilt, zoom
let aim = null; // where the camera is
let drawing = 0;

const position = (axis, otherwise) => (axis?.support ? axis.currentValue : otherwise);

function draw({ pan, tilt, zoom }) {
  const [width, height] = WIDE.map((degrees) => degrees / zoom);
  picture.setAttribute("viewBox", `${pan - width / 2} ${-tilt - height / 2} ${width} ${height}`);
}

// Moves the picture a part of the way at each frame: positions arrive ten times a second.
function glide() {
  const near = (part) => view[part] + (aim[part] - view[part]) * 0.25;
  const settled = Object.keys(aim).every((part) => Math.abs(aim[part] - view[part]) < 0.02);
  view = settled ? aim : { pan: near("pan"), tilt: near("tilt"), zoom: near("zoom") };
  draw(view);
  drawing = settled ? 0 : requestAnimationFrame(glide);
}

export function showCamera(ptz, muted) {
  aim = { pan: position(ptz.pan, 0), tilt: position(ptz.tilt, 0), zoom: position(ptz.zoom, 1) };
  view ??= aim;
  if (drawing === 0) drawing = requestAnimationFrame(glide);
  const moves = ptz.pan?.support || ptz.tilt?.support || ptz.zoom?.support;
  const round = (part) => decimal(aim[part], part === "zoom" ? 1 : 0);
  numbers.textContent = moves
    ? say("demo.camera_position", { pan: round("pan"), tilt: round("tilt"), zoom: round("zoom") })
    : say("demo.camera_fixed");
  picture.closest(".camera").classList.toggle("off", muted);
}
