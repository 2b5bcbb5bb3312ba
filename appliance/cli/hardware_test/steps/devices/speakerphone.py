"""The speakerphone: its keys are understood as they are meant, and its ring lamp is seen."""

from typing import Final

import trio

from appliance.cli.hardware_test.bench import Bench, parts
from appliance.cli.hardware_test.step import Figure, Finding, Step, judged, skipped
from appliance.language.text import Text
from drivers.speakerphone.config import SpeakerphoneConfig
from drivers.speakerphone.requests import HookOff, HookOn, MuteKey, Request
from drivers.speakerphone.speakerphone import Speakerphone
from drivers.speakerphone.telephony import Lamps

WITHIN: Final = 30.0  # seconds that a person has for one key
SETTLED: Final = 1.0  # seconds in which a device answers its lamps, which is no key
QUEUED: Final = 100
IN_A_CALL: Final = Lamps(off_hook=True)
_KEYS: Final[tuple[tuple[Text, Lamps, tuple[Request, ...]], ...]] = (
    (Text("hwtest.phone_call"), Lamps(), (HookOff(),)),
    (Text("hwtest.phone_mute"), IN_A_CALL, (MuteKey(), MuteKey(on=True))),
    (Text("hwtest.phone_end"), IN_A_CALL, (HookOn(),)),
)


async def speakerphone(bench: Bench) -> Finding:
    """Asks for the keys of each configured speakerphone, and for its lamp."""
    configured: dict[str, SpeakerphoneConfig] = parts(bench.config, "speakerphones")
    if not configured:
        return skipped(Text("hwtest.none_configured", table="[speakerphones]"))
    if not await bench.ready(Text("hwtest.phone_now")):
        return skipped(Text("hwtest.needs_person"))
    return judged([figure for name, config in configured.items() for figure in await _tried(name, config, bench)])


async def _tried(name: str, config: SpeakerphoneConfig, bench: Bench) -> list[Figure]:
    phone = Speakerphone(config, bench.hardware.speakerphone)
    heard, requests = trio.open_memory_channel[Request](QUEUED)
    figures = []
    async with trio.open_nursery() as nursery:

        def note(request: Request) -> None:
            if heard.statistics().current_buffer_used < QUEUED:
                heard.send_nowait(request)

        await nursery.start(phone.run, note)
        for what, lamps, means in _KEYS:
            phone.set_lamps(lamps)
            with trio.move_on_after(SETTLED):
                await _one_of((), requests)
            bench.say(what)
            with trio.move_on_after(WITHIN) as scope:
                await _one_of(means, requests)
            figures.append(Figure(what, int(not scope.cancelled_caught), of=name, least=1))
        phone.set_lamps(Lamps(ring=True))
        seen = await bench.saw(Text("hwtest.phone_rings"))
        figures += [Figure(Text("hwtest.ring_lamp"), int(seen), of=name, least=1)] if seen is not None else []
        nursery.cancel_scope.cancel()
    return figures


async def _one_of(means: tuple[Request, ...], requests: trio.MemoryReceiveChannel[Request]) -> None:
    """Waits until one of these was asked for; for ever where there are none."""
    async for request in requests:
        if request in means:
            return


STEP = Step("speakerphone", Text("hwtest.speakerphone"), speakerphone, limit=600, devices=True)
