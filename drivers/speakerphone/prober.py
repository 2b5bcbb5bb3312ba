"""Lights the lamps of a speakerphone one after the other, and asks a person which of them lit."""

from collections.abc import Sequence
from typing import Final

import trio

from drivers.speakerphone.config import SpeakerphoneConfig
from drivers.speakerphone.controls import lamps
from drivers.speakerphone.descriptor import Descriptor
from drivers.speakerphone.profiles import Profile
from drivers.speakerphone.recorder import PATIENCE, Person
from drivers.speakerphone.speakerphone import OpenSpeakerphone, Speakerphone
from drivers.speakerphone.telephony import Lamps

IN_A_CALL: Final = ("mute", "hold")  # many devices show these only while the off-hook lamp is lit
ANSWERS: Final = {"y": "lit", "n": "DARK"}
UNSURE: Final = "not sure"


def lamps_of(descriptor: Descriptor) -> list[str]:
    """Returns the lamps that the device declares, by their names in `Lamps`."""
    there = {usage for _, usage in lamps(descriptor)}
    return [name for name in Lamps.__struct_fields__ if there & Lamps(**{name: True}).usages()]


async def probe(
    config: SpeakerphoneConfig,
    open_device: OpenSpeakerphone,
    names: list[str],
    person: Person,
    profiles: Sequence[Profile] = (),
) -> dict[str, str]:
    """Returns what the person saw of each lamp: "lit", "DARK" or "not sure". Turns all lamps off in the end.

    Raises what `Speakerphone.run` raises.
    """
    seen = {}
    phone = Speakerphone(config, open_device, profiles)
    async with trio.open_nursery() as nursery:
        await nursery.start(phone.run, lambda _: None)
        for name in names:
            phone.set_lamps(Lamps(**{name: True, "off_hook": name == "off_hook" or name in IN_A_CALL}))
            person.say(f"{_plain(name)}: is it lit? (y, n, Enter: not sure)")
            seen[name] = await _answer(person)
        nursery.cancel_scope.cancel()
    return seen


def _plain(name: str) -> str:
    lamp = f"the lamp for {name.replace('_', ' ')}"
    return f"{lamp} (together with the one for off hook)" if name in IN_A_CALL else lamp


async def _answer(person: Person) -> str:
    with trio.move_on_after(PATIENCE):
        return ANSWERS.get((await person.enter()).lower()[:1], UNSURE)
    return UNSURE
