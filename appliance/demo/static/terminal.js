// The terminal and what can be done to it from outside the room.

import { showCamera } from "./camera.js";
import { post } from "./http.js";
import { showPeers } from "./peers.js";

const words = document.getElementById("call-state");
const facts = document.getElementById("facts");

const names = (people) => people.map((person) => person.peerDn).join(", ");

function waiting(state) {
  const called = state.peers.filter((peer) => peer.actions.includes("answer"));
  if (called.length > 0) return `Calling ${names(called)}…`;
  const calling = state.peers.filter((peer) => peer.actions.includes("leave"));
  return calling.length > 0 ? `${names(calling)} is calling` : "A call is being set up";
}

function talking(state) {
  const others = state.participants.slice(1); // the room is the first
  return others.length > 0 ? `In a call with ${names(others)}` : "In a conference, alone";
}

const IN_WORDS = {
  0: () => "Not connected to a server",
  1: () => "Connecting to its server…",
  2: () => "Somebody has to log in",
  3: () => "Ready",
  4: waiting,
  5: talking,
  6: () => "The call is ending",
};

function fact(label, value, { loud = false, wide = false } = {}) {
  const pair = document.createElement("div");
  pair.classList.toggle("wide", wide);
  const term = document.createElement("dt");
  term.textContent = label;
  const description = document.createElement("dd");
  description.textContent = value;
  description.classList.toggle("loud", loud);
  pair.append(term, description);
  return pair;
}

const muted = (is) => (is ? "Muted" : "On");

function showFacts(state) {
  facts.replaceChildren(
    fact("Microphone", muted(state.mutes.mic), { loud: state.mutes.mic }),
    fact("Loudspeaker", muted(state.mutes.audio), { loud: state.mutes.audio }),
    fact("Volume", `${Math.round(state.volume * 100)} %`),
    fact("Controllers", String(state.accounts.length)),
    fact("Tones dialled", state.tones.join(" ") || "none", { wide: true }),
  );
}

// Shows the terminal; null when nobody tells.
export function showTerminal(state) {
  const now = state ? (IN_WORDS[state.appState] ?? (() => `State ${state.appState}`))(state) : "–";
  if (words.textContent !== now) words.textContent = now;
  if (state === null) return;
  showFacts(state);
  showCamera(state.ptz, state.mutes.video);
  showPeers(state);
}

for (const button of document.querySelectorAll("[data-terminal-hook]"))
  button.addEventListener("click", () => post("/terminal/speakerphone", { pressed: button.dataset.terminalHook }));

for (const button of document.querySelectorAll("[data-fault]"))
  button.addEventListener("click", () => post("/terminal/faults", JSON.parse(button.dataset.fault)));
