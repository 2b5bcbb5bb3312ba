// The display of the wall panel, pixel for pixel, whichever panel it is.

const canvas = document.getElementById("display");
const context = canvas.getContext("2d");
let wanted = null;
let shown = null;
let busy = false;

// Fetches the picture of a revision; while one is on its way only the newest counts.
export async function showDisplay({ panel, revision }) {
  wanted = revision;
  canvas.dataset.panel = panel;
  if (busy) return;
  busy = true;
  while (wanted !== shown) {
    const fetching = wanted;
    try {
      const answer = await fetch(`/hardware/display.png?revision=${fetching}`, { cache: "no-store" });
      const picture = await createImageBitmap(await answer.blob());
      if (canvas.width !== picture.width) canvas.width = picture.width;
      if (canvas.height !== picture.height) canvas.height = picture.height;
      context.drawImage(picture, 0, 0);
      shown = fetching;
    } catch {
      break; // the server is gone; whoever follows it asks again
    }
  }
  busy = false;
}

// Nothing is known about the display: it goes dark.
export function blankDisplay() {
  wanted = shown = null;
  context.clearRect(0, 0, canvas.width, canvas.height);
}
