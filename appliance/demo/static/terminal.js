// The terminal and what can be done to it from outside the room.

import { showCamera } from "./camera.js";
import { post } from "./http.js";
import { calls, showPeers } from "./peers.js";
import { say } from "./words.js";

const words = document.getElementById("call-state");
const facts = document.getElementById("facts");

const names = (people) => people.map((person) => person.peerDn).join(", ");

function waiting(state) {
  const called = state.peers.filter((peer) => peer.actions.includes("answer"));
  if (called.length > 0) return say("demo.calling", { people: names(called) });
  const calling = state.peers.filter((peer) => calls(peer, state)); // a conference of others can be left, too
  return calling.length > 0 ? say("demo.is_called", { people: names(calling) }) : say("demo.setting_up");
}

function talking(state) {
  const others = state.participants.slice(1); // the room is the first
  if (state.conference?.isInWaitingRoom) return say("demo.held_back", { people: names(others) });
  return others.length > 0 ? say("demo.talking", { people: names(others) }) : say("demo.alone");
}

const IN_WORDS = {
  0: () => say("demo.no_server"),
  1: () => say("demo.to_server"),
  2: () => say("demo.login"),
  3: () => say("demo.ready"),
  4: waiting,
  5: talking,
  6: () => say("demo.ending"),
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

const muted = (is) => say(is ? "demo.sound_off" : "demo.sound_on");

function showFacts(state) {
  facts.replaceChildren(
    fact(say("demo.microphone"), muted(state.mutes.mic), { loud: state.mutes.mic }),
    fact(say("demo.loudspeaker"), muted(state.mutes.audio), { loud: state.mutes.audio }),
    fact(say("demo.volume"), `${Math.round(state.volume * 100)} %`),
    fact(say("demo.controllers"), String(state.accounts.length)),
    fact(say("demo.tones"), state.tones.join(" ") || say("demo.no_tones"), { wide: true }),
  );
}

// Shows the terminal; null when nobody tells.
export function showTerminal(state) {
  const now = state ? (IN_WORDS[state.appState] ?? (() => say("demo.state", { number: state.appState })))(state) : "–";
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
