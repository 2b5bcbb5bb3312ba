"""Whether pages on this machine are alive: what they say to the box is heard, and counted when they go on drawing.

A page that hangs says nothing, and one whose graphics hang goes on talking. So its beat carries how many frames it was
given (`requestAnimationFrame`), and only a beat with another number counts.
"""

import functools
from typing import Final

import msgspec

from appliance.runtime.web.sockets import Socket, Talk

NEVER: Final = -1


class _Beat(msgspec.Struct, frozen=True):
    frames: int = NEVER


class Life:
    """Counts beats: `alive` grows while any page on this machine is drawn."""

    def __init__(self) -> None:
        self.alive = 0

    def heard(self, talk: Talk) -> Talk:
        """Returns a conversation in which every beat of the page is counted."""
        return functools.partial(self._talk, talk)

    async def _talk(self, talk: Talk, socket: Socket) -> None:
        await talk(_Heard(socket, self))

    def beat(self) -> None:
        """Counts one."""
        self.alive += 1


class _Heard(Socket):
    """A page's socket, listened in on."""

    def __init__(self, socket: Socket, life: Life) -> None:
        self.about = socket.about
        self._socket = socket
        self._life = life
        self._frames = NEVER

    async def receive(self) -> str:
        """Returns the next message, after a look at it. Raises `SocketGone`."""
        said = await self._socket.receive()
        self._look(said)
        return said

    async def send(self, text: str) -> None:
        """Sends a message. Raises `SocketGone`."""
        await self._socket.send(text)

    def _look(self, said: str) -> None:
        try:
            frames = msgspec.json.decode(said, type=_Beat).frames
        except msgspec.MsgspecError:  # the conversation itself will say so
            return
        if frames not in (NEVER, self._frames):
            self._frames = frames
            self._life.beat()
