"""Writes what goes between us and a terminal into a file, without anybody in it."""

import math
import random
from typing import TextIO

import msgspec
import trio

from appliance.terminal.messages.recording import FORMAT, Header, Recorded
from appliance.terminal.recording.anonymous import Anonymiser

_WEEK = 7 * 86400  # seconds: days of the week stay what they are


class Recorder:
    """Writes frames as they come and go, each at once; pass `tap` to the session."""

    def __init__(self, out: TextIO, *, version: str = "") -> None:
        self._out = out
        self._began = trio.current_time()
        self._anonymiser = Anonymiser(-_WEEK * random.SystemRandom().randrange(100, 1000))
        self.frames = 0
        self._write(Header(format=FORMAT, version=version))

    def tap(self, what: str, frame: str | bytes) -> None:
        """Hears a frame that was sent or heard."""
        self.frames += 1
        at = math.floor((trio.current_time() - self._began) * 1000) / 1000
        try:
            value = msgspec.json.decode(frame)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            value = None
        known = self._anonymiser.frame(value) if isinstance(value, dict) else None
        self._write(
            Recorded(
                at=at,
                what="sent" if what == "sent" else "heard",
                frame=known,
                length=0 if known is not None else len(frame),
            )
        )

    def _write(self, line: Header | Recorded) -> None:
        self._out.write(msgspec.json.encode(line).decode() + "\n")
        self._out.flush()
