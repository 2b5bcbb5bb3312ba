// The display of the wall panel, pixel for pixel.

const canvas = document.getElementById("display");
const context = canvas.getContext("2d");
let wanted = null;
let shown = null;
let busy = false;

// Fetches the picture of a revision; while one is on its way only the newest counts.
export async function showDisplay(revision) {
  wanted = revision;
  if (busy) return;
  busy = true;
  while (wanted !== shown) {
    const fetching = wanted;
    try {
      const answer = await fetch(`/hardware/display.png?revision=${fetching}`, { cache: "no-store" });
      context.drawImage(await createImageBitmap(await answer.blob()), 0, 0, canvas.width, canvas.height);
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
