// The choices in the page's head: which panel the display is, and which language is spoken.

import { post } from "./http.js";

const panel = document.querySelector("[data-choice=panel]");
const language = document.querySelector("[data-choice=language]");

panel.addEventListener("change", () => post("/hardware/display", { panel: panel.value }));

// The page is written in its language, too: it is fetched again.
language?.addEventListener("change", async () => {
  if (await post("/language", { language: language.value })) location.reload();
});

// Another page, or a program, may have chosen.
export function showChoices(hardware) {
  if (document.activeElement !== panel) panel.value = hardware.display.panel;
}
