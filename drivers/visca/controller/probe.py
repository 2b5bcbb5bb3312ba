"""Sends single frames to cameras and collects the replies, and scans a line for cameras."""

from collections.abc import AsyncGenerator

import msgspec
import trio

from drivers.visca.controller.driven import Line
from drivers.visca.wire import commands
from drivers.visca.wire.framing import BROADCAST, CONTROLLER, Framer, encode_frame, receiver_of, sender_of
from drivers.visca.wire.inquiries import Version, VersionInquiry
from drivers.visca.wire.layout import Message, decode, encode

ANSWER_WITHIN = 0.5
"""Seconds to wait for each reply."""
ADDRESSES = range(1, 8)
_COMPLETION, _ERROR = 0x5, 0x6


class Found(msgspec.Struct, frozen=True):
    """A camera found on a line: its address and its reply to CAM_VersionInq."""

    address: int
    version: Version


async def ask(
    line: Line, frame: bytes, within: float = ANSWER_WITHIN, completed_within: float = 0.0
) -> AsyncGenerator[bytes, None]:
    """Sends a frame and yields the replies until the last, waiting at most `within` seconds for each.

    `completed_within`: seconds for what follows the first reply, where a movement takes longer.

    The last is a completion, an answer, an error, or a broadcast that has been round. Our own echo is left out.
    """
    line.send(frame)
    framer = Framer()
    answered = False
    while True:
        data = b""
        with trio.move_on_after(max(within, completed_within) if answered else within):
            data = await line.receive()
        if not data:
            return
        for heard in framer.feed(data):
            if sender_of(heard) == CONTROLLER and receiver_of(heard) != BROADCAST:
                continue
            answered = True
            yield heard
            if ends(heard):
                return


def ends(heard: bytes) -> bool:
    """Returns whether a reply is the last one to its message."""
    return receiver_of(heard) == BROADCAST or heard[1] >> 4 in {_COMPLETION, _ERROR}


async def scan(line: Line, *, chained: bool) -> AsyncGenerator[Found, None]:
    """Yields the cameras on a line; a daisy chain (`chained`) gets its addresses assigned anew."""
    cameras = 0
    if chained:
        cameras = await _assign(line)
        await _all(line, _broadcast(commands.InterfaceClear()))
    for address in ADDRESSES[: cameras or None] if chained else ADDRESSES[:1]:
        question = encode_frame(encode(VersionInquiry()), sender=CONTROLLER, receiver=address)
        for heard in await _all(line, question):
            if (version := decode(heard[1:-1], Version)) is not None:
                yield Found(address, version)


async def _assign(line: Line) -> int:
    """Assigns the addresses and returns the number of cameras, 0 where the broadcast did not come back."""
    answers = [
        commands.BROADCASTS.decode(heard[1:-1]) for heard in await _all(line, _broadcast(commands.AddressSet(1)))
    ]
    return max((answer.address - 1 for answer in answers if isinstance(answer, commands.AddressSet)), default=0)


def _broadcast(message: Message) -> bytes:
    return encode_frame(encode(message), sender=CONTROLLER, receiver=BROADCAST)


async def _all(line: Line, frame: bytes) -> list[bytes]:
    return [heard async for heard in ask(line, frame)]
