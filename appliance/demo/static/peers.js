// The people on the far side, and what each of them can do now.

import { post } from "./http.js";
import { say } from "./words.js";

const ACTIONS = {
  answer: "demo.do_answer",
  call: "demo.do_call",
  leave: "demo.do_leave",
  reject: "demo.do_reject",
  busy: "demo.do_busy",
  offline: "demo.do_offline",
  online: "demo.do_online",
};
const MAIN = ["answer", "call"];
const END = ["leave", "reject"];

const STATUS = {
  "-1": "demo.person_unknown",
  0: "demo.person_offline",
  1: "demo.person_available",
  2: "demo.person_busy",
  5: "demo.person_conference",
};

const rows = new Map();
const list = document.getElementById("peers");

function row(peer) {
  const item = document.createElement("li");
  item.dataset.peer = peer.peerId;
  const who = document.createElement("div");
  who.className = "who";
  const buttons = document.createElement("div");
  buttons.className = "row";
  for (const [action, key] of Object.entries(ACTIONS)) {
    const words = say(key);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.dataset.action = action;
    button.classList.toggle("main", MAIN.includes(action));
    button.classList.toggle("end", END.includes(action));
    button.setAttribute("aria-label", say("demo.action_of", { action: words, who: peer.peerDn }));
    button.addEventListener("click", () => post(`/terminal/peers/${encodeURIComponent(peer.peerId)}/${action}`, {}));
    buttons.append(button);
  }
  item.append(who, buttons);
  list.append(item);
  return item;
}

function doing(peer, appState) {
  if (peer.actions.includes("answer")) return say("demo.person_called");
  if (peer.actions.includes("leave") && appState === 4) return say("demo.person_calls");
  if (peer.actions.includes("leave") && appState === 5 && peer.status === 2) return say("demo.person_talks");
  return peer.status in STATUS ? say(STATUS[peer.status]) : say("demo.person_status", { number: peer.status });
}

export function showPeers(state) {
  for (const peer of state.peers) {
    if (!rows.has(peer.peerId)) rows.set(peer.peerId, row(peer));
    const item = rows.get(peer.peerId);
    const what = document.createElement("small");
    what.textContent = doing(peer, state.appState);
    item.querySelector(".who").replaceChildren(peer.peerDn, what);
    item.title = peer.peerId;
    item.classList.toggle("engaged", peer.actions.includes("answer") || peer.actions.includes("leave"));
    for (const button of item.querySelectorAll("button")) button.hidden = !peer.actions.includes(button.dataset.action);
  }
}
