"""Temperature, throttling and the supply's voltage while all processors work.

There is no vcgencmd on the card. What the Pi's own firmware reports comes by two other ways: the kernel's driver
raspberrypi-hwmon, which keeps a flag since the last start (`in0_lcrit_alarm` of the device called rpi_volt), and the
clock that the processors are given, which falls when the firmware throttles.
"""

import hashlib
import os
from typing import Final

import trio

from appliance.cli.hardware_test.bench import Bench
from appliance.cli.hardware_test.machine import Machine
from appliance.cli.hardware_test.step import Figure, Finding, Step, judged, skipped
from appliance.language.text import Text

LOAD_TIME: Final = 20.0  # seconds; a Pi 3 without a heat sink goes from 50 to 75 °C in it
HOTTEST: Final = 80.0  # °C; from here on the Pi's firmware takes the clock back
SLOWEST: Final = 95.0  # percent of the highest clock, under load
BLOCK: Final = bytes(1 << 20)  # hashed without the interpreter's lock, so that threads are enough
_CPU: Final = "/sys/devices/system/cpu/cpu0/cpufreq"


async def heat(bench: Bench) -> Finding:
    """Lets every processor work for `LOAD_TIME` and looks at the end, before it is over."""
    machine = bench.machine
    before = temperature(machine)
    if before is None:
        return skipped(Text("hwtest.no_thermometer"))
    after, clock = before, None
    with trio.move_on_after(LOAD_TIME + 1):
        async with trio.open_nursery() as nursery:
            for _ in range(os.cpu_count() or 1):
                nursery.start_soon(_work)
            await trio.sleep(LOAD_TIME)
            after, clock = temperature(machine) or before, _clock(machine)
            nursery.cancel_scope.cancel()
    return finding(before, after, clock, undervoltage(machine))


def finding(before: float, after: float, clock: float | None, undervoltage: int | None) -> Finding:
    """Returns what °C before and under load, percent of the highest clock, and the flag mean; None: not known."""
    figures = [
        Figure(Text("hwtest.temperature"), before, "°C"),
        Figure(Text("hwtest.temperature_load"), after, "°C", most=HOTTEST),
    ]
    if clock is not None:
        figures.append(Figure(Text("hwtest.clock"), clock, "%", least=SLOWEST))
    if undervoltage is not None:
        figures.append(Figure(Text("hwtest.undervoltage"), undervoltage, most=0))
    return judged(figures, Text("hwtest.voltage_unknown") if undervoltage is None else Text())


def temperature(machine: Machine) -> float | None:
    """Returns °C of the processor, None where the kernel does not know."""
    milli = machine.number("/sys/class/thermal/thermal_zone0/temp")
    return None if milli is None else milli / 1000


def undervoltage(machine: Machine) -> int | None:
    """Returns 1 where the supply was too weak since the last start, else 0; None where the kernel does not know."""
    for device in machine.found("/sys/class/hwmon/hwmon*"):
        if Machine(device).text("name") == "rpi_volt":
            flag = Machine(device).number("in0_lcrit_alarm")
            return None if flag is None else int(flag)
    return None


def _clock(machine: Machine) -> float | None:
    now, most = machine.number(f"{_CPU}/scaling_cur_freq"), machine.number(f"{_CPU}/cpuinfo_max_freq")
    return None if now is None or not most else 100 * now / most


async def _work() -> None:
    while True:
        await trio.to_thread.run_sync(hashlib.sha256, BLOCK)


STEP = Step("heat", Text("hwtest.heat"), heat, limit=60)
