"""The display: that it takes pictures without errors and quickly, and that a person sees what was drawn."""

import time
from collections.abc import Sequence
from typing import Final

from PIL import Image, ImageDraw

from appliance.cli.hardware_test.bench import Bench
from appliance.cli.hardware_test.figures import percentile
from appliance.cli.hardware_test.step import Figure, Finding, Step, failed, judged, skipped
from appliance.language.text import Text
from drivers.errors import DeviceLost
from drivers.oled.config import OledConfig
from drivers.oled.oled import Oled, open_oled

FRAMES: Final = 40
SLOWEST: Final = 150.0  # ms of a whole picture: 1 KiB at 100 kHz takes 100
SQUARE: Final = 8  # pixels of the pattern


async def display(bench: Bench) -> Finding:
    """Draws, measures, and asks."""
    config = bench.config.display if bench.config else None
    if config is None:
        return skipped(Text("hwtest.none_configured", table="[display]"))
    hardware = bench.hardware
    async with open_oled(config, hardware.oled, pins=bench.pins, in_thread=hardware.in_thread) as oled:
        times, errors = await _frames(oled, config)
        await oled.show(pattern(config, inverted=False))
        seen = await bench.saw(Text("hwtest.is_drawn", squares=SQUARE))
        await oled.show(Image.new(config.mode, (config.width, config.height)))
    return finding(times, errors, seen=seen)


def finding(times: Sequence[float], errors: int, *, seen: bool | None) -> Finding:
    """Returns what the seconds of whole pictures, how many failed, and the person's answer mean."""
    if not times:
        return failed(Text("hwtest.no_frame"))
    milliseconds = [each * 1000 for each in times]
    figures = [
        Figure(Text("hwtest.frame_p50"), percentile(milliseconds, 50), "ms", most=SLOWEST),
        Figure(Text("hwtest.frame_p99"), percentile(milliseconds, 99), "ms", most=2 * SLOWEST),
        Figure(Text("hwtest.frame_errors"), errors, most=0),
    ]
    if seen is False:
        return failed(Text("hwtest.not_drawn"), figures)
    return judged(figures, Text("hwtest.nobody_looked") if seen is None else Text())


def pattern(config: OledConfig, *, inverted: bool) -> Image.Image:
    """Returns squares like those of a chess board within a frame: stuck columns and wrong offsets show."""
    image = Image.new("L", (config.width, config.height), 255 if inverted else 0)
    draw, ink = ImageDraw.Draw(image), 0 if inverted else 255
    for top in range(0, config.height, SQUARE):
        for left in range(0, config.width, SQUARE):
            if (left + top) // SQUARE % 2:
                draw.rectangle((left, top, left + SQUARE - 1, top + SQUARE - 1), fill=ink)
    draw.rectangle((0, 0, config.width - 1, config.height - 1), outline=255)
    return image.convert(config.mode)


async def _frames(oled: Oled, config: OledConfig) -> tuple[list[float], int]:
    """Returns the seconds of each picture in which every pixel changes, and how many were refused."""
    pictures = [pattern(config, inverted=inverted) for inverted in (True, False)]
    times, errors = [], 0
    for number in range(FRAMES):
        began = time.monotonic()
        try:
            await oled.show(pictures[number % 2])
        except DeviceLost:
            errors += 1
            if errors == FRAMES // 2:
                break
        else:
            times.append(time.monotonic() - began)
    return times, errors


STEP = Step("display", Text("hwtest.display"), display, limit=240, devices=True)
