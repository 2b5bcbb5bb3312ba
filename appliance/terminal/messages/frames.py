"""Frames to messages and back. Any bytes give a message or a `ProtocolError`, never another exception."""

import functools
import typing
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from appliance.terminal.messages import leniency
from appliance.terminal.messages.base import EVENT_TYPES, AnyEvent, Command, Event, Reply, UnknownEvent, Untyped, Wire
from appliance.terminal.messages.leniency import NOT_FINITE, UNREADABLE, Note, ignore

T = TypeVar("T", bound=msgspec.Struct)


class ProtocolError(Exception):
    """A frame that is not a message of the interface; says which field and what was expected."""


class ReplyFrame(msgspec.Struct, frozen=True):
    """A reply before its type is known: the caller who sent the command decodes `raw`, with `reply_as`.

    `value`: a long reply as it was read in steps, as the type that belongs to its method.
    """

    method: str
    request_id: str
    result: bool
    error: str
    text: bytes | str
    value: Reply | None = None

    @property
    def raw(self) -> bytes:
        """The reply as it came. Of a long one it is made anew each time: hardly anybody wants it."""
        return self.text.encode() if isinstance(self.text, str) else self.text


class _Head(msgspec.Struct, rename="camel"):
    method: str = ""
    event: str | None = None
    request_id: str | int | None = None
    result: Any = None  # a boolean in replies, a number in the login event
    error: str | None = None


ENVELOPE = {"method", "event", "requestId"}  # in every frame
LARGEST = 4 * 2**20  # bytes of a frame
LARGEST_SWELLING = 2**20  # of a frame that may need forty times its size in memory

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


def decode(frame: str | bytes, note: Note = ignore) -> ReplyFrame | AnyEvent:
    """A text frame as an event or a reply; a reply without `method` needs a `requestId`. `note`: see `decode_as`.

    Raises `ProtocolError` for anything else, and for an event whose required fields are missing or of the wrong type.
    """
    _check_size("frame", len(frame), LARGEST)
    try:
        raw = frame.encode() if isinstance(frame, str) else frame
        head = _head.decode(raw)
    except UNREADABLE as error:
        raise ProtocolError(f"frame of {len(frame)} bytes: {error}") from error
    if head.event is not None:
        return _decode_event(head.event, raw, note)
    if isinstance(head.result, bool) and (head.method or head.request_id):
        return ReplyFrame(head.method, _text(head.request_id), head.result, head.error or "", raw)
    raise ProtocolError(f"frame of {len(raw)} bytes: neither an event nor a reply (no `event`, no boolean `result`)")


def decode_as(kind: type[T], raw: bytes, note: Note = ignore) -> T:
    """`raw` as a value of `kind`; what cannot be read in it costs as little as possible, see `leniency`.

    `note` hears of each thing that could not be read.
    Raises `ProtocolError` naming the field when a required one is missing or cannot be read, and for more than 4 MiB
    (1 MiB where many small values or anything at all may be inside): no frame takes more than 64 MiB of memory.
    """
    if len(raw) > LARGEST_SWELLING:
        _check_size(kind.__name__, len(raw), LARGEST_SWELLING if may_swell(kind) else LARGEST)
    try:
        value: T = _reader(kind)(raw, note)
    except UNREADABLE as error:
        raise ProtocolError(f"{kind.__name__}: {error}") from error
    return value


def reply_as(kind: type[T], reply: ReplyFrame, note: Note = ignore) -> T:
    """A reply as a value of `kind`; see `decode_as`."""
    if isinstance(reply.value, kind):
        return reply.value
    return decode_as(kind, reply.raw, note)


def extra_fields(kind: type[msgspec.Struct], raw: str | bytes) -> dict[str, Any]:
    """The fields of a frame that `kind` does not know, as they came: what a newer terminal says beyond it."""
    known = {field.encode_name for field in msgspec.structs.fields(kind)} | ENVELOPE | set(_spellings(kind))
    fields = _fields(kind.__name__, raw.encode() if isinstance(raw, str) else raw)
    return {name: value for name, value in fields.items() if name not in known}


def _decode_event(name: str, raw: bytes, note: Note) -> AnyEvent:
    kind = EVENT_TYPES.get(name.lower())
    if kind is None:
        return UnknownEvent(name, _fields(name, raw))
    try:
        return decode_as(kind, raw, note)
    except ProtocolError:
        if kind.or_else is None:
            raise
        return decode_as(kind.or_else, raw, note)


def _check_size(name: str, size: int, largest: int) -> None:
    if size > largest:
        raise ProtocolError(f"{name[:60]}: oversized, {size} bytes: expected at most {largest}")


@functools.cache
def may_swell(kind: Any) -> bool:  # noqa: ANN401  # any type that a message has
    """Whether a value of this type may need much more memory than its JSON: untyped values, lists of `{}`."""
    inner = typing.get_args(kind)
    if typing.get_origin(kind) is tuple and issubclass(inner[0], msgspec.Struct):
        fields = msgspec.structs.fields(inner[0])
        return not any(field.required for field in fields) or may_swell(inner[0])
    if inner:
        return typing.get_origin(kind) is dict or any(may_swell(one) for one in inner)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return any(may_swell(field.type) for field in msgspec.structs.fields(kind))
    return kind is Any


def _fields(name: str, raw: bytes, spellings: dict[str, str] | None = None) -> dict[str, Any]:
    """The JSON object as it came, with the names of `spellings` replaced."""
    _check_size(name, len(raw), LARGEST_SWELLING)
    try:
        fields = msgspec.json.decode(raw, type=dict[str, Any])
        respelt: dict[str, Any] = _respelt(fields, spellings) if spellings else fields
    except UNREADABLE as error:  # the head's decoder passes over what it does not need without looking into it
        raise ProtocolError(f"{name[:60]}: {error}") from error
    return respelt


def _respelt(value: Any, spellings: dict[str, str]) -> Any:  # noqa: ANN401  # any JSON
    """`value` with the names of `spellings` replaced at every depth; where both are there, the right one wins."""
    if isinstance(value, list):
        return [_respelt(item, spellings) for item in value]
    if not isinstance(value, dict):
        return value
    others = {spellings[name]: item for name, item in value.items() if name in spellings}
    fields = {**others, **{name: item for name, item in value.items() if name not in spellings}}
    return {name: _respelt(item, spellings) for name, item in fields.items()}


def _spellings(kind: type[msgspec.Struct]) -> dict[str, str]:
    return kind.also if issubclass(kind, Wire) else {}


@functools.cache
def _reader(kind: Any) -> Callable[[bytes, Note], Any]:  # noqa: ANN401  # any message type
    """Reads JSON as `kind`, numbers written as text included. Only kinds with other spellings pay for them."""
    read: Callable[[bytes], Any] = msgspec.json.Decoder(kind, strict=False).decode
    spellings = _spellings(kind)
    quoted = [f'"{name}"'.encode() for name in spellings]
    reckoned = leniency.has_floats(kind)

    def read_either(raw: bytes, note: Note) -> Any:  # noqa: ANN401  # a value of `kind`
        if any(name in raw for name in quoted):
            raw = _encoder.encode(_fields(kind.__name__, raw, spellings))
        try:
            value = read(raw)
        except msgspec.ValidationError:
            return leniency.read(kind, raw, note)
        return leniency.read(kind, raw, note) if reckoned and NOT_FINITE.search(raw) else value

    return read_either


def _text(value: str | int | None) -> str:
    return "" if value is None else str(value)
