"""What everybody may read of a backup: which room, which box, when. Nothing secret, and nothing that a restore uses."""

import importlib.metadata
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec

from appliance.config.bounded import loads

LONGEST = 120  # characters of each; two lines of a terminal
# no character that moves a cursor: this is printed before anybody has vouched for it
Word = Annotated[str, msgspec.Meta(max_length=LONGEST, pattern=r"\A[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*\Z")]


class Facts(msgspec.Struct, frozen=True):
    """`room`: its name. `box`: the host's name. `version`: of this software. `made`: UTC, by the box's own clock."""

    room: Word
    box: Word
    board: Word
    version: Word
    made: Word
    files: Annotated[int, msgspec.Meta(ge=0)]

    def lines(self) -> Iterable[str]:
        """The facts for a person, one a line."""
        yield f"room     {self.room or '–'}"
        yield f"box      {self.box or '–'} ({self.board or 'board not known'})"
        yield f"made     {self.made}, by offhook {self.version}"
        yield f"files    {self.files}"


def facts(root: Path, room: bytes, files: int) -> Facts:
    """Returns the facts of the machine below `root`; `room`: the content of its room.toml."""
    return Facts(
        room=_word(_name(room)),
        box=_word(_text(root / "etc/hostname")),
        board=_word(_text(root / "proc/device-tree/model")),
        version=_word(importlib.metadata.version("offhook")),
        made=time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
        files=files,
    )


def _name(room: bytes) -> str:
    try:
        section = loads(room.decode()).get("room")
    except ValueError:  # it is kept all the same, and judged when it comes back
        return ""
    name = section.get("name") if isinstance(section, dict) else None
    return name if isinstance(name, str) else ""


def _text(path: Path) -> str:
    try:
        return path.read_text(errors="replace").strip("\0\n ")
    except OSError:
        return ""


def _word(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())[:LONGEST]
