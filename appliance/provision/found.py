"""What is wrong with an inventory, and where."""

import msgspec

from appliance.config.places import line_of, lines_of


class Found(msgspec.Struct, frozen=True):
    """One thing that is wrong: its key in the inventory, with dots; `line` from 1, None where it is not known yet.

    `room`: the room in which it shows, where it stands in a layer of several.
    """

    key: str
    words: str
    line: int | None = None
    room: str = ""


def said(found: tuple[Found, ...], text: str, name: str) -> list[str]:
    """The lines to print: NAME:LINE: KEY: WORDS. What shows in several rooms is said once, with how many they are."""
    places = lines_of(text)
    rooms: dict[tuple[int, str, str], list[str]] = {}
    for each in found:
        line = each.line or line_of(places, tuple(each.key.split(".")))
        rooms.setdefault((line, each.key, each.words), []).append(each.room)
    return [
        f"{name}:{line}: {key}: {words}{_in(shown)}" for (line, key, words), shown in sorted(rooms.items(), key=_order)
    ]


def _order(item: tuple[tuple[int, str, str], list[str]]) -> tuple[int, str, str]:
    return item[0]


def _in(rooms: list[str]) -> str:
    shown = [room for room in rooms if room]
    if not shown:
        return ""
    return f" (in {shown[0]})" if len(shown) == 1 else f" (in {len(shown)} rooms: {shown[0]} and others)"
