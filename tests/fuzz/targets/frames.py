"""The terminal's frames: any bytes are a message or a `ProtocolError`, and no other exception."""

import json
from collections.abc import Iterator
from pathlib import Path

from appliance.terminal.messages import ProtocolError, ReplyFrame, decode, every, reply_as
from appliance.terminal.messages.base import COMMAND_TYPES, EVENT_TYPES

KINDS = every  # imported so that all kinds of messages are known
DATA = Path(__file__).parents[2] / "data"
WORDS = (
    *(b"null", b"true", b"false", b"-1", b"1e999", b"1.5", b'""', b"[]", b"{}", b"\\ud800", b'"result":true'),
    *(f'"{name}"'.encode() for name in sorted(EVENT_TYPES)[:60]),
)


def one_input(data: bytes) -> None:
    """Reads a frame as the client does; a reply as that to the command that it names. Both forms of text agree."""
    try:
        message = decode(data)
        if isinstance(message, ReplyFrame) and (command := COMMAND_TYPES.get(message.method.lower())):
            reply_as(command.reply, message)
    except ProtocolError:
        return
    if (text := _text(data)) is not None:
        assert msgspec_equal(decode(text), message)


def _text(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:  # the decoder looks at what it needs only
        return None


def msgspec_equal(one: object, other: object) -> bool:
    """Whether two messages are the same; of replies the bytes, which one may have as text, do not count."""
    if isinstance(one, ReplyFrame) and isinstance(other, ReplyFrame):
        return (one.method, one.request_id, one.result, one.error, one.raw) == (
            *(other.method, other.request_id, other.result, other.error, other.raw),
        )
    return one == other


def seeds() -> Iterator[bytes]:
    """Each printed example of an event or a reply as a frame."""
    for name in ("examples.json", "newer.json"):
        yield from _examples(json.loads((DATA / name).read_text()))


def _examples(document: object) -> Iterator[bytes]:
    """Every object of a document that is a frame."""
    if isinstance(document, dict):
        if isinstance(document.get("event"), str) or isinstance(document.get("result"), bool):
            yield json.dumps(document).encode()
        for value in document.values():
            yield from _examples(value)
    elif isinstance(document, list):
        for value in document:
            yield from _examples(value)
