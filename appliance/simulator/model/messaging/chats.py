"""Chats: personal messages, those to everybody in a group conference, and commands between terminals."""

from typing import Any

import msgspec

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Context
from appliance.simulator.model.common.errors import Impossible, Refused
from appliance.simulator.model.common.outgoing import Act, Outgoing
from appliance.simulator.model.common.parameters import COUNT, TEXT
from appliance.simulator.model.common.table import IN_CONFERENCE, LOGGED_IN, Fields, Request, Table, asking, given
from appliance.simulator.model.conversation.current import CurrentCall
from appliance.simulator.model.machine.uplink import Uplink
from appliance.simulator.model.people.block_list import BlockList
from appliance.simulator.model.people.directory import Directory

INCOMING, OUTGOING = 0, 1
KEPT = 1000  # messages in one chat


class Message(msgspec.Struct, frozen=True):
    """One message; `time` in Unix seconds, `peer_id` empty if the room writes to everybody."""

    text: str
    time: int
    direction: int
    peer_id: str


class Chat:
    """A chat with one peer (`id` is theirs) or of a group conference (`id` is the conference's)."""

    def __init__(self, chat_id: str, title: str, *, group: bool) -> None:
        self.id = chat_id
        self.title = title
        self.group = group
        self.messages: list[Message] = []

    def add(self, message: Message) -> None:
        """Adds a message; beyond the limit the oldest one is dropped."""
        self.messages = [*self.messages, message][-KEPT:]


class Chats:
    """The chats by id; each is kept until a client clears it. `act` does something to others."""

    def __init__(
        self,
        context: Context,
        directory: Directory,
        blocked: BlockList,
        uplink: Uplink,
        current: CurrentCall,
        act: Act,
    ) -> None:
        self._wall_clock = context.wall_clock
        self._emit = context.emit
        self._directory = directory
        self._blocked = blocked
        self._uplink = uplink
        self._current = current
        self._act = act
        self._chats: dict[str, Chat] = {}

    def describe(self) -> list[dict[str, Any]]:
        """Returns the chats as `getListOfChats` lists them."""
        return [self._describe(chat) for chat in self._chats.values()]

    def latest(self, chat_id: str, skip: int, count: int) -> list[dict[str, Any]]:
        """Returns at most `count` messages of a chat, oldest first, after the first `skip`."""
        messages = self._get(chat_id).messages[skip : skip + count]
        return [self._message(message) for message in messages]

    def send(self, peer_id: str, text: str) -> None:
        """Sends a message of the room to somebody."""
        party = self._directory.party(peer_id)
        if self._directory.find(peer_id) is None:
            raise Refused(errors.UNKNOWN_PEER)
        self._personal(party["peerId"]).add(self._new(text, OUTGOING, party["peerId"]))
        self._emit("chatMessageSent", peerId=party["peerId"], message=text)
        self._act(Outgoing("say", party["peerId"], {"text": text}))

    def send_to_all(self, text: str) -> None:
        """Sends a message of the room to everybody in its group conference."""
        self._group().add(self._new(text, OUTGOING, ""))
        self._emit("groupChatMessageSent", message=text)
        for peer in self._current.going_on().members:
            self._act(Outgoing("say", peer.peer_id, {"text": text, "to_all": True}))

    def clear(self, chat_id: str) -> None:
        """Deletes a chat."""
        del self._chats[self._get(chat_id).id]
        self._emit("cmdChatClear", id=chat_id)

    def command(self, peer_id: str, command: str) -> None:
        """Sends a command of the room to a participant."""
        conference = self._current.going_on()
        known_as = conference.find(peer_id).peer.peer_id
        self._emit("commandSent", peerId=known_as, command=command, confId=conference.conf_id)
        self._act(Outgoing("command", known_as, {"command": command}))

    # what the far side does

    def received(self, peer_id: str, text: str) -> None:
        """Receives a message to the room; raises `Impossible` if it cannot get through."""
        self._may_reach_room(peer_id)
        message = self._new(text, INCOMING, peer_id)
        self._personal(peer_id).add(message)
        self._emit("incomingChatMessage", **self._incoming(message), **self._current.group)

    def received_by_all(self, peer_id: str, text: str) -> None:
        """Receives a participant's message to everybody in the group conference."""
        roster = self._current.roster
        if roster is None or not roster.group or peer_id not in roster.present:
            raise Impossible(f"{peer_id} is not in a group conference with the room")
        message = self._new(text, INCOMING, peer_id)
        self._group().add(message)
        self._emit("incomingGroupChatMessage", **self._incoming(message), **self._current.group)

    def command_received(self, peer_id: str, command: str) -> None:
        """Receives a command to the room; raises `Impossible` if it cannot get through."""
        self._may_reach_room(peer_id)
        self._emit("commandReceived", peerId=peer_id, command=command)

    def _may_reach_room(self, peer_id: str) -> None:
        if peer_id in self._blocked or not self._uplink.logged_in:
            raise Impossible(f"{peer_id} cannot reach the room now")

    def _incoming(self, message: Message) -> dict[str, Any]:
        return {**self._directory.party(message.peer_id), "message": message.text, "time": message.time}

    def _new(self, text: str, direction: int, peer_id: str) -> Message:
        return Message(text, int(self._wall_clock()), direction, peer_id)

    def _personal(self, peer_id: str) -> Chat:
        return self._chats.setdefault(peer_id, Chat(peer_id, "", group=False))

    def _group(self) -> Chat:
        conference = self._current.going_on()
        if not conference.group:
            raise Refused(errors.NOT_GROUP)
        return self._chats.setdefault(conference.conf_id, Chat(conference.conf_id, conference.title, group=True))

    def _get(self, chat_id: str) -> Chat:
        chat = self._chats.get(chat_id) or self._chats.get(self._directory.party(chat_id)["peerId"])
        if chat is None:
            raise Refused(errors.UNKNOWN_CHAT)
        return chat

    def _describe(self, chat: Chat) -> dict[str, Any]:
        if chat.group:
            return {"id": chat.id, "title": chat.title, "group": True}
        return {"id": chat.id, "peerDn": self._directory.party(chat.id)["peerDn"], "group": False}

    def _message(self, message: Message) -> dict[str, Any]:
        party = self._directory.party(message.peer_id) if message.peer_id else {}
        return {"text": message.text, "time": message.time, **party, "direction": message.direction}


def _last(chats: Chats, request: Request) -> Fields:
    return {"messages": chats.latest(request["id"], request["beginNumber"], request["count"])}


_MESSAGE = {"message": TEXT}

CHATS: Table[Chats] = {
    "getListOfChats": asking(lambda chats: {"list": chats.describe()}),
    "getChatLastMessages": given(_last, {"id": TEXT, "beginNumber": COUNT, "count": COUNT}),
    "sendMessage": given(
        lambda chats, request: chats.send(request["peerId"], request["message"]),
        {"peerId": TEXT, **_MESSAGE},
        states=LOGGED_IN,
        events=("chatMessageSent",),
    ),
    "sendGroupMessage": given(
        lambda chats, request: chats.send_to_all(request["message"]),
        _MESSAGE,
        states=IN_CONFERENCE,
        events=("groupChatMessageSent",),
    ),
    "chatClear": given(lambda chats, request: chats.clear(request["id"]), {"id": TEXT}, events=("cmdChatClear",)),
    "sendCommand": given(
        lambda chats, request: chats.command(request["peerId"], request["command"]),
        {"peerId": TEXT, "command": TEXT},
        states=IN_CONFERENCE,
        events=("commandSent",),
    ),
}
