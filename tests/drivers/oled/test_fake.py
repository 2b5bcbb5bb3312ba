import io
import threading
from typing import Any

import msgspec
import pytest
from PIL import Image
from trio.testing import MockClock

from drivers.oled.config import OledConfig
from drivers.oled.fake import CHOICES, LIT, VirtualOled, choice
from tests.drivers.oled.test_panel import corner, same


def pixels(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


async def test_png_shows_the_picture_in_squares(autojump_clock: MockClock) -> None:
    virtual = VirtualOled()
    async with virtual.open() as oled:
        await oled.set_contrast(255)
        await oled.show(corner())
    image = pixels(virtual.png(scale=3))
    assert image.size == (384, 192)
    assert {image.getpixel((x, y)) for x in range(3) for y in range(3)} == {LIT}
    assert image.getpixel((41 * 3, 0)) == (0, 0, 0)
    assert same(virtual.image, corner())


async def test_every_change_is_told_and_counted() -> None:
    seen: list[int] = []
    virtual = VirtualOled(lambda: seen.append(virtual.revision))
    async with virtual.open() as oled:
        start = virtual.revision
        await oled.show(corner())
        await oled.show(corner())
        await oled.set_contrast(10)
        await oled.hide()
        await oled.wake()
    assert virtual.revision == start + 4
    assert seen == list(range(1, start + 5))


async def test_off_is_black_and_the_picture_comes_back() -> None:
    virtual = VirtualOled()
    assert pixels(virtual.png()).getbbox() is None
    async with virtual.open() as oled:
        await oled.show(corner())
        await oled.hide()
        assert not virtual.awake
        assert pixels(virtual.png()).getbbox() is None
        await oled.wake()
        assert pixels(virtual.png()).getbbox() is not None


async def test_contrast_dims_but_not_to_black() -> None:
    virtual = VirtualOled()
    async with virtual.open() as oled:
        await oled.show(corner())
        brightness: list[Any] = []  # a tuple of colours each
        for level in (255, 100, 0):
            await oled.set_contrast(level)
            brightness.append(pixels(virtual.png()).getpixel((0, 0)))
    assert brightness == sorted(brightness, reverse=True)
    assert len(set(brightness)) == 3
    assert min(brightness[-1]) > 50


@pytest.mark.parametrize("rotate", [0, 2])
async def test_people_see_it_the_right_way_up_and_it_stays_after_the_end(rotate: int) -> None:
    virtual = VirtualOled()
    async with virtual.open(msgspec.convert({"rotate": rotate}, OledConfig)) as oled:
        await oled.show(corner())
    assert virtual.awake
    assert same(virtual.image, corner())


async def test_opened_again_it_is_blank() -> None:
    virtual = VirtualOled()
    async with virtual.open() as oled:
        await oled.show(corner())
    async with virtual.open():
        assert virtual.image.getbbox() is None


async def test_no_thread_is_needed() -> None:
    threads: set[threading.Thread] = set()
    virtual = VirtualOled(lambda: threads.add(threading.current_thread()))
    async with virtual.open() as oled:
        await oled.show(corner())
        await oled.set_contrast(99)
    assert virtual.contrast == 99
    assert threads == {threading.current_thread()}


@pytest.mark.parametrize("words", CHOICES)
async def test_it_can_be_any_display_and_whoever_has_it_open_draws_on_it(words: str) -> None:
    virtual = VirtualOled()
    told: list[int] = []
    virtual.replaced = lambda: told.append(virtual.revision)
    async with virtual.open() as oled:
        await oled.show(corner())
        virtual.become(words)
        assert (virtual.name, oled.config) == (words, CHOICES[words])
        assert told == [virtual.revision]
        assert pixels(virtual.png(1)).getbbox() is None
        config = CHOICES[words]
        picture = Image.new(config.mode, (config.width, config.height), 255 if config.mode != "RGB" else (255, 0, 0))
        await oled.show(picture)
        assert virtual.awake
        assert same(virtual.image, picture)
        assert pixels(virtual.png(2)).size == (2 * config.width, 2 * config.height)
    async with virtual.open(OledConfig()) as oled:
        assert oled.config == config, "what was chosen stays"


@pytest.mark.parametrize(
    ("words", "name"),
    [("128x32", "ssd1306-128x32"), ("ssd1322", "ssd1322-256x64"), ("sh1107-128x128", "sh1107-128x128")],
)
def test_a_choice_is_named_by_controller_or_size(words: str, name: str) -> None:
    assert choice(words) == name
