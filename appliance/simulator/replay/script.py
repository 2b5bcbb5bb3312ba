"""What a recorded terminal answers, and what it says by itself. No I/O.

A request gets the next recorded reply to the same request; where there was no such request, the next reply to another
one of the same method; the last one again and again. Whoever authorises is let in with whatever credentials, because
the recording has none. What the terminal said by itself comes as long after the authorisation as it did then.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from appliance.terminal.messages.recording import Recorded

Frame = dict[str, Any]
NOT_RECORDED = "not in the recording"
NOT_AUTHORISED = "authorisation is needed"
_ALWAYS = {"auth", "getauthinfo"}  # what may be asked before the authorisation


class Exchange(msgspec.Struct, frozen=True):
    """A request and its reply."""

    request: Frame
    reply: Frame


class Script:
    """A recording as replies by method, and events by time after the authorisation (seconds)."""

    def __init__(self, recording: Sequence[Recorded]) -> None:
        self.exchanges: dict[str, list[Exchange]] = {}
        for exchange in _exchanges(recording):
            self.exchanges.setdefault(_method(exchange.request), []).append(exchange)
        self.events = tuple(_events(recording))


class Conversation:
    """One client's session with the script."""

    def __init__(self, script: Script) -> None:
        self.authorised = False
        self._script = script
        self._asked: dict[str, int] = {}

    def answer(self, request: Frame) -> Frame:
        """Returns the reply to a request."""
        method = _method(request)
        if not self.authorised and method not in _ALWAYS:
            return _reply(request, {"result": False, "error": NOT_AUTHORISED})
        known = self._script.exchanges.get(method, [])
        if method == "auth":
            known = [exchange for exchange in known if exchange.reply.get("result") is True]
            self.authorised = True
        same = [exchange for exchange in known if _parameters(exchange.request) == _parameters(request)] or known
        if not same:
            told: Frame = {"result": True, "previleges": 2} if method == "auth" else _refusal()
            return _reply(request, told)
        key = msgspec.json.encode([method, _parameters(request)], order="sorted").decode()
        count = self._asked.get(key, 0)
        self._asked[key] = count + 1
        return _reply(request, same[min(count, len(same) - 1)].reply)


def _refusal() -> Frame:
    return {"result": False, "error": NOT_RECORDED}


def _reply(request: Frame, recorded: Frame) -> Frame:
    """The recorded reply with the id of this request, where the terminal gave ids back."""
    fields = {name: value for name, value in recorded.items() if name not in ("method", "requestId")}
    echoed = recorded.get("requestId", "new") != "" and "requestId" in request
    return {
        "method": recorded.get("method", request.get("method", "")),
        **({"requestId": request["requestId"]} if echoed else {}),
        **fields,
    }


def _method(frame: Frame) -> str:
    return str(frame.get("method", "")).lower()


def _parameters(request: Frame) -> Frame:
    return {name: value for name, value in request.items() if name not in ("method", "requestId")}


def _exchanges(recording: Sequence[Recorded]) -> Iterator[Exchange]:
    """Yields each request with its reply: by id, or the oldest of its method where the terminal gave no ids back."""
    waiting: list[Frame] = []
    for each in recording:
        frame = each.frame
        if frame is None or "event" in frame:
            continue
        if each.what == "sent":
            waiting.append(frame)
            continue
        found = next((request for request in waiting if _belongs(frame, request)), None)
        if found is not None:
            waiting.remove(found)
            yield Exchange(found, frame)


def _belongs(reply: Frame, request: Frame) -> bool:
    if reply.get("requestId"):
        return bool(reply["requestId"] == request.get("requestId"))
    return _method(reply) == _method(request)


def _events(recording: Sequence[Recorded]) -> Iterator[tuple[float, Frame]]:
    began: float | None = None
    for each in recording:
        if each.what != "heard" or each.frame is None:
            continue
        if began is None and _method(each.frame) == "auth" and each.frame.get("result") is True:
            began = each.at
        elif "event" in each.frame:
            yield max(0.0, each.at - (each.at if began is None else began)), each.frame
