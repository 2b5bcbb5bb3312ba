"""What programs send, and the replies to it, as the terminal has them. No I/O."""

from typing import Any, Final

import msgspec

from appliance.terminal.messages import ReplyFrame, Untyped

BAD_JSON: Final = "not a JSON object"
NO_METHOD: Final = "missing method"

_object = msgspec.json.Decoder(dict[str, msgspec.Raw])
_text = msgspec.json.Decoder(str)
_flag = msgspec.json.Decoder(bool)
_encode = msgspec.json.Encoder().encode
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

WHOLE: Final = 64 * 2**10
"""Bytes of a reply that is taken apart to change its `requestId`; in a longer one it is looked for, which holds up
nobody."""


class Request(msgspec.Struct, frozen=True):
    """A command as a program sent it; `id` is what its reply says as `requestId`."""

    method: str
    id: str
    parameters: dict[str, msgspec.Raw]

    @property
    def command(self) -> Untyped:
        """The command for the terminal."""
        return Untyped(self.method, dict(self.parameters))

    def text(self, name: str) -> str | None:
        """Returns a parameter that is text, None where it is not there or something else."""
        value = self.parameters.get(name)
        try:
            return None if value is None else _text.decode(value)
        except _UNREADABLE:
            return None

    def flag(self, name: str) -> bool | None:
        """Returns a parameter that is true or false, None where it is not there or something else."""
        value = self.parameters.get(name)
        try:
            return None if value is None else _flag.decode(value)
        except _UNREADABLE:
            return None


class NoRequest(Exception):
    """A frame that is no command; the text is what the terminal says to it."""


def read(frame: str | bytes) -> Request:
    """Returns the command in a frame. Raises `NoRequest` for anything else."""
    try:
        msgspec.json.decode(frame)  # all of it: what is passed on unread must be JSON to the last byte
        members = _object.decode(frame)
    except _UNREADABLE:
        raise NoRequest(BAD_JSON) from None
    parameters = {name: value for name, value in members.items() if name not in ("method", "requestId")}
    try:
        method = _text.decode(members["method"])
    except (KeyError, *_UNREADABLE):
        raise NoRequest(NO_METHOD) from None
    return Request(method, _request_id(members.get("requestId")), parameters)


def _request_id(value: msgspec.Raw | None) -> str:
    if value is None:
        return ""
    try:
        return _text.decode(value)
    except _UNREADABLE:
        return bytes(value).decode()  # a number, usually


def accepted(request: Request, **fields: Any) -> bytes:  # noqa: ANN401  # any JSON
    """Returns the reply to a command that the appliance itself answers."""
    return _encode({"method": request.method, "requestId": request.id, "result": True, **fields})


def refused(request: Request | None, error: str, **fields: Any) -> bytes:  # noqa: ANN401  # any JSON
    """Returns the reply to a command that is refused; None where the frame was no command at all."""
    method, request_id = ("", "") if request is None else (request.method, request.id)
    return _encode({"method": method, "requestId": request_id, "result": False, "error": error, **fields})


def passed_on(reply: ReplyFrame, request_id: str) -> bytes:
    """Returns a reply of the terminal for the program that asked: as it came, but with the program's `requestId`."""
    if len(reply.text) <= WHOLE:
        return _readdressed(reply.raw, request_id)
    ours = f'"requestId":{_encode(reply.request_id).decode()}'
    text = reply.text if isinstance(reply.text, str) else reply.text.decode()
    if text.count(ours) != 1:  # quotes inside of a text would have backslashes: it is no part of one
        return _readdressed(reply.raw, request_id)
    return text.replace(ours, f'"requestId":{_encode(request_id).decode()}').encode()


def _readdressed(raw: bytes, request_id: str) -> bytes:
    members: dict[str, Any] = dict(_object.decode(raw))
    members["requestId"] = request_id
    return _encode(members)
