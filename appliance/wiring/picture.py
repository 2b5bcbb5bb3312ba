"""The 40-pin header as an SVG: every place, and beside it what this room connects there."""

from collections.abc import Iterator
from html import escape

from appliance.language.catalogue import ENGLISH, Language
from appliance.language.text import Text
from appliance.wiring.places import Wire, Wiring
from drivers.gpio.header import PLACES

_WIDTH, _MIDDLE, _STEP, _TOP = 1240, 620, 30, 90  # pixels
_ROOM_FOR = 62  # characters beside a pin
_FILL = {"GND": "#333333", "3V3": "#e8913a", "5V": "#c62828"}
_GPIO = "#d9d9d9"
_INK = {"button": "#1b5e20", "lamp": "#8a5a00", "display": "#0d47a1", "serial": "#6a1b9a", "supply": "#555555"}


def picture(wiring: Wiring, language: Language = ENGLISH) -> str:
    """Returns an SVG document; the notch of the board's edge (micro-SD card) is at the top."""
    height = _TOP + len(PLACES) // 2 * _STEP + 20
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif">',
            f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
            _text(_MIDDLE, 34, wiring.name, "middle", "#000000", 22),
            _text(_MIDDLE, 60, language.say(Text("wiring.orientation")), "middle"),
            f'<rect x="{_MIDDLE - 32}" y="{_TOP - 16}" width="64" height="{height - _TOP}" rx="6" fill="#1c1c1c"/>',
            *(line for place in range(1, len(PLACES) + 1) for line in _place(place, wiring, language)),
            "</svg>\n",
        )
    )


def _place(place: int, wiring: Wiring, language: Language) -> Iterator[str]:
    side = -1 if place % 2 else 1
    y = _TOP + (place - 1) // 2 * _STEP
    name = PLACES[place - 1]
    fill = _FILL.get(name, _GPIO)
    anchor = "end" if side < 0 else "start"
    yield f'<circle cx="{_MIDDLE + side * 15}" cy="{y}" r="12" fill="{fill}" stroke="#ffffff"/>'
    number = "#000000" if fill == _GPIO else "#ffffff"
    yield _text(_MIDDLE + side * 15, y + 4, str(place), "middle", number, 11)
    yield _text(_MIDDLE + side * 42, y + 5, name, anchor, "#000000", 13)
    if wires := [wire for wire in wiring.wires if wire.place == place]:
        yield _text(_MIDDLE + side * 110, y + 5, _said(wires, language), anchor, _INK[wires[0].kind], 14)


def _said(wires: list[Wire], language: Language) -> str:
    first = wires[0]
    text = (
        ", ".join(wire.key for wire in wires) if first.kind == "supply" else f"{first.key}: {language.say(first.what)}"
    )
    return text if len(text) <= _ROOM_FOR else text[: _ROOM_FOR - 1] + "…"


def _text(x: int, y: int, text: str, anchor: str, fill: str = "#555555", size: int = 14) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{fill}" font-size="{size}">{escape(text)}</text>'
