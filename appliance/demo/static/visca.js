// What a camera joystick says on its serial line (Sony VISCA): frames as hexadecimal text.

const PAN_FASTEST = 0x18;
const TILT_FASTEST = 0x14;
const ZOOM_FASTEST = 7;

const hex = (...bytes) => bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");

const speed = (part, fastest) => Math.max(1, Math.round(Math.abs(part) * fastest));

// which of a pair of codes a direction has: negative, positive, none
const way = (part, negative, positive, none) => (part < 0 ? negative : part > 0 ? positive : none);

// Drive: pan right and tilt up are positive, parts of full speed from -1 to 1; both 0 is a stop.
export function drive(pan, tilt) {
  return hex(
    0x81, 0x01, 0x06, 0x01,
    speed(pan, PAN_FASTEST), speed(tilt, TILT_FASTEST),
    way(pan, 1, 2, 3), way(tilt, 2, 1, 3),
    0xff,
  );
}

// Zoom: in is positive, part of full speed from -1 to 1; 0 is a stop.
export function zoom(part) {
  const slowToFast = Math.round(Math.abs(part) * ZOOM_FASTEST);
  return hex(0x81, 0x01, 0x04, 0x07, way(part, 0x30 | slowToFast, 0x20 | slowToFast, 0), 0xff);
}

export const home = () => hex(0x81, 0x01, 0x06, 0x04, 0xff);
