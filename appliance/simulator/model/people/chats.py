"""Messages: personal ones, those to everybody in a group conference, and commands between terminals."""

from typing import TYPE_CHECKING, Any

import msgspec

from appliance.simulator.model import errors
from appliance.simulator.model.errors import Impossible, Refused
from appliance.simulator.model.parameters import COUNT, TEXT
from appliance.simulator.model.table import IN_CONFERENCE, LOGGED_IN, Fields, Request, Table, asking, given

if TYPE_CHECKING:
    from appliance.simulator.model.terminal import Terminal

INCOMING, OUTGOING = 0, 1
KEPT = 1000  # messages in one chat


class Message(msgspec.Struct, frozen=True):
    """One message; `time` in Unix seconds, `peer_id` empty where the room says it to everybody."""

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
        """Remembers a message; the oldest is forgotten past the limit."""
        self.messages = [*self.messages, message][-KEPT:]


class Chats:
    """Every chat there has been since it was cleared."""

    def __init__(self, terminal: "Terminal") -> None:
        self._terminal = terminal
        self._chats: dict[str, Chat] = {}

    def describe(self) -> list[dict[str, Any]]:
        """The chats as `getListOfChats` lists them."""
        return [self._describe(chat) for chat in self._chats.values()]

    def latest(self, chat_id: str, skip: int, count: int) -> list[dict[str, Any]]:
        """At most `count` messages of a chat, oldest first, without the first `skip`."""
        messages = self._get(chat_id).messages[skip : skip + count]
        return [self._message(message) for message in messages]

    def send(self, peer_id: str, text: str) -> None:
        """The room writes to somebody."""
        party = self._terminal.directory.party(peer_id)
        if self._terminal.directory.find(peer_id) is None:
            raise Refused(errors.UNKNOWN_PEER)
        self._personal(party["peerId"]).add(self._new(text, OUTGOING, party["peerId"]))
        self._terminal.emit("chatMessageSent", peerId=party["peerId"], message=text)

    def send_to_all(self, text: str) -> None:
        """The room writes to everybody in its group conference."""
        self._group().add(self._new(text, OUTGOING, ""))
        self._terminal.emit("groupChatMessageSent", message=text)

    def clear(self, chat_id: str) -> None:
        """Forgets a chat."""
        del self._chats[self._get(chat_id).id]
        self._terminal.emit("cmdChatClear", id=chat_id)

    def command(self, peer_id: str, command: str) -> None:
        """The room sends a command to a participant."""
        conference = self._terminal.calls.going_on()
        known_as = conference.participants.find(peer_id).peer.peer_id
        self._terminal.emit("commandSent", peerId=known_as, command=command, confId=conference.conf_id)

    # the others

    def received(self, peer_id: str, text: str) -> None:
        """Somebody writes to the room."""
        self._may_reach_room(peer_id)
        message = self._new(text, INCOMING, peer_id)
        self._personal(peer_id).add(message)
        self._terminal.emit("incomingChatMessage", **self._incoming(message), confId=self._conf_id)

    def received_by_all(self, peer_id: str, text: str) -> None:
        """A participant writes to everybody in the group conference."""
        conference = self._terminal.calls.conference
        if conference is None or not conference.group or peer_id not in conference.participants.present:
            raise Impossible(f"{peer_id} is not in a group conference with the room")
        message = self._new(text, INCOMING, peer_id)
        self._group().add(message)
        self._terminal.emit("incomingGroupChatMessage", **self._incoming(message), confId=self._conf_id)

    def command_received(self, peer_id: str, command: str) -> None:
        """Somebody sends the room a command."""
        self._may_reach_room(peer_id)
        self._terminal.emit("commandReceived", peerId=peer_id, command=command)

    # how

    def _may_reach_room(self, peer_id: str) -> None:
        if peer_id in self._terminal.blocked or not self._terminal.uplink.logged_in:
            raise Impossible(f"{peer_id} cannot reach the room now")

    @property
    def _conf_id(self) -> str:
        conference = self._terminal.calls.conference
        return conference.conf_id if conference else ""

    def _incoming(self, message: Message) -> dict[str, Any]:
        return {**self._terminal.directory.party(message.peer_id), "message": message.text, "time": message.time}

    def _new(self, text: str, direction: int, peer_id: str) -> Message:
        return Message(text, int(self._terminal.wall_clock()), direction, peer_id)

    def _personal(self, peer_id: str) -> Chat:
        return self._chats.setdefault(peer_id, Chat(peer_id, "", group=False))

    def _group(self) -> Chat:
        conference = self._terminal.calls.going_on()
        if not conference.group:
            raise Refused(errors.NOT_GROUP)
        return self._chats.setdefault(conference.conf_id, Chat(conference.conf_id, conference.title, group=True))

    def _get(self, chat_id: str) -> Chat:
        chat = self._chats.get(chat_id) or self._chats.get(self._terminal.directory.party(chat_id)["peerId"])
        if chat is None:
            raise Refused(errors.UNKNOWN_CHAT)
        return chat

    def _describe(self, chat: Chat) -> dict[str, Any]:
        if chat.group:
            return {"id": chat.id, "title": chat.title, "group": True}
        return {"id": chat.id, "peerDn": self._terminal.directory.party(chat.id)["peerDn"], "group": False}

    def _message(self, message: Message) -> dict[str, Any]:
        party = self._terminal.directory.party(message.peer_id) if message.peer_id else {}
        return {"text": message.text, "time": message.time, **party, "direction": message.direction}


def _last(terminal: "Terminal", request: Request) -> Fields:
    return {"messages": terminal.chats.latest(request["id"], request["beginNumber"], request["count"])}


_MESSAGE = {"message": TEXT}

CHATS: Table = {
    "getListOfChats": asking(lambda terminal: {"list": terminal.chats.describe()}),
    "getChatLastMessages": given(_last, {"id": TEXT, "beginNumber": COUNT, "count": COUNT}),
    "sendMessage": given(
        lambda terminal, request: terminal.chats.send(request["peerId"], request["message"]),
        {"peerId": TEXT, **_MESSAGE},
        states=LOGGED_IN,
        events=("chatMessageSent",),
    ),
    "sendGroupMessage": given(
        lambda terminal, request: terminal.chats.send_to_all(request["message"]),
        _MESSAGE,
        states=IN_CONFERENCE,
        events=("groupChatMessageSent",),
    ),
    "chatClear": given(
        lambda terminal, request: terminal.chats.clear(request["id"]), {"id": TEXT}, events=("cmdChatClear",)
    ),
    "sendCommand": given(
        lambda terminal, request: terminal.chats.command(request["peerId"], request["command"]),
        {"peerId": TEXT, "command": TEXT},
        states=IN_CONFERENCE,
        events=("commandSent",),
    ),
}
