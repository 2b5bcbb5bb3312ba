"""Wi-Fi: which chip, that it has joined, how strong, and that it comes back after the access point was off."""

from pathlib import Path
from typing import Final

from appliance.cli.hardware_test.bench import Bench
from appliance.cli.hardware_test.machine import Machine
from appliance.cli.hardware_test.step import Figure, Finding, Step, failed, judged, skipped
from appliance.cli.hardware_test.steps.network.links import link_changes, until
from appliance.language.text import Text

WEAKEST: Final = -75.0  # dBm; below, calls of the terminal's session are delayed by retransmissions
GONE_WITHIN, BACK_WITHIN = 180.0, 300.0  # seconds that a person and an access point have


async def wifi(bench: Bench) -> Finding:
    """Looks at the first wireless interface, and where somebody is there lets the access point go and come back."""
    interface = next(iter(bench.machine.found("/sys/class/net/*/phy80211")), None)
    if interface is None:
        return skipped(Text("hwtest.no_wifi"))
    name = interface.parent.name
    if not is_up(interface.parent):
        return failed(Text("hwtest.not_joined", name=name), [_chip(interface.parent)])
    figures = [_chip(interface.parent), *signal(name, bench.machine.text("/proc/net/wireless"))]
    if not await bench.ready(Text("hwtest.access_point_off")):
        return judged(figures, Text("hwtest.come_back_untried"))
    return await _comes_back(bench, interface.parent, figures)


async def _comes_back(bench: Bench, interface: Path, figures: list[Figure]) -> Finding:
    with link_changes() as changes:
        if await until(lambda: not is_up(interface), changes, GONE_WITHIN) is None:
            return failed(Text("hwtest.never_went", name=interface.name), figures)
        bench.say(Text("hwtest.access_point_on"))
        back = await until(lambda: is_up(interface), changes, BACK_WITHIN)
    if back is None:
        return failed(Text("hwtest.never_came_back", name=interface.name), figures)
    return judged([*figures, Figure(Text("hwtest.back_after"), back, "s", most=BACK_WITHIN)])


def is_up(interface: Path) -> bool:
    """Returns whether it has joined a network."""
    return Machine(interface).text("operstate") == "up"


def signal(name: str, wireless: str) -> list[Figure]:
    """Returns the strength that /proc/net/wireless has for an interface; nothing where it has none."""
    rows = [line.split() for line in wireless.splitlines() if line.strip().startswith(f"{name}:")]
    return [Figure(Text("hwtest.signal"), float(row[3].rstrip(".")), "dBm", least=WEAKEST) for row in rows]


def _chip(interface: Path) -> Figure:
    driver = (interface / "device" / "driver").resolve().name
    chip = Machine(interface).text("device/device")
    return Figure(Text("hwtest.chip"), " ".join(filter(None, (driver, chip))))


STEP = Step("wifi", Text("hwtest.wifi"), wifi, limit=700)
