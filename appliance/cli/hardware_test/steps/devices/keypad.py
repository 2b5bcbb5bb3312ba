"""The keypad: every key of a telephone arrives, once, in the order in which it was pressed."""

from collections.abc import Mapping, Sequence
from typing import Final

import trio

from appliance.cli.hardware_test.bench import Bench, parts
from appliance.cli.hardware_test.step import Figure, Finding, Step, judged, skipped
from appliance.config.tables.keypads import Keypad as KeypadConfig
from appliance.language.text import Text, verbatim
from drivers.keypad.key_events import KeyEvent
from drivers.keypad.keypad import Keypad

TYPED: Final = "1234567890"  # every keypad has these; * and # are on some only
WITHIN: Final = 60.0  # seconds for all of them
QUEUED: Final = 100


async def keypad(bench: Bench) -> Finding:
    """Asks for the digits on each configured keypad."""
    configured: dict[str, KeypadConfig] = parts(bench.config, "keypads")
    if not configured:
        return skipped(Text("hwtest.none_configured", table="[keypads]"))
    if not await bench.ready(Text("hwtest.keypad_now")):
        return skipped(Text("hwtest.needs_person"))
    typed = {name: await _typed(name, config, bench) for name, config in configured.items()}
    return finding(typed)


def finding(typed: Mapping[str, Sequence[str]]) -> Finding:
    """Returns what the symbols mean that came from each keypad."""
    figures = []
    for name, symbols in typed.items():
        missing = len(set(TYPED) - set(symbols))
        figures.append(Figure(Text("hwtest.keys_missing"), missing, of=name, most=0))
        figures.append(Figure(Text("hwtest.keys_twice"), max(0, len(symbols) - len(TYPED)), of=name, most=0))
    note = ", ".join("".join(symbols) for symbols in typed.values())
    return judged(figures, verbatim(note) if note != TYPED else Text())


async def _typed(name: str, config: KeypadConfig, bench: Bench) -> list[str]:
    """Returns the symbols of the keys that were pressed until the last of them, or until the time was over."""
    symbols: list[str] = []
    done = trio.Event()

    def note(event: KeyEvent) -> None:
        if event.down and len(symbols) < QUEUED:
            symbols.append(event.symbol)
            if event.symbol == TYPED[-1]:
                done.set()

    async with trio.open_nursery() as nursery:
        await nursery.start(Keypad(config, bench.hardware.keypad).run, note)
        bench.say(Text("hwtest.type_digits", name=name, digits=TYPED))
        with trio.move_on_after(WITHIN):
            await done.wait()
        nursery.cancel_scope.cancel()
    return symbols


STEP = Step("keypad", Text("hwtest.keypad"), keypad, limit=300, devices=True)
