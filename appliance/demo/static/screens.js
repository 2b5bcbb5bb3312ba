// The panel and the display at the door, beside the front panel; loaded when somebody wants to see them.

const WIDTH = 1024; // pixels of a page, however small it is drawn

for (const chosen of document.querySelectorAll("[data-side]")) {
  chosen.addEventListener("click", () => {
    for (const each of document.querySelectorAll("[data-side]")) {
      each.setAttribute("aria-pressed", String(each === chosen));
      document.getElementById(each.dataset.side).hidden = each !== chosen;
    }
    const shown = chosen.dataset.side === "screens";
    for (const frame of document.querySelectorAll("iframe[data-page]")) {
      if (shown && !frame.src) frame.src = frame.dataset.page;
    }
  });
}

const sizes = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    target.firstElementChild.style.transform = `scale(${contentRect.width / WIDTH})`;
  }
});
for (const screen of document.querySelectorAll(".screen")) sizes.observe(screen);
