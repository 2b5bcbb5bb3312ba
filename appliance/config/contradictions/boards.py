"""What a board's header cannot do with the card's kernel, although it can elsewhere."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from appliance.config.document import Contradiction, tables
from appliance.language.text import Text
from drivers.gpio.header import UART_PORTS, spi_pins

_COMPATIBLE = "proc/device-tree/compatible"
_PI_5 = b"brcm,bcm2712"  # its chip, and that of the 500 and the CM5
_CARD = "usr/lib/card"
_SERIAL = (("joysticks", "port"), ("cameras", "line"), ("screens", "line"))


def board_contradictions(document: dict[str, Any], machine: Path = Path("/")) -> Iterator[Contradiction]:
    """Yields what the header of this machine lacks. `machine`: its root; nothing where it is not known to lack it.

    The card's kernel drives neither the serial line nor SPI of a Pi 5's header; that of Raspberry Pi OS does.
    """
    if document.get("hardware") != "virtual" and _is_a_card_in_a_pi_5(machine):
        yield from _serial_lines(document)
        yield from _spi(document)


def _is_a_card_in_a_pi_5(machine: Path) -> bool:
    try:
        names = (machine / _COMPATIBLE).read_bytes().split(b"\0")
    except OSError:
        return False
    return _PI_5 in names and (machine / _CARD).is_dir()


def _serial_lines(document: dict[str, Any]) -> Iterator[Contradiction]:
    for table, key in _SERIAL:
        for name, entry in tables(document, table):
            if entry.get(key) in UART_PORTS:
                yield (table, name, key), Text("mistake.pi5_serial", line=str(entry[key]))


def _spi(document: dict[str, Any]) -> Iterator[Contradiction]:
    if isinstance(display := document.get("display"), dict) and spi_pins(str(display.get("spi"))):
        yield ("display", "spi"), Text("mistake.pi5_spi_display")
    for name, bar in tables(document, "bars"):
        if spi_pins(str(bar.get("spi", "0.0"))):
            yield ("bars", name), Text("mistake.pi5_spi_bar")
