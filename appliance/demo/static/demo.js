// The demo page: follows the room's hardware and the terminal, and hands what it hears to each part.

import { blankDisplay, showDisplay } from "./display.js";
import { follow } from "./http.js";
import "./joystick.js";
import "./keypad.js";
import { showPanel } from "./panel.js";
import { showPlugs } from "./plugs.js";
import { showSpeakerphones } from "./speakerphone.js";
import { showTerminal } from "./terminal.js";

const connection = document.getElementById("connection");
const main = document.querySelector("main");

function connected(is) {
  connection.dataset.state = is ? "connected" : "gone";
  const words = is ? "Connected" : "The demo does not answer. Trying again…";
  if (connection.textContent !== words) connection.textContent = words;
  main.inert = !is;
}

follow(
  "/hardware",
  (hardware) => {
    connected(true);
    showPanel(hardware);
    showPlugs(hardware);
    showSpeakerphones(hardware);
    showDisplay(hardware.display.revision);
  },
  () => {
    connected(false);
    showPanel(null);
    showSpeakerphones(null);
    blankDisplay();
  },
);

follow("/terminal/state", showTerminal, () => showTerminal(null));
