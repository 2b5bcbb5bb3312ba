// A button that is held as a real one: by pointer or by key, and let go whatever happens.

const releases = new Set();

function releaseAll() {
  for (const release of releases) release();
}

addEventListener("blur", releaseAll);
document.addEventListener("visibilitychange", () => document.hidden && releaseAll());

const isPressKey = (event) => event.key === " " || event.key === "Enter";

// Calls down() when the element is pressed and up() when it is let go, always in pairs.
export function pressable(element, down, up = () => {}) {
  const press = () => {
    if (releases.has(release)) return;
    releases.add(release);
    element.classList.add("held");
    down();
  };
  const release = () => {
    if (!releases.delete(release)) return;
    element.classList.remove("held");
    up();
  };
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    press();
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture", "blur"]) element.addEventListener(end, release);
  element.addEventListener("keydown", (event) => {
    if (!isPressKey(event)) return;
    event.preventDefault();
    if (!event.repeat) press();
  });
  element.addEventListener("keyup", (event) => {
    if (!isPressKey(event)) return;
    event.preventDefault();
    release();
  });
  element.addEventListener("contextmenu", (event) => event.preventDefault()); // a long touch is a long press
  element.addEventListener("click", (event) => {
    if (event.detail !== 0) return; // from a pointer, which was heard already
    press(); // a screen reader clicks without a pointer
    release();
  });
  return { press, release };
}
