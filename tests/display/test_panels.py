"""Every page on every panel, in every language: it fits, loses nothing, and looks like its reference."""

import os
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from PIL import Image

from appliance.display.draw import compose, draw
from appliance.display.geometry import Geometry
from appliance.display.palette import DARK, Ink, Tone, inks
from appliance.language.catalogue import Language
from appliance.language.codes import Code
from appliance.language.languages import language
from tests.display.conftest import DOCS, PICTURES, REWRITE
from tests.display.labels import Line, every_label
from tests.display.panels import PANELS, places, sheet
from tests.display.scenes import SCENES

IN_DOCS = ("en", "ru")
MUTED = ("in_call", "in_call_muted")
CORNERS = ((-2, -2), (2, -2), (-2, 2), (2, 2))
ALL = {**PANELS, "128x128-grey": Geometry(128, 128, "L")}

each_panel = pytest.mark.parametrize("panel", ALL.values(), ids=ALL)
SMALLEST_AND_LARGEST = ("128x32", "240x240")
few_panels = pytest.mark.parametrize(
    "panel",
    [
        pytest.param(panel, id=name, marks=() if name in SMALLEST_AND_LARGEST else pytest.mark.slow)
        for name, panel in ALL.items()
    ],
)
"""Each: those between the smallest and the largest, which are colours as well, are more of a kind."""

each_language = pytest.mark.parametrize(
    "code", [pytest.param(code, marks=() if code == "en" else pytest.mark.slow) for code in get_args(Code)]
)


def reference(name: str, code: str) -> Path:
    """One sheet for a panel and a language; those in English and Russian are also what the documentation shows."""
    return DOCS / f"display-{name}-{code}.png" if code in IN_DOCS else PICTURES / "panels" / f"{name}-{code}.png"


@pytest.mark.parametrize("name", PANELS)
@each_language
def test_pages_look_like_their_references(name: str, code: Code) -> None:
    drawn, path = sheet(PANELS[name], code), reference(name, code)
    if os.environ.get(REWRITE) == "1":
        _write(drawn, path)
    with Image.open(path) as known:
        told = known.convert(drawn.mode)
    assert told.size == drawn.size, f"{path} has other scenes; set {REWRITE}=1"
    boxes = zip(SCENES, places(PANELS[name]), strict=True)
    other = [scene for scene, box in boxes if told.crop(box).tobytes() != drawn.crop(box).tobytes()]
    assert other == [], f"these are not drawn as in {path}; if they should, set {REWRITE}=1"


def _write(drawn: Image.Image, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    small = drawn.convert("1") if len(drawn.getcolors() or ()) == 2 else drawn.quantize(256)
    small.save(path, optimize=True)


def test_no_sheet_is_left_over() -> None:
    kept = {path for folder in (DOCS, PICTURES / "panels") for path in folder.glob("*x*-*.png")}
    assert kept == {reference(name, code) for name in PANELS for code in get_args(Code)}


@each_panel
@each_language
def test_every_label_fits_its_line(panel: Geometry, code: Code, lines: list[Line]) -> None:
    for scene in every_label():
        compose(msgspec.structs.replace(scene, language=language(code), geometry=panel))
    assert sorted({(line.key, line.words, line.room) for line in lines if not line.fits}) == []


@few_panels
def test_what_is_too_wide_scrolls_and_is_not_cut(panel: Geometry, wide: Language, lines: list[Line]) -> None:
    for scene in every_label():
        lines.clear()
        drawing = compose(msgspec.structs.replace(scene, language=wide, geometry=panel))
        assert all(line.fits for line in lines) or drawing.changes_in is not None, lines


@few_panels
def test_a_shifted_page_loses_nothing(panel: Geometry) -> None:
    for name, scene in SCENES.items():
        still = draw(msgspec.structs.replace(scene, geometry=panel))
        for shift in CORNERS:
            shifted = draw(msgspec.structs.replace(scene, geometry=panel), shift)
            assert shifted.histogram() == still.histogram(), name
            assert shifted.tobytes() != still.tobytes(), name


@few_panels
def test_a_page_says_the_same_on_every_panel(panel: Geometry) -> None:
    for name, scene in SCENES.items():
        assert compose(msgspec.structs.replace(scene, geometry=panel)).words == compose(scene).words, name


@each_panel
def test_nothing_is_blank(panel: Geometry) -> None:
    for name, scene in SCENES.items():
        image = draw(msgspec.structs.replace(scene, geometry=panel))
        assert (image.size, image.mode) == (panel.size, panel.mode)
        assert image.getbbox() is not None, name


def _luminance(ink: Ink) -> float:
    """Relative luminance of sRGB, as WCAG 2 has it."""
    assert isinstance(ink, tuple)
    red, green, blue = (
        (level / 255 / 12.92) if level < 11 else ((level / 255 + 0.055) / 1.055) ** 2.4 for level in ink
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: Ink, other: Ink) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("tone", Tone)
def test_every_tone_can_be_read_in_colour(tone: Tone) -> None:
    look = inks("RGB", tone)
    assert _contrast(look.letters, DARK["RGB"]) > 7
    assert _contrast(look.written, look.ground) > 4.5


def test_a_colour_never_stands_alone() -> None:
    """What is muted, wrong or wanted looks different on a panel without colours, too."""
    on, off = (draw(msgspec.structs.replace(SCENES[name], geometry=ALL["128x128"])) for name in MUTED)
    assert on.tobytes() != off.tobytes()
    assert {inks("1", tone) for tone in Tone} == {inks("1", Tone.PLAIN)}


def test_a_long_name_is_seen_at_once_where_there_is_room() -> None:
    long = msgspec.structs.replace(SCENES["ringing_long_name"], geometry=ALL["128x128"])
    early, late = (draw(msgspec.structs.replace(long, shown_since=long.now - elapsed)) for elapsed in (0.1, 4.1))
    assert early.tobytes() == late.tobytes()
