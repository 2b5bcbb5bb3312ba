"""Long frames: read in steps, each of a few bytes here, they are what they are when read at once."""

import json
from collections.abc import Iterator
from typing import Any
from unittest import mock

from appliance.terminal.messages import ProtocolError, ReplyFrame, decode, every, long_frames, reply_as
from appliance.terminal.messages.base import COMMAND_TYPES
from tests.fuzz.targets import frames
from tests.fuzz.targets.frames import msgspec_equal

KINDS = every
STEP = 24  # characters: pieces of one or two entries
WORDS = (*frames.WORDS, b'"abook":[', b"},{", b"]}", b'\\"', b'{"peerId":"a"}', b'"event":"abReceivedAfterLogin",')


def one_input(data: bytes) -> None:
    """Reads a frame in steps and at once: the same message, or a `ProtocolError` both times."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    with mock.patch.object(long_frames, "STEP", STEP):
        stepwise = _read(text)
    at_once = _read_at_once(text)
    assert msgspec_equal(stepwise, at_once), f"in steps {stepwise!r}, at once {at_once!r}"
    if isinstance(stepwise, ReplyFrame) and isinstance(at_once, ReplyFrame) and stepwise.value is not None:
        kind = COMMAND_TYPES[at_once.method.lower()].reply
        assert stepwise.value == reply_as(kind, at_once)


def _read(text: str) -> Any:
    steps = long_frames.read_in_steps(text)
    try:
        while True:
            next(steps)
    except StopIteration as end:
        return end.value
    except ProtocolError:
        return None


def _read_at_once(text: str) -> Any:
    try:
        message = decode(text)
        if isinstance(message, ReplyFrame) and message.result and (kind := COMMAND_TYPES.get(message.method.lower())):
            reply_as(kind.reply, message)
    except ProtocolError:
        return None
    return message


def seeds() -> Iterator[bytes]:
    """Printed examples with lists, and each of them with its entries three times."""
    for seed in frames.seeds():
        fields = json.loads(seed)
        lists = {name: value * 3 for name, value in fields.items() if isinstance(value, list)}
        if lists:
            yield seed
            yield json.dumps(fields | lists).encode()
