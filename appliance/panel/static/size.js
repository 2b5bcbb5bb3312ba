// How large a millimetre is on this screen: `?inches=7` in the address, else the diagonal that is configured.

const REST = 10.1; // inches, where nothing is known

function measure() {
  const asked = Number(new URLSearchParams(location.search).get("inches"));
  const inches = asked > 0 ? asked : Number(document.documentElement.dataset.inches) || REST;
  const framed = window.parent !== window; // beside others on a screen: the frame stands for a screen of its own
  const [width, height] = framed ? [innerWidth, innerHeight] : [screen.width, screen.height];
  document.documentElement.style.setProperty("--millimetre", `${Math.hypot(width, height) / (inches * 25.4)}px`);
}

measure();
addEventListener("resize", measure);
