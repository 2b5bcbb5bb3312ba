"""What the kernel has made of the 40-pin header, and what it has complained about since the start."""

import errno
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import trio

from appliance.cli.hardware_test.bench import Bench
from appliance.cli.hardware_test.machine import Machine
from appliance.cli.hardware_test.step import Figure, Finding, Step, failed, judged
from appliance.config.schema import Config
from appliance.language.text import Text
from drivers.errors import DeviceMissing
from drivers.gpio.chips import Chip, find_chips, header_chip
from drivers.oled.buses import find_buses
from drivers.spi import find_devices

PI_5: Final = "pinctrl-rp1"
"""The header's chip of a Raspberry Pi 5, whose serial line and SPI no kernel of Debian drives."""
WORDS: Final = re.compile(r"(?i)SError|under-?voltage|I/O error|mmc\d+: .*(?:error|timeout)|i2c.*(?:timed out|timeout)")
LARGEST: Final = 8192  # bytes of one message: more than the kernel makes
MOST: Final = 100_000  # messages; the kernel's buffer has a few thousand
SHOWN: Final = 60  # characters of the first complaint


async def header(bench: Bench) -> Finding:
    """Looks for chip, bus and lines, and reads the kernel's messages."""
    return await trio.to_thread.run_sync(_looked_at, bench.machine, bench.config)


def _looked_at(machine: Machine, config: Config | None) -> Finding:
    wanted = config.gpio.chip if config is not None else None
    dev = machine.at("/dev")
    complaints = complained(messages(machine))
    try:
        chip = header_chip(find_chips(dev, machine.at("/sys/bus/gpio/devices")), wanted)
    except DeviceMissing as error:
        return failed(Text("hwtest.no_header", why=str(error)), [_complaints(complaints)])
    line = machine.at("/dev/serial0").exists()
    return finding(chip, len(find_buses(dev)), len(find_devices(dev)), complaints, line=line)


def finding(chip: Chip, buses: int, spi: int, complaints: Sequence[str], *, line: bool) -> Finding:
    """Returns what was found means: on a Pi 5 serial line and SPI are only told."""
    expected = None if chip.label == PI_5 else 1
    return judged(
        [
            Figure(Text("hwtest.header_chip"), chip.label, of=chip.path.rpartition("/")[2]),
            Figure(Text("hwtest.i2c_buses"), buses, least=1),
            Figure(Text("hwtest.serial_header"), int(line), least=expected),
            Figure(Text("hwtest.spi_devices"), spi, least=expected),
            _complaints(complaints),
        ]
    )


def _complaints(found: Sequence[str]) -> Figure:
    return Figure(Text("hwtest.complaints"), len(found), of=found[0][:SHOWN] if found else "", most=0)


def complained(lines: Iterable[str]) -> list[str]:
    """Returns the messages that say that voltage, card, bus or processor is not well."""
    return [line for line in lines if WORDS.search(line)]


def messages(machine: Machine) -> list[str]:
    """Returns the kernel's messages since the start, without their heads; none where they may not be read."""
    try:
        file = os.open(machine.at("/dev/kmsg"), os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return []
    try:
        return [line.partition(";")[2] for said in _reads(file) for line in said.splitlines() if ";" in line]
    finally:
        os.close(file)


def _reads(file: int) -> Iterator[str]:
    """Yields what each read brings, one message, until there is none; a plain file comes in pieces."""
    for _ in range(MOST):
        try:
            said = os.read(file, LARGEST)
        except OSError as error:
            if error.errno == errno.EPIPE:  # older ones were overwritten meanwhile; the next read goes on
                continue
            return
        if not said:
            return
        yield said.decode("utf-8", "replace")


STEP = Step("header", Text("hwtest.header"), header, limit=20)
