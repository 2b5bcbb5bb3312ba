"""What no program can try by itself: a person does it and says what happened."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from appliance.cli.hardware_test.bench import Bench
from appliance.cli.hardware_test.step import Finding, Step, failed, judged, skipped
from appliance.language.text import Text

LIMIT: Final = 300.0  # seconds; what takes longer is done before, and answered from memory


async def by_hand(title: Text, bench: Bench, *, kiosk: bool = False) -> Finding:
    """Asks whether it was so."""
    if kiosk and (bench.config is None or bench.config.kiosk is None):
        return skipped(Text("hwtest.none_configured", table="[kiosk]"))
    if not bench.options.attended:
        return skipped(Text("hwtest.needs_person"))
    seen = await bench.saw(title)
    if seen is None:
        return skipped(Text("hwtest.nobody_sure"))
    return judged([]) if seen else failed(Text("hwtest.was_not_so"))


def _step(name: str, title: Text, *, kiosk: bool = False) -> Step:
    return Step(name, title, partial(by_hand, title, kiosk=kiosk), LIMIT, kiosk=kiosk)


STEPS: Final[Sequence[Step]] = (
    _step("power-on", Text("hwtest.power_on")),
    _step("sound", Text("hwtest.sound")),
    _step("power-cuts", Text("hwtest.power_cuts")),
    _step("memory-in-call", Text("hwtest.memory_in_call")),
    _step("kiosk-start", Text("hwtest.kiosk_start"), kiosk=True),
    _step("kiosk-rotate", Text("hwtest.kiosk_rotate"), kiosk=True),
    _step("kiosk-clean", Text("hwtest.kiosk_clean"), kiosk=True),
    _step("kiosk-replug", Text("hwtest.kiosk_replug"), kiosk=True),
    _step("kiosk-week", Text("hwtest.kiosk_week"), kiosk=True),
    _step("kiosk-idle", Text("hwtest.kiosk_idle"), kiosk=True),
    _step("kiosk-silent", Text("hwtest.kiosk_silent"), kiosk=True),
    _step("kiosk-shutdown", Text("hwtest.kiosk_shutdown"), kiosk=True),
    _step("kiosk-dsi", Text("hwtest.kiosk_dsi"), kiosk=True),
)
