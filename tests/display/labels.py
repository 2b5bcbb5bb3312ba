"""Labels as pages draw them, to see that they fit, and views that show every one there is."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from appliance.display import fonts
from appliance.display.canvas import Canvas
from appliance.display.fonts import Face
from appliance.display.palette import Tone
from appliance.display.sheet import Words
from appliance.display.view import View
from appliance.language.catalogue import Language
from appliance.language.english import SENTENCES
from appliance.language.text import Text
from appliance.room.state import Phase
from tests.display.scenes import ANNA, NOW, SCENES, asked, call, room, view
from tests.language.catalogues import translated
from tests.language.source import gaps


class Line(NamedTuple):
    """A label as a page draws it, on one line with so many pixels."""

    key: str
    words: str
    face: Face
    room: int

    @property
    def fits(self) -> bool:
        return fonts.width(self.words, self.face) <= self.room


def every_label() -> Iterator[View]:
    """The scenes, and what they leave out: each weekday and month, each thing that is asked of the terminal."""
    yield from SCENES.values()
    in_call, idle = room(Phase.IN_CALL, call(ANNA, NOW - 65)), room()
    for key in (key for key in SENTENCES if key.startswith("pending.")):
        text = Text(key, **dict.fromkeys(gaps(SENTENCES[key]), "100"))
        yield view(msgspec.structs.replace(in_call, asked=msgspec.structs.replace(asked(key), text=text)))
    for phase in (Phase.OFFLINE, Phase.CONNECTING, Phase.LOGIN_NEEDED, Phase.UNKNOWN):
        yield view(room(phase, number="12"))
    for day in range(1, 8):
        yield view(idle, clock=datetime(2026, 11, day, 14, 5))  # noqa: DTZ001  # the wall clock of the room
    for month in range(1, 13):
        yield view(idle, clock=datetime(2026, month, 28, 14, 5))  # noqa: DTZ001  # the same


def watched(monkeypatch: pytest.MonkeyPatch) -> list[Line]:
    """The labels that are drawn from now on; those with names in them are left out, as a name may be any length."""
    drawn: list[Line] = []
    before = Canvas.line

    def line(
        self: Canvas, x: int, y: int, text: Words, face: Face, width: int, tone: Tone = Tone.PLAIN, **how: bool
    ) -> int:
        if isinstance(text, Text) and not any(isinstance(value, Text | str) for value in text.params.values()):
            drawn.append(Line(text.key, self.said(text), face, width))
        return before(self, x, y, text, face, width, tone, **how)

    monkeypatch.setattr(Canvas, "line", line)
    return drawn


def widened(folder: Path) -> Language:
    """A language with wide letters and words half as long again, which no label was made for."""

    def longer(sentence: str) -> str:
        words = re.sub(r"(\{\w+\})|\w", lambda found: found[1] or "Щ", sentence)
        return f"{words}{'щ' * (len(sentence) // 2)}"

    return translated(folder, "ru", longer)
