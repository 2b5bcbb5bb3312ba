// The people on the far side, and what each of them can do now.

import { post } from "./http.js";

const ACTIONS = {
  answer: "Answer",
  call: "Call",
  leave: "Leave",
  reject: "Reject",
  busy: "Busy",
  offline: "Go offline",
  online: "Come back",
};
const MAIN = ["answer", "call"];
const END = ["leave", "reject"];

const STATUS = { "-1": "Unknown", 0: "Offline", 1: "Available", 2: "Busy", 5: "In a conference of their own" };

const rows = new Map();
const list = document.getElementById("peers");

function row(peer) {
  const item = document.createElement("li");
  item.dataset.peer = peer.peerId;
  const who = document.createElement("div");
  who.className = "who";
  const buttons = document.createElement("div");
  buttons.className = "row";
  for (const [action, words] of Object.entries(ACTIONS)) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.dataset.action = action;
    button.classList.toggle("main", MAIN.includes(action));
    button.classList.toggle("end", END.includes(action));
    button.setAttribute("aria-label", `${words}: ${peer.peerDn}`);
    button.addEventListener("click", () => post(`/terminal/peers/${encodeURIComponent(peer.peerId)}/${action}`, {}));
    buttons.append(button);
  }
  item.append(who, buttons);
  list.append(item);
  return item;
}

function doing(peer, appState) {
  if (peer.actions.includes("answer")) return "The room is calling";
  if (peer.actions.includes("leave") && appState === 4) return "Calling the room…";
  if (peer.actions.includes("leave") && appState === 5 && peer.status === 2) return "In the call with the room";
  return STATUS[peer.status] ?? `Status ${peer.status}`;
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
