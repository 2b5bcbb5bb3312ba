"""The QR code that pairs a phone is read by a reader of other people, off every display that can show one."""

import random
import shutil
import subprocess
from io import BytesIO
from typing import Final

import msgspec
import pytest
from PIL import Image, ImageFilter

from appliance.access.qr import qr_of
from appliance.display.draw import compose, draw
from appliance.display.geometry import USUAL, Geometry
from appliance.display.view import View
from appliance.room.parts.shown import PairingCode
from appliance.room.secret import Secret
from tests.display.panels import PANELS
from tests.display.scenes import FAR, NOW, PAGE, room, view

READER: Final = shutil.which("zbarimg")
pytestmark = pytest.mark.skipif(READER is None, reason="needs zbarimg (Debian package zbar-tools)")

CODE: Final = "40718263"
ALL: Final = {"128x64": USUAL, **PANELS}
TOO_LOW: Final = {"128x32"}
TOO_FINE: Final = {"128x64", "128x32", "256x64"}
"""Where a name of 38 letters makes more modules than 60 rows have two pixels for."""
CORNERS = ((0, 0), (-2, -2), (2, -2), (-2, 2), (2, 2))
PITCH: Final = 6  # pixels of a photograph for one of a display
SEEN: Final = 2  # of which the camera tells apart so many
DOT: Final = 5  # of which are lit: between the dots of a display it is dark


def scene(page: str, panel: Geometry) -> View:
    shown = PairingCode(Secret(CODE), NOW + 60, page, Secret(qr_of(page, CODE)))
    return msgspec.structs.replace(view(room(pairing=shown)), geometry=panel)


def read(image: Image.Image) -> str:
    """Returns what a phone reads; nothing where it finds no code."""
    png = BytesIO()
    image.convert("L").save(png, "PNG")
    command = [READER or "", "--quiet", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable", "-"]
    done = subprocess.run(command, input=png.getvalue(), capture_output=True, check=False, timeout=60)
    return done.stdout.decode().strip()


def on_the_wall(image: Image.Image) -> Image.Image:
    """The display as it is: dots with dark between them, in a frame that is dark, and the wall around that."""
    lit, size = image.convert("L"), (image.width * PITCH, image.height * PITCH)
    dots = Image.new("L", (PITCH, PITCH))
    dots.paste(255, (0, 0, DOT, DOT))
    mask = Image.new("L", size)
    for y in range(image.height):
        for x in range(image.width):
            mask.paste(dots, (x * PITCH, y * PITCH))
    glass = Image.composite(lit.resize(size, Image.Resampling.NEAREST), Image.new("L", size, 12), mask)
    wall = Image.new("L", (size[0] + 200, size[1] + 200), 120)
    wall.paste(12, (60, 60, size[0] + 140, size[1] + 140))
    wall.paste(glass, (100, 100))
    return wall


def photographed(image: Image.Image, degrees: float) -> Image.Image:
    """The same held askew, a little out of focus, with noise, and two pixels for each dot."""
    turned = on_the_wall(image).rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=120)
    seen = turned.filter(ImageFilter.GaussianBlur(PITCH / 3)).resize(
        (turned.width * SEEN // PITCH, turned.height * SEEN // PITCH), Image.Resampling.BILINEAR
    )
    chance = random.Random(7)  # noise
    return seen.point(lambda level: level) if not degrees else _noisy(seen, chance)


def _noisy(image: Image.Image, chance: random.Random) -> Image.Image:
    noise = Image.frombytes("L", image.size, bytes(chance.randrange(24) for _ in range(image.width * image.height)))
    return Image.blend(image, noise, 0.1)


@pytest.mark.parametrize("name", ALL)
def test_a_phone_reads_the_address_and_the_code(name: str) -> None:
    read_off = read(draw(scene(PAGE, ALL[name])))
    assert read_off == ("" if name in TOO_LOW else f"{PAGE.upper()}#{CODE}")


@pytest.mark.parametrize("name", ALL)
def test_a_long_name_is_text_where_its_modules_would_be_too_fine(name: str) -> None:
    read_off = read(draw(scene(FAR, ALL[name])))
    assert read_off == ("" if name in TOO_FINE else f"{FAR.upper()}#{CODE}")


@pytest.mark.slow
@pytest.mark.parametrize("shift", CORNERS)
@pytest.mark.parametrize("degrees", [0, 3, -8, 20])
@pytest.mark.parametrize("name", sorted(ALL.keys() - TOO_LOW))
def test_a_camera_reads_it_off_the_wall(name: str, degrees: float, shift: tuple[int, int]) -> None:
    assert read(photographed(compose(scene(PAGE, ALL[name]), shift).image, degrees)) == f"{PAGE.upper()}#{CODE}"


@pytest.mark.parametrize(
    ("page", "modules"),
    [
        ("https://10.0.0.7/pair", 25),
        ("https://192.168.100.250:8443/pair", 25),
        ("https://offhook-1a2b3c.local/pair", 25),
        ("https://room-12.example.com/pair", 25),
        ("https://room-12.meeting.example.com:8443/pair", 29),
    ],
)
def test_how_large_it_is(page: str, modules: int) -> None:
    """25 modules are what a display of 64 rows has two pixels each for."""
    rows = qr_of(page, CODE).split()
    assert (len(rows), {len(row) for row in rows}) == (modules, {modules})


def test_nothing_that_says_what_the_display_says_has_the_code() -> None:
    for panel in ALL.values():
        drawing = compose(scene(PAGE, panel))
        assert drawing.secret
        assert CODE not in "".join(drawing.words).replace(" ", "")
        assert "192.168.10.25:8443/pair" in drawing.words
