import pytest
import trio
from trio.testing import MockClock

from drivers.speakerphone.config import SpeakerphoneConfig
from drivers.speakerphone.descriptor import parse
from drivers.speakerphone.fake import DESCRIPTOR, VirtualSpeakerphone
from drivers.speakerphone.prober import lamps_of, probe
from tests.drivers.speakerphone import descriptors as hid

ALL = ["off_hook", "ring", "mute", "hold"]


class Onlooker:
    """Looks at the lamps when asked, and answers what was decided before."""

    def __init__(self, phone: VirtualSpeakerphone, *answers: str | None) -> None:
        self.phone = phone
        self.saw: list[list[str]] = []
        self._answers = iter(answers)

    def say(self, text: str) -> None:
        pass

    async def enter(self) -> str:
        await trio.testing.wait_all_tasks_blocked()  # the lamp has had its time
        self.saw.append([name for name, lit in self.phone.lamps.items() if lit])
        answer = next(self._answers)
        if answer is None:
            await trio.sleep_forever()
        return str(answer)


@pytest.mark.parametrize(
    ("descriptor", "lamps"),
    [
        (DESCRIPTOR, ALL),
        (hid.LOGITECH_LIKE, ["off_hook", "ring", "mute"]),
        (hid.JABRA_LIKE, ALL),  # its lamp for mute is the microphone's
        (hid.application(0x0B, 5), []),
    ],
)
def test_the_lamps_that_a_device_has(descriptor: bytes, lamps: list[str]) -> None:
    assert lamps_of(parse(descriptor)) == lamps


async def test_each_lamp_in_turn_and_what_was_seen_of_it(autojump_clock: MockClock) -> None:
    phone = VirtualSpeakerphone()
    onlooker = Onlooker(phone, "y", "No", "", None)
    seen = await probe(SpeakerphoneConfig(), phone.open, ALL, onlooker)
    assert seen == {"off_hook": "lit", "ring": "DARK", "mute": "not sure", "hold": "not sure"}
    assert [sorted(lit) for lit in onlooker.saw] == [["off_hook"], ["ring"], ["mute", "off_hook"], ["hold", "off_hook"]]
    assert not any(phone.lamps.values())


async def test_who_is_interrupted_leaves_no_lamp_lit(autojump_clock: MockClock) -> None:
    phone = VirtualSpeakerphone()
    with trio.move_on_after(1) as scope:
        await probe(SpeakerphoneConfig(), phone.open, ["ring"], Onlooker(phone, None))
    assert scope.cancelled_caught
    assert not any(phone.lamps.values())
