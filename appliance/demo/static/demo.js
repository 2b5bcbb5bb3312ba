// The demo page: follows the room's hardware and the terminal, and hands what it hears to each part.

import { showChoices } from "./choices.js";
import { blankDisplay, showDisplay } from "./display.js";
import { follow } from "./http.js";
import "./joystick.js";
import "./keypad.js";
import { showOutputs } from "./outputs.js";
import { showPanel } from "./panel.js";
import { showPlugs } from "./plugs.js";
import { forgetDisplay, readDisplay } from "./reader.js";
import "./screens.js";
import { showSpeakerphones } from "./speakerphone.js";
import { showTerminal } from "./terminal.js";
import { say } from "./words.js";

const connection = document.getElementById("connection");
const main = document.querySelector("main");

function connected(is) {
  connection.dataset.state = is ? "connected" : "gone";
  const words = say(is ? "demo.connected" : "demo.gone");
  if (connection.textContent !== words) connection.textContent = words;
  main.inert = !is;
}

follow(
  "/hardware",
  (hardware) => {
    connected(true);
    showPanel(hardware);
    showOutputs(hardware);
    showPlugs(hardware);
    showSpeakerphones(hardware);
    showDisplay(hardware.display);
    readDisplay(hardware.display.words);
    showChoices(hardware);
  },
  () => {
    connected(false);
    showPanel(null);
    showOutputs(null);
    showSpeakerphones(null);
    blankDisplay();
    forgetDisplay();
  },
);

follow("/terminal/state", showTerminal, () => showTerminal(null));
