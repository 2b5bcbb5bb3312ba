// The people on the far side, and what each of them can do now.

import { post } from "./http.js";
import { say } from "./words.js";

const ROLE_BASED = 3; // confType of a conference with a podium
const READY = 3; // appState of a terminal that is in no call

const CALLING = ["incomingP2PCall", "incomingGroupConf"]; // requests of who calls the room

const can = (action) => (peer) => peer.actions.includes(action);
const owns = (peer, state) => state.conference?.conferenceOwner === peer.peerId;
const lectures = (peer, state) => owns(peer, state) && state.conference.confType === ROLE_BASED;
const hidden = (state) => state.conference?.isInWaitingRoom === true;
const speaks = (state) => state.participants[0]?.broadcast === true; // the room is the first
const asks = (kind, peer, state) => (state.requests[kind] ?? []).some((one) => one.peerId === peer.peerId);
const there = (peer, state) => state.participants.slice(1).some((one) => one.peerId === peer.peerId);

// What each button does (a verb of the far side, and its body) and when it is there.
const ACTIONS = {
  answer: { verb: "answer", words: "demo.do_answer", when: can("answer") },
  call: { verb: "call", words: "demo.do_call", when: can("call") },
  lecture: {
    verb: "call",
    body: { confType: ROLE_BASED, title: say("demo.lecture") },
    words: "demo.do_lecture",
    when: (peer, state) => can("call")(peer) && state.appState === READY,
  },
  invite: {
    verb: "inviteToSpeak",
    words: "demo.do_invite",
    when: (peer, state) =>
      lectures(peer, state) && !hidden(state) && !speaks(state) && !asks("incomingPodiumInvitation", peer, state),
  },
  allow: {
    verb: "letSpeak",
    body: { allow: true },
    words: "demo.do_allow",
    when: (peer, state) => asks("outgoingPodiumRequest", peer, state),
  },
  refuse: {
    verb: "letSpeak",
    body: { allow: false },
    words: "demo.do_refuse",
    when: (peer, state) => asks("outgoingPodiumRequest", peer, state),
  },
  hold_back: {
    verb: "waitingRoom",
    body: { inside: true },
    words: "demo.do_hold_back",
    when: (peer, state) => owns(peer, state) && !hidden(state),
  },
  let_in: {
    verb: "waitingRoom",
    body: { inside: false },
    words: "demo.do_let_in",
    when: (peer, state) => owns(peer, state) && hidden(state),
  },
  record: {
    verb: "askToRecord",
    words: "demo.do_record",
    when: (peer, state) => there(peer, state) && !hidden(state) && !asks("incomingRecord", peer, state),
  },
  leave: { verb: "leave", words: "demo.do_leave", when: can("leave") },
  reject: { verb: "reject", words: "demo.do_reject", when: can("reject") },
  busy: { verb: "busy", words: "demo.do_busy", when: can("busy") },
  offline: { verb: "offline", words: "demo.do_offline", when: can("offline") },
  online: { verb: "online", words: "demo.do_online", when: can("online") },
};
const MAIN = ["answer", "call", "let_in", "allow"];
const END = ["leave", "reject", "refuse"];

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
  for (const [action, { verb, body, words: key }] of Object.entries(ACTIONS)) {
    const words = say(key);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.dataset.action = action;
    button.classList.toggle("main", MAIN.includes(action));
    button.classList.toggle("end", END.includes(action));
    button.setAttribute("aria-label", say("demo.action_of", { action: words, who: peer.peerDn }));
    button.addEventListener("click", () => post(`/terminal/peers/${encodeURIComponent(peer.peerId)}/${verb}`, body ?? {}));
    buttons.append(button);
  }
  item.append(who, buttons);
  list.append(item);
  return item;
}

// Whether the room is ringing with a call of this person.
export const calls = (peer, state) => CALLING.some((kind) => asks(kind, peer, state));

function doing(peer, state) {
  if (peer.actions.includes("answer")) return say("demo.person_called");
  if (calls(peer, state)) return say("demo.person_calls");
  if (there(peer, state) && state.appState === 5) return say("demo.person_talks");
  return peer.status in STATUS ? say(STATUS[peer.status]) : say("demo.person_status", { number: peer.status });
}

export function showPeers(state) {
  for (const peer of state.peers) {
    if (!rows.has(peer.peerId)) rows.set(peer.peerId, row(peer));
    const item = rows.get(peer.peerId);
    const what = document.createElement("small");
    what.textContent = doing(peer, state);
    item.querySelector(".who").replaceChildren(peer.peerDn, what);
    item.title = peer.peerId;
    item.classList.toggle("engaged", peer.actions.includes("answer") || peer.actions.includes("leave"));
    for (const button of item.querySelectorAll("button"))
      button.hidden = !ACTIONS[button.dataset.action].when(peer, state);
  }
}
