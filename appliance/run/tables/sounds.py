"""`[tones]` and `[speakerphones]`: what is heard."""

from collections.abc import Iterator

from appliance.run.named import named
from appliance.run.parts import Parts
from appliance.runtime.supervisor import Service
from appliance.services.inputs.speakerphone import SpeakerphoneService
from drivers.speakerphone.speakerphone import Speakerphone


def tones(parts: Parts) -> Iterator[Service]:
    """Yields the Pi's own loudspeaker, where there is `[tones]`."""
    if parts.tones is not None:
        yield Service("tones", parts.tones.run, wakes_on="sound")


def speakerphones(parts: Parts) -> Iterator[Service]:
    """Yields a service for each of `[speakerphones]`: one that is unplugged costs no other."""
    for name, config in parts.config.speakerphones.items():
        phone = Speakerphone(config, parts.hardware.speakerphone(name), parts.hardware.profiles)
        service = SpeakerphoneService(name, phone, parts.store, parts.controller.put)
        run = parts.speakerphones.joined(name, service, service.run)
        yield Service(named("speakerphone", name), run, wakes_on="hidraw")
