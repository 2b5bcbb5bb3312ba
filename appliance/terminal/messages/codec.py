"""Frames to messages and back. Any bytes give a message or a `ProtocolError`, never another exception."""

import functools
from typing import Any, TypeVar

import msgspec

from appliance.terminal.messages.base import EVENTS, AnyEvent, Command, Event, UnknownEvent, Untyped

T = TypeVar("T", bound=msgspec.Struct)


class ProtocolError(Exception):
    """A frame that is not a message of the interface; says which field and what was expected."""


class ReplyFrame(msgspec.Struct, frozen=True):
    """A reply before its type is known: the caller who sent the command decodes `raw`."""

    method: str
    request_id: str
    result: bool
    error: str
    raw: bytes


class _Head(msgspec.Struct, rename="camel"):
    method: str = ""
    event: str = ""
    request_id: str | int | None = None
    result: Any = None  # a boolean in replies, a number in the login event
    error: str | None = None


UNREADABLE = (msgspec.DecodeError, UnicodeError, RecursionError)

_head = msgspec.json.Decoder(_Head, strict=False)
_encoder = msgspec.json.Encoder()


def encode(command: Command | Untyped, request_id: str) -> bytes:
    """A command as a JSON text frame (UTF-8), with `request_id` first so that a terminal that echoes it can."""
    head = b'{"requestId":' + _encoder.encode(request_id) + b',"method":' + _encoder.encode(command.method)
    body = _encoder.encode(command.parameters if isinstance(command, Untyped) else command)
    return head + (b"}" if body == b"{}" else b"," + body[1:])


def encode_event(event: Event) -> bytes:
    """An event as the terminal sends it."""
    head = b'{"method":"event","event":' + _encoder.encode(event.event)
    body = _encoder.encode(event)
    return head + (b"}" if body == b"{}" else b"," + body[1:])


def decode(frame: str | bytes) -> ReplyFrame | AnyEvent:
    """A text frame as an event or a reply.

    Raises `ProtocolError` for anything that is not a JSON object with a `method` or an `event`, and for an
    event whose required fields are missing or of the wrong type.
    """
    try:
        raw = frame.encode() if isinstance(frame, str) else frame
        head = _head.decode(raw)
    except UNREADABLE as error:
        raise ProtocolError(f"frame of {len(frame)} bytes: {error}") from error
    if head.event:
        return _decode_event(head.event, raw)
    if head.method and isinstance(head.result, bool):
        return ReplyFrame(head.method, _text(head.request_id), head.result, head.error or "", raw)
    raise ProtocolError(f"frame of {len(raw)} bytes: neither an event nor a reply (no `event`, no boolean `result`)")


def decode_as(kind: type[T], raw: bytes) -> T:
    """`raw` as a value of `kind`; an optional field of the wrong type takes its default instead of costing the message.

    Raises `ProtocolError` naming the field when a required one is missing or cannot be read.
    """
    try:
        value: T = _decoder(kind).decode(raw)
    except msgspec.ValidationError:
        return convert_leniently(kind, _fields(kind.__name__, raw))
    except UNREADABLE as error:
        raise ProtocolError(f"{kind.__name__}: {error}") from error
    return value


def convert_leniently(kind: type[T], fields: object) -> T:
    """A value of `kind` from a decoded JSON object, field by field; see `decode_as`."""
    if not isinstance(fields, dict):
        raise ProtocolError(f"{kind.__name__}: expected an object, got {type(fields).__name__}")
    values: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        if field.encode_name not in fields:
            if field.required:
                raise ProtocolError(f"{kind.__name__}: `{field.encode_name}` is missing")
            continue
        try:
            values[field.name] = msgspec.convert(fields[field.encode_name], field.type, strict=False)
        except msgspec.ValidationError as error:
            if field.required:
                raise ProtocolError(f"{kind.__name__}: `{field.encode_name}`: {error}") from error
    return kind(**values)


def _decode_event(name: str, raw: bytes) -> AnyEvent:
    kind = EVENTS.get(name.lower())
    if kind is None:
        return UnknownEvent(name, _fields(name, raw))
    return decode_as(kind, raw)


def _fields(name: str, raw: bytes) -> dict[str, Any]:
    try:
        fields = msgspec.json.decode(raw, type=dict[str, Any])
    except UNREADABLE as error:  # the head's decoder passes over what it does not need without looking into it
        raise ProtocolError(f"{name[:60]}: {error}") from error
    return fields


@functools.cache
def _decoder(kind: type[Any]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def _text(value: str | int | None) -> str:
    return "" if value is None else str(value)
