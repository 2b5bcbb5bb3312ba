"""Chat: personal messages and those to a whole conference."""

from typing import ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, Reply, Wire, command, event
from appliance.terminal.messages.client_enums import ChatDirection


@command
class SendMessage(Command, frozen=True, kw_only=True):
    """Sends somebody a message."""

    method: ClassVar[str] = "sendMessage"

    peer_id: str
    message: str


@command
class SendGroupMessage(Command, frozen=True, kw_only=True):
    """Sends a message to everybody in the group conference."""

    method: ClassVar[str] = "sendGroupMessage"

    message: str


@command
class ClearChat(Command, frozen=True, kw_only=True):
    """Removes the history of a chat.

    chat: The chat: a TrueConf ID, or a conference's id.
    """

    method: ClassVar[str] = "chatClear"

    chat: str = msgspec.field(name="id")


class Chat(Wire, frozen=True, kw_only=True):
    """One chat.

    group: Whether it is the chat of a conference.
    """

    id: str
    peer_name: str = msgspec.field(name="peerDn", default="")
    title: str = ""
    group: bool | None = None


class ChatsReply(Reply, frozen=True, kw_only=True):
    """Reply to `getListOfChats`."""

    chats: tuple[Chat, ...] = msgspec.field(name="list", default=())


@command
class GetChats(Command, frozen=True, kw_only=True):
    """Asks for the chats."""

    method: ClassVar[str] = "getListOfChats"
    reply: ClassVar[type[Reply]] = ChatsReply


class ChatMessage(Wire, frozen=True, kw_only=True):
    """One message of a chat's history.

    time: Unix seconds.
    """

    text: str = ""
    time: int = 0
    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")
    direction: ChatDirection | None = None


class ChatMessagesReply(Reply, frozen=True, kw_only=True):
    """Reply to `getChatLastMessages`."""

    messages: tuple[ChatMessage, ...] = ()


@command
class GetChatMessages(Command, frozen=True, kw_only=True):
    """Asks for messages of a chat.

    chat: The chat: a TrueConf ID, or a conference's id.
    begin: The number of the first message, counted from 0.
    count: How many messages.
    """

    method: ClassVar[str] = "getChatLastMessages"
    reply: ClassVar[type[Reply]] = ChatMessagesReply

    chat: str = msgspec.field(name="id")
    begin: int = msgspec.field(name="beginNumber")
    count: int


@event
class MessageSent(Event, frozen=True, kw_only=True):
    """A personal message went out."""

    event: ClassVar[str] = "chatMessageSent"

    peer_id: str = ""
    message: str = ""


@event
class GroupMessageSent(Event, frozen=True, kw_only=True):
    """A message to the conference went out."""

    event: ClassVar[str] = "groupChatMessageSent"

    message: str = ""


@event
class MessageReceived(Event, frozen=True, kw_only=True):
    """A personal message came in.

    time: Unix seconds.
    """

    event: ClassVar[str] = "incomingChatMessage"

    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")
    message: str = ""
    time: int = 0
    conf_id: str = ""


@event
class GroupMessageReceived(Event, frozen=True, kw_only=True):
    """A message to the conference came in.

    time: Unix seconds.
    """

    event: ClassVar[str] = "incomingGroupChatMessage"

    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")
    message: str = ""
    time: int = 0
    conf_id: str = ""


@event
class ChatCleared(Event, frozen=True, kw_only=True):
    """The history of a chat was removed."""

    event: ClassVar[str] = "cmdChatClear"

    id: str = ""
