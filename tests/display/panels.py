"""Panels beside the usual one, and sheets of pictures of all pages on one of them."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import msgspec
from PIL import Image

from appliance.display.draw import draw
from appliance.display.geometry import Geometry
from appliance.language.codes import Code
from appliance.language.languages import language
from tests.display.scenes import SCENES

PANELS: Mapping[str, Geometry] = MappingProxyType(
    {
        "128x32": Geometry(128, 32),
        "128x128": Geometry(128, 128),
        "256x64": Geometry(256, 64, "L"),
        "128x128-colour": Geometry(128, 128, "RGB"),
        "240x240": Geometry(240, 240, "RGB"),
    }
)
GAP = 4  # pixels around each picture of a sheet
_WIDTH = 1024  # pixels of a sheet at most
_LEVELS = 0xE0  # of each colour: a sheet with all greys of smooth letters is three times as large


def columns(panel: Geometry) -> int:
    """How many pictures stand beside each other."""
    return _WIDTH // (panel.width + GAP)


def sheet(panel: Geometry, code: Code) -> Image.Image:
    """Every page as it looks on a panel, in the order of the scenes, in as few colours as tell them apart."""
    rows = -(-len(SCENES) // columns(panel))
    image = Image.new("L", (columns(panel) * (panel.width + GAP), rows * (panel.height + GAP)), _LEVELS)
    image = image.convert("RGB" if panel.mode == "RGB" else "L")
    for picture, place in zip(_pictures(panel, code), places(panel), strict=True):
        image.paste(picture, place[:2])
    return image if panel.mode == "1" else image.point(lambda level: level & _LEVELS)


def places(panel: Geometry) -> Iterator[tuple[int, int, int, int]]:
    """Where each picture of a sheet is: left, top, right, bottom."""
    for number in range(len(SCENES)):
        x = number % columns(panel) * (panel.width + GAP) + GAP // 2
        y = number // columns(panel) * (panel.height + GAP) + GAP // 2
        yield x, y, x + panel.width, y + panel.height


def _pictures(panel: Geometry, code: Code) -> Iterator[Image.Image]:
    for scene in SCENES.values():
        yield draw(msgspec.structs.replace(scene, geometry=panel, language=language(code)))
