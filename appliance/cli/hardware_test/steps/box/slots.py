"""The slot that the box has started from: known to the loader, good, and verified block by block."""

from typing import Final

import msgspec
import trio

from appliance.cli.hardware_test.bench import Bench
from appliance.cli.hardware_test.machine import Machine
from appliance.cli.hardware_test.step import Figure, Finding, Step, judged, skipped
from appliance.language.text import Text

STATUS: Final = ("rauc", "status", "--output-format=json")
VERIFIED: Final = "CRYPT-VERITY"
"""How the kernel's name of a device of dm-verity begins."""


class Slot(msgspec.Struct, frozen=True):
    """A slot, as RAUC tells of it."""

    bootname: str = ""
    state: str = ""
    boot_status: str = ""


class Status(msgspec.Struct, frozen=True):
    """What RAUC tells of all."""

    booted: str = ""
    slots: list[dict[str, Slot]] = []


async def slots(bench: Bench) -> Finding:
    """Asks RAUC, and looks for dm-verity below the root."""
    return await trio.to_thread.run_sync(_asked, bench.machine)


def _asked(machine: Machine) -> Finding:
    try:
        status = msgspec.json.decode(machine.ask(STATUS), type=Status)
    except msgspec.DecodeError:
        return skipped(Text("hwtest.no_slots"))
    verified = any(Machine(device).text("uuid").startswith(VERIFIED) for device in machine.found("/sys/block/dm-*/dm"))
    return finding(status, verified=verified)


def finding(status: Status, *, verified: bool) -> Finding:
    """Returns what it means: one slot must be booted and good; the other may be empty, on a new card."""
    every = [slot for named in status.slots for slot in named.values() if slot.bootname]
    booted = [slot for slot in every if slot.state == "booted"]
    return judged(
        [
            Figure(Text("hwtest.slot_booted"), status.booted or "-"),
            Figure(Text("hwtest.slots_found"), len(every), least=2),
            Figure(Text("hwtest.slot_good"), sum(slot.boot_status == "good" for slot in booted), least=1),
            Figure(Text("hwtest.root_verified"), int(verified), least=1),
        ]
    )


STEP = Step("slots", Text("hwtest.slots"), slots, limit=20)
