"""Messages to people and to conferences.

Written by scripts/client.py from the message types and the catalogue.
"""

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.chat import (
    ChatMessagesReply,
    ChatsReply,
    ClearChat,
    GetChatMessages,
    GetChats,
    SendGroupMessage,
    SendMessage,
)


class Chat(CommandGroup):
    """Messages to people and to conferences."""

    async def send(self, peer_id: str, message: str) -> None:
        """Sends somebody a message.

        `peer_id`: A TrueConf ID.

        Method `sendMessage`; for administrator and user. May be followed by: chatMessageSent. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SendMessage(peer_id=peer_id, message=message), Reply)

    async def send_to_conference(self, message: str) -> None:
        """Sends a message to everybody in the group conference.

        Method `sendGroupMessage`; for administrator and user. May be followed by: groupChatMessageSent. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SendGroupMessage(message=message), Reply)

    async def chats(self) -> ChatsReply:
        """Asks for the chats.

        Method `getListOfChats`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetChats(), ChatsReply)

    async def messages(self, chat: str, begin: int, count: int) -> ChatMessagesReply:
        """Asks for messages of a chat.

        `chat`: The chat: a TrueConf ID, or a conference's id.
        `begin`: The number of the first message, counted from 0.
        `count`: How many messages.

        Method `getChatLastMessages`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetChatMessages(chat=chat, begin=begin, count=count), ChatMessagesReply)

    async def clear(self, chat: str) -> None:
        """Removes the history of a chat.

        `chat`: The chat: a TrueConf ID, or a conference's id.

        Method `chatClear`; for administrator and user. May be followed by: cmdChatClear. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(ClearChat(chat=chat), Reply)
