"""The wired network: that there is a link, how fast, and without errors."""

from pathlib import Path

import trio

from appliance.cli.hardware_test.bench import Bench
from appliance.cli.hardware_test.machine import Machine
from appliance.cli.hardware_test.step import Figure, Finding, Step, failed, judged, skipped
from appliance.language.text import Text

SLOWEST = 100.0  # Mbit/s; every Pi with a socket has this at least
ERRORS = ("rx_crc_errors", "rx_frame_errors", "tx_carrier_errors", "collisions")
MOST_ERRORS = 10  # since the start: a plug that is pushed in makes one or two


async def ethernet(bench: Bench) -> Finding:
    """Looks at the first wired interface."""
    return await trio.to_thread.run_sync(looked_at, bench.machine)


def looked_at(machine: Machine) -> Finding:
    """Returns what the kernel knows of it; interfaces without a device of their own are not real."""
    wired = [path for path in machine.found("/sys/class/net/*") if _is_wired(path)]
    if not wired:
        return skipped(Text("hwtest.no_ethernet"))
    interface = next((path for path in wired if Machine(path).number("carrier") == 1), None)
    if interface is None:
        return failed(Text("hwtest.no_carrier", name=", ".join(path.name for path in wired)))
    about = Machine(interface)
    errors = sum(about.number(f"statistics/{name}") or 0 for name in ERRORS)
    figures = [Figure(Text("hwtest.link_errors"), int(errors), of=interface.name, most=MOST_ERRORS)]
    if (speed := about.number("speed")) is not None and speed > 0:
        figures.append(Figure(Text("hwtest.link_speed"), speed, "Mbit/s", interface.name, least=SLOWEST))
        figures.append(Figure(Text("hwtest.duplex"), about.text("duplex"), of=interface.name))
    return judged(figures)


def _is_wired(interface: Path) -> bool:
    ethernet = Machine(interface).text("type") == "1"
    return ethernet and (interface / "device").exists() and not (interface / "phy80211").exists()


STEP = Step("ethernet", Text("hwtest.ethernet"), ethernet, limit=10)
